from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import BOT_SCOPES, PUBLIC_ADDRESS, manifest
from bot.settings import Settings

SOCKET = Settings()
HTTP = Settings.model_validate({"slack": {"mode": "http"}})


def addresses(value: Any) -> list[str]:
    """Return every text in the manifest that is an address."""
    if isinstance(value, dict):
        return [found for each in value.values() for found in addresses(each)]
    if isinstance(value, list):
        return [found for each in value for found in addresses(each)]
    return [value] if isinstance(value, str) and "://" in value else []


def test_the_file_in_the_repository_is_the_manifest_of_a_fresh_installation() -> None:
    """manifest.json is what `tandem manifest` prints when nothing is configured."""
    assert json.loads((Path(__file__).parents[2] / "manifest.json").read_text("utf-8")) == manifest(SOCKET)


def test_socket_mode_needs_no_address() -> None:
    """Without a public address there is none in the manifest."""
    told = manifest(SOCKET)
    assert told["settings"]["socket_mode_enabled"] is True
    assert addresses(told) == []


def test_http_mode_sends_everything_to_one_address() -> None:
    """Commands, events, interactivity and menu options all go through the guard."""
    told = manifest(HTTP)
    assert told["settings"]["socket_mode_enabled"] is False
    assert addresses(told) == [PUBLIC_ADDRESS] * 5
    assert PUBLIC_ADDRESS.endswith("/slack/events")


@pytest.mark.parametrize("settings", [SOCKET, HTTP])
def test_tandem_asks_for_nothing_that_reads_along(settings: Settings) -> None:
    """The only history it can read is its own direct messages, and it acts as nobody else."""
    told = manifest(settings)
    assert set(told["oauth_config"]["scopes"]) == {"bot"}
    assert [scope for scope in BOT_SCOPES if scope.endswith(":history")] == ["im:history"]
    assert not {scope for scope in BOT_SCOPES if "email" in scope or scope == "files:read"}
    events = told["settings"]["event_subscriptions"]["bot_events"]
    assert [event for event in events if event.startswith("message")] == ["message.im"]


@pytest.mark.parametrize("settings", [SOCKET, HTTP])
def test_the_manifest_stays_within_slacks_limits(settings: Settings) -> None:
    """Slack would refuse a longer name, description or shortcut."""
    told = manifest(settings)
    about = told["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    for shortcut in told["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    assert {command["command"] for command in told["features"]["slash_commands"]} == {"/tandem", "/tandem-admin"}


def test_people_can_write_to_tandem() -> None:
    """The home tab and a writable messages tab are on; the app can be installed for a whole organisation."""
    told = manifest(SOCKET)
    assert told["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert told["settings"]["org_deploy_enabled"] is True
    assert told["settings"]["interactivity"]["is_enabled"] is True
