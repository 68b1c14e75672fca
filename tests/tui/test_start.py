"""Whatever ends the program: the terminal is as it was, a crash is reported, what was saved is there."""

import os
import signal
import termios
import time
from pathlib import Path

import pytest

from tests.tui.test_life import NEEDS_A_TERMINAL, PROCESS, home_of
from tests.tui.test_terminal import DEADLINE, OPEN, Terminal

pytestmark = [NEEDS_A_TERMINAL, PROCESS]

BREAK = """
import sys
from techlead_tui.tui.screens.week import screen as week
from techlead_tui.tui.dialogs import keys
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.widgets.week_grid import WeekGrid
def broken(*_, **__): raise RuntimeError("broken on purpose")
{}
from techlead_tui.entry import main
sys.exit(main([]))
"""
ON = (b"?1000h", b"?1003h", b"?1004h", b"?1006h", b"?2004h", b"?1049h")  # mouse, focus, paste, screen
CRASHES = {
    "action": ("week.WeekScreen.action_zoom = broken", b"z"),
    "async action": ("week.WeekScreen.action_today = broken", b"t"),
    "render": ("from techlead_tui.tui.widgets.rows_view import RowsView; week.WeekScreen.action_zoom = "
               "lambda s: setattr(RowsView, 'render_line', broken) "
               "or s.grid.refresh()", b"z"),
    "planner's thread": ("from techlead_tui.planner.planner import Planner; Planner.undo = broken", b"u"),
    "dialog": ("keys.KeysDialog.compose = broken", b"?"),
    "timer": ("week.WeekScreen.action_zoom = lambda s: s.set_timer(0.01, broken)", b"z"),
    "line": ("from techlead_tui.tui.quick_line_jobs import AddLine; AddLine.weigh = broken", b"afri"),
    "what is typed": ("from techlead_tui.tui.driver import TerminalInput; come = TerminalInput.come; "
                      "TerminalInput.come = lambda s, text: broken() if '~' in text else come(s, text)",
                      b"~"),
    "beat": ("from techlead_tui.planner.planner import Planner; Planner.changed_elsewhere = broken", b""),
}  # fmt: skip


def opened(tmp_path: Path, script: str = OPEN) -> Terminal:
    terminal = Terminal(script, home_of(tmp_path))
    terminal.until(b"\x1b[?2004h")
    return terminal


def assert_restored(terminal: Terminal) -> None:
    assert termios.tcgetattr(terminal.slave) == terminal.before
    for mode in ON:
        off = mode[:-1] + b"l"
        if b"\x1b[" + mode in terminal.seen:
            assert terminal.seen.rindex(b"\x1b[" + off) > terminal.seen.rindex(b"\x1b[" + mode), mode
    assert terminal.seen.rindex(b"\x1b[?25h") > terminal.seen.rindex(b"\x1b[?25l")


def saved(tmp_path: Path) -> str:
    journal = tmp_path / "data" / "journal.jsonl"
    return journal.read_text(encoding="utf-8") if journal.exists() else ""


@pytest.mark.parametrize("where", CRASHES)
@pytest.mark.few(0)
def test_a_crash_anywhere_restores_the_terminal_and_is_reported(tmp_path: Path, where: str) -> None:
    code, keys = CRASHES[where]
    terminal = opened(tmp_path, BREAK.format(code))
    try:
        terminal.send(b"]asat 16-17 zebra +code\r" + keys)
        assert terminal.end() == 70
        assert_restored(terminal)
        said = terminal.seen.rpartition(b"\x1b[?25h")[2].decode()
        assert "error: techlead stopped because of an internal error" in said
        assert "Traceback" not in said
        (report,) = (tmp_path / "data").glob("crash-*.txt")
        assert "broken on purpose" in report.read_text(encoding="utf-8")
        if where not in ("beat", "what is typed"):  # those are sooner than the line
            assert "zebra" in saved(tmp_path)
    finally:
        terminal.close()


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (b"", "SIGTERM"),
        pytest.param(b"", "SIGHUP", marks=pytest.mark.slow),
        pytest.param(b"afri 16-17 heron", "SIGTERM", marks=pytest.mark.slow),
        (b"afri 16-17 heron", "SIGHUP"),
        (b"?", "SIGTERM"),
        pytest.param(b"?", "SIGHUP", marks=pytest.mark.slow),
        pytest.param(b"m", "SIGTERM", marks=pytest.mark.slow),
        (b"m", "SIGHUP"),
    ],
)
@pytest.mark.few(1)
def test_a_signal_to_end_restores_the_terminal_and_loses_nothing(
    tmp_path: Path, keys: bytes, name: str
) -> None:
    terminal = opened(tmp_path)
    try:
        terminal.send(b"]asat 16-17 zebra +code\r")
        terminal.until(b"zebra")
        terminal.send(keys)
        terminal.quiet()
        number = getattr(signal, name)
        os.kill(terminal.program.pid, number)
        assert terminal.end() == 128 + number
        assert_restored(terminal)
        assert "zebra" in saved(tmp_path)
    finally:
        terminal.close()


