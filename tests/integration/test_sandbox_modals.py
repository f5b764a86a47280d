"""Opening, stacking and changing modals in the stand-in, by a real Bolt app over both transports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from sandbox.triggers import LIFETIME
from tests.integration.standin import Hands, buttons, error_of, form, opens, plain


def test_only_three_modals_fit_on_top_of_each_other(box: Sandbox, running: App) -> None:
    """The fourth is refused with Slack's error."""
    opens(running, form())
    errors: list[str] = []

    @running.action("more")
    def more(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        errors.append(error_of(client.views_push, trigger_id=body["trigger_id"], view=form()))

    box.command("mira", "/tandem")
    for _ in range(3):
        box.click_view("mira", "more")

    assert box.until(lambda: len(errors) > 2)
    assert errors == ["", "", "push_limit_reached"]


def test_a_view_is_updated_only_with_its_current_hash(box: Sandbox, running: App) -> None:
    """Two hands at one modal: the second gets `hash_conflict`; what was typed stays in the same fields."""
    opens(running, form())
    box.command("mira", "/tandem")
    box.fill("mira", {"note": "half a thought"})
    view = box.modal("mira")
    assert view
    client = running.client

    client.views_update(view_id=view.id, hash=view.hash, view=form("Second"))
    conflict = error_of(client.views_update, view_id=view.id, hash=view.hash, view=form("Third"))
    gone = error_of(client.views_update, view_id="V0NOWHERE", view=form())

    now = box.modal("mira")
    assert now
    assert (now.title, now.state["note"]["v"]["value"]) == ("Second", "half a thought")
    assert (conflict, gone) == ("hash_conflict", "not_found")


def test_a_trigger_opens_one_modal(box: Sandbox, running: App) -> None:
    """A second use is refused, and so is one after three seconds."""
    answers: list[Any] = []

    @running.command("/tandem")
    def twice(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        trigger = body["trigger_id"]
        client.views_open(trigger_id=trigger, view=form())
        answers.append(error_of(client.views_open, trigger_id=trigger, view=form()))
        box.hub.triggers.lifetime = 0.0
        answers.append(error_of(client.views_open, trigger_id=trigger, view=form()))
        answers.append(error_of(client.views_open, trigger_id="1.2.three", view=form()))

    box.command("mira", "/tandem")

    assert box.until(lambda: len(answers) > 2)
    assert answers == ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]


def test_a_trigger_lasts_three_seconds_of_real_time(box: Sandbox, slack: WebClient, hands: Hands) -> None:
    """Slack knows nothing of a moved clock: an hour there is nothing, more than three seconds here are too much."""
    real, mira = [100.0], box.person("mira").id
    box.hub.triggers.clock, box.hub.triggers.lifetime = lambda: real[0], LIFETIME
    first, second = box.hub.triggers.give(mira), box.hub.triggers.give(mira)

    hands.at += timedelta(hours=1)
    real[0] += 3.0
    assert error_of(slack.views_open, trigger_id=first, view=form()) == ""
    real[0] += 0.1
    assert error_of(slack.views_open, trigger_id=second, view=form()) == "expired_trigger_id"


def test_a_refused_view_leaves_the_trigger_for_another_try(box: Sandbox, slack: WebClient) -> None:
    """A view that cannot be shown is named, shown nowhere, and uses nothing up."""
    trigger = box.hub.triggers.give(box.person("mira").id)

    assert error_of(slack.views_open, trigger_id=trigger, view=form("x" * 25)) == "invalid_arguments"
    assert box.modal("mira") is None
    assert error_of(slack.views_open, trigger_id=trigger, view=form()) == ""


def test_a_home_tab_is_published_only_with_its_current_hash(box: Sandbox, slack: WebClient) -> None:
    """Without a hash the last one wins."""
    mira, home = box.person("mira").id, {"type": "home", "blocks": buttons()}
    first = slack.views_publish(user_id=mira, view=home)["view"]["hash"]
    second = slack.views_publish(user_id=mira, view=home, hash=first)["view"]["hash"]

    assert error_of(slack.views_publish, user_id=mira, view=home, hash=first) == "hash_conflict"
    assert error_of(slack.views_publish, user_id=mira, view=home, hash=second) == ""
    assert error_of(slack.views_publish, user_id=mira, view=home) == ""


def test_a_view_has_one_name_of_the_apps_own(box: Sandbox, slack: WebClient) -> None:
    """`external_id` finds the view and is given once; a view over 250 kB is too large whatever its blocks."""
    give = box.hub.triggers.give
    mira, jonas = box.person("mira").id, box.person("jonas").id
    slack.views_open(trigger_id=give(mira), view=form(external_id="e"))
    large = {"type": "section", "text": plain("ü" * 2900)}

    slack.views_update(external_id="e", view=form("Second", external_id="e"))
    assert (top := box.modal("mira")) and top.title == "Second"
    assert error_of(slack.views_open, trigger_id=give(jonas), view=form(external_id="e")) == "duplicate_external_id"
    too_large = form(blocks=[large] * 50, submit=None)
    assert error_of(slack.views_open, trigger_id=give(jonas), view=too_large) == "view_too_large"


def test_a_bad_view_names_the_place(box: Sandbox, running: App) -> None:
    """The app reads in the answer which block is wrong."""
    refusals: list[Any] = []

    @running.command("/tandem")
    def show(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        view = form() | {"blocks": [{"type": "header", "text": plain("x" * 151)}]}
        with pytest.raises(SlackApiError) as caught:
            client.views_open(trigger_id=body["trigger_id"], view=view)
        refusals.append(caught.value.response)

    box.command("mira", "/tandem")

    assert box.until(lambda: refusals)
    assert refusals[0]["error"] == "invalid_arguments"
    assert "/view/blocks/0/text" in refusals[0]["response_metadata"]["messages"][0]
