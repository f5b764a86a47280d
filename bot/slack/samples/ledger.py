"""What people who are together took on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.ids import PersonId
from bot.domain.ledger import PAGE, Entry, Origin, Standing
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, MONDAY, NEXT_MONDAY, Sample, of
from bot.slack.screens import ledger
from bot.usecases.ledger import Column, Ledger


def samples(content: Content) -> Iterator[Sample]:
    one = Entry(PersonId(ID), Origin.PROMISE, Standing.OPEN, content.promise, MONDAY, NEXT_MONDAY)
    met = replace(one, origin=Origin.MEETING, due_on=None)
    early = (one, met, *(replace(one, standing=standing) for standing in list(Standing)[1 : PAGE - 1]))
    late = tuple(replace(one, standing=standing) for standing in list(Standing)[PAGE - 1 :])
    mine, theirs = Column(content.me, True, early), [Column(name, False, late) for name in content.partners]
    yield of(ledger.ledger, shown=Ledger((mine, *theirs), 0, 2))
    yield of(ledger.ledger, "in the middle", shown=Ledger((mine, theirs[0]), 1, 3))
    yield of(ledger.ledger, "nothing yet", shown=Ledger(tuple(replace(c, entries=()) for c in (mine, theirs[0])), 0, 1))
