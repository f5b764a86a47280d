"""Work that blocks, done in a thread while the page goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from sandbox.page.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.page.page import Page

T = TypeVar("T")


async def done(page: Page, work: Callable[[], T], otherwise: str) -> T:
    """Run blocking work in a thread; a refusal comes through, all else that goes wrong is one sentence."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    page.working.add(task)
    task.add_done_callback(page.working.discard)
    await asyncio.wait([task])
    wrong = task.exception()
    if isinstance(wrong, RefusedError):
        raise wrong
    if wrong:
        raise RefusedError(503, "stuck", otherwise)
    return task.result()
