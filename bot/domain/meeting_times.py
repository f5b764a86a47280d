"""When people could meet: times inside everybody's working hours, or the nearest to them.

Worked out from working hours, zones, holidays and breaks alone; nobody's calendar is known. Instants are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.domain import cadence
from bot.domain.enrolments import is_paused
from bot.domain.participants import Presence

LENGTH = timedelta(minutes=45)
NOTICE = timedelta(days=1)  # nobody is asked to meet today
REACH = timedelta(days=10)
MOST = 3
_A_DAY = timedelta(days=1)
_STEP = timedelta(minutes=15)
_EARLIEST, _LATEST = 6 * 60, 22 * 60  # local minutes of the day between which a time can be asked of anybody
# Where in a window the first, second and third proposal lie: morning, afternoon, before lunch, whoever is free when.
_PLACES = (0.15, 0.7, 0.4)

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class MeetingTimes:
    """Starts of meetings of 45 minutes, in order; ``common``: they lie in everybody's working hours."""

    starts: tuple[datetime, ...]
    common: bool


def meeting_times(people: Sequence[Presence], now: datetime, taken: Window | None = None) -> MeetingTimes:
    """Return up to three times for two or more people in the ten days from tomorrow on, none of them within ``taken``.

    Without a common hour: the times, one a day, at which the one who bends most bends least, but nobody before six or
    after ten in the evening; none at all when there is not even that.
    """
    windows = [list(_at_work(one, now)) for one in people]
    shared = windows[0]
    for others in windows[1:]:
        shared = list(_overlap(shared, others))
    if shared:
        return MeetingTimes(tuple(_spread(list(_around(shared, taken)), people[0].zone)), common=True)
    return MeetingTimes(tuple(_nearest(people, windows, now, taken)), common=False)


def _at_work(there: Presence, now: datetime) -> Iterator[Window]:
    """Yield when somebody works, day by day, cut to the days in question."""
    first, last = now + NOTICE, now + NOTICE + REACH
    day = there.day(first) - _A_DAY
    while day <= there.day(last):
        if cadence.is_working_day(day, there.region) and not is_paused(there.paused_until, day):
            start, end = (_moment(day, minute, there.zone) for minute in (there.hours.start, there.hours.end))
            if max(start, first) + LENGTH <= min(end, last):
                yield max(start, first), min(end, last)
        day += _A_DAY


def _moment(day: date, minute: int, zone: str) -> datetime:
    extra, minute = divmod(minute, 24 * 60)  # a day of work may end at midnight
    return cadence.instant(day + extra * _A_DAY, cadence.clock_time(minute), zone)


def _overlap(ones: Iterable[Window], others: Sequence[Window]) -> Iterator[Window]:
    for start, end in ones:
        for other_start, other_end in others:
            if max(start, other_start) + LENGTH <= min(end, other_end):
                yield max(start, other_start), min(end, other_end)


def _around(windows: Sequence[Window], taken: Window | None) -> Iterator[Window]:
    """Yield what is left of windows, long enough for a meeting, before and after a time that is taken."""
    for start, end in windows:
        cut = taken if taken and taken[0] < end and start < taken[1] else (end, end)
        if start + LENGTH <= cut[0]:
            yield start, cut[0]
        if cut[1] + LENGTH <= end:
            yield cut[1], end


def _spread(windows: list[Window], zone: str) -> list[datetime]:
    """Return up to three starts that do not overlap: soon, later and last, at different times of the day."""
    last = len(windows) - 1
    chosen = sorted({round(turn * last / (MOST - 1)) for turn in range(MOST)}) if windows else []
    starts = [_place(windows[one], _PLACES[turn], zone) for turn, one in enumerate(chosen)]
    for start, end in windows if len(starts) < MOST else ():
        starts += _more(start, end, starts)
    return sorted(starts[:MOST])


def _place(window: Window, place: float, zone: str) -> datetime:
    """Return a start in ``window``, on the half hour of ``zone`` where there is one."""
    start, end = window
    local = (start + (end - LENGTH - start) * place).astimezone(cadence.zone(zone))
    past = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    return max(local.astimezone(UTC) - past, start)


def _more(start: datetime, end: datetime, taken: Sequence[datetime]) -> list[datetime]:
    found: list[datetime] = []
    while start + LENGTH <= end:
        if all(abs(start - one) >= LENGTH for one in (*taken, *found)):
            found.append(start)
        start += _STEP
    return found


def _nearest(
    people: Sequence[Presence], windows: Sequence[Sequence[Window]], now: datetime, taken: Window | None
) -> list[datetime]:
    if not all(windows):
        return []
    best: dict[date, tuple[timedelta, datetime]] = {}
    for start in _quarters(now):
        if not all(_is_bearable(one, start) for one in people):
            continue
        if not any(_around([(start, start + LENGTH)], taken)):
            continue
        bent = max(min(_outside(start, window) for window in several) for several in windows)
        day = people[0].day(start)
        best[day] = min(best.get(day, (bent, start)), (bent, start))
    least = min((bent for bent, _ in best.values()), default=None)
    return [start for bent, start in best.values() if bent == least][:MOST]


def _quarters(now: datetime) -> Iterator[datetime]:
    first = now + NOTICE
    start = first.replace(minute=first.minute - first.minute % 15, second=0, microsecond=0) + _STEP
    while start + LENGTH <= first + REACH:
        yield start
        start += _STEP


def _is_bearable(there: Presence, start: datetime) -> bool:
    local, until = (moment.astimezone(cadence.zone(there.zone)) for moment in (start, start + LENGTH))
    if not cadence.is_working_day(local.date(), there.region) or is_paused(there.paused_until, local.date()):
        return False
    minutes = [moment.hour * 60 + moment.minute for moment in (local, until)]
    return local.date() == until.date() and minutes[0] >= _EARLIEST and minutes[1] <= _LATEST


def _outside(start: datetime, window: Window) -> timedelta:
    """Return how far a meeting sticks out of a window."""
    return max(window[0] - start, start + LENGTH - window[1], timedelta())
