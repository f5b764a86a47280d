"""What the stand-in refuses: Slack's error names to the app, a plain exception to the test that asks the impossible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class SlackError(Exception):
    """An answer with `ok: false`: the error name, more fields of the body, status and headers of the response."""

    def __init__(
        self, error: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **fields: Any
    ) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.headers = dict(headers or {})
        self.fields = fields

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.fields}


def invalid(error: str, messages: Sequence[str], **fields: Any) -> SlackError:
    """Return a refusal that says in `response_metadata.messages` what is wrong and where."""
    return SlackError(error, response_metadata={"messages": list(messages)}, **fields)


class NotOnScreenError(LookupError):
    """A person was asked to press, fill or read something that they do not have in front of them."""


class UnusableStateError(ValueError):
    """A state file that cannot be read; `str()` is one sentence that says why."""
