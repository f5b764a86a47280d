"""`files.*`: announce an upload, share what was uploaded, look at it, take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.api.chat import checked_blocks
from sandbox.api.conversations import joined
from sandbox.errors import SlackError, invalid
from sandbox.files import file_object, whole_file_object

if TYPE_CHECKING:
    from sandbox.calls import Ask
    from sandbox.channels import Channel
    from sandbox.files import File

LARGEST_FILE = 4 * 1024 * 1024  # bytes; Slack takes a gigabyte
ALT_TEXT = 1000
MOST_PLACES = 100


def get_upload_url(ask: Ask) -> dict[str, Any]:
    name, alt_text = ask.text("filename"), ask.text("alt_txt", "")
    if ask.text("length") == "0":
        raise SlackError("missing_argument")
    length = ask.number("length", 0, 2**40, least=0)
    if length > LARGEST_FILE:
        raise SlackError("file_upload_size_restricted")
    if len(alt_text) > ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = ask.hub.workspace.files.announce(name.rpartition("/")[2] or "file", length, alt_text)
    return {"upload_url": f"{ask.hub.base_url}upload/v1/{file.ticket}", "file_id": file.id}


def complete_upload(ask: Ask) -> dict[str, Any]:
    chosen, places, blocks = _chosen(ask), _places(ask), checked_blocks(ask)
    town, told, thread = ask.hub.workspace, ask.text("initial_comment", ""), ask.text("thread_ts", "") or None
    for file, title in chosen:
        file.done, file.title = True, title or file.title
    for channel in places:
        message = town.post(channel, town.bot, told, blocks=[] if told else blocks or [], thread_ts=thread)
        for file, _ in chosen:
            file.shares.append((channel.id, message.ts))
        message.files = [file_object(town, file, ask.hub.base_url) for file, _ in chosen]
        ask.readers |= town.readers(channel)
    return {"files": [file_object(town, file, ask.hub.base_url) for file, _ in chosen]}


def info(ask: Ask) -> dict[str, Any]:
    shown = whole_file_object(ask.hub.workspace, _own(ask, ask.text("file")), ask.hub.base_url)
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(ask: Ask) -> dict[str, Any]:
    ask.hub.workspace.files.forget(_own(ask, ask.text("file")))
    return {}


def _own(ask: Ask, file_id: str) -> File:
    files = ask.hub.workspace.files
    if file_id in files.gone:
        raise SlackError("file_deleted")
    file = files.all.get(file_id)
    if not file or not file.done:
        raise SlackError("file_not_found")
    return file


def _chosen(ask: Ask) -> list[tuple[File, str]]:
    """Return the uploaded files with the titles given to them."""
    rows = ask.structure("files", "invalid_arguments")
    if not isinstance(rows, list) or not rows:
        raise invalid("invalid_arguments", ["[ERROR] missing required field: files"])
    return [_one(ask, row, at) for at, row in enumerate(rows)]


def _one(ask: Ask, row: Any, at: int) -> tuple[File, str]:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise invalid("invalid_arguments", [f"[ERROR] missing required field: id [json-pointer:/files/{at}]"])
    title = row.get("title") or ""
    if not isinstance(title, str):
        raise invalid("invalid_arguments", [f"[ERROR] must be a string [json-pointer:/files/{at}/title]"])
    file = ask.hub.workspace.files.all.get(row["id"])
    if not file or file.content is None or file.done:
        raise SlackError("file_not_found")
    return file, title


def _places(ask: Ask) -> list[Channel]:
    """Return where to share; people's ids (only in `channels`) mean the direct message with them."""
    names = ask.names("channels")
    if len(names) > MOST_PLACES:
        raise SlackError("channels_limit_exceeded")
    one = ask.text("channel_id", "")
    town = ask.hub.workspace
    people = town.people.keys() - {town.bot.id}
    places = [joined(ask, one)] if one else []
    places += [town.dm([name]) if name in people else joined(ask, name) for name in names]
    return list({place.id: place for place in places}.values())
