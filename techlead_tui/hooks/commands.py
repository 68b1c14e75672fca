"""Run a command of the user's at a moment of the week: no shell, JSON on stdin, a time limit."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from techlead_tui.core.hook import Hook
from techlead_tui.process import Finished, run

MOST = 1_000_000  # bytes that it may write: nobody reads them
LONGEST = 160  # characters of what it says about a failure
INSIDE = "TECHLEAD_HOOK"  # tells a techlead inside of it, and the command itself, what it runs at


def run_hook(hook: Hook, told: Mapping[str, Any], environ: Mapping[str, str]) -> str | None:
    """Run it, and return what is wrong as a sentence; None where it ended well."""
    home = os.path.expanduser("~")  # wherever techlead was started
    done = run(
        [os.path.expanduser(hook.command[0]), *hook.command[1:]],
        {**environ, INSIDE: hook.on},
        hook.seconds,
        MOST,
        home if os.path.isdir(home) else None,
        f"{json.dumps(told, ensure_ascii=False)}\n".encode(errors="replace"),
    )
    return None if done.good else f"{hook.command[0]} {_reason(done)}"


def _reason(done: Finished) -> str:
    if done.failure is not None:
        return done.failure
    line = next((line for line in done.err.splitlines() if line.strip()), "")
    said = "".join(char if char.isprintable() else " " for char in line).strip()[:LONGEST]
    return f"ended with {done.code}{': ' if said else ''}{said}"


def is_there(command: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Tell whether there is such a program."""
    import shutil

    return shutil.which(os.path.expanduser(command[0]), path=environ.get("PATH")) is not None
