"""Looking back at the end, and thank-yous."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from bot.domain.closings import THANKS, Next, Wish
from bot.domain.thanks import PAGE
from bot.domain.visibility import Visibility
from bot.slack.samples.content import Content
from bot.slack.samples.goals import a_goal
from bot.slack.samples.sample import ID, NEXT_MONDAY, SUMMER, THIRD, Sample, of, two_partners
from bot.slack.screens import closings, thanks
from bot.usecases.closings import Closing, Learned, LookedBack, Thanked
from bot.usecases.thanks import ThanksPage, ThankYou


def samples(content: Content) -> Iterator[Sample]:
    yield from _forms(content)
    plain = LookedBack(ID, 0, content.partners, Wish(), SUMMER, False, None, False, shared=False)
    done = replace(plain, thanked=True, shared=True)
    yield of(closings.kept, "going on", done=replace(done, renewed_until=SUMMER))
    for wish, over in product((None, *Next), (False, True)):
        name = f"{(wish or 'nothing said').replace('_', ' ')}{', after the end' if over else ''}"
        yield of(closings.kept, name, done=replace(done, wish=Wish(wish, NEXT_MONDAY), over=over))
    yield of(closings.kept, "nothing written", done=plain)
    yield of(closings.kept, "of three", done=replace(done, partners=two_partners(content)))
    yield of(closings.learned, told=Learned(content.partners[0], content.reflection))
    yield from _thanks(content)


def _forms(content: Content) -> Iterator[Sample]:
    written = tuple(
        Thanked(f"U0PARTNER{number}", name, content.reflection[:THANKS])
        for number, name in enumerate(content.partners, start=1)
    )
    full = Closing(
        ID,
        0,
        written,
        content.reflection,
        Visibility.SHARED,
        (a_goal(content),),
        Wish(Next.PAUSE, NEXT_MONDAY),
        SUMMER,
        over=False,
    )
    empty = replace(full, partners=(replace(written[0], text=None),), learned=None, goals=(), wish=Wish(), over=True)
    yield of(closings.form, "again", closing=full)
    yield of(closings.form, "again, when they go on together", closing=replace(full, goals=(), renewed=True))
    yield of(closings.form, closing=replace(empty, visibility=Visibility.PRIVATE))
    third = Thanked("U0PARTNER3", THIRD, None)
    yield of(closings.form, "of three", closing=replace(empty, partners=(empty.partners[0], third)))


def _thanks(content: Content) -> Iterator[Sample]:
    one = ThankYou(content.partners[0], content.reflection[:THANKS], SUMMER)
    yield of(thanks.arrived, thanks=one)
    yield of(thanks.kept, page=ThanksPage((one,), 1, 0, 1))
    yield of(thanks.kept, "in the middle", page=ThanksPage((one,) * PAGE, 12, 1, 4))
    yield of(thanks.kept, "none", page=ThanksPage((), 0, 0, 1))
