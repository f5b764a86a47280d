"""Everything one stand-in Slack consists of, held together."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.api.methods import Method, methods
from sandbox.deliveries import Courier
from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.pulse import Pulse
from sandbox.response_urls import ResponseUrls
from sandbox.socket_mode import SocketMode
from sandbox.tokens import Tokens
from sandbox.triggers import Triggers
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from sandbox.calls import Call


@dataclass(slots=True)
class Hub:
    """One workspace with one app installed; `base_url` is known when the server listens."""

    workspace: Workspace
    tokens: Tokens
    limits: Limits
    faults: Faults
    triggers: Triggers
    response_urls: ResponseUrls
    sockets: SocketMode
    courier: Courier
    pulse: Pulse
    methods: dict[str, Method]
    base_url: str = ""
    echo: bool = False  # send the app events about its own messages in DMs
    _later: set[asyncio.Task[None]] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something after the answer that is being given now."""
        task = asyncio.get_running_loop().create_task(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    @classmethod
    def build(cls, now: Callable[[], datetime]) -> Hub:
        workspace = Workspace.found(now)

        async def retry_on_connection() -> None:
            await courier.redeliver()

        pulse = Pulse()
        sockets = SocketMode(workspace.app_id, pulse, retry_on_connection, now().strftime("%Y-%m-%d %H:%M:%S.%f")[:-3])
        courier = Courier(sockets, pulse)
        return cls(
            workspace=workspace,
            tokens=Tokens(),
            limits=Limits(now),
            faults=Faults(),
            triggers=Triggers(),
            response_urls=ResponseUrls(workspace),
            sockets=sockets,
            courier=courier,
            pulse=pulse,
            methods=methods(),
        )
