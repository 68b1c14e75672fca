"""`techlead export`: print the boxes of the coming weeks for other programs."""

from __future__ import annotations

import sys

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import read_json
from techlead_tui.cli.output import put, put_json
from techlead_tui.cli.shell import Shell
from techlead_tui.core.words.args import Option
from techlead_tui.errors import WordsError

COMMAND = Command(
    "export",
    "--ics",
    "Prints your boxes of the next eight weeks as a calendar.",
    (Option(("--ics",), "as iCalendar: single events in UTC, busy, with ids that stay"),),
    (
        "Deep work, windows and planning: what techlead sync publishes. Meetings of your calendars are not",
        "among them.",
    ),
    ("techlead export --ics > boxes.ics", "techlead export --ics --json"),
)


def run(_name: str, args: list[str], shell: Shell) -> int:
    """Print them. WordsError without a format, DataError."""
    call = asked(COMMAND, args, 0)
    if call is None:
        return 0
    if not call.has("ics"):
        raise WordsError("as what?", "techlead export --ics prints a calendar")
    from techlead_tui.planner.publish import exported

    data = exported(shell.reader)
    if call.has("json"):
        put_json(read_json(None, "ics", data.decode()))
        return 0
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        put(data.decode().rstrip("\r\n"))
        return 0
    sys.stdout.flush()
    stream.write(data)
    stream.flush()
    return 0
