"""Tell which week the words of a call are about."""

from __future__ import annotations

from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.words.args import Call
from techlead_tui.core.words.units import or_all, read_week
from techlead_tui.errors import WordsError

WEEK_HELP = ("A WEEK is 2026-W48, this (the default), next, last, +2, -1, or a day in it.",)


def week_asked(call: Call, shell: Shell, *, back: bool = False) -> IsoWeek:
    """Return the week that the first word names, else this one."""
    return read_week(call.words[0], shell.today, back=back) if call.words else shell.this_week


def weeks_asked(call: Call, shell: Shell) -> IsoWeek | None:
    """Return the week asked for, of those that are looked back upon, or None for `all`."""
    if call.words and call.words[0].lower() == "all":
        return None
    try:
        return week_asked(call, shell, back=True)
    except WordsError as error:
        error.hint = or_all(error.hint)
        raise
