"""Files of the app: announced, uploaded, shared; visible to those who are where they were shared."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sandbox.channels import Kind
from sandbox.errors import NotOnScreenError

if TYPE_CHECKING:
    from datetime import datetime

    from sandbox.people import Person
    from sandbox.workspace import Workspace

# What the standard table of types does not know the same way on every machine.
_TYPES = {"ics": "text/calendar", "csv": "text/csv", "md": "text/markdown", "txt": "text/plain"}
_UNKNOWN = "application/octet-stream"
_SHELVES = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.MPIM: "groups", Kind.IM: "ims"}


@dataclass(slots=True)
class File:
    """One file; `content` is None until it was uploaded, `shares` are the messages (channel id, ts) it stands in."""

    id: str
    name: str
    length: int
    owner_id: str
    created: datetime
    title: str = ""
    alt_text: str = ""
    content: bytes | None = None
    done: bool = False
    shares: list[tuple[str, str]] = field(default_factory=list)
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    @property
    def kind(self) -> str:
        """Slack's `filetype`: the ending of the name."""
        return PurePath(self.name).suffix.removeprefix(".").lower() or "binary"

    @property
    def mimetype(self) -> str:
        return _TYPES.get(self.kind) or mimetypes.guess_type(self.name)[0] or _UNKNOWN


@dataclass(slots=True)
class Files:
    """All files of the workspace by id."""

    workspace: Workspace
    all: dict[str, File] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)  # ids of deleted files

    def announce(self, name: str, length: int, alt_text: str) -> File:
        """Return a new file that waits for its content."""
        town = self.workspace
        file = File(town.ids.new("F"), name, length, town.bot.id, town.now(), name, alt_text)
        self.all[file.id] = file
        return file

    def ticketed(self, ticket: str) -> File | None:
        """Return the file that waits for an upload under this ticket."""
        waiting = (one for one in self.all.values() if one.content is None)
        return next((one for one in waiting if secrets.compare_digest(one.ticket, ticket)), None)

    def visible(self, person: Person, file_id: str) -> File:
        """Return a file the person can open; raise NotOnScreenError when there is none or it is not theirs to see."""
        file = self.all.get(file_id)
        if not file or not file.done or not self._sees(person, file):
            raise NotOnScreenError(f"{person.handle} sees no file {file_id!r}")
        return file

    def visible_to(self, person: Person) -> list[File]:
        """Return what the person can open, oldest first."""
        return [one for one in self.all.values() if one.done and self._sees(person, one)]

    def forget(self, file: File) -> None:
        """Delete the file; the messages it stood in stay and keep a tombstone."""
        del self.all[file.id]
        self.gone.add(file.id)
        for message in self.workspace.messages:
            message.files = [
                {"id": file.id, "mode": "tombstone"} if one["id"] == file.id else one for one in message.files
            ]

    def _sees(self, person: Person, file: File) -> bool:
        if person.id == file.owner_id:
            return True
        return any(self._reads(person, *share) for share in file.shares)

    def _reads(self, person: Person, channel_id: str, ts: str) -> bool:
        """Say whether the message with the file is still there and the person in (or free to enter) its channel."""
        channel = self.workspace.channels[channel_id]
        return self.workspace.may_enter(person, channel) and self.workspace.find_message(channel_id, ts) is not None


def file_object(town: Workspace, file: File, base_url: str) -> dict[str, Any]:
    """Return the file as messages and the Web API show it."""
    made, name = int(file.created.timestamp()), quote(file.name, safe="", errors="replace")
    private = f"{base_url}files-pri/{town.team_id}-{file.id}"
    shown = {
        "id": file.id,
        "created": made,
        "timestamp": made,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.kind,
        "pretty_type": file.kind.upper(),
        "user": file.owner_id,
        "user_team": town.team_id,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(town.channels[channel].kind is Kind.PUBLIC for channel, _ in file.shares),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{private}/{name}",
        "url_private_download": f"{private}/download/{name}",
        "media_display_type": "unknown",
        "permalink": f"https://{town.domain}.slack.com/files/{file.owner_id}/{file.id}/{name}",
        "has_rich_preview": False,
        "file_access": "visible",
    }
    return shown | ({"alt_txt": file.alt_text} if file.alt_text else {})


def whole_file_object(town: Workspace, file: File, base_url: str) -> dict[str, Any]:
    """Return the file as `files.info` shows it: with the places it was shared in."""
    places: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
    shares: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for channel_id, ts in file.shares:
        channel = town.channels[channel_id]
        places[_SHELVES[channel.kind]].append(channel_id)
        ways = shares.setdefault("public" if channel.kind is Kind.PUBLIC else "private", {})
        ways.setdefault(channel_id, []).append({"ts": ts, "channel_name": channel.name, "team_id": town.team_id})
    return file_object(town, file, base_url) | places | {"shares": shares, "comments_count": 0, "is_starred": False}
