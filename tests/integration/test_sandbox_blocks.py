"""The stand-in refuses what Slack would refuse to show."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from sandbox.blockkit import check_message, check_options, check_view, is_too_large, with_ids


def plain(length: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * length}


def option(text: int = 5, value: int = 5, **more: Any) -> dict[str, Any]:
    return {"text": plain(text), "value": "v" * value, **more}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}, **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def button(number: int = 0, text: int = 5, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": f"b{number}", "text": plain(text), **more}


def select(count: int = 2, **more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "s", "options": [option()] * count, **more}


def field(element: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "plain_text_input", "action_id": "t"}
    return {"type": "input", "label": plain(5), "element": element or text, **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(5), "submit": plain(5), "blocks": list(blocks), **more}


def confirm(**more: Any) -> dict[str, Any]:
    return {"title": plain(5), "text": plain(5), "confirm": plain(5), "deny": plain(5), **more}


ALLOWED = [
    [section()] * 50,
    [section(text={"type": "mrkdwn", "text": "x" * 3000})],
    [{"type": "section", "fields": [plain(2000)] * 10}],
    [{"type": "header", "text": plain(150)}],
    [actions(*(button(number, 75, value="v" * 2000) for number in range(25)))],
    [{"type": "context", "elements": [plain(3000)] * 10}],
    [actions(select(100)), actions({"type": "overflow", "action_id": "o", "options": [option(75, 150)] * 5})],
    [actions({"type": "radio_buttons", "action_id": "r", "options": [option(description=plain(75))] * 10})],
    [actions(button(confirm=confirm(title=plain(100), text=plain(300), confirm=plain(30))))],
    [{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "x" * 2000}],
    [{"type": "divider"}, {"type": "markdown", "text": "x" * 12_000}],
    [{"type": "rich_text", "elements": []}],
    [actions({"type": "overflow", "action_id": "o", "options": [option(url="https://example.com")]})],
    [actions(button(confirm=confirm(style="danger")))],
]
REFUSED = [
    [section()] * 51,
    [{"type": "nonsense"}],
    [{"type": "section"}],
    [section(text={"type": "mrkdwn", "text": ""})],
    [section(text={"type": "mrkdwn", "text": "x" * 3001})],
    [section(text="hello")],
    [section(colour="red")],
    [{"type": "section", "fields": [plain(5)] * 11}],
    [{"type": "section", "fields": [plain(2001)]}],
    [{"type": "header", "text": plain(151)}],
    [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    [actions()],
    [actions(*(button(number) for number in range(26)))],
    [actions(button(text=76))],
    [actions(button(value="v" * 2001))],
    [actions(button(style="blue"))],
    [actions(button(), button())],
    [actions(button() | {"action_id": "a" * 256})],
    [actions({"type": "plain_text_input", "action_id": "t"})],
    [{"type": "context", "elements": [plain(5)] * 11}],
    [actions(select(101))],
    [actions(select(0))],
    [actions({"type": "overflow", "action_id": "o", "options": [option()] * 6})],
    [actions({"type": "checkboxes", "action_id": "c", "options": [option()] * 11})],
    [actions({"type": "static_select", "action_id": "s", "options": [option(76)]})],
    [actions({"type": "static_select", "action_id": "s", "options": [option(5, 151)]})],
    [actions({"type": "static_select", "action_id": "s", "options": [option(description=plain(76))]})],
    [actions(select(initial_option=option(6)))],
    [actions(select(placeholder=plain(151)))],
    [actions({"type": "datepicker", "action_id": "d", "initial_date": "1. März"})],
    [actions({"type": "timepicker", "action_id": "t", "initial_time": "25:00"})],
    [actions(button(confirm=confirm(title=plain(101))))],
    [actions(button(confirm=confirm(text=plain(301))))],
    [actions(button(confirm=confirm(deny=plain(31))))],
    [{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "x" * 2001}],
    [{"type": "image", "alt_text": "x"}],
    [{"type": "markdown", "text": "x" * 12_001}],
    [{"type": "markdown", "text": "x" * 6_001}, {"type": "markdown", "text": "x" * 6_000}],
    [actions(select(options=[option(url="https://example.com")]))],
    [actions(button(confirm=confirm(style="blue")))],
    [section(block_id="b" * 256)],
    [section(block_id="same"), section(block_id="same")],
]
REFUSED_VIEWS: list[Any] = [
    modal(title=plain(25)),
    modal(title={"type": "mrkdwn", "text": "x"}),
    modal(submit=plain(25)),
    modal(close=plain(25)),
    modal(callback_id="c" * 256),
    modal(external_id="e" * 256),
    modal(private_metadata="m" * 3001),
    modal(colour="red"),
    modal(*[section()] * 101),
    modal(field(), submit=None),
    modal(field(label=plain(2001))),
    modal(field(hint=plain(2001))),
    modal(field(label={"type": "mrkdwn", "text": "x"})),
    modal(field({"type": "button", "action_id": "b", "text": plain(3)})),
    modal(field({"type": "plain_text_input", "action_id": "t", "max_length": 3001})),
    modal(field({"type": "plain_text_input", "action_id": "t", "min_length": 5, "max_length": 4})),
    modal(field({"type": "plain_text_input", "action_id": "t", "max_length": 3, "initial_value": "long"})),
    modal(field({"type": "number_input", "action_id": "n"})),
    modal(field({"type": "multi_static_select", "action_id": "m", "options": [option()], "max_selected_items": 0})),
    modal({"type": "markdown", "text": "x"}),
    modal(*(field({"type": "plain_text_input", "action_id": "t", "focus_on_load": True}) for _ in range(2))),
    {"type": "home", "blocks": []},
    {"type": "modal", "blocks": []},
    {"type": "modal", "title": plain(5)},
    None,
    [],
]


@pytest.mark.parametrize("blocks", ALLOWED, ids=range(len(ALLOWED)))
def test_what_slack_allows_is_allowed(blocks: list[dict[str, Any]]) -> None:
    """The longest content of every kind goes through."""
    assert check_message(blocks) == []


@pytest.mark.parametrize("blocks", REFUSED, ids=range(len(REFUSED)))
def test_what_slack_refuses_is_refused(blocks: list[dict[str, Any]]) -> None:
    """One more than allowed is refused, and the place is named."""
    problems = check_message(blocks)

    assert problems
    assert all("json-pointer:/blocks" in one for one in problems)


def test_a_modal_may_use_every_limit_to_the_full() -> None:
    """Longest title, buttons, metadata and a hundred blocks are fine."""
    full = modal(
        *[section()] * 99,
        field({"type": "plain_text_input", "action_id": "t", "max_length": 3000, "initial_value": "x" * 3000}),
        title=plain(24),
        submit=plain(24),
        close=plain(24),
        private_metadata="m" * 3000,
        callback_id="c" * 255,
    )

    assert check_view(full, "modal") == []
    assert check_view({"type": "home", "blocks": [section()] * 100}, "home") == []


@pytest.mark.parametrize("view", REFUSED_VIEWS, ids=range(len(REFUSED_VIEWS)))
def test_a_view_over_a_limit_is_refused(view: Any) -> None:
    """Every limit of a modal bites."""
    assert check_view(view, "modal")


def test_a_view_has_a_size() -> None:
    """More than 250 kB are too much even when each block is fine."""
    assert is_too_large(modal(*[section(text={"type": "mrkdwn", "text": "ü" * 2900})] * 50))
    assert not is_too_large(modal(section()))


def test_suggested_options_have_the_limits_of_options() -> None:
    """An empty list of suggestions is an answer, a hundred and one are none."""
    assert check_options({"options": []}) == []
    assert check_options({"options": [option()] * 100}) == []
    assert check_options({"options": [option()] * 101})
    assert check_options({})


def test_nameless_blocks_and_elements_get_names() -> None:
    """Slack gives ids where the app gave none, and leaves the app's own as they are."""
    given_blocks = [
        section(block_id="mine", accessory=button() | {"action_id": "own"}),
        actions({**select(), "action_id": None}),
    ]
    del given_blocks[1]["elements"][0]["action_id"]

    named = with_ids(given_blocks, lambda: "fresh")

    assert (named[0]["block_id"], named[0]["accessory"]["action_id"]) == ("mine", "own")
    assert (named[1]["block_id"], named[1]["elements"][0]["action_id"]) == ("fresh", "fresh")
    assert "block_id" not in given_blocks[1]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["section", "actions", "input"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "element", "accessory", "fields", "options", "block_id", "confirm"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_no_garbage_makes_the_checks_stumble(garbage: Any) -> None:
    """Whatever an app sends, the answer is a list of problems."""
    wrapped = [
        {"type": kind, "elements": garbage, "element": garbage, "text": garbage, "fields": garbage} for kind in KINDS
    ]

    for blocks in (garbage, [garbage], wrapped):
        assert isinstance(check_message(blocks), list)
        assert isinstance(check_view({"type": "modal", "blocks": blocks, "title": garbage}, "modal"), list)
    assert isinstance(check_message([actions({"type": "static_select", "options": garbage, "confirm": garbage})]), list)


KINDS = ["section", "actions", "context", "input", "header", "markdown", "image", "rich_text", "table"]


@pytest.mark.parametrize("blocks", REFUSED[:5], ids=range(5))
def test_refusals_can_be_sent_as_json(blocks: list[dict[str, Any]]) -> None:
    """The list of problems goes into the answer as it is."""
    assert json.loads(json.dumps(check_message(blocks))) == check_message(blocks)


def asked(box: Sandbox, **given: Any) -> dict[str, Any]:
    """Return what `blocks.validate` answers."""
    try:
        answer = WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[]).blocks_validate(**given)
    except SlackApiError as error:
        answer = error.response
    assert isinstance(answer.data, dict)
    return answer.data


