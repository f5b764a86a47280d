"""Texts that try to break a parser, each with a name."""

from __future__ import annotations

MILLION = 1_000_000
HOSTILE = {
    "a million letters": "a" * MILLION,
    "a million digits": "1" * MILLION,
    "a million spaces and a letter": " " * MILLION + "x",
    "a million lines": "x\n" * (MILLION // 2),
    "a million commas": "a," * (MILLION // 2),
    "combining marks": "e" + "\u0301" * MILLION,
    "stacked hangul": "\u1100\u1161\u11a8" * 100_000,
    "lone surrogates": "\ud800" * 50_000 + "\udfff",
    "nul bytes": "\0" * MILLION,
    "nul in the middle": "in\0 2 weeks",
    "regex bomb of words": "a " * 5_000 + "!",
    "regex bomb of dots": "1." * 50_000,
    "regex bomb of lead words": "bis zum " * 20_000,
    "regex bomb of digits": "9" * 50 + "." + "9" * 50,
    "right to left override": "\u202e" * 1_000 + "hcraM 1",
    "superscript digits": "² weeks",
    "full width": "２０２７-０３-０１ x",
    "a number beyond all months": f"in {'9' * 400} weeks",
    "an emoji with a zero width joiner": "👩\u200d💻" * 10_000,
    "template fields": "{0.__class__} {limit!r:>9999999}",
    "percent formats": "%s%n%(name)s" * 1_000,
    "a script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE note; --",
}
