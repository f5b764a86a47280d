"""The weekly reflection question: a small bank, walked through without repeats."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.refusals import N_

QUESTIONS: dict[str, str] = {
    "worked": N_("What worked better than you expected this week, and why?"),
    "learned": N_("What did you learn this week that you did not set out to learn?"),
    "avoided": N_("What did you put off, and what would make it easier to begin?"),
    "helped": N_("Who or what helped you most this week?"),
    "brave": N_("Where were you a little braver than usual?"),
    "energy": N_("What gave you energy, and what took it?"),
    "differently": N_("If you could do one hour of this week again, what would you do differently?"),
    "strength": N_("Which of your strengths did you use, and where could you use it more?"),
    "feedback": N_("What did somebody tell you this week that is worth keeping?"),
    "listening": N_("When did you listen really well, and what did it change?"),
    "assumption": N_("Which assumption of yours turned out to be wrong?"),
    "small": N_("What is the smallest step that would still feel like progress?"),
    "proud": N_("What are you quietly proud of?"),
    "obstacle": N_("What stood in the way, and what is in your hands to change?"),
    "teach": N_("What could you teach somebody now that you could not a month ago?"),
    "why": N_("Why does what you are working on still matter to you?"),
    "question": N_("Which question would you like to think about more?"),
    "thanks": N_("Whom would you like to thank, and for what?"),
    "asked": N_("When did you ask for help, and what made it easy or hard?"),
    "surprised": N_("What did you find out about yourself?"),
    "habit": N_("Which small habit helped you, and how could you keep it?"),
    "boundary": N_("What did you say no to, and what did that make room for?"),
    "conversation": N_("Which conversation is still on your mind, and why?"),
    "mistake": N_("What went wrong that taught you something?"),
    "ahead": N_("What are you looking forward to next week?"),
}


def next_question(asked: Collection[str], turn: int) -> str:
    """Return the key of a question not in ``asked``; ``turn`` (any integer) spreads people over the bank.

    When all have been asked the bank starts again.
    """
    fresh = [key for key in QUESTIONS if key not in asked] or list(QUESTIONS)
    return fresh[turn % len(fresh)]
