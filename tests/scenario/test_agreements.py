"""What two or three people expect of each other: written by one, signed by all, changed together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from demo.town import Town
from sandbox import Answer
from tests.scenario.habits import answer, form, letters, sent, together, told, typed
from tests.scenario.people import newest, paired, shown

FRIDAY = datetime(2026, 11, 6, 9, 0, tzinfo=UTC)


def opens(town: Town, who: str) -> None:
    """Have somebody open the form of their pairing's agreement."""
    town.says(who, "/tandem agreement")
    assert town.clicks(who, newest(town, who), "agreement.edit").ok


def writes(town: Town, who: str, **fields: str) -> None:
    opens(town, who)
    sent(town, who, {"hopes": "learn to say no", **fields})
    town.deliver()


def signs(town: Town, who: str) -> Answer:
    asked = next(one for one in reversed(town.box.messages(who)) if "agreement.sign" in str(one.blocks))
    result = town.clicks(who, asked, "agreement.sign")
    town.deliver()
    return result


def asked_for_a_week(town: Town, who: str) -> list[str]:
    return [one.text for one in letters(town, who) if "weekly minute" in one.text]


def test_it_counts_once_both_have_signed(town: Town) -> None:
    """Its author signs by writing, the partner is asked in their own DM, and both hear that it counts."""
    together(town, "lena", "noah")
    assert "no agreement yet" in answer(town, "lena", "/tandem agreement")
    writes(town, "lena", meetings="Tuesdays, by the river")

    asked = told(town, "noah")[-1]
    assert "Lena wrote down" in asked
    assert "by the river" in asked
    assert "Still open: Noah." in answer(town, "lena", "/tandem agreement")
    assert signs(town, "noah").ok

    for who in ("lena", "noah"):
        assert "It counts from now on" in told(town, who)[-1]
        assert "It counts." in answer(town, who, "/tandem agreement")


def test_a_change_needs_all_signatures_again(town: Town) -> None:
    """Until then the earlier version stays in force, and nobody is asked twice for one version."""
    together(town, "lena", "noah", "ida")
    writes(town, "lena")
    for who in ("noah", "ida"):
        signs(town, who)
    before = len(told(town, "ida"))

    writes(town, "noah", until="2027-03-01")
    assert "suggests a change" in told(town, "ida")[-1]
    assert "25 January" in answer(town, "lena", "/tandem partner"), "the earlier last day still counts"
    signs(town, "ida")
    assert len(told(town, "ida")) == before + 1
    signs(town, "lena")

    assert "1 March" in answer(town, "ida", "/tandem partner")


def test_who_was_overtaken_keeps_every_word_and_sees_the_others_version(town: Town) -> None:
    """Both had the form open: the second one to send is shown the first one's words above their own."""
    together(town, "lena", "noah")
    for who in ("lena", "noah"):
        opens(town, who)
    sent(town, "lena", {"hopes": "Lena's hope"})
    town.submits("noah", {"hopes": "Noah's hope", "meetings": "at noon"})

    assert "Lena saved a version" in form(town, "noah")
    assert "Lena's hope" in form(town, "noah")
    assert (typed(town, "noah", "hopes"), typed(town, "noah", "meetings")) == ("Noah's hope", "at noon")
    sent(town, "noah", {})
    assert "Noah's hope" in answer(town, "lena", "/tandem agreement")


def test_an_older_version_cannot_be_signed_any_more(town: Town) -> None:
    """The button of three weeks ago says so kindly."""
    together(town, "lena", "noah")
    writes(town, "lena")
    asked = next(one for one in reversed(town.box.messages("noah")) if "agreement.sign" in str(one.blocks))
    writes(town, "lena", hopes="something else")

    town.clicks("noah", asked, "agreement.sign")

    assert "newer version" in shown(newest(town, "noah"))
    assert "Still open: Noah." in answer(town, "lena", "/tandem agreement")


def test_the_check_in_follows_the_agreed_day_and_rhythm(town: Town) -> None:
    """Every two weeks on Fridays instead of every Monday, for both."""
    together(town, "lena", "noah")
    writes(town, "lena", weekday="friday", every_weeks="2")
    signs(town, "noah")

    days = []
    for day in range(28):
        before = len(asked_for_a_week(town, "noah"))
        town.travel_to(FRIDAY + timedelta(days=day))
        if len(asked_for_a_week(town, "noah")) > before:
            days.append((FRIDAY + timedelta(days=day)).date())
    assert [day.weekday() for day in days] == [4, 4]
    assert days[1] - days[0] == timedelta(weeks=2)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("until", "2026-10-01", "not in the future"),
        ("until", "2029-01-01", "more than a year"),
        ("hopes", "\u200b", "at least one line"),
    ],
)
def test_what_cannot_be_agreed_is_said_at_its_field_and_nothing_is_lost(
    town: Town, field: str, value: str, said: str
) -> None:
    together(town, "lena", "noah")
    opens(town, "lena")

    result = town.submits("lena", {"hopes": "a hope", "rules": "", field: value})

    assert said in str(result.errors[field])
    assert typed(town, "lena", field) == value
    assert "no agreement yet" in answer(town, "noah", "/tandem agreement")


def test_nobody_outside_the_pairing_reads_it(town: Town) -> None:
    """Another pairing of the same programme has its own, or none."""
    together(town, "lena", "noah", "ida", "omar")
    writes(town, "lena", hopes="between the two of us")
    others = ("noah", "ida", "omar")
    [partner] = [who for who in others if "between the two of us" in "".join(told(town, who))]

    for outsider in (who for who in others if who != partner):
        assert "no agreement yet" in answer(town, outsider, "/tandem agreement")


def test_who_changes_nothing_signs(town: Town) -> None:
    """The form of a change, sent as it is, is a signature and no new version."""
    together(town, "lena", "noah")
    writes(town, "lena")
    opens(town, "noah")
    sent(town, "noah", {})
    town.deliver()

    assert "It counts." in answer(town, "lena", "/tandem agreement")
    assert "version 1" in answer(town, "noah", "/tandem agreement")
    assert not any("suggests a change" in text for text in told(town, "lena"))


def test_a_late_signature_ends_nothing(town: Town) -> None:
    """After the agreed last day the version cannot be signed, and the time together goes on as it was."""
    together(town, "lena", "noah")
    writes(town, "lena", until="2026-11-12")
    town.travel_to(datetime(2026, 11, 16, 9, 0, tzinfo=UTC))

    signs(town, "noah")

    assert "has passed" in shown(newest(town, "noah"))
    assert "25 January" in answer(town, "lena", "/tandem partner")


def test_of_three_who_become_two_the_two_signatures_are_enough(town: Town) -> None:
    """Whoever leaves holds up nobody."""
    together(town, "lena", "noah", "ida")
    writes(town, "lena")
    signs(town, "noah")
    town.says("ida", "/tandem leave")
    town.clicks("ida", newest(town, "ida"), "leave.confirm")
    town.deliver()

    assert "It counts." in answer(town, "lena", "/tandem agreement")
    assert any("It counts from now on" in text for text in told(town, "noah"))


def test_it_is_spoken_in_each_readers_language(town: Town) -> None:
    paired(town, "mira", "jonas")
    writes(town, "mira")

    assert "hat aufgeschrieben" in told(town, "jonas")[-1]
    signs(town, "jonas")
    assert "Sie gilt ab jetzt" in told(town, "mira")[-1]
