"""The owner's preview of a round: one line per match, reasons in words, never a number on a person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

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
        plain(words("Introduce everybody?")),
        plain(words("The matches go live now and everybody in them is introduced.")),
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
    text = words.many(
        "Approved. {count} pairing is being introduced now.",
        "Approved. {count} pairings are being introduced now.",
        len(shown.matches),
    )
    return message(fill(text, count=len(shown.matches)))


def discarded(words: Words) -> Message:
    return message(fill(words("Discarded. Nobody was told anything. Run `/tandem-admin match` for a fresh preview.")))


def round_ready(counts: RoundCounts, round_id: UUID, words: Words) -> Message:
    """Tell the owners' room, in counts, that a round waits for them; who clicks sees the preview alone."""
    text = words.many(
        "The preview of the round is ready: {matches} match for {people} people.",
        "The preview of the round is ready: {matches} matches for {people} people.",
        counts.matches,
    )
    head = fill(text, matches=words.number(counts.matches), people=words.number(counts.people))
    rest = [
        fill(template, count=words.number(count))
        for template, count in (
            (words("Without a partner this time: {count}."), counts.unmatched),
            (words("Asked, and not in this round: {count}."), counts.left_out),
        )
        if count
    ]
    show = button(plain(words("Show the preview")), "round.show", str(round_id), style="primary")
    return Message(head, (section(lines(head, *rest)), actions(show)))


def round_without_matches(counts: RoundCounts, following: date | None, words: Words) -> Message:
    """Tell the owners' room in one line that a round came to nothing, and when the next one is."""
    text = words.many(
        "The round of today came to nothing: {count} person was waiting, and there was no match.",
        "The round of today came to nothing: {count} people were waiting, and there was no match.",
        counts.unmatched,
    )
    said = fill(text, count=words.number(counts.unmatched))
    next_one = fill(words("The next one is on {day}."), day=words.full_date(following)) if following else None
    return message(Mrkdwn(" ".join([said, *((next_one,) if next_one else ())])))


def round_approved(counts: RoundCounts, words: Words) -> Message:
    """Tell the owners' room, in counts, that a round went live."""
    text = words.many(
        "A round was approved: {matches} pairing for {people} people.",
        "A round was approved: {matches} pairings for {people} people.",
        counts.matches,
    )
    rest = fill(words("Without a partner this time: {count}."), count=counts.unmatched) if counts.unmatched else None
    return message(lines(fill(text, matches=counts.matches, people=counts.people), *((rest,) if rest else ())))
