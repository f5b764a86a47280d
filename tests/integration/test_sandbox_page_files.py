"""The page hands out files: to look at or to keep, to those alone who see them, whatever is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Sandbox
from sandbox.errors import UnusableStateError
from tests.integration.uploads import CALENDAR, DOCUMENT, TABLE, picture, shared, uploaded
from tests.patience import PATIENCE


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start() as box:
        for handle in ("mira", "jonas"):
            box.add_person(handle)
        box.add_person("gone", deleted=True)
        yield box


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])


def dm(box: Sandbox, who: str) -> str:
    return str(box.hub.workspace.dm([box.person(who).id]).id)


def ask(box: Sandbox, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """Return status, headers and body of what a browser gets at this address of the page."""
    line = HTTPConnection(box.page_url.removeprefix("http://").removesuffix("/"), timeout=PATIENCE)
    line.request("GET", f"/page/{path}", headers=headers)
    with line.getresponse() as answer:
        status, about, body = answer.status, answer.headers, answer.read()
    line.close()
    return status, about, body


def cards(box: Sandbox, who: str) -> list[dict[str, Any]]:
    """Return what the page tells about the files in somebody's messages with the app."""
    _, _, body = ask(box, f"api/messages?as={who}&channel={dm(box, who)}")
    return [file for message in json.loads(body)["messages"] for file in message["files"]]


