from __future__ import annotations

import pytest

from bot.domain.replies import MOST, TooManyLines, check_room_for_one_more, kept_line
from bot.domain.wording import LINE, TextMissing, TextTooLong


def test_a_line_is_one_line() -> None:
    """However it was typed or pasted."""
    assert kept_line(" try\n\nmornings \u200b") == "try mornings"
    assert len(kept_line("x" * LINE)) == LINE


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", TextMissing), (" \u200b\n", TextMissing), ("x" * (LINE + 1), TextTooLong), ("y" * 9_999, TextTooLong)],
)
def test_what_cannot_be_kept_is_said_at_the_field(text: str, refusal: type[TextMissing | TextTooLong]) -> None:
    with pytest.raises(refusal) as told:
        kept_line(text)
    assert told.value.field == "text"


def test_a_conversation_moves_on_to_the_two_themselves() -> None:
    check_room_for_one_more(MOST - 1)
    with pytest.raises(TooManyLines):
        check_room_for_one_more(MOST)
