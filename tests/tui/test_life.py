"""What happens to a screen that stays open: others write, sizes change, keys come all at once."""

import os
import re
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest

from techlead_tui.core.calendar import IsoWeek, minute_of
from techlead_tui.planner.planner import Planner
from tests.conftest import NOW, environment
from tests.core.weeks import W48, add, day
from tests.tui.conftest import Opener
from tests.tui.test_terminal import OPEN, Terminal

NEEDS_A_TERMINAL = pytest.mark.skipif(os.name == "nt", reason="needs a Unix terminal")
PROCESS = pytest.mark.process
SIZES = [
    (30, 10),
    (39, 12),
    (40, 10),
    (79, 20),
    (80, 24),
    (111, 30),
    (112, 30),
    (200, 60),
    (250, 70),
    (33, 70),
]
WHOLE_DAY = 60  # lines
OVER = (NOW.isoweekday(), NOW.hour) >= (5, 17)  # the screen opens the next week then
NEXT_THURSDAY = f"{IsoWeek.of(NOW.date()).shift(2 if OVER else 1).day(4)}"  # of the week that `]` shows
GRACE = 2.0  # seconds on a machine that is busy; on a quiet one 0.3 are held


def home_of(folder: Path) -> Path:
    """A home whose first run is over."""
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "config.toml").write_text("first_run_done = true\n", encoding="utf-8")
    return folder


def shell(home: Path, *words: str, **environ: str) -> None:
    """Another process: a command in a shell beside the screen."""
    subprocess.run(
        [sys.executable, "-m", "techlead_tui", *words],
        env=environment(TECHLEAD_HOME=str(home)) | environ,
        check=True,
        capture_output=True,
    )


def opened_terminal(home: Path, lines: int = 30, **environ: str) -> Terminal:
    terminal = Terminal(OPEN, home, lines, **environ)
    terminal.until(b"\x1b[?2004h")
    terminal.quiet()
    return terminal


@NEEDS_A_TERMINAL
@PROCESS
@pytest.mark.few(0)
def test_what_another_process_commits_appears_soon(tmp_path: Path) -> None:
    terminal = opened_terminal(home_of(tmp_path), WHOLE_DAY)
    try:
        terminal.send(b"]")
        terminal.quiet()
        shell(tmp_path, "add", NEXT_THURSDAY, "13-14", "zebra", "+code")
        done = time.monotonic()
        terminal.until(b"zebra")
        assert time.monotonic() - done < GRACE
        terminal.send(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()


@NEEDS_A_TERMINAL
@PROCESS
@pytest.mark.slow
def test_two_screens_on_one_store_show_each_others_blocks(tmp_path: Path) -> None:
    home_of(tmp_path)
    first, second = opened_terminal(tmp_path, WHOLE_DAY), opened_terminal(tmp_path, WHOLE_DAY)
    try:
        for terminal in (first, second):
            terminal.send(b"]")
            terminal.quiet()
        for one, other, word in ((first, second, b"zebra"), (second, first, b"heron")):
            one.send(b"a")
            one.quiet()
            one.send(NEXT_THURSDAY.encode() + b" 13-14 " + word + b" +code")
            one.quiet()
            one.send(b"\r")
            before = len(other.seen)
            other.until(word)
            assert word not in other.seen[:before]
            one.quiet()
            other.quiet()
            one.send(b"u")  # the other one may use the same time
            one.quiet()
            other.quiet()
        for terminal in (first, second):
            terminal.send(b"q")
            assert terminal.end() == 0
    finally:
        first.close()
        second.close()


@NEEDS_A_TERMINAL
@PROCESS
@pytest.mark.parametrize(
    "term",
    [
        "xterm",
        "no-such-terminal",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("screen", "tmux-256color", "vt100", "linux")
        ),
    ],
)
@pytest.mark.few(0)
def test_any_terminal_is_drawn_on_and_left_as_it_was(tmp_path: Path, term: str) -> None:
    import termios

    terminal = opened_terminal(home_of(tmp_path), TERM=term)
    try:
        assert b"Deep work" in terminal.seen
        terminal.send(b"jjq")
        assert terminal.end() == 0
        assert termios.tcgetattr(terminal.slave) == terminal.before
    finally:
        terminal.close()


