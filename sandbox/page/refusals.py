"""What the page answers when it will not: a status, a name for programs and one sentence for people."""

from __future__ import annotations


class RefusedError(Exception):
    """An answer of 4xx with `{"error": name, "message": sentence}`."""

    def __init__(self, status: int, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.name = name
        self.sentence = sentence

    def body(self) -> dict[str, str]:
        return {"error": self.name, "message": self.sentence}


def bad(sentence: str) -> RefusedError:
    return RefusedError(400, "bad_request", sentence)
