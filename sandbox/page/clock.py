"""The workspace's clock and the journeys forward."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sandbox.page.elsewhere import done
from sandbox.page.refusals import RefusedError, bad

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.page.asked import Asked
    from sandbox.page.page import Page

MORNING = time(9, 0)
FARTHEST = timedelta(days=400)
MONDAY = 0


async def show(asked: Asked) -> dict[str, Any]:
    """Return the time, whether it can be moved, and when something is due next (aware ISO moments)."""
    page = asked.page
    upcoming = await _upcoming(page)
    return {
        "now": asked.town.now().isoformat(),
        "zone": asked.person().zone,
        "can_travel": page.traveller is not None,
        "travelling": page.travelling,
        "next_event": upcoming.isoformat() if upcoming else None,
    }


async def travel(asked: Asked) -> dict[str, Any]:
    """Move the clock to `to`: hour, morning, monday, event, a date (09:00 that day) or a moment."""
    page, start = asked.page, asked.town.now()
    if not page.traveller:
        raise RefusedError(409, "no_traveller", "Nobody here can move the clock.")
    end = await _wanted(asked, asked.text("to"), start)
    if end <= start:
        raise RefusedError(422, "only_forward", "Time goes forward only.")
    if end - start > FARTHEST:
        raise RefusedError(422, "too_far", "That is too far; 400 days at most.")
    if page.travelling:
        raise RefusedError(409, "travelling", "The clock is moving already.")
    await _move(page, page.traveller, end)
    return await show(asked)


async def _move(page: Page, traveller: Callable[[datetime], object], end: datetime) -> None:
    page.travelling = True
    page.hub.pulse.beat()
    try:
        await done(page, lambda: traveller(end), "The clock got stuck on the way.")
        page.journal.travelled(end.isoformat())
    finally:
        page.travelling = False
        page.hub.pulse.beat()


async def _wanted(asked: Asked, word: str, now: datetime) -> datetime:
    zone = ZoneInfo(asked.person().zone)
    match word:
        case "hour":
            return now + timedelta(hours=1)
        case "morning":
            return next_morning(now, zone)
        case "monday":
            return next_morning(now, zone, weekday=MONDAY)
        case "event":
            upcoming = await _upcoming(asked.page)
            if not upcoming:
                raise RefusedError(409, "nothing_planned", "Nothing is planned.")
            return upcoming
        case _:
            return _moment(word, zone)


def next_morning(now: datetime, zone: ZoneInfo, *, weekday: int | None = None) -> datetime:
    """Return the next 09:00 in the zone (on that weekday, Monday is 0) after `now`, in UTC."""
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(9))
    mornings = [datetime.combine(day, MORNING, zone) for day in days if weekday in {None, day.weekday()}]
    return next(one for one in mornings if one > now).astimezone(UTC)


def _moment(word: str, zone: ZoneInfo) -> datetime:
    try:
        if len(word) == len("2026-11-02"):
            return datetime.combine(date.fromisoformat(word), MORNING, zone).astimezone(UTC)
        moment = datetime.fromisoformat(word)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise bad("That is no date.") from error


async def _upcoming(page: Page) -> datetime | None:
    if not page.next_event or page.travelling:
        return None
    found = await done(page, page.next_event, "What is due next cannot be seen.")
    return found if found and found > page.hub.workspace.now() else None
