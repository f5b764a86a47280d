"""Files in the stand-in: announced, uploaded, shared, seen by those who are there and by nobody else."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import NotOnScreenError, Sandbox
from tests.integration.uploads import CALENDAR, send, uploaded


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start() as box:
        for handle in ("mira", "jonas", "olga"):
            box.add_person(handle)
        yield box


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])


def dm(box: Sandbox, *handles: str) -> str:
    return str(box.hub.workspace.dm([box.person(handle).id for handle in handles]).id)


def refused(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def fetch(url: str, token: str) -> tuple[int, bytes, str]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, answer.read(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), ""


def test_the_sdk_sends_a_file_into_a_direct_message(box: Sandbox, slack: WebClient) -> None:
    """The SDK's own three steps end in a message with the file, its title and the words that go with it."""
    slack.files_upload_v2(
        channel=dm(box, "mira"), filename="next.ics", title="Our meeting", content=CALENDAR, initial_comment="Here."
    )

    (message,) = box.messages("mira")
    (file,) = message.files
    assert (message.text, file["title"], file["mimetype"]) == ("Here.", "Our meeting", "text/calendar")
    assert box.download("mira", file["id"]) == CALENDAR


def test_a_file_is_there_for_those_in_the_room_and_for_nobody_else(box: Sandbox, slack: WebClient) -> None:
    """Neither a list nor its id shows a file to somebody who was not given it."""
    room = box.add_channel("owners", members=["olga"], bot_in=True)
    file = uploaded(slack)
    slack.files_completeUploadExternal(files=[{"id": file}], channels=[room.id, box.person("mira").id])

    assert [one.id for one in box.files("mira")] == [one.id for one in box.files("olga")] == [file]
    assert box.files("jonas") == []
    with pytest.raises(NotOnScreenError):
        box.download("jonas", file)
    assert box.calls[-1].readers == {"olga", "mira"}


def test_a_file_goes_with_its_message_or_with_its_reader(box: Sandbox, slack: WebClient) -> None:
    """Who leaves the room, or sees the message deleted, has the file no more."""
    room = box.add_channel("owners", members=["olga", "mira"], bot_in=True)
    file = uploaded(slack)
    slack.files_completeUploadExternal(files=[{"id": file}], channel_id=room.id)
    box.leave("mira", room)
    assert (len(box.files("mira")), len(box.files("olga"))) == (0, 1)

    slack.chat_delete(channel=room.id, ts=box.channel_messages(room)[0].ts)

    assert box.files("olga") == []


def test_an_unshared_file_is_the_bots_alone(box: Sandbox, slack: WebClient) -> None:
    """Without a channel a finished upload is private, and an unfinished one is not there at all."""
    waiting, done = uploaded(slack), uploaded(slack)
    slack.files_completeUploadExternal(files=[{"id": done}])

    assert [one.id for one in box.files("tandem")] == [done]
    assert box.files("mira") == []
    with pytest.raises(NotOnScreenError):
        box.download("tandem", waiting)


def test_an_upload_address_is_good_for_one_file_of_the_announced_size(box: Sandbox, slack: WebClient) -> None:
    """Another size, a second use and a guessed ticket are refused; a multipart form is as good as raw bytes."""
    slot = slack.files_getUploadURLExternal(filename="a.txt", length=3)
    form = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc\r\n--x--\r\n'

    assert send(slot["upload_url"], b"abcd") == 400
    assert send(slot["upload_url"], form, "multipart/form-data; boundary=x") == 200
    assert send(slot["upload_url"], b"abc") == 404
    assert send(f"{box.hub.base_url}upload/v1/guessed", b"abc") == 404
    assert [(call.method, call.status, call.done) for call in box.calls[1:]] == [
        ("upload_url", 400, False),
        ("upload_url", 200, True),
        ("upload_url", 404, False),
        ("upload_url", 404, False),
    ]


