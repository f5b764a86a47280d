"""What people do in modals and on their home tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox import forms
from sandbox.acts import Acts, Wanted
from sandbox.answers import Answer
from sandbox.errors import NotOnScreenError, SlackError
from sandbox.screens import closed_modals, definition, replace_view, stack_modal, view_object
from sandbox.suggestions import Suggestions

if TYPE_CHECKING:
    from sandbox.hub import Hub
    from sandbox.people import Person
    from sandbox.surfaces import View

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(slots=True)
class Modals:
    hub: Hub

    @property
    def acts(self) -> Acts:
        return Acts(self.hub)

    def top(self, person: Person) -> View | None:
        stack = self.hub.workspace.modals.get(person.id)
        return stack[-1] if stack else None

    def open_view(self, person: Person, view: View | None = None) -> View:
        """Return the modal in front of the person; raise NotOnScreenError when there is none or another one."""
        top = self.top(person)
        if not top or (view and view.id != top.id):
            raise NotOnScreenError(f"{person.handle} has no such modal open")
        return top

    async def click(self, person: Person, view: View, wanted: Wanted) -> Answer:
        """Press or choose something inside a modal or the home tab."""
        await self.suggestions(person, view).look_up(*wanted.find(view.blocks), wanted.choice)
        return await self._tell(person, view, wanted)

    async def fill(self, person: Person, view: View, values: dict[str, Any]) -> None:
        """Put values into the fields by block id; fields that dispatch tell the app about it."""
        for block_id, value in values.items():
            block, element = view.element(block_id)
            await self.suggestions(person, view).look_up(block, element, value)
            self.keep(view, block_id, value)
            if block.get("dispatch_action"):
                await self._tell(person, view, Wanted(element["action_id"], option=value, block_id=block_id))

    @staticmethod
    def keep(view: View, block_id: str, value: Any) -> None:
        """Put a value into the field of a block without telling the app."""
        forms.put(view, *view.element(block_id), value)

    async def submit(self, person: Person, view: View, values: dict[str, Any]) -> Answer:
        """Fill the fields and press the submit button."""
        await self.fill(person, view, values)
        if not view.definition.get("submit"):
            raise NotOnScreenError(f"the modal {view.title!r} has nothing to submit")
        held_back = forms.complaints(view)
        if held_back:
            return Answer(status=0, errors=held_back, problem="held back by Slack's client", view=view)
        payload = self._payload("view_submission", person, view) | {
            "trigger_id": self.hub.triggers.give(person.id, view.id),
            "response_urls": [],
        }
        return self._after_submit(person, view, await self.acts.send("interactive", payload, person))

    async def close(self, person: Person) -> Answer | None:
        """Close the modal in front; the app hears of it when the view asked for that."""
        view = self.open_view(person)
        self.hub.workspace.modals[person.id].remove(view)
        if not view.definition.get("notify_on_close"):
            return None
        payload = self._payload("view_closed", person, view) | {"is_cleared": False}
        return await self.acts.send("interactive", payload, person)

    async def type_in_select(self, person: Person, view: View, block_id: str, action_id: str, text: str) -> Answer:
        """Type into an external select and get the options the app suggests."""
        found = Wanted(action_id, block_id=block_id).find(view.blocks)
        return await self.suggestions(person, view).ask(*found, text)

    def suggestions(self, person: Person, view: View) -> Suggestions:
        return Suggestions(self.hub, person, view, self.acts.payloads.view_place(view))

    def _after_submit(self, person: Person, view: View, answer: Answer) -> Answer:
        answer.view = view
        if answer.problem:
            return answer
        try:
            self._obey(person, view, answer)
        except SlackError as error:
            answer.problem, answer.raw = TROUBLE, error.body()
        return answer

    def _obey(self, person: Person, view: View, answer: Answer) -> None:
        town = self.hub.workspace
        body = answer.raw if isinstance(answer.raw, dict) else {}
        match body.get("response_action"):
            case None:
                self._drop(person, view)
            case "clear":
                closed_modals(town, person.id)
            case "errors":
                answer.errors = _under_fields(view, body.get("errors"))
            case "update":
                answer.view = replace_view(town, view, definition(town, body.get("view"), "modal"))
            case "push":
                answer.view = stack_modal(town, person.id, definition(town, body.get("view"), "modal"))
            case other:
                raise SlackError("invalid_response_action", action=other)

    def _drop(self, person: Person, view: View) -> None:
        stack = self.hub.workspace.modals.get(person.id, [])
        if view in stack:
            stack.remove(view)

    async def _tell(self, person: Person, view: View, wanted: Wanted) -> Answer:
        action = wanted.action(*wanted.find(view.blocks), view, self._ts())
        payload = self.acts.payloads.base("block_actions", person) | self.acts.payloads.view_place(view)
        payload |= {"trigger_id": self.hub.triggers.give(person.id, view.id), "actions": [action]}
        return await self.acts.send("interactive", payload, person)

    def _payload(self, kind: str, person: Person, view: View) -> dict[str, Any]:
        return self.acts.payloads.base(kind, person) | {"view": view_object(self.hub.workspace, view)}

    def _ts(self) -> str:
        return self.hub.workspace.stamps.next(self.hub.workspace.now())


def _under_fields(view: View, errors: Any) -> dict[str, str]:
    """Return the errors to show; raise when one does not belong to an input block of the view."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise SlackError("invalid_response_errors", inputs=sorted(inputs), errors=errors)
    return {str(key): str(value) for key, value in errors.items()}
