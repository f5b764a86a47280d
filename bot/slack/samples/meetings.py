"""Meetings, follow-ups and what was heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.follow_ups import FollowUpState
from bot.domain.meeting_times import LENGTH
from bot.domain.meetings import Answer, Happened, MeetingState
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, MONDAY, NEXT_MONDAY, Sample, of, two_partners
from bot.slack.screens import arranging, follow_ups, listening, meetings
from bot.usecases.follow_ups import FollowUp, FollowUpForm
from bot.usecases.listening import Heard, Speakers
from bot.usecases.meeting_cards import Meeting
from bot.usecases.meeting_times import OnTheClock, Proposals
from bot.usecases.meetings import Arranging

START = datetime(2026, 11, 10, 13, 0, tzinfo=UTC)


def a_meeting(content: Content, state: MeetingState = MeetingState.PROPOSED) -> Meeting:
    return Meeting(
        ID,
        ID,
        0,
        state,
        author=content.partners[0],
        by_me=False,
        partners=content.partners,
        starts_at=START,
        minutes=45,
        place=content.promise,
        topic=content.progress,
        mine=Answer.OPEN,
        missing=(content.me,),
        declined=content.partners,
        instead_of=None,
        said=None,
        far=False,
        over=False,
        made_at=START - timedelta(days=1),
    )


def _times(*names: tuple[str, ...]) -> tuple[tuple[OnTheClock, ...], ...]:
    return tuple(
        tuple(OnTheClock(one, start + turn * LENGTH, start + (turn + 1) * LENGTH) for turn, one in enumerate(names))
        for start in (START, START + timedelta(days=1), START + timedelta(days=2))
    )


def samples(content: Content) -> Iterator[Sample]:
    asked = a_meeting(content)
    agreed = replace(asked, state=MeetingState.ACCEPTED, mine=Answer.ACCEPTED, missing=())
    start = Arranging(ID, content.partners, Proposals(_times(content.names), common=True), "Europe/Berlin")
    yield of(arranging.form, arranging=start)
    apart = Proposals(_times((content.me,), content.partners), common=False)
    yield of(arranging.form, "another time on two clocks", arranging=replace(start, times=apart, answers=agreed))
    yield of(arranging.form, "no time at all", arranging=replace(start, times=Proposals((), common=False)))
    yield of(meetings.suggested, meeting=replace(asked, missing=content.partners))
    yield from _cards(asked, agreed)
    yield of(meetings.planned, several=(agreed, asked))
    yield of(meetings.declined, meeting=replace(asked, state=MeetingState.DECLINED))
    yield of(meetings.day_before, meeting=agreed)
    yield of(meetings.soon, meeting=agreed)
    yield of(meetings.afterwards, meeting=agreed)
    yield of(meetings.afterwards, "said already", meeting=replace(agreed, said=Happened.MET))
    for said in Happened:
        yield of(meetings.answered, said.replace("_", " "), meeting=replace(agreed, said=said))
    yield of(meetings.file_is_there)
    both = two_partners(content)
    yield of(meetings.suggested, "of three", meeting=replace(asked, missing=both))
    yield of(meetings.card, "of three", meeting=replace(agreed, partners=both))
    yield of(meetings.declined, "by both others", meeting=replace(asked, state=MeetingState.DECLINED, declined=both))
    yield of(meetings.afterwards, "of three", meeting=replace(agreed, partners=both))
    yield of(meetings.no_meeting, "of three", names=both)
    yield of(meetings.rhythm, names=content.partners)
    yield of(meetings.no_meeting, names=content.partners)
    yield from _follow_ups(content)
    yield from _heard(content)


def _cards(asked: Meeting, agreed: Meeting) -> Iterator[Sample]:
    yield of(meetings.card, "asked", meeting=asked)
    yield of(meetings.card, "asked about another time", meeting=replace(asked, instead_of=START))
    yield of(meetings.card, "waiting", meeting=replace(asked, mine=Answer.ACCEPTED, missing=asked.partners))
    yield of(meetings.card, "agreed", meeting=agreed)
    yield of(meetings.card, "moved, and far away", meeting=replace(agreed, instead_of=START, sequence=1, far=True))
    closed = set(MeetingState) - {MeetingState.PROPOSED, MeetingState.ACCEPTED}
    for state in sorted(closed):
        yield of(meetings.card, state.value, meeting=replace(agreed, state=state))


def _follow_ups(content: Content) -> Iterator[Sample]:
    people = tuple((f"U0PERSON{turn}", name) for turn, name in enumerate(content.names))
    one = FollowUp(
        ID,
        content.promise,
        content.me,
        content.partners[0],
        mine=True,
        given=True,
        due_on=NEXT_MONDAY,
        made_at=MONDAY,
        state=FollowUpState.OPEN,
    )
    own, theirs = replace(one, author=content.me, given=False, due_on=None), replace(one, doer=content.partners[0])
    yield of(follow_ups.form, asked=FollowUpForm(ID, people))
    yield of(follow_ups.kept, one=own, meeting=str(ID))
    yield of(follow_ups.kept, "for a partner", one=theirs, meeting=str(ID))
    yield of(follow_ups.given, one=one)
    yield of(follow_ups.given, "handed back", one=replace(theirs, mine=False))
    yield of(follow_ups.returned, one=own)
    yield of(follow_ups.returned, "done", one=replace(own, state=FollowUpState.DONE))
    yield of(follow_ups.open_lines, several=(one, own) * (content.many // 2))
    yield of(follow_ups.open_lines, "none", several=())
    for state in FollowUpState:
        yield of(follow_ups.closed, state.value, one=replace(one, state=state))


def _heard(content: Content) -> Iterator[Sample]:
    people = tuple((f"U0PERSON{turn}", name) for turn, name in enumerate(content.partners))
    heard = Heard(ID, content.partners[0], content.me, content.progress, answered=False, correction=None)
    corrected = replace(heard, answered=True, correction=content.promise)
    yield of(listening.form, asked=Speakers(ID, people))
    yield of(listening.form, "of three", asked=Speakers(ID, (*people, ("U0PERSON9", content.me))))
    yield of(listening.sent, name=content.partners[0])
    yield of(listening.question, heard=heard)
    yield of(listening.question, "answered", heard=corrected)
    yield of(listening.correction_form, heard=heard)
    yield of(listening.thanks, heard=corrected)
    yield of(listening.corrected, heard=corrected)
    yield of(listening.answer, "understood", heard=replace(heard, answered=True))
    yield of(listening.answer, "corrected", heard=corrected)
