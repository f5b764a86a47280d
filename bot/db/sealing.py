"""Sealed columns: AES-256-GCM, bound to workspace, table, column, row and owner.

A swapped ciphertext, an edited owner or a flipped bit does not open. A sealed value is
``version (1 byte) · key id length (1 byte) · key id · nonce (12 bytes) · ciphertext and tag``.
Values are sealed when the session flushes, because only then is the row's identity complete.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Sequence
from typing import Any, overload

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session, mapped_column, object_session

from bot.db.base import Row

VERSION = 1
NONCE = 12
KEYRING = "keyring"  # where a session carries its keyring
_PENDING = b""  # stands in the column between set and flush; never a valid sealed value


class SealBroken(Exception):
    """A stored value does not open: wrong key, wrong place, or changed bytes."""


class Keyring:
    """The keys in use: the first seals, all of them open."""

    def __init__(self, keys: Sequence[tuple[str, bytes]]) -> None:
        if not keys:
            message = "a keyring needs at least one key"
            raise ValueError(message)
        self._first = keys[0][0].encode()
        self._ciphers = {name.encode(): AESGCM(key) for name, key in keys}
        self._hash_key = hashlib.sha256(b"tandem pseudonym" + keys[0][1]).digest()

    def __repr__(self) -> str:
        return f"Keyring({len(self._ciphers)} keys)"

    def pseudonym(self, text: str) -> str:
        """Return a keyed hash (64 hex digits) that stands for ``text`` where the text itself must not stand."""
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()

    def seal(self, text: str, place: bytes) -> bytes:
        """Return ``text`` sealed for ``place``."""
        nonce = os.urandom(NONCE)
        head = bytes((VERSION, len(self._first))) + self._first
        return head + nonce + self._ciphers[self._first].encrypt(nonce, text.encode(), head + place)

    def open(self, sealed: bytes, place: bytes) -> str:
        """Return the text sealed for ``place``. Raises SealBroken."""
        if len(sealed) < 2 or sealed[0] != VERSION:  # noqa: PLR2004  version and length byte
            raise SealBroken
        end = 2 + sealed[1]
        cipher = self._ciphers.get(sealed[2:end])
        if cipher is None or len(sealed) < end + NONCE:
            raise SealBroken
        try:
            return cipher.decrypt(sealed[end : end + NONCE], sealed[end + NONCE :], sealed[:end] + place).decode()
        except (InvalidTag, UnicodeDecodeError):
            raise SealBroken from None


class Sealed:
    """A text column that is stored sealed. ``owner`` names the column holding the owner's id.

    On the class it is the mapped bytes column; on a row it reads and takes ``str | None``.
    """

    def __init__(self, owner: str = "owner_id") -> None:
        self._owner = owner

    def __set_name__(self, kind: type[Row], name: str) -> None:
        self._name = name
        self._column = f"{name}_sealed"
        setattr(kind, self._column, mapped_column(self._column, sa.LargeBinary(), nullable=True))

    @overload
    def __get__(self, row: None, kind: type[Row]) -> Sealed: ...
    @overload
    def __get__(self, row: Row, kind: type[Row]) -> str | None: ...
    def __get__(self, row: Row | None, kind: type[Row]) -> Sealed | str | None:
        if row is None:
            return self
        pending = row.__dict__.get(_waiting(self._name))
        if pending is not None:
            return str(pending)
        stored = getattr(row, self._column)
        return None if stored is None else keyring_of(row).open(stored, self.place(row))

    def __set__(self, row: Row, text: str | None) -> None:
        if text is None:
            row.__dict__.pop(_waiting(self._name), None)
            setattr(row, self._column, None)
            return
        row.__dict__[_waiting(self._name)] = text
        setattr(row, self._column, _PENDING)

    def stored_in(self, kind: type[Row]) -> Any:
        """Return the mapped column of ``kind`` that holds the sealed bytes."""
        return getattr(kind, self._column)

    def place(self, row: Row) -> bytes:
        """Return what a value is bound to: workspace, table, column, row and owner."""
        identity: Any = row
        parts = (identity.workspace_id, row.__tablename__, self._name, row.id, getattr(row, self._owner))
        return "\x1f".join(str(part) for part in parts).encode()

    def settle(self, row: Row, keyring: Keyring) -> None:
        """Seal what waits on ``row``."""
        pending = row.__dict__.pop(_waiting(self._name), None)
        if pending is not None:
            setattr(row, self._column, keyring.seal(pending, self.place(row)))


def _waiting(name: str) -> str:
    return f"_waiting_{name}"


def sealed_columns(kind: type) -> list[Sealed]:
    """Return the sealed columns of a table class."""
    return [value for base in kind.__mro__ for value in vars(base).values() if isinstance(value, Sealed)]


def keyring_of(row: Row) -> Keyring:
    """Return the keyring of the session ``row`` lives in. Raises SealBroken for a detached row."""
    session = object_session(row)
    if session is None:
        raise SealBroken
    keyring = session.info[KEYRING]
    if not isinstance(keyring, Keyring):
        raise SealBroken
    return keyring


def seal_before_flush(session: Session, _context: object, _instances: object) -> None:
    """Session event: seal everything that waits."""
    keyring: Keyring = session.info[KEYRING]
    rows: Iterable[Row] = [*session.new, *session.dirty]
    for row in rows:
        for column in sealed_columns(type(row)):
            column.settle(row, keyring)
