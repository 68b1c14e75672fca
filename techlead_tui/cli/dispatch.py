"""Finds a command's module and runs it."""

from __future__ import annotations

from datetime import date

from techlead_tui.cli.output import tell, visible
from techlead_tui.cli.registry import MODULES, NAMES
from techlead_tui.cli.shell import Shell
from techlead_tui.errors import WordsError

MEANT = {  # what people type first
    "plan": "add",
    "list": "week",
    "ls": "week",
    "show": "week",
    "agenda": "week",
    "tomorrow": "day tomorrow",
    "yesterday": "day yesterday",
    "delete": "rm",
    "remove": "rm",
    "rename": "edit",
    "skip": "done --skipped",
    "types": "completions --known tags",
}
PUT_OFF = ("-h", "--help", "help")


def dispatch(args: list[str], shell: Shell) -> int:
    """Runs the command that the first word names; its exit code. WordsError for an unknown one."""
    name, rest = args[0], args[1:]
    if name in PUT_OFF:
        name = "help"
    if name not in MODULES:
        raise _unknown(name, shell.today)
    module = __import__(MODULES[name], fromlist=["run"])
    try:
        code: int = module.run(name, rest, shell)
    finally:
        for sentence in shell.notices:
            tell(f"note: {visible(sentence)}")
    return code


def _unknown(name: str, today: date) -> WordsError:
    from techlead_tui.core.words.args import nearest

    what = "option" if name.startswith("-") else "command"
    near = MEANT.get(name) or (f"week {name}" if _names_a_week(name, today) else None)
    near = near or nearest(name, [*NAMES, "--version", "--help", "--json"])
    hint = f"did you mean techlead {near}?" if near else "techlead help lists the commands"
    return WordsError(f"unknown {what} {name[:60]}", hint, name)


def _names_a_week(name: str, today: date) -> bool:
    from techlead_tui.core.words.units import read_week

    try:
        read_week(name, today)
    except WordsError:
        return False
    return True
