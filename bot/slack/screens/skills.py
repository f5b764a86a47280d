"""The company's list of skills."""

from __future__ import annotations

from bot.domain.skills import Suggestion
from bot.locales import Words
from bot.slack.blocks import (
    Block,
    Element,
    Message,
    View,
    actions,
    ask,
    button,
    context,
    option,
    section,
    type_ahead_one,
    typed_options,
)
from bot.slack.text import as_typed, fill, lines, plain
from bot.usecases.skills import Merge, Skill

PAGE = 15


def suggested(suggestions: tuple[Suggestion, ...], words: Words) -> list[Element]:
    """Return what a select offers; the value of an option is the skill itself."""
    add = words("Add “{skill}”")
    known = typed_options([one.name for one in suggestions if not one.new])
    return [*known, *(option(plain(add, skill=one.name), one.name) for one in suggestions if one.new)]


def targets(found: tuple[Skill, ...]) -> list[Element]:
    """Return what a skill can be merged into; the value of an option is the id of the skill."""
    return [option(as_typed(one.name), str(one.id)) for one in found]


def skill_list(skills: tuple[Skill, ...], page: int, words: Words) -> Message:
    """Return one page (0, 1, …) of the list for owners: counts, and nobody's name."""
    head = fill(words("*Skills people offer and want*"))
    if not skills:
        nothing = fill(words("Nobody has joined yet, so the list is empty. It grows with what people type."))
        return Message(head, (section(head), section(nothing)))
    pages = -(-len(skills) // PAGE)
    page = min(max(page, 0), pages - 1)
    place = fill(words("Page {page} of {pages}"), page=words.number(page + 1), pages=words.number(pages))
    rows = [_row(one, words) for one in skills[page * PAGE : (page + 1) * PAGE]]
    note = fill(words("Two names for one thing? Merge them: every profile follows, and more matches are found."))
    return Message(
        head,
        (section(lines(head, *((place,) if pages > 1 else ()))), *rows, *_pages(page, pages, words), context(note)),
    )


def _row(one: Skill, words: Words) -> Block:
    text = fill(
        words("*{skill}* · offered by {offers} · wanted by {wants}"),
        skill=one.name,
        offers=words.number(one.offers),
        wants=words.number(one.wants),
    )
    return section(text, button(plain(words("Merge")), "skills.merge", str(one.id)))


def _pages(page: int, pages: int, words: Words) -> list[Block]:
    turning = []
    if page > 0:
        turning.append(button(plain(words("Previous page")), "skills.page.back", str(page - 1)))
    if page + 1 < pages:
        turning.append(button(plain(words("Next page")), "skills.page.next", str(page + 1)))
    return [actions(*turning)] if turning else []


def merge_form(skill: Skill, room: str, words: Words) -> View:
    """Ask which skill stands for this one from now on."""
    said = fill(
        words("*{skill}* goes off the list. Choose the skill that stands for it from now on."), skill=skill.name
    )
    return View(
        title=plain(words("Merge two skills")),
        callback="skills.choose",
        submit=plain(words("Continue")),
        close=plain(words("Cancel")),
        memo={"room": room, "skill": str(skill.id)},
        blocks=(section(said), ask("into", plain(words("Stands for it")), type_ahead_one(plain(words("Choose"))))),
    )


def merge_sure(merge: Merge, room: str, words: Words) -> View:
    """Say what merging does, before it is done."""
    said = fill(words("*{skill}* becomes *{into}*."), skill=merge.one.name, into=merge.into.name)
    places = fill(
        words.many("{count} profile entry follows.", "{count} profile entries follow.", merge.places),
        count=words.number(merge.places),
    )
    later = fill(words("Whoever types the old name later gets the new one. This cannot be undone."))
    return View(
        title=plain(words("Merge two skills")),
        callback="skills.merge",
        submit=plain(words("Merge")),
        close=plain(words("Cancel")),
        memo={"room": room, "skill": str(merge.one.id), "into": str(merge.into.id)},
        blocks=(section(lines(said, places)), context(later)),
    )


def merged(merge: Merge, words: Words) -> View:
    """Say that it is done."""
    said = fill(words("Done: *{skill}* is *{into}* now."), skill=merge.one.name, into=merge.into.name)
    return View(title=plain(words("Merge two skills")), close=plain(words("Close")), blocks=(section(said),))
