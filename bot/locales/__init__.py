"""The words of Tandem in two languages: sentences from the catalogues, dates and numbers by locale.

Templates come out unfilled: ``{named}`` fields are filled and escaped where a screen is built.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Never

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from bot.domain.people import Language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

    from babel.messages.catalog import Catalog

__all__ = ["DOMAIN", "Language", "Texts", "Words", "catalogue_file", "endonym", "load_texts", "read_catalogue"]

DOMAIN = "tandem"


# Day first and 24 hours in both: the people of one programme should read the same kind of date.
_REGION = {Language.DE: "de_DE", Language.EN: "en_GB"}


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_REGION[language])


def endonym(language: Language) -> str:
    """Return what a language calls itself: ``Deutsch``, ``English``."""
    return str(Locale.parse(language.value).get_language_name()).capitalize()


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language. ``words("Hello, {name}.")`` gives the template in that language."""

    language: Language
    translations: NullTranslations = field(repr=False)

    def __call__(self, msgid: str) -> str:
        """Return the template for an English sentence of the catalogue; empty stays empty."""
        return self.translations.gettext(msgid) if msgid else ""

    def many(self, singular: str, plural: str, n: int) -> str:
        """Return the template for ``n`` things."""
        return self.translations.ngettext(singular, plural, n)

    def date(self, day: dt.date) -> str:
        """Return weekday and day without a year: ``Montag, 30. November``."""
        pattern = {Language.DE: "EEEE, d. MMMM", Language.EN: "EEEE, d MMMM"}[self.language]
        return format_date(day, pattern, locale=_locale(self.language))

    def day(self, day: dt.date) -> str:
        """Return the day without weekday and year: ``30. November``."""
        return format_skeleton("MMMMd", day, locale=_locale(self.language))

    def short_day(self, day: dt.date) -> str:
        """Return the day as short as it goes: ``30. Nov.``."""
        return format_skeleton("MMMd", day, locale=_locale(self.language))

    def full_date(self, day: dt.date) -> str:
        """Return the day with its year: ``30. November 2026``."""
        return format_date(day, "long", locale=_locale(self.language))

    def weekday(self, weekday: int) -> str:
        """Return the name of a weekday, Monday = 0 as in ``date.weekday()``."""
        return str(get_day_names("wide", "stand-alone", _locale(self.language))[weekday])

    def time(self, at: dt.time) -> str:
        """Return hours and minutes: ``09:00``."""
        return format_time(at, "short", locale=_locale(self.language))

    def number(self, number: float) -> str:
        """Return a number with the locale's separators."""
        return format_decimal(number, locale=_locale(self.language))

    def percent(self, share: float) -> str:
        """Return a share (0–1) in whole per cent."""
        return format_percent(share, locale=_locale(self.language))

    def list(self, items: Sequence[str]) -> str:
        """Return ``a, b und c``; nothing for no items."""
        return format_list(items, "standard", locale=_locale(self.language))


@dataclass(frozen=True, slots=True)
class Texts:
    """All languages, read once at start."""

    languages: Mapping[Language, Words]

    def for_(self, language: Language) -> Words:
        return self.languages[language]


def load_texts(*, strict: bool = False) -> Texts:
    """Read both catalogues. A sentence missing in one comes out in English, or with ``strict`` raises KeyError."""
    return Texts({one: Words(one, _translations(read_catalogue(one), strict=strict)) for one in Language})


def catalogue_file(language: Language) -> Traversable:
    return files(__name__) / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: Language) -> Catalog:
    """Return the catalogue of a language as it is on disk. Raises FileNotFoundError, or PoFileError when broken."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def _translations(catalogue: Catalog, *, strict: bool) -> NullTranslations:
    for message in [message for message in catalogue if message.id and not _complete(message.string)]:
        catalogue.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    if strict:
        translations.add_fallback(_Strict())
    return translations


def _complete(string: str | Sequence[str] | None) -> bool:
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


class _Strict(NullTranslations):
    """Asked only for what the catalogue does not hold."""

    def gettext(self, message: str) -> Never:
        raise KeyError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> Never:
        raise KeyError(msgid1, msgid2, n)
