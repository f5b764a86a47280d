"""What is stored and who can read it, in plain words."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Message, context, section
from bot.slack.text import Mrkdwn, fill, lines


def privacy(words: Words) -> Message:
    """Return the privacy page."""
    head = fill(words("*What Tandem stores about you, and who can read it*"))
    safety = lines(
        fill(
            words(
                "What you write is stored encrypted. It is deleted on a schedule: notes and "
                "reflections 90 days after a pairing ends, goals, check-ins and promises "
                "180 days after it, your profile 180 days after you leave. What I posted about "
                "them in Slack goes with them."
            )
        ),
        fill(words("I read no conversations between people. The only history I can open is our own, yours and mine.")),
    )
    honest = fill(
        words(
            "To be honest: your company's own Slack export or legal hold can reach what I "
            "post in Slack, and whoever runs the server and holds the key can reach the "
            "database."
        )
    )
    return Message(head, (section(head), section(_who_reads(words)), section(safety), context(honest)))


def _who_reads(words: Words) -> Mrkdwn:
    return lines(
        fill(
            words(
                "• *Your profile:* offers and wants are seen by the people who run the "
                "programme and by your partner. What you hope for stays with you."
            )
        ),
        fill(
            words(
                "• *How you work, and who with:* you alone. It steers the matching. The people who run the programme "
                "see one thing of it, as a count: how departments mix, once there are five matches or more."
            )
        ),
        fill(
            words(
                "• *Goals and notes:* you, and your partner if you share them. You choose each time. Of a goal they "
                "read its name and how it goes; why it matters, your steps and your plans stay with you."
            )
        ),
        fill(words("• *Promises and check-ins:* you and your partner. A line about a private goal stays with you.")),
        fill(words("• *What you say about a check-in:* you and the one you say it to, also where you are three.")),
        fill(words("• *Your agreement:* you and your partner.")),
        fill(
            words(
                "• *Meetings and follow-ups:* you and your partner. What one of you heard the other say: the two of "
                "you. All of it is deleted 180 days after your time together."
            )
        ),
        fill(words("• *Reflections and self-checks, and how a week felt if you want to be asked:* you alone.")),
        fill(words("• *Thank-yous:* you and the one you thank, who keeps them.")),
        fill(
            words(
                "• *The people who run the programme:* that you take part, your offers and wants, and "
                "totals. Never what you write, and never how often."
            )
        ),
    )
