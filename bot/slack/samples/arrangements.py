"""The forms with which an owner changes a preview."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from bot.domain.ids import RoundId
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, Sample, of
from bot.slack.screens import arrangements
from bot.slack.screens.arrangements import Origin
from bot.usecases.arrangements import Exchange, Pair, Places, Somebody

MORE_THAN_ONE_LIST = 130


def _people(names: tuple[str, ...]) -> tuple[Somebody, ...]:
    return tuple(Somebody(UUID(int=ID.int + number), name) for number, name in enumerate(names))


def samples(content: Content) -> Iterator[Sample]:
    origin = Origin("C0OWNERS1", "0", "https://hooks.slack.com/actions/T1/1/x")
    mine = _people(content.names[:2])
    exchange = Exchange(ID, mine, _people(content.crowd(content.many)))
    yield of(arrangements.swap_form, exchange=exchange, origin=origin)
    crowd = Exchange(ID, mine, _people(content.crowd(MORE_THAN_ONE_LIST)))
    yield of(arrangements.swap_form, "more people than one list holds", exchange=crowd, origin=origin)
    places = Places(RoundId(ID), mine, (Pair(ID, content.names[:2]),))
    yield of(arrangements.place_form, places=places, origin=origin)
    yield of(arrangements.one_form, match=str(ID), names=content.names[:2], origin=origin)
    asked = {"match": str(ID), "names": content.names[:2], "origin": origin, "ask_first": True}
    yield of(arrangements.one_form, "people are asked first", **asked)
