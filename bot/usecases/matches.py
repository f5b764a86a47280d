"""A match as it is kept: who is in it, how good it is in a word, and why."""

from __future__ import annotations

from bot.db.rounds import MatchRow
from bot.db.transaction import Transaction
from bot.matching.explain import ReasonKind, quality, reasons
from bot.matching.matches import Match
from bot.usecases.field import Field

STORED = frozenset({ReasonKind.SKILL, ReasonKind.HOURS, ReasonKind.LANGUAGES})
"""The reasons that an introduction has words for."""


def new_match(tx: Transaction, position: int, match: Match, field: Field) -> MatchRow:
    """Return a proposed match at its place in a preview."""
    row = MatchRow(workspace_id=tx.workspace, position=position)
    write_match(row, match, field)
    return row


def write_match(row: MatchRow, match: Match, field: Field) -> None:
    """Have a proposed match be of other people."""
    people = {person.id: person for person in field.population.people}
    row.quality = str(quality(match, field.policy))
    row.score = round(match.worth)
    row.members = list(match.members)
    row.reasons = {
        "reasons": [
            {
                "kind": str(one.kind),
                "giver": one.giver,
                "receiver": one.receiver,
                "skill": one.skill,
                "amount": one.amount,
            }
            for one in reasons(match, people, field.policy, STORED)
        ]
    }
