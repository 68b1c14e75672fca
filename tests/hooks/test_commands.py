"""Commands of the user's that hang, flood, fail, fork and print escapes: each is ended and told."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from techlead_tui.core.hook import Hook
from techlead_tui.hooks.commands import is_there, run_hook
from tests.conftest import environment

pytestmark = pytest.mark.process
TOLD = {"schema": 1, "event": "focus-start", "block": {"summary": "Grüße \x1b[31m $(touch x) `y`"}}


def failed(code: str, seconds: int = 5, told: dict[str, object] | None = None) -> str | None:
    hook = Hook("focus-start", (sys.executable, "-c", code), seconds)
    error = run_hook(hook, TOLD if told is None else told, environment())
    return None if error is None else error.removeprefix(f"{sys.executable} ")


def test_it_is_given_json_and_its_arguments_as_they_are(tmp_path: Path) -> None:
    got = tmp_path / "got"
    code = f"import sys; open({str(got)!r}, 'w').write(sys.stdin.read() + '|'.join(sys.argv[1:]))"
    hook = Hook("focus-start", (sys.executable, "-c", code, "$HOME", "a b; rm -rf *"))
    assert run_hook(hook, TOLD, environment()) is None
    line, _, args = got.read_text().partition("\n")
    assert json.loads(line) == TOLD
    assert args == "$HOME|a b; rm -rf *"


def test_it_is_told_what_it_runs_at() -> None:
    assert failed("import os; assert os.environ['TECHLEAD_HOOK'] == 'focus-start'") is None


def test_one_that_does_not_read_what_it_is_given_does_well() -> None:
    assert failed("pass", told={"summary": "x" * 1_000_000}) is None


def test_one_that_is_not_there_is_told() -> None:
    hook = Hook("focus-end", ("/nonesuch/slack",))
    assert run_hook(hook, TOLD, environment()) == "/nonesuch/slack cannot be run: no such file or directory"
    assert not is_there(hook.command, environment())
    assert is_there((sys.executable,), environment())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("while True: print('x' * 100000)", "wrote more than 1 MB"),
        ("import sys; sys.exit(3)", "ended with 3"),
        ("import sys\nwhile True: print('x' * 100000, file=sys.stderr)", "took longer than 1 second"),
        ("import time; time.sleep(60)", "took longer than 1 second"),
        ("import os; os.kill(os.getpid(), 9)", "ended with -9"),
        (
            "import sys; print('\\x1b]0;x\\x07[red]\\u202eno\\nmore', file=sys.stderr); sys.exit(1)",
            "ended with 1: ]0;x [red] no",
        ),
        (
            "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)",
            "took longer than 1 second",
        ),
    ],
    ids=["floods", "fails", "floods stderr", "hangs", "is killed", "prints escapes", "does not want to end"],
)
@pytest.mark.few(1)
def test_one_that_does_not_behave_is_ended_and_told(code: str, said: str) -> None:
    begun = time.monotonic()
    assert failed(code, seconds=1) == said
    assert time.monotonic() - begun < 10


def test_what_it_leaves_in_the_background_ends_with_it(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], "
        "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        f"open({str(pid)!r}, 'w').write(str(child.pid))"
    )
    assert failed(code) is None
    assert _is_gone(int(pid.read_text()))


def _is_gone(pid: int) -> bool:
    for _ in range(200):
        try:
            os.kill(pid, 0)
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":  # nobody has asked how it ended
                    return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.01)
    return False
