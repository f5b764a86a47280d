from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import PersonId, new_id
from bot.domain.slots import GRACE, LATE, Due, LatePolicy, SlotKind, SlotState, fate

DUE = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
EXPIRES = DUE + timedelta(days=4)
SECOND = timedelta(seconds=1)
FIRED, SKIPPED, MERGED = SlotState.FIRED, SlotState.SKIPPED, SlotState.MERGED


@pytest.mark.parametrize("carried", [False, True])
@pytest.mark.parametrize(
    ("policy", "now", "alone", "with_another"),
    [
        (LatePolicy.SEND, DUE, FIRED, FIRED),
        (LatePolicy.SEND, DUE + timedelta(days=3), FIRED, FIRED),
        (LatePolicy.SEND, EXPIRES - SECOND, FIRED, FIRED),
        (LatePolicy.SEND, EXPIRES, SKIPPED, SKIPPED),
        (LatePolicy.MERGE, DUE + GRACE, FIRED, FIRED),
        (LatePolicy.MERGE, DUE + GRACE + SECOND, FIRED, MERGED),
        (LatePolicy.MERGE, EXPIRES - SECOND, FIRED, MERGED),
        (LatePolicy.MERGE, EXPIRES, SKIPPED, SKIPPED),
        (LatePolicy.SKIP, DUE, FIRED, FIRED),
        (LatePolicy.SKIP, DUE + GRACE, FIRED, FIRED),
        (LatePolicy.SKIP, DUE + GRACE + SECOND, SKIPPED, SKIPPED),
        (LatePolicy.SKIP, EXPIRES, SKIPPED, SKIPPED),
    ],
)
def test_late_is_sent_folded_or_skipped_as_its_policy_says(
    policy: LatePolicy, now: datetime, alone: SlotState, with_another: SlotState, *, carried: bool
) -> None:
    """After an hour's grace, and never once it has expired."""
    assert fate(policy, DUE, EXPIRES, now, carried=carried) is (with_another if carried else alone)


@pytest.mark.parametrize(
    ("kind", "days"), [(SlotKind.CHECKIN, 4), (SlotKind.REMINDER, 1), (SlotKind.OFFER, 30), (SlotKind.FIT, 7)]
)
def test_what_is_due_is_worth_some_days_of_its_own(kind: SlotKind, days: int) -> None:
    due = Due(new_id(), PersonId(new_id()), kind, "2026-W45", DUE)

    assert due.expires_at - DUE == timedelta(days=days)


def test_every_kind_says_what_becomes_of_it_when_late() -> None:
    """A new kind of slot has to decide."""
    assert set(LATE) == set(SlotKind)
