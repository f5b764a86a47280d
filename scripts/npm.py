"""Packages from npm, by way of the `npm` of this machine and the registry it is set up for."""

from __future__ import annotations

import json
import subprocess
import tarfile
from pathlib import Path


def fetched(name: str, folder: Path) -> Path:
    """Download the newest package by its name and return the folder it was unpacked to."""
    packed = subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, capture_output=True, text=True)
    root = folder / name.replace("/", "_")
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extractall(root, filter="data")
    return root / "package"


def version(root: Path) -> str:
    """Return the version of an unpacked package."""
    return str(json.loads((root / "package.json").read_text("utf-8"))["version"])
