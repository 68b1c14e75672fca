"""A whole call, read as the program reads it."""

from __future__ import annotations

from techlead_tui.core.words.args import read_options
from techlead_tui.core.words.commands import OPTIONS, READERS, said_of_session, session_from
from techlead_tui.core.words.log import read_log
from techlead_tui.core.words.past import read_start
from techlead_tui.core.words.when import ParsedEdit, ReadingContext
from techlead_tui.errors import WordsError


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
