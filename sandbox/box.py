"""The whole stand-in in one object, for synchronous code."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from sandbox import state
from sandbox.cast import Cast
from sandbox.doing import Doing
from sandbox.errors import UnusableStateError
from sandbox.hub import Hub
from sandbox.loop import LoopThread
from sandbox.seeing import Seeing
from sandbox.server import Server
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import TracebackType

    from sandbox.driver import Who
    from sandbox.faults import Faults
    from sandbox.limits import Limits
    from sandbox.page import Page


def wall_clock() -> datetime:
    return datetime.now(UTC)


class Sandbox(Cast, Doing, Seeing):
    """A running stand-in Slack with one workspace and one app: set the stage, act for people, look at screens."""

    __slots__ = ("server",)

    def __init__(self, hub: Hub, loop: LoopThread, server: Server) -> None:
        super().__init__(hub, loop)
        self.server = server

    @classmethod
    def start(cls, now: Callable[[], datetime] = wall_clock, *, port: int = 0) -> Sandbox:
        """Start a server on loopback; `now` returns aware UTC times and may be moved at will.

        Raises OSError when the port is taken.
        """
        loop = LoopThread()
        loop.start()

        async def build() -> tuple[Hub, Server]:
            hub = Hub.build(now)
            server = Server(hub)
            await server.start(port)
            return hub, server

        try:
            hub, server = loop.run(build())
        except OSError:
            loop.stop()
            raise
        return cls(hub, loop, server)

    def stop(self) -> None:
        """Close all connections and end the thread."""
        self.loop.run(self.server.stop())
        self.loop.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def reset(self) -> None:
        """Empty the workspace: only the bot is left, and everything begins anew. The app stays connected."""
        self.loop.read(lambda: state.settle(self.page, Workspace.found(self.hub.workspace.now)))

    def keep(self) -> dict[str, Any]:
        """Return the state of workspace and page as JSON data (what is in it and what is not: `sandbox/state.py`)."""
        kept: dict[str, Any] = json.loads(self.loop.read(lambda: json.dumps(state.keep(self.page))))
        return kept

    def restore(self, kept: Any) -> None:
        """Put a kept state in the place of the present one. Raises UnusableStateError and then changes nothing."""
        self.loop.read(lambda: state.restore(self.page, kept))

    def save(self, file: Path) -> None:
        """Write the state to a JSON file. Raises OSError."""
        file.write_text(json.dumps(self.keep(), ensure_ascii=False), "utf-8")

    def load(self, file: Path) -> None:
        """Read a file of `save`. Raises OSError or UnusableStateError and then changes nothing."""
        try:
            kept = json.loads(file.read_text("utf-8"))
        except (ValueError, RecursionError):
            raise UnusableStateError("This is not a state file: it is not JSON.") from None
        self.restore(kept)

    @property
    def api_url(self) -> str:
        return f"{self.hub.base_url}api/"

    @property
    def page(self) -> Page:
        """The page for the browser; hand it the manifest and whoever can move the clock."""
        return self.server.page

    def read_all(self, who: Who) -> None:
        """Have somebody look at everything in their conversations: no unread marks for now."""
        person = self.person(who)
        self.loop.read(lambda: self.page.read_all(person))

    def release_clock(self) -> None:
        """Have the page let go of the clock and wait until nothing runs there: before the bot stops."""
        self.loop.run(self.page.release_clock())

    @property
    def page_url(self) -> str:
        return self.hub.base_url

    @property
    def bot_token(self) -> str:
        return self.hub.tokens.bot

    @property
    def app_token(self) -> str:
        return self.hub.tokens.app

    @property
    def signing_secret(self) -> str:
        return self.hub.tokens.signing_secret

    @property
    def team_id(self) -> str:
        return self.hub.workspace.team_id

    @property
    def app_id(self) -> str:
        return self.hub.workspace.app_id

    @property
    def bot_user_id(self) -> str:
        return self.hub.workspace.bot.id

    @property
    def scopes(self) -> set[str]:
        """The bot token's scopes; may be changed in place or set anew."""
        return self.hub.tokens.scopes

    @scopes.setter
    def scopes(self, scopes: Iterable[str]) -> None:
        self.hub.tokens.scopes = set(scopes)

    @property
    def echo(self) -> bool:
        """Whether the app gets events about its own messages in DMs, as from Slack; off unless a test wants it."""
        return self.hub.echo

    @echo.setter
    def echo(self, on: bool) -> None:
        self.hub.echo = on

    @property
    def faults(self) -> Faults:
        return self.hub.faults

    @property
    def limits(self) -> Limits:
        return self.hub.limits
