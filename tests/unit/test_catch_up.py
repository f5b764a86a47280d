from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cadence import WorkingHours
from bot.domain.catch_up import is_late, may_be_carried
from bot.domain.messages import Destination, MessageKind, destination
from bot.domain.participants import Presence, may_be_told_at
from bot.locales import Language, load_texts
from bot.slack.blocks import BLOCKS, MESSAGE, Message, characters, section
from bot.slack.screens.catch_up import News, fitting, in_the_meantime
from bot.slack.text import Plain
from tests.unit.screens_rules import problems

MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)  # nine in Berlin
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
BERLIN = Presence("Europe/Berlin", WorkingHours(), "DE-BE")


@pytest.mark.parametrize(
    ("made", "not_before", "now", "late"),
    [
        (MONDAY, MONDAY, MONDAY + HOUR, False),
        (MONDAY, MONDAY, MONDAY + HOUR + timedelta(seconds=1), True),
        (MONDAY - 10 * HOUR, MONDAY, MONDAY + HOUR, False),  # made at night, for the morning
        (MONDAY - 2 * A_DAY, MONDAY, MONDAY + HOUR, False),  # on the weekend
        (MONDAY - 4 * A_DAY, MONDAY, MONDAY, True),  # on Thursday, held up by a break
        (MONDAY - 4 * A_DAY, MONDAY + A_DAY, MONDAY + A_DAY, True),
    ],
)
def test_late_is_an_hour_after_it_could_first_have_gone(
    made: datetime, not_before: datetime, now: datetime, *, late: bool
) -> None:
    """A night, a weekend and a holiday make nothing late; a break does."""
    assert is_late(BERLIN, made, not_before, now) is late


def test_what_waited_over_a_holiday_is_not_late() -> None:
    eve = datetime(2026, 12, 24, 17, 30, tzinfo=UTC)
    monday = datetime(2026, 12, 28, 8, 0, tzinfo=UTC)

    assert not is_late(BERLIN, eve, monday, monday + HOUR)
    assert is_late(Presence("Europe/Berlin", WorkingHours()), eve, monday, monday + HOUR), "the 25th was a Friday there"


def test_somebody_on_a_break_is_told_on_the_first_working_day_after_it() -> None:
    """The first day back may be a Saturday, or a holiday."""
    away = Presence("Europe/Berlin", WorkingHours(), "DE-BE", date(2026, 12, 25))

    assert may_be_told_at(away, MONDAY) == datetime(2026, 12, 28, 8, 0, tzinfo=UTC)
    assert may_be_told_at(away, datetime(2026, 12, 29, 9, 0, tzinfo=UTC)) == datetime(2026, 12, 29, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", MessageKind)
def test_only_news_for_one_person_comes_with_others(kind: MessageKind) -> None:
    """No question, no beginning of a pairing, nothing for a group or a room."""
    apart = kind in {MessageKind.CHECKIN, MessageKind.CHECKIN_REMINDER, MessageKind.HEADS_UP, MessageKind.CATCH_UP}
    apart = apart or kind is MessageKind.CHECKIN_AGAIN
    apart = apart or kind in {MessageKind.OFFER, MessageKind.FIT, MessageKind.HALF_TIME, MessageKind.CLOSING}
    apart = apart or kind in {MessageKind.MEETING_PROPOSED, MessageKind.MEETING_DAY, MessageKind.MEETING_SOON}
    apart = apart or kind in {MessageKind.MEETING_AFTER, MessageKind.MEETING_RHYTHM, MessageKind.NO_MEETING}
    apart = apart or kind in {MessageKind.FOLLOW_UP_GIVEN, MessageKind.HEARD}
    apart = apart or kind is MessageKind.INTRODUCTION_ALONE or destination(kind) is not Destination.PERSON

    assert may_be_carried(kind) is not apart


def news(*sizes: tuple[int, int]) -> list[News]:
    """Return pieces of news of so many blocks with so many characters each."""
    return [
        News(f"part{number}", Message(Plain("x"), tuple(section(Plain("x" * length)) for _ in range(blocks))))  # type: ignore[arg-type]  # a line all the same
        for number, (blocks, length) in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "room"),
    [
        ([], 0),
        ([(1, 10)] * 3, 3),
        ([(1, 10)] * 24, 24),
        ([(1, 10)] * 25, 24),  # a heading, and a line and a block for each
        ([(3, 10)] * 15, 12),
        ([(1, 3_000)] * 5, 3),
        ([(1, 2_900)] * 5, 4),
        ([(4, 3_000), (1, 10)], 1),
    ],
)
def test_one_message_holds_as_much_as_slack_takes(sizes: list[tuple[int, int]], room: int) -> None:
    """Never less than one piece; what does not fit is left to come alone."""
    words = load_texts().for_(Language.DE)
    several = news(*sizes)

    assert fitting(several, words) == room
    blocks = in_the_meantime(several[:room], words).blocks
    assert len(blocks) <= BLOCKS
    if room > 1:
        assert problems(in_the_meantime(several[:room], words)) == []
        assert characters(blocks) <= MESSAGE
    names = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(names) == len(set(names)) == sum(count for count, _ in sizes[:room])
