"""The owner's preview of a round: one line per match, reasons in words, never a number on a person."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Block, Message, actions, button, confirm, context, section
from bot.slack.screens.pairings import why_lines
from bot.slack.screens.trouble import message
from bot.slack.text import ELLIPSIS, Mrkdwn, clip, fill, lines, plain
from bot.usecases.previews import Preview, ProposedMatch, UnmatchedPerson
from bot.usecases.rounds import RoundCounts

PAGE = 8
MATCH, LEFT_OVER = 1_200, 1_000  # characters: a full page stays within one message
NAMED = 10  # of those left over


def working(words: Words) -> Message:
    return message(fill(words("I am looking for good matches. This takes a moment.")))


def preview(shown: Preview, page: int, words: Words) -> Message:
    """Return one page (0, 1, …) of a preview with its buttons."""
    pages = max(1, -(-len(shown.matches) // PAGE))
    page = min(max(page, 0), pages - 1)
    head = fill(words("*Preview: {programme}*"), programme=shown.programme)
    count = words.many("{count} match for {people} people", "{count} matches for {people} people", len(shown.matches))
    summary = fill(count, count=len(shown.matches), people=shown.people)
    rows = [section(_match(one, words)) for one in shown.matches[page * PAGE : (page + 1) * PAGE]]
    return Message(
        head,
        (
            section(lines(head, summary, *_page(page, pages, words))),
            *rows,
            *_left_over(shown.unmatched, words),
            *_buttons(shown, page, pages, words),
        ),
    )


def _page(page: int, pages: int, words: Words) -> list[Mrkdwn]:
    if pages == 1:
        return []
    return [fill(words("Page {page} of {pages}"), page=words.number(page + 1), pages=words.number(pages))]


def _match(one: ProposedMatch, words: Words) -> Mrkdwn:
    names = " + ".join(one.people)
    head = fill("*{names}* · {quality}", names=names, quality=quality(one.quality, words))
    no_skill = words("No offer meets a wish here; nothing speaks against it")
    why = why_lines(one.reasons, words) or [fill("• {reason}", reason=no_skill)]
    return clip(lines(head, *why), MATCH)


def quality(word: str, words: Words) -> str:
    """Return the quality of a match in words."""
    return {"strong": words("strong"), "good": words("good")}.get(word, words("worth a try"))


def _left_over(unmatched: tuple[UnmatchedPerson, ...], words: Words) -> list[Block]:
    if not unmatched:
        return []
    named = [one.name for one in unmatched[:NAMED]]
    names = words.list(named) if len(unmatched) <= NAMED else ", ".join([*named, ELLIPSIS])
    text = words.many(
        "{count} person has no suitable partner this time and comes first next time: {names}",
        "{count} people have no suitable partner this time and come first next time: {names}",
        len(unmatched),
    )
    return [context(clip(fill(text, count=len(unmatched), names=names), LEFT_OVER))]


def _buttons(shown: Preview, page: int, pages: int, words: Words) -> list[Block]:
    name = str(shown.id)
    sure = confirm(
        plain(words("Ask everybody?") if shown.ask_first else words("Introduce everybody?")),
        plain(
            words("Everybody in the matches is asked first and has three days to answer.")
            if shown.ask_first
            else words("The matches go live now and everybody in them is introduced.")
        ),
        plain(words("Approve")),
        plain(words("Not yet")),
    )
    elements = [
        button(plain(words("Approve")), "round.approve", name, style="primary", asking=sure),
        button(plain(words("Shuffle")), "round.shuffle", name),
        button(plain(words("Discard")), "round.discard", name),
    ]
    if page > 0:
        elements.append(button(plain(words("Previous page")), "round.page.back", f"{name}:{page - 1}"))
    if page + 1 < pages:
        elements.append(button(plain(words("Next page")), "round.page.next", f"{name}:{page + 1}"))
    return [actions(*elements)]


def approved(shown: Preview, words: Words) -> Message:
    if shown.ask_first:
        return message(fill(words("Approved. Everybody is asked now; whoever says yes together is introduced.")))
    text = words.many(
        "Approved. {count} pairing is being introduced now.",
        "Approved. {count} pairings are being introduced now.",
        len(shown.matches),
    )
    return message(fill(text, count=len(shown.matches)))


def discarded(words: Words) -> Message:
    return message(fill(words("Discarded. Nobody was told anything. Run `/tandem-admin match` for a fresh preview.")))


def round_approved(counts: RoundCounts, words: Words) -> Message:
    """Tell the owners' room, in counts, that a round went live."""
    text = words.many(
        "A round was approved: {matches} pairing for {people} people.",
        "A round was approved: {matches} pairings for {people} people.",
        counts.matches,
    )
    more = [fill(words("They are asked first and have three days to answer."))] if counts.ask_first else []
    if counts.unmatched:
        more.append(fill(words("Without a partner this time: {count}."), count=counts.unmatched))
    return message(lines(fill(text, matches=counts.matches, people=counts.people), *more))
