"""The company's list of skills."""

from __future__ import annotations

from bot.domain.skills import Suggestion
from bot.locales import Words
from bot.slack.blocks import Element, option, typed_options
from bot.slack.text import plain


def suggested(suggestions: tuple[Suggestion, ...], words: Words) -> list[Element]:
    """Return what a select offers; the value of an option is the skill itself."""
    add = words("Add “{skill}”")
    known = typed_options([one.name for one in suggestions if not one.new])
    return [*known, *(option(plain(add, skill=one.name), one.name) for one in suggestions if one.new)]
