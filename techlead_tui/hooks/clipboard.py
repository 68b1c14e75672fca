"""Copy a text to the clipboard of whoever sits at the terminal, and say which way it went."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from threading import Thread
from typing import NamedTuple

PATIENCE = 2.0  # seconds for each way: a clipboard without an owner may wait for ever


class Way(NamedTuple):
    """Name a way to the clipboard, and the command that takes the text on its standard input."""

    name: str
    command: tuple[str, ...]
    encoding: str = "utf-8"


def ways(environ: Mapping[str, str], platform: str = sys.platform) -> list[Way]:
    """Return the commands that may serve here, best first.

    From afar (SSH) only those that reach the terminal's own machine: a forwarded display, and tmux.
    """
    here = "SSH_CONNECTION" not in environ and "SSH_TTY" not in environ
    wanted = (
        (here and platform == "darwin", Way("pbcopy", ("pbcopy",))),
        (here and "WAYLAND_DISPLAY" in environ, Way("wl-copy", ("wl-copy",))),
        ("DISPLAY" in environ, Way("xclip", ("xclip", "-selection", "clipboard"))),
        ("DISPLAY" in environ, Way("xsel", ("xsel", "--clipboard", "--input"))),
        (here, Way("clip.exe", ("clip.exe",), "utf-16")),
        ("TMUX" in environ, Way("tmux", ("tmux", "load-buffer", "-w", "-"))),
    )
    return [way for sensible, way in wanted if sensible]


def copy(
    text: str,
    ask_terminal: Callable[[str], None] | None = None,
    environ: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
) -> str | None:
    """Return the way by which the text went to the clipboard, or None where there is none.

    `ask_terminal` asks the terminal to copy (OSC 52), which cannot say whether it did: the last resort.
    """
    environ = os.environ if environ is None else environ
    if _by_pyperclip(text, environ, patience):
        return "pyperclip"
    for way in ways(environ):
        if _by_command(text, way, environ, patience):
            return way.name
    if ask_terminal is None:
        return None
    ask_terminal(text)
    return "the terminal"


def said(way: str | None) -> str:
    """Return the sentence that tells which way a text went."""
    if way is None:
        return "no clipboard was found: select the text and copy it"
    if way == "the terminal":
        return "the terminal was asked to copy; if it does not, select the text"
    return f"copied, by {way}"


def _by_command(text: str, way: Way, environ: Mapping[str, str], patience: float) -> bool:
    program = shutil.which(way.command[0], path=environ.get("PATH", ""))
    if program is None:
        return False
    try:
        done = subprocess.run(
            [program, *way.command[1:]],
            input=text.encode(way.encoding, "replace"),
            stdout=subprocess.DEVNULL,  # xclip stays in the background and would hold a pipe open
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            timeout=patience,
            start_new_session=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _by_pyperclip(text: str, environ: Mapping[str, str], patience: float) -> bool:
    """Copy by pyperclip, where it is installed and this is the machine of the terminal.

    In a thread of its own: it waits for its commands without end.
    """
    if environ is not os.environ or "SSH_CONNECTION" in environ or "SSH_TTY" in environ:
        return False
    try:
        import pyperclip
    except ImportError:
        return False
    worked: list[bool] = []

    def run() -> None:
        try:
            pyperclip.copy(text)
        except (pyperclip.PyperclipException, OSError, ValueError):
            return
        worked.append(True)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(patience)
    return bool(worked)


def osc52(text: str) -> str:
    """Return the sequence that asks a terminal to copy a text."""
    from base64 import b64encode

    return f"\x1b]52;c;{b64encode(text.encode(errors='replace')).decode()}\x07"
