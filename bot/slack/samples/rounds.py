"""A matching round, as its owner sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.ids import RoundId
from bot.slack.samples import pairings as pairing_samples
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, THIRD, Sample, of
from bot.slack.screens import rounds
from bot.usecases.previews import Note, OutOfRound, Preview, ProposedMatch, UnmatchedPerson
from bot.usecases.rounds import Approval, RoundCounts


def samples(content: Content) -> Iterator[Sample]:
    why = pairing_samples.reasons(content)[:3]
    several = (*content.names, THIRD)[:3]
    matches = (
        ProposedMatch(ID, content.names[:2], "strong", why[:2], kept=True),
        ProposedMatch(ID, several, "good", why),
        ProposedMatch(ID, content.names[:2], "stretch", ()),
    ) * (content.many // 3)
    unmatched = tuple(UnmatchedPerson(name, "nobody_else") for name in content.crowd(content.many - 2))
    shown = Preview(RoundId(ID), content.programme, matches, unmatched, 12, content.language, OutOfRound(2, 14, 1, 4))
    yield of(rounds.working)
    yield of(rounds.preview, shown=shown, page=0)
    yield of(rounds.preview, "everybody fits, last page", shown=replace(shown, unmatched=()), page=99)
    thirty = replace(shown, matches=(matches * 10)[:30])
    yield of(rounds.preview, "thirty matches, in the middle", shown=thirty, page=1)
    yield of(rounds.preview, "nothing else is as good", shown=replace(shown, note=Note.AS_BEFORE), page=0)
    yield of(rounds.preview, "a kept match is gone", shown=replace(shown, note=Note.NOT_KEPT), page=0)
    apart = replace(shown, matches=(), out=OutOfRound(0, 1))
    yield of(rounds.preview, "everything taken apart", shown=apart, page=0)
    yield of(rounds.preview, "people are asked first", shown=replace(shown, ask_first=True), page=0)
    yield of(rounds.approved, done=Approval(live=4, fallen=0, rest=None, waiting=0))
    yield of(rounds.approved, "one fell apart", done=Approval(live=1, fallen=1, rest=None, waiting=3))
    yield of(rounds.approved, "some are left", done=Approval(live=1, fallen=2, rest=shown, waiting=7))
    asked = Approval(live=4, fallen=1, rest=None, waiting=0, ask_first=True)
    yield of(rounds.approved, "people are asked first", done=asked)
    yield of(rounds.discarded)
    yield of(rounds.round_approved, counts=RoundCounts(matches=4, people=9, unmatched=1))
    counts = RoundCounts(matches=4, people=9, unmatched=1, ask_first=True)
    yield of(rounds.round_approved, "people are asked first", counts=counts)
    ready = RoundCounts(matches=12, people=25, unmatched=1, left_out=3)
    yield of(rounds.round_ready, counts=ready, round_id=ID)
    yield of(rounds.round_ready, "everybody is in it", counts=RoundCounts(1, 2, 0), round_id=ID)
    yield of(rounds.round_without_matches, counts=RoundCounts(0, 0, 1), following=NEXT_MONDAY)
    yield of(rounds.round_without_matches, "no further round", counts=RoundCounts(0, 0, 5), following=None)
    yield of(rounds.round_approved, "one pair", counts=RoundCounts(matches=1, people=2, unmatched=0))
