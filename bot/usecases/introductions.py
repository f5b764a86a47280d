"""How a match goes live."""

from __future__ import annotations

from collections.abc import Iterable

from bot.db.enrolments import EnrolmentRow
from bot.db.rounds import MatchRow
from bot.db.transaction import Transaction
from bot.domain import cadence, programmes
from bot.domain.messages import MessageKind
from bot.domain.rounds import MatchState
from bot.usecases import meeting_prompts, signatures
from bot.usecases.fits import plan_questions
from bot.usecases.looks import plan_looks


def introduce(tx: Transaction, weeks: int, match: MatchRow, members: Iterable[EnrolmentRow]) -> None:
    """Make a pairing of ``weeks`` weeks of a match and tell its people who they are to each other and why."""
    people = list(members)
    match.state = MatchState.INTRODUCED
    ends_on = programmes.last_day(cadence.local_day(tx.now, people[0].person.zone), weeks)
    pairing = tx.pairings.add(people[0].programme_id, match.id, [row.id for row in people], ends_on)
    for row in people:
        row.waited_rounds = 0
        tx.goals.share_waiting(row.enrolment_id, pairing.id)
    plan_questions(tx, people)
    plan_looks(tx, pairing, people)
    signatures.plan_nudges(tx, people)
    meeting_prompts.plan_nudges(tx, people)
    tx.outbox.put(MessageKind.INTRODUCTION, to=pairing.id, key=f"introduction:{pairing.id}", subject=pairing.id)