def test_a_fault_on_the_upload_leaves_no_content(box: Sandbox, slack: WebClient) -> None:
    """The way to the upload address can break like any other; the next try goes through."""
    slot = slack.files_getUploadURLExternal(filename="a.txt", length=1)
    box.faults.add(method="upload_url", kind="500_before")

    assert send(slot["upload_url"], b"a") == 500
    assert refused(slack.files_completeUploadExternal, files=[{"id": slot["file_id"]}]) == "file_not_found"
    assert send(slot["upload_url"], b"a") == 200


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"length": 5}, "invalid_arguments"),
        ({"filename": "a"}, "invalid_arguments"),
        ({"filename": "a", "length": -1}, "invalid_arguments"),
        ({"filename": "a", "length": 2**33}, "file_upload_size_restricted"),
        ({"filename": "a", "length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
    ],
)
def test_a_wrong_announcement_is_named(slack: WebClient, arguments: dict[str, Any], error: str) -> None:
    """A file has a name, a size and limits."""
    assert refused(lambda: slack.api_call("files.getUploadURLExternal", params=arguments)) == error


def test_sharing_has_slacks_errors(box: Sandbox, slack: WebClient) -> None:
    """Unknown and unfinished files, rooms without the bot, and a file finished twice."""
    hidden, public = box.add_channel("hidden"), box.add_channel("general", private=False)
    empty = slack.files_getUploadURLExternal(filename="a.txt", length=1)["file_id"]
    file = uploaded(slack)
    share = slack.files_completeUploadExternal

    assert refused(share, files=[{"id": "F0NOWHERE"}]) == "file_not_found"
    assert refused(share, files=[{"id": empty}]) == "file_not_found"
    assert refused(share, files=[]) == "invalid_arguments"
    assert refused(share, files=[{"title": "x"}]) == "invalid_arguments"
    assert refused(share, files=[{"id": file}], channel_id=hidden.id) == "channel_not_found"
    assert refused(share, files=[{"id": file}], channel_id=public.id) == "not_in_channel"
    assert refused(share, files=[{"id": file}], channels=[f"C{n}" for n in range(101)]) == "channels_limit_exceeded"
    share(files=[{"id": file}])
    assert refused(share, files=[{"id": file}], channel_id=dm(box, "mira")) == "file_not_found"
    box.scopes.discard("files:write")
    assert refused(share, files=[{"id": file}]) == "missing_scope"


def test_the_bot_reads_files_back_only_with_the_scope_for_it(box: Sandbox, slack: WebClient) -> None:
    """`files:write` shares and deletes; looking needs `files:read`."""
    file = uploaded(slack)
    url = slack.files_completeUploadExternal(files=[{"id": file}], channel_id=dm(box, "mira"))["files"][0][
        "url_private"
    ]

    assert refused(slack.files_info, file=file) == "missing_scope"
    assert fetch(url, box.bot_token)[0] == 403
    box.scopes.add("files:read")
    assert slack.files_info(file=file)["file"]["ims"] == [dm(box, "mira")]
    assert fetch(url, box.bot_token) == (200, CALENDAR, "text/calendar")
    assert fetch(url, box.app_token)[0] == fetch(url, "nobody")[0] == 403
    assert fetch(url.replace(file, "F0NOWHERE"), box.bot_token)[0] == 404


def test_a_deleted_file_leaves_a_tombstone(box: Sandbox, slack: WebClient) -> None:
    """The message stays, the content is gone."""
    file = uploaded(slack)
    slack.files_completeUploadExternal(files=[{"id": file}], channel_id=dm(box, "mira"), initial_comment="look")

    slack.files_delete(file=file)

    assert [(one.text, one.files) for one in box.messages("mira")] == [("look", [{"id": file, "mode": "tombstone"}])]
    assert box.files("mira") == []
    assert refused(slack.files_delete, file=file) == "file_deleted"
    assert refused(slack.files_delete, file="F0NOWHERE") == "file_not_found"


def test_a_name_is_only_a_name(slack: WebClient) -> None:
    """A path or odd characters in it lead nowhere else."""
    file = uploaded(slack, "../../etc/ä b?.html", b"x")

    shown = slack.files_completeUploadExternal(files=[{"id": file}])["files"][0]

    assert shown["name"] == "ä b?.html"
    assert shown["url_private"].endswith("/%C3%A4%20b%3F.html")


def test_half_a_character_in_a_name_is_no_trouble(slack: WebClient) -> None:
    """A lone surrogate cannot be part of an address, and the upload ends well all the same."""
    file = uploaded(slack, "half\ud83d.png", b"x")

    shown = slack.files_completeUploadExternal(files=[{"id": file}])["files"][0]

    assert shown["url_private"].endswith("/half%3F.png")
