"""Say on which days a stored series comes, and what it is there.

A series is stored as it began. `weekdays` names its days where there are several; `changes` holds what is
different from a day on, so that what has been stays as it was. A reader that knows neither sees a weekly
series.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from techlead_tui.core.calendar import NTH, WEEKDAYS, IsoWeek, first_from
from techlead_tui.core.records import Record
from techlead_tui.errors import UserError

AHEAD = 120  # weeks in which the days of a series are looked for
Stored = Mapping[str, Any]


class Repeat(NamedTuple):
    """`every ...`: on the day's weekday, every `weeks` weeks, through `until`.

    With `nth` once a month instead: on the first (1) to fourth, or last (-1), such weekday. With `days` on
    each of several weekdays (1 to 7, in order), that of the day among them.
    """

    weeks: int = 1
    until: date | None = None
    nth: int | None = None
    days: tuple[int, ...] = ()


def days_record(first: date, repeat: Repeat) -> Record:
    """Return the fields that say when a series comes."""
    out: Record = {
        "weekday": first.isoweekday(),
        "weeks": repeat.weeks,
        "nth": repeat.nth,
        "from": first.isoformat(),
        "until": repeat.until.isoformat() if repeat.until else None,
    }
    return {**out, "weekdays": list(repeat.days)} if repeat.days else out


def weekdays_of(series: Stored) -> tuple[int, ...]:
    """Return the weekdays on which a series comes, in order."""
    return tuple(series.get("weekdays") or (series["weekday"],))


def comings(series: Stored, week: IsoWeek) -> Iterator[tuple[date, Stored]]:
    """Yield the days of a week on which a series comes, each with the series as it is there."""
    for stretch in _stretches(series):
        for number in weekdays_of(stretch):
            day = week.day(number)
            if _comes(stretch, day, week):
                yield day, stretch


def days_from(series: Stored, day: date) -> Iterator[date]:
    """Yield the days from one on, in order, on which a series comes."""
    week = IsoWeek.of(day)
    for weeks in range(AHEAD):
        yield from (found for found, _ in comings(series, week.shift(weeks)) if found >= day)


def days_of(first: date, repeat: Repeat | None) -> Iterator[date]:
    """Yield the days, in order, on which something comes that begins on a day."""
    if repeat is None:
        yield first
    else:
        yield from days_from(days_record(first, repeat), first)


def as_on(series: Stored, day: date) -> Stored:
    """Return a series as it is on one of its days."""
    return next(stretch for found, stretch in comings(series, IsoWeek.of(day)) if found == day)


def _stretches(series: Stored) -> Iterator[Stored]:
    """Yield the series as it was before each change and as it is after the last, each with its own end."""
    one = series
    for change in series.get("changes") or ():
        end = (date.fromisoformat(change["since"]) - timedelta(days=1)).isoformat()
        yield {**one, "until": min(end, one["until"] or end)}
        one = {**one, **change}
    yield one


def _comes(stretch: Stored, day: date, week: IsoWeek) -> bool:
    first = date.fromisoformat(stretch["from"])
    begin = max(stretch["from"], stretch.get("since", ""))
    if day.isoformat() < begin or (stretch["until"] and day > date.fromisoformat(stretch["until"])):
        return False
    nth = stretch.get("nth")  # series made before there were monthly ones have none
    if nth is not None:
        return first_from(day, nth) == day
    weeks = (week.monday - IsoWeek.of(first).monday).days // 7
    return bool(weeks % stretch["weeks"] == 0)


def since_of(series: Stored, day: date) -> date:
    """Return the day from which a series has been as it is on `day`."""
    changed = [
        change["since"] for change in series.get("changes") or () if change["since"] <= day.isoformat()
    ]
    return date.fromisoformat(max(changed, default=series["from"]))


def changed(series: Stored, since: date, fields: Mapping[str, object]) -> Record:
    """Return the series with other fields from a day on, over what was to change later."""
    begin = since.isoformat()
    known = [dict(change) for change in series.get("changes") or ()]
    later = [{k: v for k, v in one.items() if k not in fields} for one in known if one["since"] > begin]
    if begin <= series["from"]:
        out, kept = {**series, **fields}, []
    else:
        here = next((one for one in known if one["since"] == begin), {"since": begin})
        out, kept = {**series}, [one for one in known if one["since"] < begin] + [{**here, **fields}]
    changes = [*kept, *(one for one in later if len(one) > 1)]
    out.pop("changes", None)
    return {**out, "changes": changes} if changes else out


def moved_days(series: Stored, day: date, to: date) -> tuple[date, Record]:
    """Return since when a series comes elsewhere, and its days then, when that of `day` moves `to` another.

    UserError where the days of the series do not allow it.
    """
    since = min(day, to)
    if (day - to).days >= 7:
        raise UserError("a series can move back by less than a week", "name a nearer day")
    days = weekdays_of(series)
    if len(days) > 1:
        if IsoWeek.of(day) != IsoWeek.of(to):
            raise UserError("a series of several days stays in its week", "name a day of the same week")
        if to.isoweekday() in days:
            raise UserError(f"it is already on {to:%A}", "name another day")
        kept = sorted({*days, to.isoweekday()} - {day.isoweekday()})
        return since, {"weekday": kept[0], "weekdays": kept, "from": since.isoformat()}
    out: Record = {"weekday": to.isoweekday(), "from": to.isoformat()}
    if series.get("nth") is not None:
        last = to.month != (to + timedelta(weeks=1)).month
        out["nth"] = -1 if last and (series["nth"] == -1 or to.day > 28) else (to.day - 1) // 7 + 1
    return since, out


def repeat_by(rule: str, day: date) -> Repeat | None:
    """Return how a series of ours comes again as an RRULE says, beginning on a day (RFC 5545).

    None where it cannot: several days a week, every day, a number of times.
    """
    parts = dict(part.partition("=")[::2] for part in rule.upper().rstrip(";").split(";"))
    parts.pop("WKST", "")
    freq, by_day = parts.pop("FREQ", ""), parts.pop("BYDAY", "")
    every, until = parts.pop("INTERVAL", "1"), parts.pop("UNTIL", "")[:8]
    if parts or not every.isdigit() or int(every) < 1 or "," in by_day:
        return None
    try:
        last = datetime.strptime(until, "%Y%m%d").date() if until else None
    except ValueError:
        return None
    weekday = WEEKDAYS[day.weekday()]
    if freq == "WEEKLY" and by_day in ("", weekday):
        return Repeat(int(every), last)
    nth = by_day.removesuffix(weekday)
    if freq == "MONTHLY" and every == "1" and nth in map(str, NTH) and nth != by_day:
        return Repeat(1, last, int(nth)) if first_from(day, int(nth)) == day else None
    return None
