"""Tell when a session began that is logged later: `techlead log ... --at WHEN`."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.cli.context import Context
from techlead_tui.core.lengths import short_length
from techlead_tui.core.session import LogSession
from techlead_tui.core.words.commands import session_from
from techlead_tui.core.words.log import LogWords
from techlead_tui.core.words.past import read_start
from techlead_tui.core.words.when import ReadingContext
from techlead_tui.errors import WordsError
from techlead_tui.planner.day_end import after_the_last
from techlead_tui.planner.reader import Reader


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


def moment_said(text: str, context: Context, example: str, most: int | None = None) -> int:
    """Return the moment of a WHEN that is over, by `most` seconds, in seconds since 1970. WordsError."""
    reader = Reader(context.folders, context.clock)
    reading = ReadingContext(reader.now(), reader.zone, {})
    _, moment = read_start(text, reading)
    if moment is None:
        raise WordsError(f"“{text[:60]}” names no time of the day", example, text)
    if moment > reading.now:
        raise WordsError(f"“{text[:60]}” is in the future", example, text)
    ago = int((reading.now - moment).total_seconds())
    if most is not None and ago > most:
        raise WordsError(
            f"“{text[:60]}” is {short_length(ago // 60)} ago",
            f"{example}; techlead log 2h WHAT --at WHEN logs a session that is over",
            text,
        )
    return int(moment.timestamp())
