"""The HTTP server on loopback: Web API, Socket Mode, response URLs and the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox import uploads
from sandbox.api import door
from sandbox.page import Page, routes

if TYPE_CHECKING:
    from sandbox.hub import Hub

HOST = "127.0.0.1"
LARGEST_BODY = 4 * 1024 * 1024


@dataclass(slots=True)
class Server:
    hub: Hub
    page: Page = field(init=False)
    _runner: web.AppRunner | None = None

    def __post_init__(self) -> None:
        self.page = Page(self.hub)

    async def start(self, port: int = 0) -> None:
        """Listen on loopback (port 0: any free one) and tell the hub the address."""
        app = web.Application(client_max_size=LARGEST_BODY)
        uploads.mount(app, self.hub)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self.hub.sockets.serve)
        app.router.add_post("/response/{name:.+}", self._response_url)
        routes.mount(app, self.page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        _, bound = self.addresses[0]
        self.hub.base_url = f"http://{HOST}:{bound}/"

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Host and port of every socket it listens on."""
        return [(str(one[0]), int(one[1])) for one in self._runner.addresses] if self._runner else []

    async def stop(self) -> None:
        await self.hub.courier.transport.close()
        await self.hub.sockets.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _api(self, request: web.Request) -> web.StreamResponse:
        return await door.answer(self.hub, request)

    async def _response_url(self, request: web.Request) -> web.StreamResponse:
        return await door.answer_response_url(self.hub, request)
