"""A logged session made of words and times."""

from __future__ import annotations

from datetime import datetime, timedelta

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.lengths import short_length
from techlead_tui.core.localtime import clock, into, minute_of
from techlead_tui.core.log import LogSession
from techlead_tui.core.words.days import full_date
from techlead_tui.core.words.log import LogWords
from techlead_tui.core.words.reading import Context


def session_from(words: LogWords, context: Context, start: datetime | None = None) -> LogSession:
    """The session that the words log; without a `start` it ended now."""
    zone = context.zone
    length = timedelta(minutes=words.minutes)
    if start is None:
        start = context.now.replace(second=0, microsecond=0) - length
    start = into(start, zone)
    return LogSession(
        summary=words.summary,
        start=start.isoformat(timespec="seconds"),
        end=into(start + length, zone).isoformat(timespec="seconds"),
        week=str(IsoWeek.of(start.date())),
        zone=context.zone_name,
        pattern=words.pattern,
        category=words.category,
        repo=words.repo or None,
        branch=words.branch or None,
    )


def said_of_session(session: LogSession) -> tuple[str, ...]:
    """What a session is, in short phrases."""
    start, end = datetime.fromisoformat(session.start), datetime.fromisoformat(session.end)
    minutes = int((end - start).total_seconds()) // 60
    span = f"{clock(minute_of(start))}–{clock(minute_of(end))}"
    said = [f"{full_date(start.date())}, {span} ({short_length(minutes)})"]
    said.append(f"“{session.summary}”" if session.summary else "no note")
    if session.pattern:
        said.append(f"pattern {session.pattern}")
    if session.category != "hands_on":
        said.append(session.category.replace("_", " "))
    if session.repo:
        said.append(f"{session.repo} ({session.branch})" if session.branch else session.repo)
    return tuple(said)
