"""Canaries: unique words inside private texts, and the check that they are found nowhere else.

A test declares who may read a word when it takes it; nothing here asks the bot who may. When a town closes, every
word must have been shown to its declared readers only, and neither words nor tokens may stand in a log or, in
clear, in the database.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
import structlog
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from demo.town import Town


@dataclass(frozen=True, slots=True)
class Canary:
    """One word: what kind of text it stands in, who may read it, and whether the database must keep it sealed."""

    word: str
    kind: str
    readers: frozenset[str]
    sealed: bool


@dataclass(slots=True)
class Aviary:
    """The canaries of one town."""

    birds: dict[str, Canary] = field(default_factory=dict)

    def words_in(self, text: str) -> set[str]:
        """Return every canary word that stands in ``text``, however it is cased or wrapped."""
        if not self.birds:
            return set()
        return set(re.findall("|".join(self.birds), text.lower()))

    def leaks(self, text: str, readers: Iterable[str], place: str) -> list[str]:
        """Return a line for every word in ``text`` that some of ``readers`` must not see."""
        seen = frozenset(readers)
        found = [(self.birds[word], seen - self.birds[word].readers) for word in sorted(self.words_in(text))]
        return [f"{place}: the {bird.kind} {bird.word} reached {sorted(wrong)}" for bird, wrong in found if wrong]


_AVIARIES: WeakKeyDictionary[Town, Aviary] = WeakKeyDictionary()


def aviary(town: Town) -> Aviary:
    """Return the canaries of ``town``."""
    return _AVIARIES.setdefault(town, Aviary())


def secret(town: Town, kind: str, *readers: str, sealed: bool = True) -> str:
    """Return a new word to type into a text of some ``kind`` that only ``readers`` (handles) may ever see."""
    word = f"xq{secrets.token_hex(5)}"
    aviary(town).birds[word] = Canary(word, kind, frozenset(readers), sealed)
    return word


def also_read_by(town: Town, text: str, *readers: str) -> None:
    """Declare that the author has just shown ``text``, which holds canaries, to more people."""
    birds = aviary(town).birds
    for word in aviary(town).words_in(text):
        bird = birds[word]
        birds[word] = Canary(word, bird.kind, bird.readers | frozenset(readers), bird.sealed)


def screen_leaks(town: Town) -> list[str]:
    """Return a line for every canary somebody could see who must not: calls, direct answers, and what stands now."""
    return [*_call_leaks(town), *_answer_leaks(town), *_standing_leaks(town)]


def _call_leaks(town: Town) -> list[str]:
    birds = aviary(town)
    return [
        leak
        for call in town.box.calls
        if call.done
        for leak in birds.leaks(json.dumps(call.args, ensure_ascii=False), call.readers, call.method)
    ]


def _answer_leaks(town: Town) -> list[str]:
    birds = aviary(town)
    return [
        leak
        for delivery in town.box.deliveries
        for reply in delivery.answers
        for leak in birds.leaks(json.dumps(reply.body, ensure_ascii=False, default=str), delivery.readers, "answer")
    ]


def _standing_leaks(town: Town) -> list[str]:
    """Look at what is on every screen at the end: whoever came into a conversation later reads its past too."""
    birds = aviary(town)
    return [
        leak
        for place, text, readers in town.box.loop.read(lambda: _shown(town))
        for leak in birds.leaks(text, readers, place)
    ]


def _shown(town: Town) -> list[tuple[str, str, frozenset[str]]]:
    workspace = town.box.hub.workspace

    def handle(person: str) -> frozenset[str]:
        return frozenset({workspace.people[person].handle})

    messages = [
        (
            "message",
            f"{message.text} {message.blocks} {message.metadata}",
            handle(message.ephemeral_to) if message.ephemeral_to else workspace.readers(message.channel),
        )
        for message in workspace.messages
        if message.user_id == workspace.bot.id
    ]
    return messages + [(view.kind, str(view.definition), handle(view.person_id)) for view in workspace.views()]


def tokens(town: Town) -> dict[str, str]:
    """Return everything that opens a door, by name."""
    chosen = town.settings
    found = {
        "bot token": chosen.slack.bot_token,
        "app token": chosen.slack.app_token,
        "signing secret": chosen.slack.signing_secret,
        "key": chosen.security.keys,
    }
    return {
        name: value.get_secret_value().partition(":")[2] or value.get_secret_value()
        for name, value in found.items()
        if value
    }


def text_leaks(town: Town, text: str, place: str) -> list[str]:
    """Return a line for every canary and every token that stands in ``text``, which nobody is meant to read."""
    birds = aviary(town)
    words = [f"{place}: holds the {birds.birds[word].kind} {word}" for word in sorted(birds.words_in(text))]
    return words + [f"{place}: holds the {name}" for name, value in tokens(town).items() if value in text]


def database_leaks(town: Town) -> list[str]:
    """Return a line for every token and every word that must be sealed and stands in the stored bytes."""
    stored = stored_bytes(make_url(town.settings.database.url))
    sealed = {bird.word: f"{bird.kind} {bird.word}" for bird in aviary(town).birds.values() if bird.sealed}
    wanted = sealed | {value: name for name, value in tokens(town).items()}
    return [f"database: holds the {name} in clear" for word, name in wanted.items() if _holds(stored, word.encode())]


def _holds(stored: bytes, word: bytes) -> bool:
    return word in stored or word.hex().encode() in stored


def stored_bytes(url: URL) -> bytes:
    """Return all a database keeps: the files of a SQLite one, every row of a Postgres one (bytes as hex digits)."""
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        return b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [
            row
            for (name,) in names
            for row in connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)))
        ]
    return "\n".join(str(text) for (text,) in rows).encode()


class LogTrap(logging.Handler):
    """Keeps every log line of the process, at every level, as it would be printed, tracebacks included."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []
        self._print = logging.Formatter("%(levelname)s %(name)s %(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self._print.format(record))

    def keep(self, _logger: Any, method: str, event: Any) -> Any:
        """Be a step of structlog: keep the event before anything is taken out of it, pass on what is trouble."""
        self.lines.append(repr(event))
        if method in {"debug", "info"}:
            raise structlog.DropEvent
        return event


@contextmanager
def log_trap() -> Iterator[LogTrap]:
    """Listen to everything that is logged, at DEBUG, in place of an outer trap.

    Other handlers go on hearing what they would have heard.
    """
    trap, root, before = LogTrap(), logging.getLogger(), structlog.get_config()
    factory = logging.getLogRecordFactory()  # the bot puts in its own, for good
    outer = [handler for handler in root.handlers if isinstance(handler, LogTrap)]
    for one in outer:
        root.removeHandler(one)
    levels = {handler: handler.level for handler in root.handlers}
    own = root.level
    for handler, level in levels.items():
        handler.setLevel(max(level, own))
    root.addHandler(trap)
    root.setLevel(logging.DEBUG)
    show = structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(processors=[structlog.processors.format_exc_info, trap.keep, show])
    try:
        yield trap
    finally:
        structlog.configure(**before)
        logging.setLogRecordFactory(factory)
        root.removeHandler(trap)
        for one in outer:
            root.addHandler(one)
        root.setLevel(own)
        for handler, level in levels.items():
            handler.setLevel(level)


def check(town: Town, trap: LogTrap) -> None:
    """Raise AssertionError with every place in which a canary or a token was found that should not be there."""
    found = [*screen_leaks(town), *database_leaks(town), *text_leaks(town, "\n".join(trap.lines), "log")]
    assert not found, "\n".join(dict.fromkeys(found))
