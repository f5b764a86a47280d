"""Bring the catalogues up to date with the code: ``python -m bot.locales.extract [--check]``.

Looks for ``words("…")``, ``words.many("…", "…", n)`` and ``N_("…")``. Translations are kept, sentences that nobody
uses any more go, new ones come in empty (English ones with themselves), in the order of the code.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.locales import DOMAIN, Language, catalogue_file, read_catalogue

BOT = Path(__file__).parent.parent

MsgId = str | tuple[str, str]
Strings = str | tuple[str, ...] | list[str]

_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


class NotASentence(Exception):
    """A catalogue call whose text is put together on the spot, so that no catalogue can hold it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of the code: its English form or forms, and the file it stands in."""

    msgid: MsgId
    file: str


def sentences(source: str, file: str) -> Iterator[Sentence]:
    """Yield the catalogue sentences of one module in the order of its lines.

    Raises NotASentence for an f-string or a sum of strings.
    """
    calls = [node for node in ast.walk(ast.parse(source, file)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        forms = [_literals(argument, file) for argument in call.args[: _forms(call.func)]]
        if len(forms) == 2:  # noqa: PLR2004  singular and plural
            yield from (Sentence(pair, file) for pair in zip(*forms, strict=True))
        else:
            yield from (Sentence(text, file) for texts in forms for text in texts)


def _forms(called: ast.expr) -> int:
    match called:
        case ast.Name(id="words" | "N_") | ast.Attribute(attr="words" | "N_"):
            return 1
        case ast.Attribute(value=ast.Name(id="words") | ast.Attribute(attr="words"), attr="many"):
            return 2
    return 0


def _literals(argument: ast.expr, file: str) -> list[str]:
    match argument:
        case ast.Constant(value=str(text)) if text:
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_literals(body, file), *_literals(orelse, file)]
        case ast.JoinedStr() | ast.BinOp():
            raise NotASentence(f"{file}:{argument.lineno}: write the sentence as one literal, fields are filled later")
    return []


def all_sentences(bot: Path = BOT) -> list[Sentence]:
    """Return the sentences of all modules, by file and line. Raises NotASentence, SyntaxError."""
    modules = sorted(path for path in bot.rglob("*.py") if path.parent != Path(__file__).parent)
    return [
        sentence
        for path in modules
        for sentence in sentences(path.read_text("utf-8"), path.relative_to(bot.parent).as_posix())
    ]


def merged(language: Language, found: Sequence[Sentence], old: Catalog) -> Catalog:
    """Return the catalogue of exactly the found sentences, with the translations of ``old``.

    Raises NotASentence when one singular comes with two plurals: gettext would lose the second.
    """
    catalogue = Catalog(locale=language, domain=DOMAIN)
    for sentence in found:
        kept = old.get(sentence.msgid)
        catalogue.add(
            sentence.msgid,
            _translation(language, sentence.msgid, kept.string if kept else None),
            locations=[(sentence.file, 0)],
            flags=kept.flags if kept else (),
            user_comments=kept.user_comments if kept else (),
        )
        _refuse_second_plural(catalogue, sentence)
    for message in catalogue:
        message.flags.discard("python-format")  # guessed by Babel from a percent sign; our fields have braces
    return catalogue


def _translation(language: Language, msgid: MsgId, kept: Strings | None) -> Strings:
    blank: Strings = "" if isinstance(msgid, str) else ("", "")
    usable = kept if kept and isinstance(kept, str) == isinstance(msgid, str) else blank
    return msgid if language is Language.EN and not any(usable) else usable


def _refuse_second_plural(catalogue: Catalog, sentence: Sentence) -> None:
    entry = catalogue.get(sentence.msgid)
    if entry and isinstance(sentence.msgid, tuple) and entry.id != sentence.msgid:
        raise NotASentence(f"{sentence.file}: “{sentence.msgid[0]}” already has another plural, “{entry.id[1]}”")


def rendered(language: Language, catalogue: Catalog) -> str:
    """Return the .po file: no time stamp, no line numbers, one line per sentence, so that a diff shows only words."""
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, include_lineno=False, ignore_obsolete=True)
    return _HEADER.format(language=language) + body.getvalue().decode().rstrip("\n") + "\n"


def outdated() -> dict[Path, str]:
    """Return the catalogue files that do not match the code, each with the content it should have."""
    found = all_sentences()
    fresh = {
        Path(str(catalogue_file(language))): rendered(language, merged(language, found, read_catalogue(language)))
        for language in Language
    }
    return {path: text for path, text in fresh.items() if path.read_text("utf-8") != text}


def main(arguments: Sequence[str]) -> int:
    """Write the catalogues, or with ``--check`` only say whether they are up to date (0) or not (1)."""
    changed = outdated()
    for path, text in changed.items():
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
        sys.stdout.write(f"{'not up to date' if '--check' in arguments else 'written'}: {path}\n")
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except NotASentence as problem:
        sys.exit(str(problem))
