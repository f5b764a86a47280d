from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages import DESTINATION, Destination, MessageKind, destination, priority, retry_at

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", MessageKind)
def test_a_message_goes_to_one_person_unless_it_is_written_down(kind: MessageKind) -> None:
    """A new kind is private by default."""
    assert destination(kind) is DESTINATION.get(kind, Destination.PERSON)


def test_what_people_write_goes_to_persons_only() -> None:
    """Notes, check-ins, summaries, cheers: no way into a channel or a group."""
    for kind in MessageKind:
        if kind.startswith(("checkin", "note", "cheer", "part", "not_matched", "offer", "fit")):
            assert destination(kind) is Destination.PERSON, kind


def test_prompts_go_before_everything_else() -> None:
    assert priority(MessageKind.CHECKIN) == priority(MessageKind.CHECKIN_REMINDER) < priority(MessageKind.CHEER)


def test_waits_grow_and_have_an_end() -> None:
    """5 s doubling up to a quarter of an hour, also after a million tries or none."""
    waits = [retry_at(NOW, attempt) - NOW for attempt in range(1, 30)]

    assert waits[:4] == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40)]
    assert all(one <= other for one, other in itertools.pairwise(waits))
    assert waits[-1] == retry_at(NOW, 1_000_000) - NOW == timedelta(minutes=15)
    assert retry_at(NOW, 0) == retry_at(NOW, 1)
