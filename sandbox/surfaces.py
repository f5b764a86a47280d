"""Modals and home tabs: what is on a person's screen and what they have filled in so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.errors import NotOnScreenError

if TYPE_CHECKING:
    from collections.abc import Iterator

Block = dict[str, Any]

# The keys under which each kind of element keeps what a person chose, and the key of what is chosen beforehand.
STATE_KEYS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
MANY = {"multi_static_select", "multi_external_select", "checkboxes", "multi_users_select"} | {
    "multi_conversations_select",
    "multi_channels_select",
}


State = dict[str, dict[str, dict[str, Any]]]
Place = tuple[str, str]


@dataclass(slots=True)
class Filled:
    """What one person has put into the elements of one screen: `state` as in payloads, by block and action id.

    `offered` are the options an app has suggested to them so far, by place (block and action id).
    """

    state: State = field(default_factory=dict, kw_only=True)
    offered: dict[Place, list[dict[str, Any]]] = field(default_factory=dict, kw_only=True)

    def settle(self, blocks: list[Block]) -> None:
        """Have these blocks on the screen: what was put in stays where block and action ids stay, all else goes."""
        self.state = starting_state(blocks, kept=self.state)
        self.offered = {place: of for place, of in self.offered.items() if place[1] in self.state.get(place[0], {})}

    def remember(self, place: Place, options: list[dict[str, Any]]) -> None:
        """Take in what the app suggested; the newest text of an option counts."""
        known = {one["value"]: one for one in [*self.offered.get(place, []), *options]}
        self.offered[place] = list(known.values())

    def known(self, place: Place) -> list[dict[str, Any]]:
        """Return the options that no list of the element holds: those suggested here and those chosen already."""
        now = self.state.get(place[0], {}).get(place[1], {})
        chosen = [*now.get("selected_options", []), *filter(None, [now.get("selected_option")])]
        return [*self.offered.get(place, []), *chosen]


@dataclass(slots=True)
class View(Filled):
    """One modal or home tab of one person."""

    id: str
    person_id: str
    definition: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None

    @property
    def kind(self) -> str:
        return str(self.definition["type"])

    @property
    def callback_id(self) -> str:
        return str(self.definition.get("callback_id", ""))

    @property
    def title(self) -> str:
        return str(self.definition.get("title", {}).get("text", ""))

    @property
    def blocks(self) -> list[Block]:
        return list(self.definition["blocks"])

    @property
    def private_metadata(self) -> str:
        return str(self.definition.get("private_metadata", ""))

    def show(self, definition: dict[str, Any]) -> None:
        """Put new content on the screen; what was typed stays where block and action ids stay."""
        self.definition = definition
        self.settle(self.blocks)

    def element(self, block_id: str) -> tuple[Block, dict[str, Any]]:
        """Return the block of that id and its one element that can be filled."""
        return only_field(self.blocks, block_id)


def only_field(blocks: list[Block], block_id: str) -> tuple[Block, dict[str, Any]]:
    """Return the block of that id and its one element that can be filled."""
    for block in blocks:
        if block.get("block_id") == block_id:
            return block, _only_filled(block)
    raise NotOnScreenError(f"no block {block_id!r} here; there are {[block.get('block_id') for block in blocks]}")


def elements(block: Block) -> Iterator[dict[str, Any]]:
    """Walk over the interactive elements of one block."""
    if isinstance(block.get("accessory"), dict):
        yield block["accessory"]
    if isinstance(block.get("element"), dict):
        yield block["element"]
    if block.get("type") == "actions":
        yield from block.get("elements", [])


def starting_state(blocks: list[Block], kept: State | None = None) -> State:
    """Return `state.values` of freshly shown blocks: what was typed before, else the initial values."""
    state: State = {}
    for block in blocks:
        for element in elements(block):
            if element["type"] in STATE_KEYS:
                old = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
                fresh = old if old and old["type"] == element["type"] else initial(element)
                state.setdefault(block["block_id"], {})[element["action_id"]] = fresh
    return state


def initial(element: dict[str, Any]) -> dict[str, Any]:
    key, source = STATE_KEYS[element["type"]]
    empty: Any = [] if element["type"] in MANY else None
    return {"type": element["type"], key: element.get(source, empty)}


def _only_filled(block: Block) -> dict[str, Any]:
    found = [element for element in elements(block) if element["type"] in STATE_KEYS]
    if len(found) != 1:
        raise NotOnScreenError(f"block {block.get('block_id')!r} has {len(found)} fields to fill, not one")
    return found[0]
