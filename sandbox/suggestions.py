"""External selects: the app is asked for options while somebody types (`block_suggestion`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.answers import Answer
from sandbox.blockkit import check_options
from sandbox.blockkit.elements import offered
from sandbox.deliveries import Delivery
from sandbox.payloads import Payloads

if TYPE_CHECKING:
    from sandbox.hub import Hub
    from sandbox.messages import Message
    from sandbox.people import Person

USUAL_QUERY_LENGTH = 3


def asks_for(element: dict[str, Any], text: str) -> bool:
    """Say whether Slack asks the app already after these letters."""
    return len(text) >= int(element.get("min_query_length", USUAL_QUERY_LENGTH))


def take_options(answer: Answer) -> None:
    """Read the options out of the app's answer; what Slack would not show becomes the answer's `problem`."""
    body = answer.raw if isinstance(answer.raw, dict) else {}
    wrong = check_options(body)
    if wrong and not answer.problem:
        answer.problem = "; ".join(wrong)
    answer.options = [] if wrong else offered(body)


@dataclass(slots=True)
class Suggestions:
    """External selects in messages; those in modals are asked for by `Modals`."""

    hub: Hub

    async def ask(
        self, person: Person, message: Message, block: dict[str, Any], element: dict[str, Any], text: str
    ) -> Answer:
        """Type into the select and return the options the app suggests."""
        if not asks_for(element, text):
            return Answer(status=0, problem="Slack asks only after more letters")
        payloads = Payloads(self.hub)
        place = payloads.message_place(person, message)
        del place["response_url"]
        payload = payloads.base("block_suggestion", person) | place
        payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": text}
        now, reader = self.hub.workspace.now(), frozenset({person.handle})
        answer = Answer.of(await self.hub.courier.deliver(Delivery("interactive", payload, now, True, reader)))
        take_options(answer)
        return answer

    async def for_choice(
        self, person: Person, message: Message, block: dict[str, Any], element: dict[str, Any], choice: Any
    ) -> list[dict[str, Any]]:
        """Return what the app suggests for each thing a person is about to choose; nothing for other selects."""
        if not element["type"].endswith("external_select"):
            return []
        found: list[dict[str, Any]] = []
        for one in choice if isinstance(choice, list | tuple) else [choice]:
            if isinstance(one, str):
                found += (await self.ask(person, message, block, element, one)).options
        return found
