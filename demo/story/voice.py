"""One language's half of every text in the story, with dates the way that language writes them."""

from __future__ import annotations

from datetime import date, datetime

from bot.locales import Language, Words, load_texts
from demo.story import lines, narration
from demo.story.cast import Player
from demo.story.season import lines as season_lines
from demo.story.season import narration as season_narration

_STORY = (lines.PROFILES, lines.GOALS, lines.NOTES, lines.WEEKS)
_SEASON = (season_lines.PROFILE, season_lines.TYPED, season_lines.PROMISES, season_lines.PROGRESS)
TYPED = (*_STORY, *_SEASON)
TOLD = (narration.SCENES, narration.LABELS, narration.DOUBTS, season_narration.SCENES, season_narration.FOUND)


class Voice:
    """``voice("key", name=…)`` is a filled sentence, ``voice.typed("key")`` what somebody types."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.words: Words = load_texts().for_(language)
        self._half = 0 if language is Language.EN else 1
        self._typed = {key: pair[self._half] for part in TYPED for key, pair in part.items()}
        self._told = {key: pair[self._half] for part in TOLD for key, pair in part.items()}

    def __call__(self, key: str, **fields: object) -> str:
        return self._told[key].format(**fields)

    def typed(self, key: str) -> str:
        return self._typed[key]

    def knows(self, key: str) -> bool:
        return key in self._typed

    def city(self, player: Player) -> str:
        return player.city[self.language]

    def moment(self, at: datetime) -> str:
        """Return weekday and clock time of a local ``at``: ``Mon 09:00``."""
        return f"{self.words.weekday(at.weekday())[: 3 if self._half == 0 else 2]} {at:%H:%M}"

    def span(self, first: date, last: date) -> str:
        return f"{self.words.date(first)} – {self.words.date(last)}"
