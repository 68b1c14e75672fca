"""`techlead day`: what kind of day it is."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import read_json
from techlead_tui.cli.output import put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.words.options import OPTIONS
from techlead_tui.core.words.units import DAY_HINT, day_of, full_date, read_day
from techlead_tui.errors import WordsError

COMMANDS = {
    "day": Command(
        "day",
        "DATE [leave|on-call|normal]",
        "Shows a day, or sets what kind of day it is.",
        OPTIONS["day"],
        (
            "On leave there are no boxes, and the week's figures shrink with it. An on-call day is for",
            "urgent unblocking.",
        ),
        (
            "techlead day fri leave",
            "techlead day 2026-12-25 leave --name 'Christmas Day'",
            "techlead day tomorrow",
        ),
    )
}


def run(name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMANDS[name], args, 2)
    if call is None:
        return 0
    if len(call.words) != 1:
        from techlead_tui.cli.edit_result import carry_out
        from techlead_tui.cli.reading_context import context_of
        from techlead_tui.core.words.commands import READERS

        return carry_out(shell, READERS[name](call, context_of(shell)), call.has("json"))
    word = read_day(call.words[0])
    if word is None:
        raise WordsError(f"“{call.words[0][:60]}” is not a day", DAY_HINT, call.words[0])
    when = day_of(word, shell.today)
    week = IsoWeek.of(when)
    found = shell.reader.snapshot(week).week(week)
    day = found.day(when)
    if call.has("json"):
        put_json(
            read_json(week, "day", {"date": when.isoformat(), "kind": day.kind, "name": day.name or None})
        )
    else:
        from techlead_tui.cli.rows import show
        from techlead_tui.cli.week import day_text

        name = f", {visible(day.name)}" if day.name else ""
        put(
            f"{full_date(when)}: {day.kind}{name}"
            + (f", {visible(day.theme.title)}" if day.theme else ", free")
        )
        show(day_text(found, when, shell.now())[1:])
    return 0
