"""The owner's preview of a round: one line per match, reasons in words, never a number on a person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from bot.locales import Words
from bot.slack.blocks import Block, Element, Message, actions, button, confirm, context, option, overflow, section
from bot.slack.screens.pairings import why_lines
from bot.slack.screens.trouble import message
from bot.slack.text import ELLIPSIS, Mrkdwn, clip, fill, lines, plain
from bot.usecases.previews import Note, OutOfRound, Preview, ProposedMatch, UnmatchedPerson
from bot.usecases.rounds import Approval, RoundCounts

PAGE = 8
PAIR = 2
MATCH, LEFT_OVER = 1_000, 1_000  # characters: a full page stays within one message
NAMED = 10  # of those left over


def working(words: Words) -> Message:
    return message(fill(words("I am looking for good matches. This takes a moment.")))


def preview(shown: Preview, page: int, words: Words, *, just: Mrkdwn | None = None) -> Message:
    """Return one page (0, 1, …) of a preview with its buttons; ``just`` says what has just happened."""
    pages = max(1, -(-len(shown.matches) // PAGE))
    page = min(max(page, 0), pages - 1)
    head = fill(words("*Preview: {programme}*"), programme=shown.programme)
    said = [just] if just else [_note(shown.note, words)] if shown.note else []
    rows = [
        section(_match(one, words), _menu(one, page, words)) for one in shown.matches[page * PAGE : (page + 1) * PAGE]
    ]
    return Message(
        head,
        (
            section(lines(*said, head, *_summary(shown, words), *_page(page, pages, words))),
            *rows,
            *_left_over(shown.unmatched, words),
            *_buttons(shown, page, pages, words),
        ),
    )


def _note(note: Note, words: Words) -> Mrkdwn:
    if note is Note.AS_BEFORE:
        return fill(words("There is no better or different arrangement."))
    return fill(words("A match you wanted to keep is not possible any more."))


def _summary(shown: Preview, words: Words) -> list[Mrkdwn]:
    count = words.many("{count} match for {people} people", "{count} matches for {people} people", len(shown.matches))
    each = [f"{shown.qualities[word]} {quality(word, words)}" for word in ("strong", "good", "stretch")]
    spread = words.list([one for one in each if not one.startswith("0 ")])
    head = fill(count, count=len(shown.matches), people=shown.people)
    return [fill("{head}: {spread}", head=head, spread=spread) if spread else head, *_out(shown.out, words)]


def _out(out: OutOfRound, words: Words) -> list[Mrkdwn]:
    counts = [
        (out.on_break, words("{count} on a break")),
        (out.with_partner, words("{count} with a partner")),
        (out.skipping, words("{count} skipping")),
        (out.asked, words("{count} thinking about a match")),
    ]
    said = [fill(text, count=count) for count, text in counts if count]
    return [fill(words("Not in this round: {counts}"), counts=Mrkdwn(words.list(list(said))))] if said else []


def _page(page: int, pages: int, words: Words) -> list[Mrkdwn]:
    if pages == 1:
        return []
    return [fill(words("Page {page} of {pages}"), page=words.number(page + 1), pages=words.number(pages))]


def _match(one: ProposedMatch, words: Words) -> Mrkdwn:
    names = " + ".join(one.people)
    word = quality(one.quality, words)
    head = (
        fill(words("*{names}* · {quality} · stays together"), names=names, quality=word)
        if one.kept
        else fill("*{names}* · {quality}", names=names, quality=word)
    )
    no_skill = words("No offer meets a wish here; nothing speaks against it")
    why = why_lines(one.reasons, words) or [fill("• {reason}", reason=no_skill)]
    return clip(lines(head, *why), MATCH)


def _menu(one: ProposedMatch, page: int, words: Words) -> Element:
    keep = words("Let it be rearranged") if one.kept else words("Keep together")
    verbs = {
        "keep": keep,
        "part": words("Not these together"),
        "swap": words("Swap"),
        "trio": words("Move into a trio"),
        "one": words("Approve this one"),
    }
    return overflow("match.menu", [option(plain(text), f"{verb}:{one.id}:{page}") for verb, text in verbs.items()])


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
    elements = [_approve(shown, words)] if shown.matches else []
    elements.append(button(plain(words("Match again")), "round.shuffle", name))
    if shown.unmatched and any(len(match.people) == PAIR for match in shown.matches):
        elements.append(button(plain(words("Find a place")), "round.place", name))
    if shown.matches:
        elements.append(button(plain(words("As a picture")), "round.picture", name))
        elements.append(button(plain(words("As a table")), "round.table", name))
    elements.append(button(plain(words("Discard")), "round.discard", name, asking=_sure_to_discard(words)))
    if page > 0:
        elements.append(button(plain(words("Previous page")), "round.page.back", f"{name}:{page - 1}"))
    if page + 1 < pages:
        elements.append(button(plain(words("Next page")), "round.page.next", f"{name}:{page + 1}"))
    return [actions(*elements)]


def _sure_to_discard(words: Words) -> Element:
    return confirm(
        plain(words("Discard this preview?")),
        plain(words("Whoever waits for this round hears nothing and stays on the list.")),
        plain(words("Discard")),
        plain(words("Not yet")),
    )


def _approve(shown: Preview, words: Words) -> Element:
    title = words("Ask everybody?") if shown.ask_first else words("Introduce everybody?")
    text = (
        words("Everybody in the matches is asked first and has three days to answer.")
        if shown.ask_first
        else words("The matches go live now and everybody in them is introduced.")
    )
    sure = confirm(plain(title), plain(text), plain(words("Approve")), plain(words("Not yet")))
    return button(plain(words("Approve")), "round.approve", str(shown.id), style="primary", asking=sure)


def _yes(done: Approval, words: Words) -> Mrkdwn:
    if done.ask_first:
        return fill(words("Approved. Everybody is asked now; whoever says yes together is introduced."))
    text = words.many(
        "Approved. {count} pairing is being introduced now.",
        "Approved. {count} pairings are being introduced now.",
        done.live,
    )
    return fill(text, count=done.live)


def approved(done: Approval, words: Words) -> Message:
    """Say what goes live now; the preview with the rest as long as there is something to decide."""
    fallen = words.many(
        "{count} match was left out: it is not possible any more.",
        "{count} matches were left out: they are not possible any more.",
        done.fallen,
    )
    said = lines(_yes(done, words), *([fill(fallen, count=done.fallen)] if done.fallen else []))
    if done.rest:
        return preview(done.rest, 0, words, just=said)
    again = [actions(button(plain(words("Match the rest again")), "round.again"))] if done.waiting > 1 else []
    return Message(said, (section(said), *again))


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
    more = [fill(words("They are asked first and have three days to answer."))] if counts.ask_first else []
    if counts.unmatched:
        more.append(fill(words("Without a partner this time: {count}."), count=counts.unmatched))
    return message(lines(fill(text, matches=counts.matches, people=counts.people), *more))
