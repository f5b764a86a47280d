"""The pictures of the README: taken by a script, shown with words for whoever cannot see them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.screenshots import NO_BROWSER, PICTURES, album

README = (PICTURES.parents[1] / "README.md").read_text("utf-8")
LARGEST = 200_000  # bytes


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_script_takes_every_picture(chromium: Browser, tmp_path: Path) -> None:
    """All that are kept, and no other: a screen that has changed too much ends the script, never a picture."""
    album(chromium, tmp_path)

    taken = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert sorted(taken) == sorted(one.name for one in PICTURES.iterdir())
    assert [name for name, data in taken.items() if not data.startswith(b"\x89PNG")] == []


def test_every_picture_is_shown_and_described() -> None:
    """Each stands in the README, is light enough to load, and says in words what it shows; none is missing."""
    shown = re.findall(r'(?:src|srcset)="docs/pictures/([^"]+)"', README)
    images = re.findall(r"<img[^>]*>", README)

    assert [one.name for one in PICTURES.iterdir() if one.stat().st_size > LARGEST] == []
    assert sorted(set(shown)) == sorted(one.name for one in PICTURES.iterdir())
    assert [one for one in images if not re.search(r'alt="[^"]{20,}"', one)] == []


def test_without_a_browser_it_says_so_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.screenshots"]
    ended = subprocess.run(
        command, cwd=PICTURES.parents[1], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert ended.returncode == NO_BROWSER
    assert ended.stderr.startswith("no Chromium") and ended.stderr.count("\n") == 1