def test_slacks_own_check_says_what_is_wrong_and_where() -> None:
    """Seen from the root of what was asked about; nothing is posted, and no scope is needed."""
    header = {"type": "header", "text": plain(151)}
    message = {"text": "hello", "blocks": [section(), header]}
    with Sandbox.start() as box:
        box.scopes = set()
        assert asked(box, blocks=[section()]) == asked(box, view=modal(field())) == {"ok": True}
        assert asked(box, message={"blocks": [section()]}) == {"ok": True}
        places = {
            given: (found["error"], [one["pointer"] for one in found["errors"]])
            for given, found in {
                "blocks": asked(box, blocks=[section(), header]),
                "message": asked(box, message=message),
                "view": asked(box, view=modal(header)),
            }.items()
        }
        assert [one.method for one in box.calls if one.method != "blocks.validate"] == []
    assert places == {
        "blocks": ("invalid_blocks", ["/1/text/text"]),
        "message": ("invalid_message", ["/blocks/1/text/text"]),
        "view": ("invalid_view", ["/blocks/0/text/text"]),
    }


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"blocks": [section()], "view": modal(field())},
        {"blocks": [section()], "message": {"blocks": [section()]}, "view": modal(field())},
    ],
)
def test_slacks_own_check_takes_exactly_one_thing(given: dict[str, Any]) -> None:
    with Sandbox.start() as box:
        found = asked(box, **given)
    assert found["error"] == "invalid_arguments"
    assert "exactly one" in found["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"blocks": "no json"}, "invalid_blocks"),
        ({"blocks": [section(text={"type": "mrkdwn", "text": "x" * 3000})] * 5}, "invalid_blocks"),
        ({"message": {"text": "no blocks"}}, "invalid_message"),
        ({"message": "[]"}, "invalid_message"),
        ({"view": {"type": "workflow"}}, "invalid_view"),
        ({"view": "[]"}, "invalid_view"),
        ({"view": modal(*[section(text={"type": "mrkdwn", "text": "x" * 3000})] * 100)}, "invalid_view"),
    ],
)
def test_slacks_own_check_refuses_what_slack_would_not_show(given: dict[str, Any], error: str) -> None:
    with Sandbox.start() as box:
        assert asked(box, **given)["error"] == error
