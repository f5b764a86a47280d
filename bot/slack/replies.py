"""What a listener answers. How it reaches Slack, and in which order, is the responder's business."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.slack.attachments.attachment import Attachment
from bot.slack.blocks import Element, Message, View
from bot.slack.text import Plain


@dataclass(frozen=True, slots=True)
class Private:
    """A message only the asking person sees."""

    message: Message


@dataclass(frozen=True, slots=True)
class Replace:
    """Put ``message`` where the clicked one stands."""

    message: Message


@dataclass(frozen=True, slots=True)
class Redraw:
    """Close the form, and put ``message`` where the one stands that it was opened from.

    ``url`` is the address Slack gave for that one, remembered by the form.
    """

    message: Message
    url: str


@dataclass(frozen=True, slots=True)
class Share:
    """Put a file into ``channel``; without one, into the person's own conversation with the bot.

    ``make`` draws it after the ack. Where it cannot be done, the person reads so.
    """

    channel: str
    make: Callable[[], Attachment]


@dataclass(frozen=True, slots=True)
class HandOut:
    """Put a file into the asking person's own conversation with the bot, and tell them there or here that it is there.

    ``make`` draws it after the ack. Where it cannot be done, the person reads so.
    """

    make: Callable[[], Attachment]
    said: Message


@dataclass(frozen=True, slots=True)
class OpenModal:
    """Open a form: beside nothing, or on top of the one the click came from."""

    view: View


@dataclass(frozen=True, slots=True)
class ShowModal:
    """Show ``view`` in place of the form that was sent or clicked."""

    view: View


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Keep the form and its text; show each sentence at its field."""

    errors: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Options:
    """What a select offers for what has been typed so far; none at all for whoever may not see any."""

    options: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Working:
    """Say ``message`` now; ``job`` runs afterwards and its message takes that place."""

    message: Message
    job: Callable[[], Message]


@dataclass(frozen=True, slots=True)
class Later:
    """Ack with nothing; the reply of ``job`` follows, or ``too_late`` when a form cannot be opened any more."""

    job: Callable[[], Reply]
    too_late: Message


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing to show: close the form, or leave the message as it is."""


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Draw the person's home tab anew."""


Shown = Private | Replace | Redraw | Share | HandOut | OpenModal | ShowModal | ShowHome
Reply = Shown | FieldErrors | Options | Working | Later | Done
