"""Kind words for who has no partner: a reason for each case, and none that tells a private rule."""

from __future__ import annotations

import pytest

from bot.locales import Language, load_texts
from bot.matching.matches import WhyAlone
from bot.slack.screens.pairings import not_matched

PRIVATE = (WhyAlone.NOBODY_ALLOWED, WhyAlone.NOBODY_LEFT)


@pytest.mark.parametrize("language", Language)
def test_every_reason_for_having_no_partner_has_a_sentence_of_its_own(language: Language) -> None:
    """But one: whether a rule or the others stood in the way reads the same, so that no exclusion can be guessed."""
    words = load_texts(strict=True).for_(language)
    told = {reason: not_matched(str(reason), words).text for reason in WhyAlone}

    assert told[PRIVATE[0]] == told[PRIVATE[1]]
    assert len(set(told.values())) == len(WhyAlone) - 1
