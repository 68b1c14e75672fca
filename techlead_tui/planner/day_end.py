"""Find out when a day's work ended, where what is logged later goes on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.planner.reader import Reader

MORNING = 9 * 60  # where a day has no session yet


def after_the_last(reader: Reader, day: date) -> datetime:
    """Return when a day's last session ended, on that day; 9:00 where there is none."""
    week = IsoWeek.of(day)
    ends = [session.end for session in reader.snapshot(week).week(week).sessions_on(day)]
    late = at(day, 24 * 60, reader.zone) - timedelta(minutes=1)
    return max(
        [end for end in ends if end.date() == day and end <= late], default=at(day, MORNING, reader.zone)
    )
