from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.slots import GRACE_SECONDS, LatePolicy, still_worth_it

DUE = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
EXPIRES = DUE + timedelta(days=4)
SECOND = timedelta(seconds=1)
GRACE = timedelta(seconds=GRACE_SECONDS)


@pytest.mark.parametrize(
    ("policy", "now", "worth_it"),
    [
        (LatePolicy.SEND, DUE, True),
        (LatePolicy.SEND, DUE + timedelta(days=3), True),
        (LatePolicy.SEND, EXPIRES - SECOND, True),
        (LatePolicy.SEND, EXPIRES, False),
        (LatePolicy.SKIP, DUE, True),
        (LatePolicy.SKIP, DUE + GRACE, True),
        (LatePolicy.SKIP, DUE + GRACE + SECOND, False),
        (LatePolicy.SKIP, EXPIRES, False),
    ],
)
def test_late_is_better_than_never_until_it_expires(policy: LatePolicy, now: datetime, *, worth_it: bool) -> None:
    """What must not come late is skipped after an hour's grace."""
    assert still_worth_it(policy, DUE, EXPIRES, now) is worth_it