@NEEDS_A_TERMINAL
@PROCESS
@pytest.mark.slow
def test_keys_that_come_all_at_once_break_nothing(tmp_path: Path) -> None:
    terminal = opened_terminal(home_of(tmp_path))
    try:
        terminal.send(b"]" * 40 + b"[" * 40 + b"jk" * 200 + b"t" + b"z" * 3 + b"w" * 3)
        terminal.quiet()
        terminal.send(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()


@NEEDS_A_TERMINAL
@PROCESS
@pytest.mark.few(0)
def test_a_paste_outside_a_line_changes_nothing(tmp_path: Path) -> None:
    terminal = opened_terminal(home_of(tmp_path))
    try:
        terminal.send(b"\x1b[200~xdddx\rmeeting notes\x1b[201~")
        terminal.quiet()
        terminal.send(b"q")
        assert terminal.end() == 0
        assert not (tmp_path / "data" / "journal.jsonl").exists()
    finally:
        terminal.close()


@NEEDS_A_TERMINAL
@PROCESS
@pytest.mark.parametrize(
    "size", [(0, 0), *(pytest.param(size, marks=pytest.mark.slow) for size in ((1, 1), (3, 2), (1000, 4)))]
)
@pytest.mark.few(0)
def test_a_terminal_that_lies_about_its_size_breaks_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    import fcntl
    import signal
    import termios
    from struct import pack

    terminal = opened_terminal(home_of(tmp_path))
    try:
        for width, height in (size, (100, 30), size):
            fcntl.ioctl(terminal.slave, termios.TIOCSWINSZ, pack("HHHH", height, width, 0, 0))
            os.kill(terminal.program.pid, signal.SIGWINCH)
            terminal.send(b"jl]z")
            terminal.quiet()
        terminal.send(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()


@pytest.mark.slow
async def test_no_size_breaks_the_screen(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        for (width, height), key in product(SIZES, ("down", "z")):
            await screen.pilot.resize_terminal(width, height)
            await screen.press(key)
            assert "W48" in screen.text()


async def test_a_size_that_changes_in_the_middle_of_something_keeps_it(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m", "up")
        for size in ((60, 20), (30, 10), (120, 40)):
            await screen.pilot.resize_terminal(*size)
            await screen.settle()
        await screen.press("enter")
        block = next(block for block in screen.week(W48).blocks if block.source == "own")
        assert minute_of(block.start) == 13 * 60 + 45


@pytest.mark.slow
async def test_weeks_at_hand_are_forgotten_when_something_is_written(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("right_square_bracket", "left_square_bracket")
        later = day("wed", W48.shift(1))
        other = Planner(screen.planner.folders, screen.clock, "cli", screen.planner.zone)
        other.apply(add("wed 14:00-16:00", "code", summary="zebra", day=later), ["add"])
        screen.app.beat()
        await screen.settle()
        await screen.press("right_square_bracket")
        assert "zebra" in screen.text()


@pytest.mark.written
async def test_a_key_writes_few_rows(opened: Opener) -> None:
    """What a cursor, a moved block and a drag repaint, counted in rows of the grid and of the panel."""
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.settle()
        painted = screen.painted_lines()
        for keys, most in (("j", 2), ("k", 2), ("m", 6), ("up", 7), ("up", 7), ("escape", 8)):
            painted.clear()
            await screen.press(keys)
            assert 1 <= len(painted) <= most, keys


@NEEDS_A_TERMINAL
@PROCESS
@pytest.mark.slow
def test_keys_write_few_bytes(tmp_path: Path) -> None:
    """A cursor step at most 1.2 KB, a step of a block that is moved at most 2 KB, a drag 3.5 KB an event."""
    home_of(tmp_path)
    clock = {"TECHLEAD_NOW": "2026-11-26T11:37"}  # a row is looked for, and steps stay within the week
    shell(tmp_path, "add", "2026-12-02", "13-15", "pool", "+code", **clock)
    terminal = opened_terminal(tmp_path, COLORTERM="truecolor", **clock)
    try:
        row = next(int(found[1]) for found in re.finditer(rb"\x1b\[(\d+);\d+H[^\n]*?13:00", terminal.seen))

        def cost(keys: bytes) -> int:
            terminal.quiet()
            before = len(terminal.seen)
            terminal.send(keys)
            terminal.quiet()
            return len(terminal.seen) - before

        cost(b"]")
        cost(b"h")
        assert max(cost(key) for key in (b"j", b"k", b"h", b"l")) <= 1200
        x = 7 + 1 + 2 * 19 + 8
        cost(b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm" % (x, row, x, row))
        cost(b"m")
        assert max(cost(key) for key in (b"j", b"j", b"k")) <= 2000
        cost(b"\x1b")
        cost(b"\x1b[<0;%d;%dM" % (x, row))
        assert max(cost(b"\x1b[<32;%d;%dM" % (x, row + step)) for step in (1, 2, 3, 2)) <= 3500
        cost(b"\x1b")
        terminal.send(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()


@pytest.mark.parametrize("opening", ["a", "e", "slash", "question_mark", "M", "comma", "f", "K"])
@pytest.mark.few(1)
async def test_ctrl_q_leaves_out_of_whatever_is_open(opened: Opener, opening: str) -> None:
    async with opened() as screen:
        screen.screen.go(day("tue"), 14 * 60)
        await screen.press(opening)
        await screen.pilot.press("ctrl+q")
        assert screen.app.return_code == 0


async def test_ctrl_c_says_how_to_leave(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("ctrl+c")
        assert "ctrl+q leaves" in screen.text()
        assert screen.app.return_code is None
