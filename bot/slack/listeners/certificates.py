"""The certificate of participation."""

from __future__ import annotations

from bot.slack.attachments import certificates as attachments
from bot.slack.house import House
from bot.slack.replies import HandOut, Reply
from bot.slack.requests import Request
from bot.slack.router import action, command
from bot.slack.screens import certificates as screens
from bot.usecases.certificates import read_certificate


@command("certificate", "zertifikat", "bescheinigung", "teilnahmebescheinigung")
@action("certificate.get")
def certificate(request: Request, house: House) -> Reply:
    """`/tandem certificate`: that I took part, as a PDF file in my own conversation."""
    with house.looking(request) as (tx, actor):
        shown = read_certificate(tx, actor)
    words = house.words(request)
    return HandOut(lambda: attachments.certificate(shown, words), screens.handed(words))
