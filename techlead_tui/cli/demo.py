"""`techlead demo`: a believable lead's quarter in a throw-away folder."""

from __future__ import annotations

import os
import shutil
import tempfile

from techlead_tui.cli.asking import asked
from techlead_tui.cli.command import Command
from techlead_tui.cli.demo_quarter import write_quarter
from techlead_tui.cli.output import tell
from techlead_tui.cli.shell import Shell
from techlead_tui.config.paths import Folders
from techlead_tui.core.words.options import Option
from techlead_tui.errors import WordsError

COMMAND = Command(
    "demo",
    "",
    "Opens a busy lead's quarter in a throw-away folder; nothing of yours is read or written.",
    (Option(("--keep",), "keep it in this new folder, for TECHLEAD_HOME", "FOLDER"),),
    (
        "At a terminal the week opens on the screen; else it is written as text.",
        "With --keep the folder stays: TECHLEAD_HOME=FOLDER techlead week works on it.",
    ),
    ("techlead demo", "techlead demo --keep /tmp/lead && TECHLEAD_HOME=/tmp/lead techlead sessions all"),
)


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args, 0)
    if call is None:
        return 0
    kept = call.value("keep")
    if kept is not None:
        if os.path.lexists(kept) and (not os.path.isdir(kept) or os.listdir(kept)):
            raise WordsError(
                f"{kept} is there already, and nothing in it is touched",
                "name a new folder; a demonstration that was kept opens with TECHLEAD_HOME=FOLDER techlead",
                kept,
            )
        return _show(kept, shell, as_json=call.has("json"))
    folder = tempfile.mkdtemp(prefix="techlead-demo-")
    try:
        return _show(folder, shell, as_json=call.has("json"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _show(folder: str, shell: Shell, *, as_json: bool) -> int:
    folders = Folders.under(folder)
    write_quarter(folders, shell.now(), shell.zone)
    if shell.open_screen is not None and not as_json:
        return shell.open_screen(folders, shell.clock)
    from techlead_tui.cli.week import run as week

    if not as_json:
        tell("note: this is a demonstration; techlead week shows your own week")
    return week("week", ["--json"] if as_json else [], Shell(folders, shell.clock, shell.zone))
