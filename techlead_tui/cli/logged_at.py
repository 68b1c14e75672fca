"""When a session began that is logged later: `techlead log ... --at WHEN`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.session import LogSession
from techlead_tui.core.words.commands import session_from
from techlead_tui.core.words.log import LogWords
from techlead_tui.core.words.when import ReadingContext, read_start
from techlead_tui.planner.reader import Reader

MORNING = 9 * 60  # where a day has no session yet


def session_at(words: LogWords, reader: Reader) -> tuple[LogSession, str]:
    """The session, and a note when it lies in the future. WordsError when there is no such time."""
    assert words.at is not None
    context = ReadingContext(reader.now(), reader.zone, {})
    day, start = read_start(words.at, context)
    if start is None:
        start = after_the_last(reader, day)
    session = session_from(words, context, start)
    future = datetime.fromisoformat(session.end) > context.now
    return session, "this session ends in the future" if future else ""


def after_the_last(reader: Reader, day: date) -> datetime:
    """When a day's last session ended, on that day; 9:00 where there is none."""
    week = IsoWeek.of(day)
    ends = [
        datetime.fromisoformat(str(record["end"])).astimezone(reader.zone)
        for record in reader.snapshot(week).table(str(week), "sessions").values()
        if str(record["start"])[:10] == day.isoformat()
    ]
    late = at(day, 24 * 60, reader.zone) - timedelta(minutes=1)
    return max(
        [end for end in ends if end.date() == day and end <= late], default=at(day, MORNING, reader.zone)
    )
