"""The stand-in keeps everything in memory; it begins anew, is written to a file and read from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from sandbox import Sandbox
from sandbox.errors import UnusableStateError
from tests.integration.standin import buttons, dm, error_of, form
from tests.integration.uploads import CALENDAR, shared


def busy(box: Sandbox, slack: WebClient) -> None:
    """Fill the workspace with one of everything."""
    mira = box.person("mira").id
    slack.chat_postMessage(channel=dm(slack, box, "mira", "jonas"), text="hello", blocks=buttons())
    slack.chat_postEphemeral(channel=dm(slack, box, "mira"), user=mira, text="psst")
    slack.views_publish(user_id=mira, view={"type": "home", "blocks": buttons()})
    slack.views_open(trigger_id=box.hub.triggers.give(mira), view=form())
    box.fill("mira", {"note": "half a thought"})
    box.change_person("jonas", deleted=True, status_text="gone")


def test_a_state_goes_into_a_file_and_comes_back(box: Sandbox, slack: WebClient, tmp_path: Path) -> None:
    """People, places, words, screens and what was typed are as they were; the app goes on with it."""
    busy(box, slack)
    before, group = box.keep(), box.messages("mira")[0].channel.id
    box.save(tmp_path / "slack.json")
    box.reset()
    box.load(tmp_path / "slack.json")

    assert box.keep() == before == json.loads((tmp_path / "slack.json").read_text("utf-8"))
    assert (top := box.modal("mira")) and top.state["note"]["v"]["value"] == "half a thought"
    box.change_person("jonas", deleted=False)
    assert dm(slack, box, "jonas", "mira") == group


def test_files_come_back_and_deleted_ones_stay_deleted(box: Sandbox, slack: WebClient, tmp_path: Path) -> None:
    """What was shared is read as before; what was deleted is still known as such."""
    place = dm(slack, box, "mira")
    kept, gone = (shared(slack, place, name, CALENDAR) for name in ("next.ics", "last.ics"))
    slack.files_delete(file=gone)
    box.save(tmp_path / "slack.json")
    box.reset()
    assert error_of(slack.files_delete, file=gone) == "file_not_found"

    box.load(tmp_path / "slack.json")

    assert [(one.id, one.content) for one in box.files("mira")] == [(kept, CALENDAR)]
    assert error_of(slack.files_delete, file=gone) == "file_deleted"


def test_after_a_reset_nothing_of_before_is_left(box: Sandbox, slack: WebClient) -> None:
    """Only the bot is there, and no address, trigger, fault or record leads back."""
    mira = box.person("mira")
    place, trigger = box.hub.workspace.dm([mira.id]), box.hub.triggers.give(mira.id)
    address = box.hub.base_url + box.hub.response_urls.give(place, mira)
    busy(box, slack)
    box.faults.add(method="*", kind="500_before")

    box.reset()

    assert [one.handle for one in box.hub.workspace.people.values()] == ["tandem"]
    assert (box.messages("tandem"), box.calls, box.deliveries) == ([], [], [])
    assert WebhookClient(address, retry_handlers=[]).send(text="x").status_code == 404
    assert error_of(slack.views_open, trigger_id=trigger, view=form()) == "invalid_trigger_id"
    assert error_of(slack.conversations_info, channel=place.id) == "channel_not_found"


@pytest.mark.parametrize(
    "text", ["", "[", "[]", "{}", '{"version": 99}', '{"version": 2}', '{"version": 2, "people": 7}', "\ufeff{}"]
)
def test_a_file_that_is_no_state_changes_nothing(box: Sandbox, tmp_path: Path, text: str) -> None:
    """One sentence says so, and everything stays."""
    before, file = box.keep(), tmp_path / "slack.json"
    file.write_text(text, "utf-8")

    with pytest.raises(UnusableStateError, match=r"\.$"):
        box.load(file)

    assert box.keep() == before


def test_what_is_not_saved_is_gone_with_it() -> None:
    """A new stand-in knows nothing of the one before: nothing is written anywhere by itself."""
    with Sandbox.start() as first:
        first.add_person("mira")
    with Sandbox.start() as second:
        assert [one.handle for one in second.hub.workspace.people.values()] == ["tandem"]
