"""Writing: all files or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_all(contents: Mapping[Path, str]) -> None:
    """Write files in UTF-8, each in one step, after all of them could be written. Raises OSError."""
    drafts: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            drafts[path] = Path(name)
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as draft:
                draft.write(content)
            mask = os.umask(0)
            os.umask(mask)
            drafts[path].chmod(0o666 & ~mask)
        for path, draft_path in drafts.items():
            draft_path.replace(path)
    finally:
        for draft_path in drafts.values():
            draft_path.unlink(missing_ok=True)
