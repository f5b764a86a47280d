"""Writing: all files or none, and nothing a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a CSV file; a cell that begins like a formula gets an apostrophe in front."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


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