@pytest.mark.few(0)
def test_a_terminal_that_closes_ends_the_program(tmp_path: Path) -> None:
    terminal = opened(tmp_path)
    try:
        terminal.send(b"]asat 16-17 zebra +code\r")
        terminal.until(b"zebra")
        terminal.quiet()
        os.close(terminal.master)
        os.close(terminal.slave)
        assert terminal.program.wait(DEADLINE) == 128 + signal.SIGHUP
        assert "zebra" in saved(tmp_path)
        assert not list((tmp_path / "data").glob("crash-*.txt"))
    finally:
        if terminal.program.poll() is None:
            terminal.program.kill()
            terminal.program.wait()


@pytest.mark.parametrize("keys", [b"", b"afri 16", b"?"])
@pytest.mark.few(0)
def test_ctrl_c_is_a_key_like_any_other(tmp_path: Path, keys: bytes) -> None:
    terminal = opened(tmp_path)
    try:
        terminal.send(keys + b"\x03")
        terminal.quiet()
        assert terminal.program.poll() is None
        terminal.send(b"\x1b")
        terminal.quiet()
        terminal.send(b"\x11")
        assert terminal.end() == 0
        assert_restored(terminal)
    finally:
        terminal.close()


@pytest.mark.skipif("TECHLEAD_TEST_NOW" in os.environ, reason="job control: the hour means nothing to it")
@pytest.mark.few(0)
def test_in_the_background_the_terminal_is_the_shells_and_back_it_is_ours(tmp_path: Path) -> None:
    terminal = opened(tmp_path)
    try:
        terminal.quiet()
        terminal.send(b"\x1a")
        last = time.monotonic() + DEADLINE
        while _state(terminal.program.pid) != "T":
            assert time.monotonic() < last
            terminal.quiet()
        terminal.quiet()
        assert_restored(terminal)
        before = len(terminal.seen)
        os.kill(terminal.program.pid, signal.SIGCONT)
        while b"focus" not in terminal.seen[before:]:  # the header, whatever the hour
            assert time.monotonic() < last, (_state(terminal.program.pid), terminal.seen[before:][-600:])
            terminal.quiet()
        terminal.send(b"]asat 16-17 zebra +code\rq")
        assert terminal.end() == 0
        assert_restored(terminal)
        assert "zebra" in saved(tmp_path)
    finally:
        terminal.close()


@pytest.mark.skipif("TECHLEAD_TEST_NOW" in os.environ, reason="job control: the hour means nothing to it")
@pytest.mark.few(0)
def test_stopped_from_outside_it_repaints_and_leaves_cleanly_afterwards(tmp_path: Path) -> None:
    terminal = opened(tmp_path)
    try:
        terminal.quiet()
        for _ in range(2):
            os.kill(terminal.program.pid, signal.SIGSTOP)
            last = time.monotonic() + DEADLINE
            while _state(terminal.program.pid) != "T":
                assert time.monotonic() < last
            before = len(terminal.seen)
            os.kill(terminal.program.pid, signal.SIGCONT)
            while b"focus" not in terminal.seen[before:]:
                assert time.monotonic() < last, terminal.seen[before:][-600:]
                terminal.quiet()
        terminal.send(b"q")
        assert terminal.program.wait(DEADLINE) == 0
        assert terminal.end() == 0
        assert_restored(terminal)
    finally:
        terminal.close()


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
