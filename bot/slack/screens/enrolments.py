"""Join, profile, pause and leave."""

from __future__ import annotations

from babel import Locale

from bot.domain import wording
from bot.domain.cadence import WorkingHours, clock_time
from bot.domain.profiles import MOST_SKILLS, SPOKEN, Profile
from bot.domain.refusals import N_
from bot.locales import Language, Words, endonym
from bot.slack.blocks import (
    Element,
    Message,
    View,
    actions,
    ask,
    button,
    confirm,
    context,
    date_picker,
    header,
    multi_select,
    option,
    paragraph,
    section,
    select,
    type_ahead,
)
from bot.slack.screens.trouble import message, with_partner
from bot.slack.screens.working import more
from bot.slack.text import Plain, as_typed, by_first_name, fill, first_name, lines, plain
from bot.usecases.breaks import Break
from bot.usecases.enrolments import Invitation, Joined

HALF_HOUR = 30
LAST_MINUTE = 24 * 60 - HALF_HOUR
_SEEN = N_(
    "Your partner and the people who run the programme see what you offer and want. What you add is suggested to "
    "others too, without your name. Languages and hours are for matching. Your hours also "
    "decide when I write, and your partner reads which times would suit you both."
)


def choose_programme(invitations: tuple[Invitation, ...], words: Words) -> Message:
    """Offer several programmes to join."""
    head = fill(words("Which programme would you like to join?"))
    buttons = [
        button(as_typed(one.plan.name), f"join.programme.{i}", str(one.programme)) for i, one in enumerate(invitations)
    ]
    return Message(head, (section(head), actions(*buttons[:25])))


def notice(invitation: Invitation, words: Words) -> View:
    """Return the data notice: what, who reads it, how long, and what nobody can promise."""
    plan = invitation.plan
    return View(
        title=plain(words("Before you join")),
        callback="notice.agree",
        submit=plain(words("Agree and continue")),
        close=plain(words("Not now")),
        memo={"programme": str(invitation.programme)},
        blocks=(
            header(plain("{name}", name=plan.name)),
            *((section(as_typed(plan.purpose)),) if plan.purpose else ()),
            *map(
                section,
                (
                    fill(words("*What is stored:* your profile, goals, promises, check-ins, notes and reflections.")),
                    fill(words("*Who reads it:* you, and your partner where you share. What you write is encrypted.")),
                    fill(
                        words(
                            "*What the people who run the programme see:* that you take part, what you "
                            "offer and want, and totals. Never what you write."
                        )
                    ),
                    fill(
                        words(
                            "*How long:* notes and reflections until 90 days after a pairing "
                            "ends, goals, check-ins and promises until 180 days after it, your "
                            "profile until 180 days after you leave."
                        )
                    ),
                ),
            ),
            section(
                fill(
                    words(
                        "To be honest: your company's own Slack export or legal hold can "
                        "reach what I post in Slack, and whoever runs the server and holds "
                        "the key can reach the database."
                    )
                )
            ),
            context(fill(words("Joining is voluntary. You can leave at any time, without a reason."))),
        ),
    )


def profile_form(programme: str, profile: Profile | None, words: Words) -> View:
    """Return the profile form, filled with what stands."""
    hours = profile.hours if profile else WorkingHours()
    return View(
        title=plain(words("Your profile")),
        callback="profile.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        memo={"programme": programme},
        blocks=(
            _skills(
                "offers",
                plain(words("What I can offer")),
                words("Spreadsheets, negotiating, speaking in public"),
                profile.offers if profile else None,
                words,
            ),
            _skills(
                "wants",
                plain(words("What I would like to learn")),
                words("Leading a team, saying no, presenting"),
                profile.wants if profile else None,
                words,
            ),
            ask(
                "hope",
                plain(words("What I hope for")),
                paragraph(wording.TEXT, profile.hope if profile else None),
                optional=True,
                hint=plain(words("For you alone. It is stored encrypted.")),
            ),
            ask(
                "languages",
                plain(words("Languages I am at ease in")),
                multi_select(
                    _languages(words), profile.languages if profile else (words.language.value,), plain(words("Choose"))
                ),
            ),
            ask("work_start", plain(words("My working day starts at")), select(_times(words, 0), str(hours.start))),
            ask("work_end", plain(words("My working day ends at")), select(_times(words, HALF_HOUR), str(hours.end))),
            context(fill(words(_SEEN))),
            *(more(words) if profile else ()),
        ),
    )


