"""The system's own Chromium: where it is, and how it is started so that it asks nobody anything."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program() -> str | None:
    """Return the path of the browser, None when this machine has none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)
