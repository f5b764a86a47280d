"""A whole demo in one file: the stand-in's workspace, the bot's database, and what time it was.

The file is a zip archive of `about.json`, `slack.json` and `tandem.db`. What people wrote is sealed in the database
with a key that everybody knows, because one demo has to open the files of another; nothing real belongs into it.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.errors import UnusableStateError
from sandbox.page.seeds import Place

VERSION = 1
KEY = "demo:ZXZlcnlib2R5IGtub3dzIHRoZSBkZW1vIGtleSA6LSk="  # everybody knows it: it protects play data from nobody
LARGEST = 64_000_000  # bytes of one part, unpacked
ABOUT, SLACK, DATABASE = "about.json", "slack.json", "tandem.db"


@dataclass(frozen=True, slots=True)
class State:
    """`seed` is the name of the seed it grew from, `begin` where one looks first."""

    seed: str
    begin: Place
    now: datetime
    slack: dict[str, Any]
    database: bytes

    def packed(self) -> bytes:
        """Return the bytes of the file."""
        about = {"version": VERSION, "seed": self.seed, "begin": self.begin, "now": self.now.isoformat()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(ABOUT, json.dumps(about))
            archive.writestr(SLACK, json.dumps(self.slack, ensure_ascii=False))
            archive.writestr(DATABASE, self.database)
        return out.getvalue()

    @classmethod
    def unpacked(cls, data: bytes) -> State:
        """Return the state in a file. Raises UnusableStateError for anything that is not one."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                about, slack, database = (_part(archive, name) for name in (ABOUT, SLACK, DATABASE))
            return cls._read(json.loads(about), json.loads(slack), database)
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError, RecursionError) as error:
            if isinstance(error, UnusableStateError):
                raise
            raise UnusableStateError("This is not a saved demo.") from error

    @classmethod
    def _read(cls, about: dict[str, Any], slack: dict[str, Any], database: bytes) -> State:
        if about["version"] != VERSION:
            raise UnusableStateError(f"This demo was saved by another version ({about['version']}).")
        if not database.startswith(b"SQLite format 3\0"):
            raise UnusableStateError("This saved demo has no database in it.")
        now = datetime.fromisoformat(about["now"])
        if now.tzinfo is None:
            raise UnusableStateError("This saved demo does not say in which zone its time is.")
        who, place = about["begin"]
        return cls(str(about["seed"]), (str(who), str(place)), now, slack, database)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST:
        raise UnusableStateError("This file is far too large for a saved demo.")
    return archive.read(name)


def database_copy(file: Path, scratch: Path) -> bytes:
    """Return a consistent copy of a database that is in use, as bytes; `scratch` is a folder to make it in."""
    target = scratch / "copy.db"
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # else its file alone would not be the whole database
    return target.read_bytes()
