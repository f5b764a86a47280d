"""The keys that seal what people write: from the settings or from a file of their own, never from the code."""

from __future__ import annotations

import base64
import os
import re
import secrets
from collections import Counter
from pathlib import Path

from bot.settings import ConfigError, Settings, allowed

EXAMPLE_KEY = b"this example key protects no-one"  # printed in config.example.toml for everybody to read
_ENTRY = re.compile(r"([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=)")  # 43 characters and "=" are 32 bytes
_OPEN_TO_OTHERS = 0o077
_KEY_BYTES = 32


def read_keys(settings: Settings) -> list[tuple[str, bytes]]:
    """Return (id, 32 bytes) for every key, first the one that seals, then the older ones that still open.

    Raises ConfigError if there is none, if one could be guessed or is malformed, or if others can read the file.
    """
    name, entries = _entries(settings)
    keys = [_parsed(name, number, entry) for number, entry in enumerate(entries, start=1)]
    if not keys:
        raise ConfigError(f"{name}: there is no key; needed: {_needed(name)}")
    twice = [key_id for key_id, times in Counter(key_id for key_id, _ in keys).items() if times > 1]
    if twice:
        raise ConfigError(
            f"{name}: the id {twice[0]} stands there more than once; needed: an id of its own for each key"
        )
    return keys


def _entries(settings: Settings) -> tuple[str, list[str]]:
    inline, path = settings.security.keys, settings.security.keys_file
    if inline and path:
        raise ConfigError("security.keys: security.keys_file is set as well; allowed: one of the two")
    if path:
        lines = (line.strip() for line in _private_text(path).splitlines())
        return "security.keys_file", [line for line in lines if line and not line.startswith("#")]
    text = inline.get_secret_value() if inline else ""
    return "security.keys", [entry.strip() for entry in text.split(",") if entry.strip()]


def _private_text(path: Path) -> str:
    try:
        if os.name == "posix" and path.stat().st_mode & _OPEN_TO_OTHERS:
            raise ConfigError(f"security.keys_file: others can read or change {path}; type: chmod 600 {path}")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"security.keys_file: {path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigError(f"security.keys_file: {path} should be a text file in UTF-8") from None


def _parsed(name: str, number: int, entry: str) -> tuple[str, bytes]:
    shape = _ENTRY.fullmatch(entry)
    if not shape:
        raise ConfigError(f"{name}: entry {number} is malformed or has the wrong length; needed: {_needed(name)}")
    key = base64.urlsafe_b64decode(shape[2].translate(str.maketrans("+/", "-_")))
    if key == EXAMPLE_KEY:
        raise ConfigError(
            f"{name}: entry {number} is the example key, which everybody knows; needed: a key of your own"
        )
    if len(set(key)) == 1:
        raise ConfigError(f"{name}: entry {number} is not a random key; needed: {_needed(name)}")
    return shape[1], key


def _needed(name: str) -> str:
    return allowed(*name.split("."))


def new_key() -> str:
    """Return a fresh entry for `security.keys`: today's id and 32 random bytes."""
    return f"k{secrets.token_hex(3)}:{base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}"
