"""All texts on one sheet, for reading: ``python -m bot.locales.sheet``. English left, German right, file by file."""

from __future__ import annotations

import sys
from collections import defaultdict

from babel.messages.catalog import Catalog, Message
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.locales import Language, read_catalogue


def by_file(catalogue: Catalog) -> dict[str, list[Message]]:
    """Return the entries under the first file that uses each, in the order of the catalogue."""
    groups: defaultdict[str, list[Message]] = defaultdict(list)
    for message in catalogue:
        if message.id:
            groups[message.locations[0][0]].append(message)
    return groups


def forms(message: Message | None) -> list[str]:
    """Return the one text of an entry, or its singular and plural; blanks where nothing is written yet."""
    if message is None or not message.string:
        return [""]
    return [message.string] if isinstance(message.string, str) else list(message.string)


def print_sheet(console: Console, english: Catalog, german: Catalog) -> None:
    for file, messages in by_file(english).items():
        console.print(f"\n[bold]{escape(file)}[/bold]")
        table = Table(box=None, expand=True, show_header=False, padding=(0, 2, 1, 0), pad_edge=False)
        table.add_column(ratio=1)
        table.add_column(ratio=1)
        for message in messages:
            table.add_row(_cell(forms(message)), _cell(forms(german.get(message.id))))
        console.print(table)


def _cell(texts: list[str]) -> str:
    return "\n".join(escape(text) or "[reverse] missing [/reverse]" for text in texts)


if __name__ == "__main__":
    paper = Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else 100)
    print_sheet(paper, read_catalogue(Language.EN), read_catalogue(Language.DE))
