"""The program: finds the command, runs it, and says what went wrong in one or two lines.

Late imports all over on purpose: `log` and `now` load next to nothing, `--version` nothing at all.
"""

from __future__ import annotations

import gc
import os
import sys

from techlead_tui import __version__
from techlead_tui.config.local_time import Clock, zone_trouble
from techlead_tui.config.paths import Folders


def main(argv: list[str] | None = None) -> int:
    """Runs `techlead` with these arguments, else the process's own; the exit code."""
    gc.disable()  # a call is over before garbage matters; the screen turns it on again itself
    args = [_readable(arg) for arg in (sys.argv[1:] if argv is None else argv)]
    try:
        return _run(args)
    except BrokenPipeError:
        _close_quietly()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _failed(error)
    finally:
        if argv is None:
            gc.freeze()  # the process ends: what it holds need not be searched for garbage once more
        gc.enable()


def _run(args: list[str]) -> int:
    if args[:1] == ["--json"]:
        args = ["week", *args]
    name = args[0] if args else ""
    if name in ("--version", "-V"):
        from techlead_tui.cli.output import put

        put(f"techlead {__version__}")
        return 0
    folders, clock = Folders.of_user(), Clock.of_user()
    if trouble := zone_trouble():
        from techlead_tui.cli.output import tell_notes

        tell_notes([trouble])
    if not name:
        from techlead_tui.cli.output import is_terminal

        if is_terminal() and _asks():
            return _open(folders, clock)
        args = ["week"]
    from techlead_tui.cli.context import Context
    from techlead_tui.cli.dispatch import dispatch

    return dispatch(args, Context(folders, clock, _open if _asks() else None))


def _asks() -> bool:
    """Tell whether there is a terminal for a screen."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    except (AttributeError, ValueError):  # closed
        return False


def _open(folders: Folders, clock: Clock, origin: str = "tui") -> int:
    """The week on the screen; of origin `demo` it says that it is one."""
    from techlead_tui.planner.reader import Reader
    from techlead_tui.tui.start import run

    return run(Reader(folders, clock, origin), place=_place)


def _place() -> tuple[str | None, str | None]:
    """Return the repository and the branch that the user is in."""
    from techlead_tui.evidence.checkout import checkout

    return checkout()


def _readable(arg: str) -> str:
    """The argument with U+FFFD for bytes that are no UTF-8."""
    if arg.isascii():
        return arg
    return arg.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _close_quietly() -> None:
    """Nobody reads on: what is left goes nowhere, also at the interpreter's end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
    finally:
        os.close(nowhere)


def _failed(error: Exception) -> int:
    """Print an error that is meant for the user and return its exit code; raise any other again."""
    from techlead_tui.cli.output import fail
    from techlead_tui.errors import OutputError, UserError, not_possible

    if isinstance(error, OutputError):
        _close_quietly()
    told = not_possible(error) if isinstance(error, OSError) else error
    if not isinstance(told, UserError):
        raise error
    fail(told.message, told.hint)
    return told.exit_code
