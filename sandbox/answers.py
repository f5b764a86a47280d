"""What a person gets back for something they did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.deliveries import Reply
    from sandbox.messages import Message
    from sandbox.surfaces import View

OK = 200
NOT_INSTALLED = "not sent: the app is not installed any more"


@dataclass(slots=True)
class Answer:
    """The app's direct answer.

    `status` is HTTP's (200 for a Socket Mode ack; 0 when nobody listened or Slack's client itself held it back);
    `problem` is what Slack's client would complain about, empty when all went well; `raw` is the body as it came.
    `options` are all suggested ones, `groups` the same under their labels when the app gave them some.
    """

    status: int = OK
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    options: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    raw: Any = None
    timed_out: bool = False
    problem: str = ""
    message: Message | None = None
    view: View | None = None

    @property
    def ok(self) -> bool:
        return self.status == OK and not self.problem and not self.errors

    @classmethod
    def of(cls, reply: Reply) -> Answer:
        """Return the answer before Slack looked into its body."""
        problem = "" if reply.status == OK else "operation_timeout" if reply.timed_out else "dispatch_failed"
        return cls(status=reply.status, raw=reply.body, timed_out=reply.timed_out, problem=problem)
