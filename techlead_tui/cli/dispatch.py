"""Find the module of a command and run it."""

from __future__ import annotations

from techlead_tui.cli.context import Context
from techlead_tui.cli.output import tell_notes
from techlead_tui.cli.registry import MODULES, NAMES, QUICK
from techlead_tui.config.local_time import Clock
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
}
PUT_OFF = ("-h", "--help", "help")


def dispatch(args: list[str], context: Context) -> int:
    """Run the command that the first word names, and return its exit code. WordsError for an unknown one."""
    name, rest = args[0], args[1:]
    if name in PUT_OFF:
        name = "help"
    if name not in MODULES:
        raise _unknown(name, context.clock)
    module = __import__(MODULES[name], fromlist=["run"])
    code: int
    if name in QUICK:
        code = module.run(name, rest, context)
        return code
    from techlead_tui.cli.shell import Shell

    shell = Shell(context.folders, context.clock, open_screen=context.open_screen)
    try:
        code = module.run(name, rest, shell)
    finally:
        tell_notes(shell.notices)
    return code


def _unknown(name: str, clock: Clock) -> WordsError:
    from techlead_tui.core.words.args import nearest

    what = "option" if name.startswith("-") else "command"
    near = MEANT.get(name) or (f"week {name}" if _names_a_week(name, clock) else None)
    near = near or nearest(name, [*NAMES, "--version", "--help", "--json"])
    hint = f"did you mean techlead {near}?" if near else "techlead help lists the commands"
    return WordsError(f"unknown {what} {name[:60]}", hint, name)


def _names_a_week(name: str, clock: Clock) -> bool:
    from techlead_tui.config import clock as system
    from techlead_tui.core.words.units import read_week

    try:
        read_week(name, system.now(clock, system.zone()).date())
    except WordsError:
        return False
    return True