def _skills(name: str, label: Plain, example: str, skills: tuple[str, ...] | None, words: Words) -> Element:
    return ask(
        name,
        label,
        type_ahead(skills or (), MOST_SKILLS, plain(words("For example: {example}"), example=example)),
        hint=plain(words("Up to {limit}. Type to find what others named, or to add your own."), limit=MOST_SKILLS),
    )


def _languages(words: Words) -> list[Element]:
    names = Locale.parse(words.language.value).languages
    return [option(as_typed(str(names.get(code, code))), code) for code in SPOKEN]


def _times(words: Words, first: int) -> list[Element]:
    return [option(as_typed(words.time(clock_time(m))), str(m)) for m in range(first, LAST_MINUTE + 1, HALF_HOUR)]


def joined(result: Joined, words: Words) -> View:
    """Say that somebody is in, and what happens next."""
    if result.first_time:
        text = lines(
            fill(words("*Welcome to {name}.* You are in."), name=result.plan.name),
            fill(words("As soon as the next round is matched, I will introduce you to your partner.")),
            fill(words("Until then you can set a first goal: `/tandem goal`.")),
        )
    else:
        text = fill(words("Your profile is saved."))
    return View(title=plain(words("Your profile")), close=plain(words("Close")), blocks=(section(text), *more(words)))


def pause_form(words: Words, typed: str = "", problem: Plain | None = None) -> View:
    """Ask until when a break lasts; ``problem`` says why what was ``typed`` did not do."""
    said = (section(plain(words("“{typed}”: {problem}"), typed=typed[:60], problem=problem)),) if problem else ()
    return View(
        title=plain(words("Take a break")),
        callback="pause.save",
        submit=plain(words("Take a break")),
        close=plain(words("Cancel")),
        blocks=(
            *said,
            ask("until", plain(words("First day back")), date_picker()),
            context(
                fill(words("No check-ins and no matching until then. Your partner is told kindly; I give no reason."))
            ),
        ),
    )


def paused(taken: Break, words: Words) -> Message:
    """Say until when everything rests."""
    head = fill(words("Enjoy your break. I will be quiet until {day}."), day=words.full_date(taken.until))
    told = (
        fill(words("Then I will tell {names} that you are back."), names=by_first_name(taken.partners, words))
        if taken.partners
        else None
    )
    back = button(plain(words("Come back now")), "pause.end")
    return Message(head, (section(lines(head, *((told,) if told else ()))), actions(back)))


def resumed(words: Words) -> Message:
    return message(fill(words("Welcome back. Your next check-in comes as usual.")))


def leaving(words: Words) -> Message:
    """Ask once before leaving; no reason is wanted."""
    text = fill(
        words(
            "You can leave at any time, and nobody asks why. Your partner is told kindly. "
            "What you wrote stays yours until it is deleted, as `/tandem privacy` says."
        )
    )
    sure = confirm(
        plain(words("Leave the programme?")),
        plain(words("This takes effect now. You can join again later.")),
        plain(words("Leave")),
        plain(words("Stay")),
    )
    leave = button(plain(words("Leave the programme")), "leave.confirm", style="danger", asking=sure)
    rest = button(plain(words("Take a break instead")), "pause.new")
    return Message(text, (section(text), actions(leave, rest)))


def left(words: Words) -> Message:
    text = fill(words("You have left the programme. Thank you for taking part. The door stays open."))
    return Message(text, (section(text), actions(button(plain(words("Join again")), "join.start"))))


def partner_paused(name: str, until: str, words: Words) -> Message:
    said = words("{name} is taking a break and is back on {until}. Your own check-ins go on as usual.")
    return with_partner(fill(said, name=first_name(name), until=until), words)


def partner_back(name: str, words: Words) -> Message:
    said = words("{name} is back from the break. A good moment to say hello.")
    return with_partner(fill(said, name=first_name(name)), words)


def choose_language(words: Words) -> Message:
    text = fill(words("Which language shall I write to you in?"))
    buttons = [button(as_typed(endonym(one)), f"language.{one}", one.value) for one in Language]
    return Message(text, (section(text), actions(*buttons)))


def language_chosen(words: Words) -> Message:
    return message(fill(words("From now on I write to you in English.")))
