"""`techlead tick`: runs the commands of config.toml that are due, for cron."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.context import Context
from techlead_tui.cli.output import put, put_json, tell, tell_notes, visible
from techlead_tui.core.events import EVENTS
from techlead_tui.core.words.args import Option, did_you_mean
from techlead_tui.errors import WordsError
from techlead_tui.planner.quick_tick import is_quiet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from techlead_tui.cli.shell import Shell
    from techlead_tui.planner.tick import Ran

COMMAND = Command(
    "tick",
    "",
    "Runs your commands for the moments that have come since the last call, for cron.",
    (Option(("--try",), "run the commands of an event now, as if it were due", "EVENT"),),
    (
        "Commands are [[hooks]] in config.toml. Each moment is run once, by this or by the open screen;",
        "what is more than ten minutes late is skipped. Exits 1 when a command failed.",
        "Events: " + ", ".join(list(EVENTS)[:4]) + ",",
        ", ".join(list(EVENTS)[4:]) + ".",
    ),
    ("techlead tick", "techlead tick --try focus-start", "techlead tick --json"),
)
RAN: dict[str, str] = {
    "event": "what it was run at",
    "at": "the moment",
    "command": "the program and its arguments",
    "error": "what went wrong, or null",
    "input": "what it was given on stdin",
}


def run(_name: str, args: list[str], context: Context) -> int:
    """0, or 1 where a command failed. UserError."""
    if not args and is_quiet(context.folders, context.clock):
        return 0
    from techlead_tui.cli.shell import Shell

    shell = Shell(context.folders, context.clock)
    try:
        return _run(args, shell)
    finally:
        tell_notes(shell.notices)


def _run(args: list[str], shell: Shell) -> int:
    from techlead_tui.cli.help import asked
    from techlead_tui.cli.json_shapes import read_json
    from techlead_tui.planner.tick import attempt, tick

    call = asked(COMMAND, args, 0)
    if call is None:
        return 0
    event = call.value("try")
    if event is not None and event not in EVENTS:
        raise WordsError(f"there is no event “{event[:40]}”", did_you_mean(event, EVENTS), event)
    ran = tick(shell.reader) if event is None else attempt(shell.reader, event)
    if call.has("json"):
        put_json(read_json(shell.this_week, "ran", [_json(one) for one in ran]))
    else:
        for one in ran:
            _put(one)
        if event is not None and not ran:
            tell(f"note: config.toml has no command for {event}")
    return int(any(one.error is not None for one in ran))


def _json(one: Ran) -> dict[str, object]:
    return {
        "event": one.due.event,
        "at": one.told["at"],
        "command": list(one.hook.command),
        "error": one.error,
        "input": one.told,
    }


def _put(one: Ran) -> None:
    if one.error is None:
        put(visible(f"{one.due.event}: {one.hook.command[0]}"))
    else:
        tell(f"error: {visible(one.error)}, at {one.due.event}")
