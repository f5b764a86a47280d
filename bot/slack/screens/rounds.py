"""The owner's preview of a round: one line per match, reasons in words, never a number on a person."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Block, Message, actions, button, confirm, context, section
from bot.slack.screens.pairings import reason_line
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, fill, lines, plain
from bot.usecases.rounds import Preview, ProposedMatch, RoundCounts, UnmatchedPerson

PAGE = 10


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
            section(lines(head, summary)),
            *rows,
            *_left_over(shown.unmatched, words),
            *_buttons(shown, page, pages, words),
        ),
    )


def _match(one: ProposedMatch, words: Words) -> Mrkdwn:
    names = " + ".join(one.people)
    head = fill("*{names}* · {quality}", names=names, quality=quality(one.quality, words))
    return lines(head, *(reason_line(reason, words) for reason in one.reasons))


def quality(word: str, words: Words) -> str:
    """Return the quality of a match in words."""
    return {"strong": words("strong"), "good": words("good")}.get(word, words("a stretch"))


def _left_over(unmatched: tuple[UnmatchedPerson, ...], words: Words) -> list[Block]:
    if not unmatched:
        return []
    names = words.list([one.name for one in unmatched[:PAGE]])
    text = words.many(
        "{count} person has no suitable partner this time and comes first next time: {names}",
        "{count} people have no suitable partner this time and come first next time: {names}",
        len(unmatched),
    )
    return [context(fill(text, count=len(unmatched), names=names))]


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
        elements.append(button(plain(words("Earlier")), "round.page.back", f"{name}:{page - 1}"))
    if page + 1 < pages:
        elements.append(button(plain(words("More")), "round.page.next", f"{name}:{page + 1}"))
    return [actions(*elements)]


def approved(shown: Preview, words: Words) -> Message:
    text = words.many(
        "Approved. {count} pairing is being introduced now.",
        "Approved. {count} pairings are being introduced now.",
        len(shown.matches),
    )
    return message(fill(text, count=len(shown.matches)))


def discarded(words: Words) -> Message:
    return message(fill(words("Put aside. Nobody was told anything. Run `/tandem-admin match` for a fresh one.")))


def round_approved(counts: RoundCounts, words: Words) -> Message:
    """Tell the owners' room, in counts, that a round went live."""
    text = words.many(
        "A round was approved: {matches} pairing for {people} people.",
        "A round was approved: {matches} pairings for {people} people.",
        counts.matches,
    )
    rest = fill(words("Without a partner this time: {count}."), count=counts.unmatched) if counts.unmatched else None
    return message(lines(fill(text, matches=counts.matches, people=counts.people), *((rest,) if rest else ())))
