"""External selects: the app is asked for options while somebody types (`block_suggestion`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox import forms
from sandbox.answers import NOT_INSTALLED, Answer
from sandbox.blockkit import check_options
from sandbox.blockkit.elements import offered
from sandbox.deliveries import Delivery
from sandbox.payloads import Payloads

if TYPE_CHECKING:
    from sandbox.hub import Hub
    from sandbox.people import Person
    from sandbox.surfaces import Filled

USUAL_QUERY_LENGTH = 3


@dataclass(slots=True)
class Suggestions:
    """One person at the external selects of one message or view; `place` says in payloads which."""

    hub: Hub
    person: Person
    screen: Filled
    place: dict[str, Any]

    async def ask(self, block: dict[str, Any], element: dict[str, Any], text: str) -> Answer:
        """Type into the select and return the options the app suggests; the screen remembers them."""
        if len(text) < int(element.get("min_query_length", USUAL_QUERY_LENGTH)):
            return Answer(status=0, problem="Slack asks only after more letters")
        if self.hub.tokens.revoked:
            return Answer(status=0, problem=NOT_INSTALLED)
        payload = Payloads(self.hub).base("block_suggestion", self.person) | self.place
        payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": text}
        now, reader = self.hub.workspace.now(), frozenset({self.person.handle})
        answer = Answer.of(await self.hub.courier.deliver(Delivery("interactive", payload, now, reader)))
        _take(answer)
        self.screen.remember((block["block_id"], element["action_id"]), answer.options)
        return answer

    async def look_up(self, block: dict[str, Any], element: dict[str, Any], choice: Any) -> None:
        """Have the app suggest what the person is about to choose, unless it did so before.

        Only external selects ask.
        """
        if not element["type"].endswith("external_select"):
            return
        place = (block["block_id"], element["action_id"])
        for one in choice if isinstance(choice, list | tuple) else [choice]:
            if one and not isinstance(one, dict) and not forms.find_option(self.screen.known(place), one):
                await self.ask(block, element, str(one))


def _take(answer: Answer) -> None:
    """Read the options out of the app's answer; what Slack would not show becomes the answer's `problem`."""
    body = answer.raw if isinstance(answer.raw, dict) else {}
    wrong = check_options(body)
    if wrong:
        answer.problem = answer.problem or "; ".join(wrong)
        return
    answer.options, answer.groups = offered(body), body.get("option_groups") or []
