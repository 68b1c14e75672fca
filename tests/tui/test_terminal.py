"""The program on a real terminal: the first frame, keys that come early, the end, and a crash."""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
from pathlib import Path
from struct import pack

import pytest

from techlead_tui.config.files import write_text
from tests.conftest import NOW, ROOT, environment

pytestmark = [pytest.mark.process, pytest.mark.skipif(os.name == "nt", reason="needs a Unix terminal")]

OPEN = "import sys; from techlead_tui.entry import main; sys.exit(main([]))"
CRASH = """
import sys
from techlead_tui.tui.screens.week.screen import WeekScreen
def action_down(self): raise RuntimeError("broken on purpose")
WeekScreen.action_down = action_down
from techlead_tui.entry import main
sys.exit(main([]))
"""
FRAME = """
import sys
from techlead_tui.entry import main
from techlead_tui.tui.terminal import Terminal
Terminal.show = lambda self, frame: sys.exit(print("MODULES", *sys.modules, "END"))
main([])
"""
DEADLINE = 30  # seconds, for a machine that is very busy


class Terminal:
    """A program on a pseudo-terminal of 100 columns; 60 lines show a whole day."""

    def __init__(self, script: str, home: Path, lines: int = 30, **environ: str) -> None:
        import fcntl

        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, pack("HHHH", lines, 100, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.program = subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=environment(TECHLEAD_HOME=str(home), TERM="xterm-256color") | environ,
            start_new_session=True,
        )
        self.seen = b""

    def until(self, wanted: bytes) -> None:
        """Reads until something has been written."""
        while wanted not in self.seen:
            ready, _, _ = select.select([self.master], [], [], DEADLINE)
            assert ready, self.seen[-500:]
            self.seen += os.read(self.master, 65536)

    def quiet(self) -> None:
        """Reads until nothing more is written for a moment."""
        while select.select([self.master], [], [], 0.3)[0]:
            self.seen += os.read(self.master, 65536)

    def pause(self) -> None:
        """Reads until nothing more comes for a moment."""
        while select.select([self.master], [], [], 0.25)[0]:
            self.seen += os.read(self.master, 65536)

    def send(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def end(self) -> int:
        """Reads to the end; the exit code."""
        while self.program.poll() is None or select.select([self.master], [], [], 0)[0]:
            if select.select([self.master], [], [], 0.05)[0]:
                self.seen += os.read(self.master, 65536)
        return self.program.returncode

    def close(self) -> None:
        if self.program.poll() is None:
            os.kill(self.program.pid, signal.SIGKILL)
            self.program.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def terminal(tmp_path: Path, request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    script, environ = getattr(request, "param", (OPEN, {}))
    write_text(str(tmp_path / "config" / "config.toml"), "first_run_done = true\n")
    found = Terminal(script, tmp_path, **environ)
    yield found
    found.close()


@pytest.mark.parametrize("terminal", [(FRAME, {})], indirect=True)
def test_the_first_frame_is_there_without_what_it_does_not_show(terminal: Terminal) -> None:
    terminal.until(b" END")
    loaded = terminal.seen.decode().partition("MODULES ")[2].split()
    assert "techlead_tui.render.grid" in loaded
    ours = ("core.decide", "core.edits", "core.fixes", "core.items.kit", "planner.planner", "tui.actions")
    theirs = {"textual", "rich", "dataclasses", "json", "traceback", "platform", "threading"}
    assert not (theirs | {f"techlead_tui.{name}" for name in ours}) & set(loaded)


@pytest.mark.few(0)
def test_keys_typed_over_the_first_frame_are_not_lost(terminal: Terminal) -> None:
    terminal.until(b"\x1b[?2026l")  # the first frame is whole; Textual is still being imported
    assert b"Deep work" in terminal.seen
    terminal.send(b"q")
    assert terminal.end() == 0


def test_the_terminal_is_as_it_was_after_the_end(terminal: Terminal) -> None:
    terminal.until(b"\x1b[?2004h")  # Textual has taken over
    terminal.send(b"\x11")
    assert terminal.end() == 0
    assert termios.tcgetattr(terminal.slave) == terminal.before
    assert terminal.seen.count(b"\x1b[?1049h") == terminal.seen.count(b"\x1b[?1049l") == 1
    assert terminal.seen.rstrip().endswith(b"\x1b[?25h")


@pytest.mark.parametrize("terminal", [(CRASH, {})], indirect=True)
@pytest.mark.few(0)
def test_a_crash_restores_the_terminal_and_leaves_a_report(terminal: Terminal, tmp_path: Path) -> None:
    terminal.until(b"\x1b[?2004h")
    terminal.send(b"j")
    assert terminal.end() not in (0, None)
    assert termios.tcgetattr(terminal.slave) == terminal.before
    said = terminal.seen.rpartition(b"\x1b[?25h")[2].decode()
    assert "error:" in said
    assert "Traceback" not in said
    (report,) = (tmp_path / "data").glob("crash-*.txt")
    assert "broken on purpose" in report.read_text(encoding="utf-8")
    assert report.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("terminal", [(OPEN, {"NO_COLOR": "1"})], indirect=True)
@pytest.mark.few(0)
def test_without_colour_no_colour_is_written(terminal: Terminal) -> None:
    terminal.until(b"\x1b[?2004h")
    terminal.send(b"jjq")
    assert terminal.end() == 0
    for code in (b"38;", b"48;"):
        assert code not in terminal.seen


def test_an_empty_home_is_asked_four_questions_in_the_first_frame(tmp_path: Path) -> None:
    terminal = Terminal(OPEN, tmp_path)
    try:
        terminal.until(b"\x1b[?2026l")
        assert b"four questions, then your week" in terminal.seen
        terminal.until(b"\x1b[?2004h")
        terminal.pause()
        assert b"focus" not in terminal.seen  # the week does not flash up behind them
        for _ in range(4):
            terminal.send(b"\r")
            terminal.pause()
        terminal.until(b"focus")
        terminal.send(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert "first_run_done = true" in (tmp_path / "config" / "config.toml").read_text(encoding="utf-8")


@pytest.mark.few(0)
def test_a_signal_to_end_puts_the_terminal_back(terminal: Terminal) -> None:
    terminal.until(b"\x1b[?2004h")
    terminal.until(b"keys")
    os.kill(terminal.program.pid, signal.SIGTERM)
    assert terminal.end() == 128 + signal.SIGTERM
    assert termios.tcgetattr(terminal.slave) == terminal.before
    assert terminal.seen.count(b"\x1b[?1049l") == 1


@pytest.mark.slow
def test_a_step_of_the_cursor_writes_little(terminal: Terminal) -> None:
    terminal.until(b"\x1b[?2004h")
    terminal.quiet()
    terminal.send(b"t")
    terminal.quiet()
    before = len(terminal.seen)
    for _ in range(4):
        late = 12 <= NOW.hour < 17 and NOW.isoweekday() < 6  # else the cursor stands where a day begins
        terminal.send(b"k" if late else b"j")
        terminal.quiet()
    terminal.send(b"q")
    assert 0 < len(terminal.seen) - before <= 4 * 1200
    assert terminal.end() == 0


ENCODINGS = [
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


@pytest.mark.slow
@pytest.mark.parametrize("terminal", [(OPEN, environ) for environ in ENCODINGS], indirect=True)
def test_a_locale_that_is_not_utf_8_does_not_freeze_the_screen(terminal: Terminal) -> None:
    terminal.until(b"\x1b[?2004h")
    terminal.quiet()
    terminal.seen = b""
    terminal.send(b"?")
    terminal.until("─".encode())  # the dialog's edge
    terminal.quiet()
    terminal.seen = b""
    terminal.send(b"\x1b")
    terminal.until("▌".encode())  # the week again, in signs that the locale has not
    terminal.quiet()
    terminal.send(b"q")
    assert terminal.end() == 0
    assert termios.tcgetattr(terminal.slave) == terminal.before
    for left in (b"\x1b[?1049l", b"\x1b[?1000l"):
        assert left in terminal.seen
