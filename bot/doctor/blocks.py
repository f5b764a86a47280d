"""`tandem doctor --blocks`: ask Slack's own `blocks.validate` about every screen, in both languages.

With ordinary content and with the longest there can be; nothing is posted (docs.slack.dev, "blocks.validate").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.bootstrap import web_client
from bot.config import Settings
from bot.doctor.findings import Finding
from bot.doctor.workspace import TROUBLE
from bot.domain.people import Language
from bot.locales import load_texts
from bot.slack.blocks import Message, View
from bot.slack.samples import samples
from bot.slack.samples.content import longest, ordinary

SIZES = {"ordinary": ordinary, "longest": longest}
PATIENCE = 30  # times Slack may ask to wait; asking changes nothing, so it may be repeated
REFUSALS = frozenset({"invalid_blocks", "invalid_message", "invalid_view"})


def validate(settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each screen with one content in one language. Stops when Slack does not answer."""
    web = web_client(settings, settings.require_slack().bot_token)
    web.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=PATIENCE))
    try:
        for what, payload in screens():
            yield _asked(web, what, payload)
    except SlackApiError as error:
        name = error.response.get("error", "unknown")
        yield Finding("blocks.validate", ok=False, advice=f"Slack says {name}; `tandem doctor` checks the token")
    except TROUBLE as error:
        yield Finding("blocks.validate", ok=False, advice=f"no answer ({type(error).__name__}); check the network")


def screens() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (what it is, the argument of `blocks.validate`) for every screen."""
    texts = load_texts()
    for language in Language:
        words = texts.for_(language)
        for size, content in SIZES.items():
            for sample in samples(content(language), words):
                what = ", ".join(part for part in (sample.name, sample.case, size, language.value) if part)
                yield what, _argument(sample.drawn(words))


def _argument(drawn: Any) -> dict[str, Any]:
    if isinstance(drawn, Message):
        return {"message": {"text": drawn.text, "blocks": list(drawn.blocks)}}
    if isinstance(drawn, View):
        return {"view": drawn.payload()}
    blocks: list[dict[str, Any]] = list(drawn)
    if blocks and "type" not in blocks[0]:  # options alone: shown in the element they are made for
        blocks = [{"type": "actions", "elements": [{"type": "radio_buttons", "action_id": "o", "options": blocks}]}]
    return {"blocks": blocks}


def _asked(web: WebClient, what: str, payload: dict[str, Any]) -> Finding:
    try:
        web.blocks_validate(**payload)
    except SlackApiError as error:
        if error.response.get("error") not in REFUSALS:
            raise
        return Finding(what, ok=False, advice="; ".join(_complaints(error.response.get("errors"))))
    return Finding(what, ok=True)


def _complaints(errors: Any) -> list[str]:
    found = errors if isinstance(errors, list) else []
    return [f"{one.get('pointer', '')}: {one.get('message', '')}" for one in found if isinstance(one, dict)] or ["?"]
