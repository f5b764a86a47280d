"""A matching round, as its owner sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.ids import RoundId
from bot.slack.samples import pairings as pairing_samples
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, THIRD, Sample, of
from bot.slack.screens import rounds
from bot.usecases.previews import Preview, ProposedMatch, UnmatchedPerson
from bot.usecases.rounds import RoundCounts


def samples(content: Content) -> Iterator[Sample]:
    why = pairing_samples.reasons(content)[:3]
    several = (*content.names, THIRD)[:3]
    matches = (
        ProposedMatch(content.names[:2], "strong", why[:2]),
        ProposedMatch(several, "good", why),
        ProposedMatch(content.names[:2], "stretch", ()),
    ) * (content.many // 3)
    unmatched = tuple(UnmatchedPerson(name, "nobody_else") for name in content.crowd(content.many - 2))
    shown = Preview(RoundId(ID), content.programme, matches, unmatched, weeks=12)
    yield of(rounds.working)
    yield of(rounds.preview, shown=shown, page=0)
    yield of(rounds.preview, "everybody fits, last page", shown=replace(shown, unmatched=()), page=99)
    thirty = replace(shown, matches=(matches * 10)[:30])
    yield of(rounds.preview, "thirty matches, in the middle", shown=thirty, page=1)
    yield of(rounds.approved, shown=shown)
    yield of(rounds.discarded)
    yield of(rounds.round_approved, counts=RoundCounts(matches=4, people=9, unmatched=1))
    ready = RoundCounts(matches=12, people=25, unmatched=1, left_out=3)
    yield of(rounds.round_ready, counts=ready, round_id=ID)
    yield of(rounds.round_ready, "everybody is in it", counts=RoundCounts(1, 2, 0), round_id=ID)
    yield of(rounds.round_without_matches, counts=RoundCounts(0, 0, 1), following=NEXT_MONDAY)
    yield of(rounds.round_without_matches, "no further round", counts=RoundCounts(0, 0, 5), following=None)
    yield of(rounds.round_approved, "one pair", counts=RoundCounts(matches=1, people=2, unmatched=0))
