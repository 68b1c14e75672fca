"""A screen that stays open all week does not grow: the real program, its memory as the system counts it."""

import sys
from pathlib import Path

import pytest

from tests.tui.test_life import home_of, opened_terminal

MOST = 4096  # KiB that 6000 keys and 300 dialogs may add
ESCAPE = b"\x1b[27u"  # in one go with others the bare byte would be part of what follows
KEYS = (
    b"jk" * 20 + b"hl" * 15 + b"]" * 10 + b"[" * 10 + b"t" + b"\t" * 8 + b"z" * 3 + b"w" * 3 + b"v" * 5
) * 5
DIALOGS = [b"e", b"?", b"/pool", b"F", b"T", b"K", b",", b"f", b"afri 16-17 x", b"R"]
OPENED = b"".join(key + ESCAPE * 2 for key in DIALOGS)
ROUNDS = 10  # of 660 keys and 30 dialogs


def resident(pid: int) -> int:
    """KiB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_six_thousand_keys_and_three_hundred_dialogs_keep_little(tmp_path: Path) -> None:
    terminal = opened_terminal(home_of(tmp_path))
    try:
        figures = []
        for _ in range(3 + ROUNDS):  # the first three load what is loaded when first asked for
            for burst in (KEYS[:330], KEYS[330:], OPENED, OPENED, OPENED):
                terminal.send(burst)
                terminal.quiet()  # a pause, as people make them: garbage is collected in it
            figures.append(resident(terminal.program.pid))
        assert figures[-1] - figures[2] <= MOST, figures
        terminal.send(b"q")
        assert terminal.end() == 0
    finally:
        terminal.close()
