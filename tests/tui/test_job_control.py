"""A stopped job ends when it is told to, and a wrapper stops along with it; late answers are no keys."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from techlead_tui.config.files import write_text
from tests.conftest import ROOT, environment
from tests.tui.test_start import assert_restored, opened, saved
from tests.tui.test_terminal import DEADLINE, OPEN

pytestmark = [
    pytest.mark.process,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="needs a Unix shell"),
]


class Shell:
    """An interactive bash that leads the session of a terminal."""

    def __init__(self, home: Path) -> None:
        import fcntl
        import pty
        import termios
        from struct import pack

        write_text(str(home / "config" / "config.toml"), "first_run_done = true\n")
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, pack("HHHH", 30, 100, 0, 0))
        self.program = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "-i"],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=environment(TECHLEAD_HOME=str(home), TERM="xterm-256color", PS1="$ "),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.seen = b""

    def send(self, text: str) -> None:
        os.write(self.master, text.encode())

    def until(self, wanted: bytes) -> None:
        """Reads until something has been written since the last time."""
        last = time.monotonic() + DEADLINE
        while wanted not in self.seen:
            assert time.monotonic() < last, self.seen[-600:]
            if select.select([self.master], [], [], 0.1)[0]:
                self.seen += os.read(self.master, 65536)
        self.seen = self.seen.partition(wanted)[2]

    def close(self) -> None:
        os.killpg(self.program.pid, signal.SIGKILL)
        self.program.wait()
        os.close(self.master)


@pytest.mark.parametrize("call", ["{}", "sh -c '{}; true'"], ids=["alone", "in a wrapper"])
def test_ctrl_z_gives_the_shell_back_and_fg_the_screen(tmp_path: Path, call: str) -> None:
    shell = Shell(tmp_path)
    program = f'{sys.executable} -c "{OPEN}"'
    try:
        shell.send(call.format(program) + "\n")
        shell.until(b"keys")
        shell.send("\x1a")
        shell.until(b"\x1b[?1049l")
        shell.until(b"$ ")
        shell.send("echo back$((1+1))\n")
        shell.until(b"back2")
        shell.send("fg\n")
        shell.until(b"keys")
        shell.send("q")
        shell.until(b"\x1b[?1049l")
        shell.until(b"$ ")
        shell.send("echo back$((2+2))\n")
        shell.until(b"back4")
    finally:
        shell.close()


def test_a_stopped_job_ends_when_it_is_killed(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    try:
        shell.send(f'{sys.executable} -c "{OPEN}"\n')
        shell.until(b"keys")
        shell.send("\x1a")
        shell.until(b"Stopped")
        shell.until(b"$ ")
        shell.send("kill %1\n")
        shell.until(b"$ ")
        shell.send("until jobs | grep Exit; do :; done\n")
        shell.until(f"Exit {128 + signal.SIGTERM}".encode())
    finally:
        shell.close()


@pytest.mark.parametrize("name", ["SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGINT"])
def test_any_signal_that_ends_it_puts_the_terminal_back(tmp_path: Path, name: str) -> None:
    terminal = opened(tmp_path)
    try:
        terminal.send(b"asat 16-17 zebra +code\r")
        terminal.until(b"zebra")
        terminal.quiet()
        os.kill(terminal.program.pid, getattr(signal, name))
        assert terminal.end() == 128 + getattr(signal, name)
        assert_restored(terminal)
        assert "zebra" in saved(tmp_path)
    finally:
        terminal.close()


def test_what_a_terminal_answers_late_is_no_key(tmp_path: Path) -> None:
    terminal = opened(tmp_path)
    try:
        terminal.quiet()
        for answer in (
            b"\x1b[c",
            b"\x1b[>q",
            b"\x1b[<32;NaN;NaNM",
            b"\x1bP1+r544e=7874\x1b\\",
            b"\x1b[97;1:3u",
        ):
            terminal.send(answer)
            terminal.quiet()
        terminal.send(b"asat 16-17 zebra +code\r")
        terminal.until(b"zebra")
        terminal.send(b"q")
        assert terminal.end() == 0
        assert saved(tmp_path).count('"words"') == 1
    finally:
        terminal.close()
