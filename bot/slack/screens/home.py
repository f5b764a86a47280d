"""The home tab: this week's one thing to do, partner, promises, goals, notes."""

from __future__ import annotations

from bot.domain.meetings import MeetingState
from bot.domain.pairings import NoPartnerYet
from bot.locales import Words
from bot.slack.blocks import Block, View, actions, button, context, divider, header, section
from bot.slack.screens.goals import goal_cards
from bot.slack.screens.meetings import find_a_time, when
from bot.slack.screens.notes import note_card
from bot.slack.screens.programmes import welcome_card
from bot.slack.screens.snapshots import counted
from bot.slack.screens.trouble import way_on
from bot.slack.screens.weeks import weeks_text
from bot.slack.text import Mrkdwn, channel, fill, first_name, lines, person, plain
from bot.usecases.home import Home, Owned, Promised, Welcome


def home(shown: Home | Welcome, words: Words) -> View:
    """Return the home tab."""
    if isinstance(shown, Welcome):
        return View(blocks=(*welcome_card(shown.programmes, words), *_owner_cards(shown.owned, words)))
    return View(
        blocks=(
            *_this_week(shown, words),
            divider(),
            *_partner(shown, words),
            divider(),
            *_goals(shown, words),
            divider(),
            *_promises(shown, words),
            *_notes(shown, words),
            *_weeks(shown, words),
            divider(),
            *_settings(shown, words),
            *_owner_cards(shown.owned, words),
        )
    )


def _this_week(shown: Home, words: Words) -> list[Block]:
    head = header(plain(words("Hello, {name}"), name=first_name(shown.name)))
    if shown.paused_until:
        text = fill(words("You are taking a break until {day}."), day=words.date(shown.paused_until))
        return [head, section(text, button(plain(words("Come back now")), "pause.end"))]
    if shown.open_checkin:
        answer = button(plain(words("Answer in one minute")), "checkin.open", style="primary")
        return [head, section(fill(words("Your check-in is waiting.")), answer)]
    if shown.next_checkin:
        soon = words("Nothing to do right now. Your next check-in comes on {day}.")
        return [head, section(fill(soon, day=words.date(shown.next_checkin)))]
    if shown.together:
        return [head, section(fill(words("Nothing to do right now. Enjoy what is left of your time together.")))]
    why = shown.alone or NoPartnerYet()
    return [head, section(fill(words(why.text))), *way_on(why, words)]


def _partner(shown: Home, words: Words) -> list[Block]:
    if not shown.together:
        return [
            header(plain(words.many("Your partner", "Your partners", 1))),
            section(
                fill(words("No partner yet. A good profile helps.")),
                button(plain(words("Look at my profile")), "profile.edit"),
            ),
        ]
    names = [person(one.slack_id) for one in shown.together.partners]
    until = fill(words("Together until {day}"), day=words.date(shown.together.ends_on))
    who = lines(fill("{names}", names=Mrkdwn(words.list(names))), until)
    return [
        header(plain(words.many("Your partner", "Your partners", len(names)))),
        section(who, button(plain(words("More")), "partner.show")),
        *_meeting(shown, words),
    ]


def _meeting(shown: Home, words: Words) -> list[Block]:
    if shown.meeting is None:
        return [section(fill(words("No meeting planned.")), find_a_time(words))]
    at = when(shown.meeting, words)
    agreed = shown.meeting.state is MeetingState.ACCEPTED
    said = words("Next meeting: {when}") if agreed else words("Suggested, not agreed on yet: {when}")
    return [section(fill(said, when=at), button(plain(words("Meetings")), "meeting.show"))]


def _promises(shown: Home, words: Words) -> list[Block]:
    if not shown.promises:
        return []
    rows = [_promise(one, words) for one in shown.promises]
    text = lines(fill(words("*What you promised each other*")), *rows)
    return [section(text, button(plain(words("All of it")), "ledger.show")), divider()]


def _promise(one: Promised, words: Words) -> Mrkdwn:
    said = words("You: *{promise}* (until {day})") if one.mine else words("{name}: *{promise}* (until {day})")
    return fill(said, name=one.name, promise=one.text, day=words.day(one.due_on))


def _goals(shown: Home, words: Words) -> list[Block]:
    head = header(plain(words("Your goals")))
    new = actions(button(plain(words("Set a goal")), "goal.new"))
    if not shown.goals.active:
        empty = section(
            fill(
                words.many(
                    "No goal yet. What would you like to be able to do in {weeks} week?",
                    "No goal yet. What would you like to be able to do in {weeks} weeks?",
                    shown.plan.weeks,
                ),
                weeks=shown.plan.weeks,
            )
        )
        return [head, empty, new]
    archive = button(plain(words("Archive")), "goals.archive")
    buttons = [*([button(plain(words("Set a goal")), "goal.new")] if shown.goals.room else []), archive]
    kept = buttons if shown.goals.closed else buttons[:-1]
    return [head, *goal_cards(shown.goals.active, words), *([actions(*kept)] if kept else [])]


def _notes(shown: Home, words: Words) -> list[Block]:
    head = header(plain(words("Your latest notes")))
    buttons = [button(plain(words("Write a note")), "note.new")]
    if not shown.notes:
        return [head, section(fill(words("Nothing written yet. One line is enough."))), actions(*buttons)]
    buttons.append(button(plain(words("See all notes")), "notes.show"))
    return [head, *(block for note in shown.notes for block in note_card(note, words)), actions(*buttons)]


def _weeks(shown: Home, words: Words) -> list[Block]:
    if not shown.weeks:
        return []
    return [*weeks_text(shown.weeks, words), actions(button(plain(words("As a picture")), "weeks.show"))]


def _settings(shown: Home, words: Words) -> list[Block]:
    buttons = [
        button(plain(words("Profile")), "profile.edit"),
        button(plain(words("How I work")), "working.edit"),
        button(plain(words("Who with")), "wishes.edit"),
        button(plain(words("Reminders")), "reminder.edit"),
        *(() if shown.paused_until else (button(plain(words("Take a break")), "pause.new"),)),
        button(plain(words("Privacy")), "privacy.show"),
        button(plain(words("Help")), "help.show"),
    ]
    return [actions(*buttons), context(fill("{name}", name=shown.plan.name))]


def _owner_cards(owned: tuple[Owned, ...], words: Words) -> list[Block]:
    """Return a card for each programme the reader helps to run."""
    return [block for one in owned for block in (divider(), section(_owner_card(one, words)))]


def _owner_card(one: Owned, words: Words) -> Mrkdwn:
    rows = [fill(words("*You help to run {name}.*"), name=one.name)]
    if one.next_round:
        rows.append(fill(words("The next round is on {day}."), day=words.date(one.next_round)))
    elif one.last_round:
        rows.append(fill(words("The last round was on {day}."), day=words.date(one.last_round)))
    else:
        rows.append(fill(words("There has been no round yet.")))
    where = fill(words("Everything else is in {room}: `/tandem-admin help`."), room=channel(one.room))
    return lines(*rows, counted(one.agreements, words), where)
