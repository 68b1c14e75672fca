"""A whole call, read as the program reads it on Tuesday 24 November 2026, 11:30, in Berlin."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from techlead_tui.core.calendar import IsoWeek, stretch
from techlead_tui.core.span import Span
from techlead_tui.core.theme import BlockType
from techlead_tui.core.words.args import read_options
from techlead_tui.core.words.commands import READERS, said_of_session, session_from
from techlead_tui.core.words.log import read_log
from techlead_tui.core.words.options import OPTIONS
from techlead_tui.core.words.past import read_start
from techlead_tui.core.words.when import ParsedEdit, ReadingContext, Target
from techlead_tui.errors import WordsError

BERLIN = ZoneInfo("Europe/Berlin")
TYPES = {
    "status": BlockType("status", "Status update", "meeting", "communication", False),
    "architecture-review": BlockType(
        "architecture-review", "Architecture review", "meeting", "communication", True
    ),
    "code": BlockType("code", "Coding", "deep_work", "hands_on", True),
    "pairing": BlockType("pairing", "Pairing", "meeting", "mentorship", True),
}


def _monday(start: int, end: int) -> Span:
    return Span(*stretch(date(2026, 11, 23), start, end, BERLIN))


BLOCK = Target(
    "blocks",
    "cross-team@2026-11-23",
    IsoWeek(2026, 48),
    _monday(960, 1020),
)
SESSION = Target("sessions", "s1", IsoWeek(2026, 48), _monday(600, 645))


def locate(text: str) -> Target:
    return {"cross": BLOCK, "s1": SESSION}[text]


NOW = ReadingContext(datetime(2026, 11, 24, 11, 30, tzinfo=BERLIN), BERLIN, TYPES, locate)
SHOWN = NOW._replace(shown=IsoWeek(2026, 50), day=date(2026, 12, 9), start=840, length=60)


def read_call(argv: list[str], context: ReadingContext) -> ParsedEdit:
    """The edit that a call means, given without the program's name. WordsError names the word at fault."""
    verb = " ".join(argv[:2]) if argv[:1] == ["theme"] else "".join(argv[:1])
    args = argv[len(verb.split()) :]
    if verb == "log":
        return _log(args, context)
    return READERS[verb](read_options(args, OPTIONS[verb]), context)


def _log(args: list[str], context: ReadingContext) -> ParsedEdit:
    words = read_log(args)
    if words is None:
        raise WordsError("no session", "techlead log 45m pool fix", "--help")
    start = None
    if words.at is not None:
        day, start = read_start(words.at, context)
        if start is None:
            start = context.moment(day, 9 * 60)
    session = session_from(words, context, start)
    return ParsedEdit(session, said_of_session(session))
