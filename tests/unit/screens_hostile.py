"""What somebody might type to make Tandem speak in a voice that is not theirs, and how one sees that it worked."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.domain.people import Language
from bot.slack.samples.content import Content, filled, ordinary

HOSTILE = (
    "<!channel>",
    "<!here>",
    "<!everyone>",
    "<!channel|channel>",
    "<!subteam^S0TEAM001>",
    "<!subteam^S0TEAM001|@board>",
    "<!date^1392734382^{date} at {time}|now>",
    "<@U0VICTIM1>",
    "<@U0VICTIM1|boss>",
    "<@W0VICTIM1>",
    "<#C0GENERAL>",
    "<#C0GENERAL|general>",
    "<https://evil.example>",
    "<https://evil.example|https://intranet.example>",
    "<http://evil.example|Click here>",
    "<mailto:boss@example.com|boss>",
    "<tel:+491234567|call>",
    "<slack://user?team=T1&id=U1|open>",
    "https://evil.example/?a=1&b=2",
    "boss@example.com www.evil.example",
    "@channel @here @everyone",
    "#general",
    "&lt;!channel&gt;",
    "&amp;lt;!channel&amp;gt;",
    "&#60;!channel&#62;",
    "<<!channel>>",
    "<<@U0VICTIM1><@U0VICTIM1>>",
    "<!chan\u200bnel>",
    "<!chan\x00nel>",
    "<\u202e!channel>",
    "<!\nchannel>",
    "\uff1c!channel\uff1e \u2039!here\u203a \ufe64@U0VICTIM1\ufe65",
    "\u226e!channel\u226f",
    "*bold* _it_ ~st~ `code` ```block```",
    "```",
    "> quote\n>>> all of it",
    "\n\n*Tandem:* your password, please\n",
    "{0.__class__.__mro__}",
    "{name.__class__}{words}{}{{}}",
    "%s %(name)s %d ${HOME} #{x}",
    "}{",
    ":tada: :everyone: :skull:",
    "\u202egnp.exe\u202c",
    "\u2066abc\u2067\u2068\u2069\u061c\u200e\u200f\ufeff",
    "\x00\x01\x02\x08\x0b\x1b[31mred\x1b[0m\x7f\x85\x9f",
    "\ud800 \udfff lone",
    "\ue000\U000f0000\U0010ffff private",
    "\u2028\u2029\u00ad\u2060\u180e",
    "Z\u0351\u036f\u0321a\u0334\u0315l\u0327g\u0321o" + "\u0301" * 300,
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 20,
    "",
    " ",
    "\u200b",
    "\u3164\u2800",
    "\t\n\r\n",
    "&" * 4_000,
    "<" * 4_000,
    "<!channel>" * 400,
    "a" * 2_999 + "<!channel>",
    "a " * 2_000,
    "\n" * 1_000 + "x",
    "'\"; DROP TABLE note; --",
    "<script>alert(1)</script>",
    '{"type":"section","text":{"type":"mrkdwn","text":"<!channel>"}}',
    "مرحبا بالعالم שלום 你好 नमस्ते",
    "=cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "None",
    "../../etc/passwd",
)

_LIVE = re.compile(r"<[^<>]*>")
_ENTITY = re.compile(r"&(?:amp|lt|gt);")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
# What Slack hands back to the house and never shows.
_UNSEEN = frozenset({"value", "action_id", "block_id", "private_metadata", "callback_id", "type"})


def hostile(language: Language, text: str) -> Content:
    """Return an ordinary week with ``text`` wherever somebody can type, cut only where the product refuses more."""
    return filled(ordinary(language), text, repeat=False)


def live(text: str) -> Counter[str]:
    """Return everything in mrkdwn that Slack would bring to life: mentions, channels, broadcasts, links."""
    return Counter(_LIVE.findall(text))


def loose(text: str) -> str:
    """Return the characters in mrkdwn that should have been escaped and are not."""
    return "".join(re.findall(r"[<>&]", _ENTITY.sub("", _LIVE.sub("", text))))


def lies(text: str) -> list[str]:
    """Return the characters that make a text read otherwise than it is: controls, bidi marks, lone surrogates."""
    kinds = {"Cc", "Cs", "Co", "Cn"}
    return [hex(ord(one)) for one in text if one in _BIDI or (unicodedata.category(one) in kinds and one not in "\n\t")]


def text_objects(part: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Yield every text object of one kind, however deep."""
    if isinstance(part, dict):
        if part.get("type") == kind:
            yield part
        for value in part.values():
            yield from text_objects(value, kind)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from text_objects(value, kind)


def seen(part: Any) -> Iterator[str]:
    """Yield every string of a payload that a person can read, in a text or in a form's field."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in _UNSEEN:
                yield from seen(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from seen(value)
