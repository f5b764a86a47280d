from __future__ import annotations

import pytest

from bot.domain.wishes import MOST_PEOPLE, TooManyPeople, WishedAndAvoided, Wishes, kept_wishes


def test_everybody_is_kept_once_in_the_order_of_choosing_and_never_oneself() -> None:
    said = Wishes(("U2", "U1", "U2"), ("UME", "W3"), ("U4", "UME"))
    assert kept_wishes(said, "UME") == Wishes(("U2", "U1"), ("W3",), ("U4",))


@pytest.mark.parametrize("nobody", ["", "u1", "C1", "U1 U2", "<@U1>", "U", "U" * 40, "U1\n"])
def test_what_is_no_person_of_slack_is_nobody(nobody: str) -> None:
    """A form made by hand."""
    assert kept_wishes(Wishes((nobody,), (nobody,), (nobody,)), "UME") == Wishes()


@pytest.mark.parametrize("field", ["avoided", "competing", "wished"])
def test_too_many_people_are_counted_at_their_field(field: str) -> None:
    crowd = tuple(f"U{number}" for number in range(MOST_PEOPLE + 1))
    with pytest.raises(TooManyPeople) as told:
        kept_wishes(Wishes(**{field: crowd}), "UME")
    assert (told.value.field, told.value.values) == (field, {"limit": MOST_PEOPLE, "count": MOST_PEOPLE + 1})


@pytest.mark.parametrize("other", ["avoided", "competing"])
def test_nobody_is_wished_for_and_avoided_at_once(other: str) -> None:
    with pytest.raises(WishedAndAvoided):
        kept_wishes(Wishes(**{other: ("U1",), "wished": ("U2", "U1")}), "UME")