@pytest.mark.parametrize(
    ("name", "content", "way", "kind"),
    [
        ("next.ics", CALENDAR, "attachment", "text/calendar"),
        ("weeks.csv", TABLE, "attachment", "text/csv"),
        ("chart.png", picture(), "inline", "image/png"),
        ("CHART.PNG", picture(), "inline", "image/png"),
        ("certificate.pdf", DOCUMENT, "inline", "application/pdf"),
        ("page.html", b"<script>alert(1)</script>", "attachment", "application/octet-stream"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "attachment", "application/octet-stream"),
        ("no picture.png", b"<script>alert(1)</script>", "attachment", "application/octet-stream"),
        ("no document.pdf", b"<html>", "attachment", "application/octet-stream"),
        ("README", b"hello", "attachment", "application/octet-stream"),
        ("short.ics", b"\n", "attachment", "text/calendar"),
    ],
)
def test_a_browser_shows_only_what_cannot_act(
    box: Sandbox, slack: WebClient, name: str, content: bytes, way: str, kind: str
) -> None:
    """Pictures and documents that are what they say open, all else is downloaded; nothing in a file ever runs."""
    file = shared(slack, dm(box, "mira"), name, content)

    status, about, body = ask(box, f"files/{file}?as=mira")

    assert (status, body) == (200, content)
    assert about["Content-Disposition"].startswith(f'{way}; filename="{name}"')
    assert about["Content-Type"] == kind
    assert about["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in about["Content-Security-Policy"] and "default-src 'none'" in about["Content-Security-Policy"]
    assert "allow-scripts" not in about["Content-Security-Policy"]
    assert about["Cross-Origin-Resource-Policy"] == "same-origin"


def test_what_opens_can_also_be_kept(box: Sandbox, slack: WebClient) -> None:
    """Asked to download it, the same file comes to be kept."""
    file = shared(slack, dm(box, "mira"), "chart.png", picture())

    _, about, body = ask(box, f"files/{file}?as=mira&download=1")

    assert about["Content-Disposition"].startswith("attachment; ")
    assert body == picture()


def test_a_file_is_answered_to_those_who_see_it_alone(box: Sandbox, slack: WebClient) -> None:
    """A foreign, unknown, unfinished or taken-back file is the same 404: nobody learns that it exists."""
    file, unshared = shared(slack, dm(box, "mira"), "next.ics", CALENDAR), uploaded(slack)
    answers = [ask(box, f"files/{name}?as=jonas") for name in (file, unshared, "F0NOWHERE", "..%2f..%2fbox.py")]

    assert [status for status, _, _ in answers] == [404] * 4
    assert len({body for _, _, body in answers}) == 1
    assert ask(box, f"files/{unshared}?as=mira")[0] == 404
    assert ask(box, f"files/{file}?as=mira")[0] == 200
    slack.files_delete(file=file)
    assert ask(box, f"files/{file}?as=mira")[0] == 404


def test_who_leaves_a_room_leaves_its_files(box: Sandbox, slack: WebClient) -> None:
    """What was readable inside is not readable outside; neither when the message is taken back."""
    room = box.add_channel("owners", members=["mira", "jonas"], bot_in=True)
    file = shared(slack, room.id, "weeks.csv", TABLE)
    box.leave("jonas", room)

    assert (ask(box, f"files/{file}?as=mira")[0], ask(box, f"files/{file}?as=jonas")[0]) == (200, 404)

    slack.chat_delete(channel=room.id, ts=box.channel_messages(room)[0].ts)

    assert ask(box, f"files/{file}?as=mira")[0] == 404


@pytest.mark.parametrize(("who", "status"), [("as=gone", 403), ("as=tandem", 403), ("as=nobody", 404), ("", 400)])
def test_only_somebody_who_can_act_opens_files(box: Sandbox, slack: WebClient, who: str, status: int) -> None:
    """Deactivated people, bots, strangers and nobody get a sentence instead."""
    file = shared(slack, dm(box, "mira"), "next.ics", CALENDAR)

    answer = ask(box, f"files/{file}?{who}")

    assert answer[0] == status and json.loads(answer[2])["message"].endswith(".")
    assert ask(box, f"files/{file}?as=mira", Host="evil.example")[0] == 403


@pytest.mark.parametrize(
    ("name", "plain", "full"),
    [
        ('a".ics', "a_.ics", "a_.ics"),
        ("a\r\nSet-Cookie: x=1.ics", "aSet-Cookie_ x_1.ics", "aSet-Cookie_%20x%3D1.ics"),
        ("a;b=c.ics", "a_b_c.ics", "a%3Bb%3Dc.ics"),
        ("Größe & Maß.ics", "Gr__e _ Ma_.ics", "Gr%C3%B6%C3%9Fe%20%26%20Ma%C3%9F.ics"),
        ("gnp.\u202escexe.ics", "gnp.scexe.ics", "gnp.scexe.ics"),
        ("..\\..\\boot.ics", "_.._boot.ics", "_.._boot.ics"),
        ("../../x/%2e%2e.ics", "_2e_2e.ics", "%252e%252e.ics"),
        ("...", "file", "file"),
        ("half\ud83d.ics", "half.ics", "half.ics"),
        ("🌱.ics", "_.ics", "%F0%9F%8C%B1.ics"),
        (f"{'long' * 100}.ics", f"{'long' * 29}.ics", f"{'long' * 29}.ics"),
        (f"a.{'x' * 400}", f"a.{'x' * 106}.{'x' * 11}", None),
    ],
)
def test_a_hostile_name_becomes_one_harmless_name(
    box: Sandbox, slack: WebClient, name: str, plain: str, full: str | None
) -> None:
    """No second header, no path, no quote, no turned writing; letters of all languages stay."""
    file = shared(slack, dm(box, "mira"), name, CALENDAR)

    status, about, body = ask(box, f"files/{file}?as=mira")

    assert (status, body) == (200, CALENDAR)
    assert about["Content-Disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full or plain}"
    assert "Set-Cookie" not in about


def test_a_card_says_what_a_file_is(box: Sandbox, slack: WebClient) -> None:
    """Name, title, kind and size; for a picture how large it is drawn and what it shows in words."""
    place = dm(box, "mira")
    chart = shared(slack, place, "chart.png", picture(64, 32), title="Weeks", alt_text="Six rising bars")
    dates = shared(slack, place, "next.ics", CALENDAR)

    shown = {card["id"]: card for card in cards(box, "mira")}

    assert shown[chart] == {
        "id": chart,
        "gone": False,
        "name": "chart.png",
        "title": "Weeks",
        "kind": "png",
        "size": len(picture(64, 32)),
        "opens": True,
        "picture": [64, 32],
        "alt": "Six rising bars",
    }
    assert (shown[dates]["title"], shown[dates]["opens"], shown[dates]["picture"]) == ("next.ics", False, None)


@pytest.mark.parametrize(
    "content", [b"\x89", picture()[:15], picture(1, 1).replace(b"\0\0\0\1\0\0\0\1", b"\xff" * 8), b"GIF89a" + bytes(40)]
)
def test_a_broken_picture_gets_no_preview(box: Sandbox, slack: WebClient, content: bytes) -> None:
    """What is cut off, far too large or something else is a card without a picture."""
    shared(slack, dm(box, "mira"), "chart.png", content)

    assert cards(box, "mira")[0]["picture"] is None


def test_a_deleted_file_leaves_its_place(box: Sandbox, slack: WebClient) -> None:
    """The card says that it is gone, and the message counts as changed."""
    place = dm(box, "mira")
    file = shared(slack, place, "next.ics", CALENDAR, comment="Our meeting")

    def revision() -> int:
        return int(json.loads(ask(box, f"api/messages?as=mira&channel={place}")[2])["messages"][0]["revision"])

    before = revision()
    slack.files_delete(file=file)

    assert cards(box, "mira") == [{"id": file, "gone": True}]
    assert revision() > before


def test_files_come_back_with_a_saved_state(box: Sandbox, slack: WebClient, tmp_path: Path) -> None:
    """Saved, emptied and loaded, a file is there for the same people; one that stands nowhere known is refused."""
    file, kept = shared(slack, dm(box, "mira"), "chart.png", picture()), tmp_path / "slack.json"
    box.save(kept)
    box.reset()
    box.load(kept)

    assert box.download("mira", file) == picture()
    assert ask(box, f"files/{file}?as=mira")[2] == picture()
    assert ask(box, f"files/{file}?as=jonas")[0] == 404

    state = box.keep()
    for broken in ({"shares": [["C0NOWHERE", "1.0"]]}, {"content": "???"}, {"created": "soon"}):
        with pytest.raises(UnusableStateError):
            box.restore({**state, "files": [{**state["files"][0], **broken}]})
    assert box.keep() == state
