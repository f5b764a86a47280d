"""`tandem demo`: bring the desk up, say where it is, and serve until somebody says it is enough."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from bot.locales import Language
from demo.desk.desk import Desk
from demo.desk.seeds import Seeds
from demo.desk.stage import Stage
from demo.town import Transport
from sandbox.errors import UnusableStateError

USUAL_PORT = 4747
WELL, NOT_WELL, NOT_USABLE = 0, 1, 2
STOP = (signal.SIGINT, signal.SIGTERM)
SAYS = {
    "playing": ("Bringing a town to life …", "Eine kleine Stadt erwacht …"),
    "here": ("  Tandem is at {url}", "  Tandem ist unter {url}"),
    "how": (
        "  No Slack, nothing leaves this machine. Ctrl-C ends it.",
        "  Ohne Slack, nichts verlässt diesen Rechner. Strg-C beendet es.",
    ),
    "saved": ("  Saved in {file}.", "  Gespeichert in {file}."),
    "unsaved": ("{file}: cannot be written ({why})", "{file}: lässt sich nicht schreiben ({why})"),
    "answers": ("The page answers: {url}", "Die Seite antwortet: {url}"),
    "silent": ("The page does not answer.", "Die Seite antwortet nicht."),
    "taken": ("port {port} is taken; try another --port", "Port {port} ist belegt; nimm einen anderen: --port"),
    "unreadable": ("{file}: cannot be read ({why})", "{file}: lässt sich nicht lesen ({why})"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line. `port` None is the usual one, or any other if that is taken."""

    language: Language = Language.EN
    seed: str = "week3"
    transport: Transport = "socket"
    port: int | None = None
    open: bool = False
    check: bool = False
    state: Path | None = None

    def says(self, key: str, **fields: object) -> str:
        return SAYS[key][self.language is Language.DE].format(**fields)


def serve(wish: Wish, out: TextIO | None = None) -> int:
    """Serve until SIGINT or SIGTERM and return 0, 1 when the page cannot be served, 2 for a file that is no state."""
    out = out or sys.stdout
    for name in STOP:
        signal.signal(name, _enough)
    try:
        return _serve(wish, out)
    except KeyboardInterrupt:
        return WELL
    except UnusableStateError as error:
        sys.stderr.write(f"{wish.state}: {error}\n")
        return NOT_USABLE


def _enough(*_: object) -> None:
    """Leave calmly; a second Ctrl-C while things are put away changes nothing."""
    for name in STOP:
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


def _serve(wish: Wish, out: TextIO) -> int:
    try:
        state = wish.state.read_bytes() if wish.state and wish.state.exists() else b""
    except OSError as error:
        sys.stderr.write(wish.says("unreadable", file=wish.state, why=error.strerror) + "\n")
        return NOT_USABLE
    for port in (USUAL_PORT, 0) if wish.port is None else (wish.port,):
        try:
            with Stage.opened(wish.language, wish.transport, port) as stage:
                return _show(stage, state, wish, out)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    sys.stderr.write(wish.says("taken", port=wish.port) + "\n")
    return NOT_WELL


def _show(stage: Stage, state: bytes, wish: Wish, out: TextIO) -> int:
    _say(out, "", "  " + wish.says("playing"))
    desk = Desk(stage, Seeds(wish.language))
    try:
        begin = desk.load(state) if state else None
        if wish.open and _has_screen():
            webbrowser.open(f"{desk.url}#{urlencode({'lang': wish.language.value})}")  # the page waits for the town
        who, place = begin or desk.begin_with(wish.seed)
        url = f"{desk.url}#{urlencode({'as': who, 'at': place, 'lang': wish.language.value})}"
        if wish.check:
            return _check(desk, wish, out)
        _say(out, wish.says("here", url=url), wish.says("how"), "")
        _wait(desk, wish, out)
        return WELL
    finally:
        desk.close()


def _wait(desk: Desk, wish: Wish, out: TextIO) -> None:
    """Wait for the end; then keep the state where it was asked for."""
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        if wish.state:
            _keep(desk.save(), wish.state, wish, out)


def _keep(data: bytes, file: Path, wish: Wish, out: TextIO) -> None:
    """Write beside the file first, so that what was kept before survives a full disk."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(file)
    except OSError as error:
        sys.stderr.write(wish.says("unsaved", file=file, why=error.strerror) + "\n")
        return
    _say(out, "", wish.says("saved", file=file))


def _check(desk: Desk, wish: Wish, out: TextIO) -> int:
    """See that the page and its data come, as a browser would ask for them."""
    try:
        for path in ("", "page/static/main.js", "page/api/people"):
            with urlopen(f"{desk.url}{path}", timeout=5) as answer:  # noqa: S310  our own address on loopback
                answer.read()
    except URLError:
        sys.stderr.write(wish.says("silent") + "\n")
        return NOT_WELL
    _say(out, "  " + wish.says("answers", url=desk.url))
    return WELL


def _has_screen() -> bool:
    """Tell whether a browser would come up in a window; without one it might take the terminal."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say(out: TextIO, *lines: str) -> None:
    out.writelines(f"{line}\n" for line in lines)
    out.flush()
