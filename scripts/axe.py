"""Bring axe-core, which looks for barriers in a page, into the browser tests.

    .venv/bin/python -m scripts.axe    # fetches axe-core from npm and writes tests/browser/vendor/axe-core

Needs `npm` (for `npm pack`) and a way to its registry; the tests themselves need neither. Kept are the minified
script, unchanged, both licence texts of the package (MPL-2.0 and those of what it contains) and a line with the
version. It serves the tests alone: nothing under `tests/` is part of what is installed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from scripts.npm import fetched, version

TARGET = Path(__file__).parents[1] / "tests" / "browser" / "vendor" / "axe-core"
KEPT = ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt")


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = fetched("axe-core", Path(folder))
        for name in KEPT:
            shutil.copyfile(root / name, TARGET / name)
        about = f"axe-core {version(root)}, MPL-2.0. Fetched from npm by scripts/axe.py, for tests only.\n"
    (TARGET / "VERSION").write_text(about)
    sys.stdout.write(about)


if __name__ == "__main__":
    main()
