"""Measure a shell command as a multiple of a bare Python in the same run: pytest -m benchmark -s -n 0.

Reports; never fails for a time. Commands are interleaved, so that drift of the machine hits all alike.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.ten_years import fill
from tests.conftest import environment

ROUNDS = 15
COMMANDS = {
    "log": ["log", "5m", "x"],
    "start": ["start", "x"],
    "stop": ["stop"],
    "now": ["now"],
    "week --json": ["week", "--json"],
    "sessions --json": ["sessions", "--json"],
    "add": ["add", "fri", "14-15", "spike", "+code", "--json"],
    "invite": ["invite", "fri", "14-15", "sync", "--json"],
    "--version": ["--version"],
}


def seconds(call: list[str], home: Path) -> float:
    env = environment(TECHLEAD_HOME=str(home))
    begun = time.perf_counter()
    subprocess.run(call, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return time.perf_counter() - begun


@pytest.mark.benchmark
@pytest.mark.process
@pytest.mark.parametrize("weeks", [0, 520])
def test_commands_beside_a_bare_python(weeks: int, tmp_path: Path) -> None:
    if weeks:
        fill(str(tmp_path), weeks)
    python = [sys.executable]
    calls = {name: [*python, "-m", "techlead_tui", *words] for name, words in COMMANDS.items()}
    calls["floor"] = [*python, "-c", "pass"]
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        seconds(call, tmp_path)
    for turn in range(ROUNDS):
        names = list(calls)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            taken[name].append(seconds(calls[name], tmp_path))
    floor = taken.pop("floor")
    for name, times in taken.items():
        ratio = statistics.median(one / base for one, base in zip(times, floor, strict=True))
        print(f"{weeks:4} weeks  {name:16} {ratio:5.2f} x python -c pass")
    assert all(len(times) == ROUNDS for times in taken.values())
