"""The home tab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.meetings import MeetingState
from bot.domain.pairings import MatchWaits, NoPartnerYet, OutOfRounds, Resting
from bot.slack.samples import goals as goal_samples
from bot.slack.samples import meetings as meeting_samples
from bot.slack.samples import notes as note_samples
from bot.slack.samples import pairings as pairing_samples
from bot.slack.samples import programmes as programmes_samples
from bot.slack.samples import snapshots as snapshot_samples
from bot.slack.samples import weeks as week_samples
from bot.slack.samples.content import Content
from bot.slack.samples.sample import NEXT_MONDAY, Sample, of
from bot.slack.screens import home
from bot.usecases.home import Home, Owned, Promised, Welcome


def samples(content: Content) -> Iterator[Sample]:
    goal, note = goal_samples.a_goal(content), note_samples.a_note(content)
    promises = tuple(Promised(name, content.promise, NEXT_MONDAY, i == 0) for i, name in enumerate(content.names))
    shown = Home(
        plan=programmes_samples.a_plan(content),
        open_checkin=True,
        next_checkin=NEXT_MONDAY,
        paused_until=None,
        together=pairing_samples.a_pairing(content),
        promises=promises,
        goals=goal_samples.mine(goal, goal_samples.private(goal)),
        notes=(note, note_samples.bare(note)),
        name=content.me,
        alone=None,
        meeting=meeting_samples.a_meeting(content, MeetingState.ACCEPTED),
        weeks=week_samples.some_weeks(),
    )
    empty = replace(
        shown, open_checkin=False, next_checkin=None, together=None, promises=(), notes=(), meeting=None, weeks=()
    )
    empty = replace(empty, goals=goal_samples.mine())
    owned = Owned(content.programme, "C0OWNERS", NEXT_MONDAY, None, snapshot_samples.a_count("some wait"))
    full = replace(shown, goals=goal_samples.mine(*(goal,) * goal_samples.MOST, room=False), notes=(note,) * 3)
    yield of(home.home, "a check-in waits", shown=shown)
    yield of(home.home, "answered", shown=replace(full, open_checkin=False))
    yield of(home.home, "the last days", shown=replace(full, open_checkin=False, next_checkin=None))
    suggested = replace(meeting_samples.a_meeting(content), far=True)
    yield of(home.home, "a meeting is suggested", shown=replace(shown, meeting=suggested, weeks=()))
    yield of(home.home, "no meeting", shown=replace(shown, meeting=None))
    yield of(home.home, "on a break", shown=replace(shown, paused_until=NEXT_MONDAY))
    yield of(home.home, "just joined", shown=replace(empty, alone=NoPartnerYet()))
    yield of(home.home, "a match waits", shown=replace(empty, alone=MatchWaits()))
    yield of(home.home, "no partner is looked for", shown=replace(empty, alone=Resting()))
    yield of(home.home, "helps to run it", shown=replace(empty, alone=OutOfRounds(), owned=(owned,)))
    yield of(home.home, "not in yet", shown=Welcome((content.programme,)))
    fresh = (
        replace(owned, last_round=None, agreements=snapshot_samples.NOT_YET),
        replace(owned, next_round=NEXT_MONDAY, agreements=snapshot_samples.a_count("too few")),
    )
    yield of(home.home, "runs two, is in none", shown=Welcome((content.programme,), fresh))
