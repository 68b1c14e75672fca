"""The WEEK of a call."""

from __future__ import annotations

from techlead_tui.cli.sessions import or_all
from techlead_tui.cli.shell import Shell
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.words.options import Call
from techlead_tui.core.words.weeks import read_week
from techlead_tui.errors import WordsError

WEEK_HELP = ("A WEEK is 2026-W48, this (the default), next, last, +2, -1, or a day in it.",)


def week_asked(call: Call, shell: Shell) -> IsoWeek:
    """The week that the first word names, else this one."""
    return read_week(call.words[0], shell.today) if call.words else shell.this_week


def weeks_asked(call: Call, shell: Shell) -> IsoWeek | None:
    """The same; None for `all`."""
    if call.words and call.words[0].lower() == "all":
        return None
    try:
        return week_asked(call, shell)
    except WordsError as error:
        error.hint = or_all(error.hint)
        raise
