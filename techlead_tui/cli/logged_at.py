"""When a session began that is logged later: `techlead log ... --at WHEN`."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.core.session import LogSession
from techlead_tui.core.words.commands import session_from
from techlead_tui.core.words.log import LogWords
from techlead_tui.core.words.past import read_start
from techlead_tui.core.words.when import ReadingContext
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
