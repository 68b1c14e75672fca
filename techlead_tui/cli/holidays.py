"""`techlead holidays`: the public holidays ahead, and a calendar file whose holidays become leave."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json, write_json
from techlead_tui.cli.output import put, put_json, tell, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import SetDay
from techlead_tui.core.words.args import Option
from techlead_tui.core.words.units import LAST, full_date
from techlead_tui.errors import UserError, not_read

WEEKS = 54  # ahead, of what is listed
COMMAND = Command(
    "holidays",
    "[FILE.ics or -]",
    "Lists the named days of leave ahead, or makes the holidays of a calendar file leave.",
    (Option(("--dry-run",), "show what would be written, and write nothing"),),
    (
        "Of a file the whole-day events count, from today on and for three years where they come again. A",
        "day that you have set yourself stays as it is; techlead day DATE normal takes one back, and",
        "techlead undo all of them. A week theme can name holidays of its own: holidays = [2026-12-25].",
    ),
    ("techlead holidays germany.ics", "techlead holidays --json", "curl -s URL | techlead holidays -"),
)
HOLIDAY: Keys = {"date": "the day", "name": "what it is called"}


def run(_name: str, args: list[str], shell: Shell) -> int:
    """0. UserError."""
    call = asked(COMMAND, args, 1)
    if call is None:
        return 0
    if not call.words:
        found = list(_ahead(shell))
        if call.has("json"):
            put_json(read_json(None, "holidays", _rows(found)))
        else:
            _put(
                found, "no holiday ahead: techlead holidays FILE.ics, or techlead day DATE leave --name TEXT"
            )
        return 0
    from techlead_tui.calendars.holidays import read_holidays
    from techlead_tui.cli.edit_result import planner_of

    name = call.words[0]
    read = [one for one in read_holidays(_data(name), name, shell.today) if one[0].year <= LAST]
    planner = planner_of(shell)
    snapshot = planner.snapshot(*sorted({IsoWeek.of(day) for day, _ in read}))
    known = {day for day, _ in read if day.isoformat() in snapshot.table(str(IsoWeek.of(day)), "days")}
    new = [(day, title) for day, title in read if day not in known]
    if new and not call.has("dry_run"):
        planner.apply_together([SetDay(day, "leave", title) for day, title in new], ["holidays", name])
    if call.has("json"):
        put_json(write_json("holidays", _rows(new), kept=[day.isoformat() for day in sorted(known)]))
        return 0
    _put(new, "nothing new")
    if known:
        kept = (
            "1 day is set already and stays"
            if len(known) == 1
            else f"{len(known)} days are set already and stay"
        )
        tell(f"note: {kept} as it is" if len(known) == 1 else f"note: {kept} as they are")
    if new:
        many = f"{len(new)} {'day' if len(new) == 1 else 'days'}"
        put(f"{many} would be leave" if call.has("dry_run") else f"saved: {many} of leave")
    return 0


def _ahead(shell: Shell) -> Iterator[tuple[date, str]]:
    """Yield the days of leave that have a name, from today on."""
    this = IsoWeek.of(shell.today)
    weeks = [this.shift(n) for n in range(WEEKS)]
    snapshot = shell.reader.snapshot(*weeks)
    for week in weeks:
        theme = snapshot.theme_of(week)
        for number in range(1, 8):
            kind, name = snapshot.day_kind(theme, week.day(number))
            if kind == "leave" and name and week.day(number) >= shell.today:
                yield week.day(number), name


def _rows(found: list[tuple[date, str]]) -> list[Json]:
    return [{"date": day.isoformat(), "name": name} for day, name in found]


def _put(found: list[tuple[date, str]], nothing: str) -> None:
    for day, name in found:
        put(f"{full_date(day):<15}  {visible(name)}")
    if not found:
        put(nothing)


def _data(name: str) -> bytes:
    """Return the bytes of a calendar file, or of standard input. UserError."""
    from techlead_tui.calendars.holidays import LARGEST

    if name == "-":
        return sys.stdin.buffer.read(LARGEST)
    try:
        with open(name, "rb") as file:
            return file.read(LARGEST)
    except FileNotFoundError:
        raise UserError(f"there is no file {name[:200]}", "name a file, or - for standard input") from None
    except OSError as error:
        raise UserError(not_read(error).message, "name a file that can be read") from None
