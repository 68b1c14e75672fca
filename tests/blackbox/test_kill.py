"""Processes of the real program killed at random moments: whatever they said was saved is there."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import environment

pytestmark = pytest.mark.process
ROUNDS = 40
LOG = [sys.executable, "-m", "techlead_tui", "log", "5m"]


@pytest.mark.slow
def test_nothing_that_was_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    env = environment(TECHLEAD_HOME=str(tmp_path))
    rng = random.Random(1)
    begun = time.monotonic()
    subprocess.run([*LOG, "first"], env=env, check=True, capture_output=True)
    usual = time.monotonic() - begun
    saved = {"first"}
    for number in range(ROUNDS):
        writers = [(f"{number}-{n}", rng.uniform(0.4, 1.3) * usual) for n in range(2)]
        running = {
            name: subprocess.Popen([*LOG, name], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for name, _ in writers
        }
        for name, patience in sorted(writers, key=lambda writer: writer[1]):
            process = running[name]
            try:
                process.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
            if process.returncode == 0:
                saved.add(name)
    call = [sys.executable, "-m", "techlead_tui", "sessions", "all", "--json"]
    answer = subprocess.run(call, env=env, check=True, capture_output=True, text=True)
    listed = [session["summary"] for session in json.loads(answer.stdout)["sessions"]]
    assert saved <= set(listed)
    assert len(listed) == len(set(listed))
    assert ROUNDS // 4 < len(saved) < 2 * ROUNDS + 1  # some were killed, some were not
