"""Machines in processes of their own: killed at any moment of a sync, they end in step and lose nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import environment

ROUNDS = 12


def run(home: Path, *args: str) -> subprocess.Popen[str]:
    env = environment() | {"TECHLEAD_HOME": str(home)}
    call = [sys.executable, "-P", "-m", "techlead_tui", *args]
    return subprocess.Popen(call, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def done(home: Path, *args: str) -> str:
    process = run(home, *args)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills as POSIX does")
def test_three_homes_whose_syncs_are_killed_lose_and_double_nothing(tmp_path: Path) -> None:
    rng = random.Random(7)
    homes = [tmp_path / name for name in "abc"]
    for home in homes:
        (home / "config").mkdir(parents=True)
        text = f'[machines]\nfolder = "{tmp_path / "shared"}"\nname = "{home.name}"\n'
        (home / "config" / "config.toml").write_text(text)
    logged = []
    for number in range(ROUNDS):
        home = rng.choice(homes)
        done(home, "log", "5m", f"number-{number}")
        logged.append(f"number-{number}")
        process = run(rng.choice(homes), "sync")
        time.sleep(rng.uniform(0.05, 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    for home in homes * 2:
        done(home, "sync")
    told = [done(home, "sessions", "all", "--json") for home in homes]
    assert told[0] == told[1] == told[2]
    assert [told[0].count(f'"{name}"') for name in logged] == [1] * ROUNDS
    assert len(list((tmp_path / "shared").glob("*.jsonl"))) == len(homes)
    assert "all is well" in done(homes[0], "doctor")
