"""When a series comes again: every so many weeks, or on the first, second ... last such weekday of a month.

Weeks are counted here, since every read of a week does it; months are dateutil's (RFC 5545, BYDAY=1TU).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from techlead_tui.core.isoweek import IsoWeek

NTH = (1, 2, 3, 4, -1)  # of a month; -1 is the last


def day_in(series: Mapping[str, Any], week: IsoWeek) -> date | None:
    """The day of a week on which a stored series comes, if it does."""
    day = week.day(series["weekday"])
    first = date.fromisoformat(series["from"])
    if day < first or (series["until"] and day > date.fromisoformat(series["until"])):
        return None
    nth = series.get("nth")  # series made before there were monthly ones have none
    if nth is not None:
        return day if first_from(day, nth) == day else None
    weeks = (week.monday - IsoWeek.of(first).monday).days // 7
    return day if weeks % series["weeks"] == 0 else None


def first_from(day: date, nth: int) -> date:
    """The first day, from `day` on, that is of its weekday and the nth such in its month."""
    from dateutil import rrule  # dear, and most series are weekly

    weekday = rrule.weekday(day.weekday(), nth)
    rule = rrule.rrule(rrule.MONTHLY, dtstart=datetime.combine(day, time()), byweekday=weekday, count=1)
    return rule[0].date()
