"""Measure what a scan of twenty repositories costs, beside the bare git calls and beside `techlead now`:
pytest -m benchmark -s -n 0. Reports; never fails for a time."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import environment

REPOSITORIES, DAYS, ROUNDS = 20, 84, 9
END = 1795514400  # 2026-11-24 10:00 UTC
PYTHON = [sys.executable, "-m", "techlead_tui"]
LOG = ("log", "--branches", "--remotes", "--no-merges", "-F", "-i", "--author=<ada@example.org>", "-z")


def history(number: int) -> bytes:
    """Return twelve weeks of two people, as `git fast-import` reads it."""
    out = []
    for day in range(DAYS):
        for turn in range(4):
            who = ("Ada <ada@example.org>", "Ben <ben@example.org>")[turn % 2]
            at = f"{END - (DAYS - day) * 86400 + turn * 3600} +0000"
            text = "".join(f"line {number} {line} {day}\n" for line in range(50 + day % 7 * 10 + turn))
            said = f"Work {number} {day} {turn}\n"
            out.append(
                f"commit refs/heads/main\nauthor {who} {at}\ncommitter {who} {at}\ndata {len(said)}\n{said}"
                f"M 100644 inline f{day % 9}.txt\ndata {len(text)}\n{text}\n"
            )
    return "".join(out).encode()


def made(root: Path) -> dict[str, str]:
    """Make the repositories below root/src and a home that lists them; the variables for both."""
    environ = environment(HOME=str(root), GIT_CONFIG_NOSYSTEM="1", TECHLEAD_HOME=str(root / "home"))
    (root / ".gitconfig").write_text("[user]\nname = Ada\nemail = ada@example.org\n")
    for number in range(REPOSITORIES):
        folder = root / "src" / f"r{number}"
        folder.mkdir(parents=True)
        for words, said in (("init -q", b""), ("fast-import --quiet", history(number)), ("gc -q", b"")):
            subprocess.run(["git", "-C", folder, *words.split()], env=environ, input=said, check=True)
    run([*PYTHON, "repos", "add", str(root / "src")], environ)
    run([*PYTHON, "log", "45m", "x"], environ)
    return environ


def run(call: list[str], environ: dict[str, str]) -> None:
    subprocess.run(call, env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=True)


@pytest.mark.benchmark
@pytest.mark.process
def test_scans_beside_git_and_now(tmp_path: Path) -> None:
    environ = made(tmp_path)

    def bare() -> None:
        for number in range(REPOSITORIES):
            folder = str(tmp_path / "src" / f"r{number}")
            run(["git", "-C", folder, "--no-pager", *LOG, "--numstat", "--since=2026-09-01"], environ)

    def cold() -> None:
        shutil.rmtree(tmp_path / "home" / "cache" / "evidence", ignore_errors=True)
        run([*PYTHON, "repos", "scan", "--json"], environ)

    calls: dict[str, Callable[[], None]] = {
        "bare": bare,
        "cold": cold,
        "warm": lambda: run([*PYTHON, "repos", "scan", "--json"], environ),
        "sessions": lambda: run([*PYTHON, "sessions", "--json"], environ),
        "now": lambda: run([*PYTHON, "now"], environ),
    }
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(ROUNDS + 1):
        for name, call in calls.items():
            begun = time.perf_counter()
            call()
            if turn:  # the first round fills the caches
                taken[name].append(time.perf_counter() - begun)
    for name, beside, limit in (("cold", "bare", 1.3), ("warm", "now", 1.2), ("sessions", "now", 2.0)):
        pairs = zip(taken[name], taken[beside], strict=True)
        ratio = statistics.median(one / other for one, other in pairs)
        print(f"{name:9} {ratio:5.2f} x {beside:5} (at most {limit})")
    assert all(len(times) == ROUNDS for times in taken.values())


@pytest.mark.benchmark
@pytest.mark.process
async def test_keys_while_a_scan_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime

    from techlead_tui.config.clock import StillClock
    from techlead_tui.config.paths import Folders
    from techlead_tui.planner.planner import Planner
    from techlead_tui.render.palette import DARK
    from techlead_tui.tui.app import TechleadApp
    from techlead_tui.tui.week_data import load_now

    for name, value in made(tmp_path).items():
        monkeypatch.setenv(name, value)
    clock = StillClock(datetime.fromtimestamp(END, UTC))
    planner = Planner(Folders.under(str(tmp_path / "home")), clock, "tui", UTC)
    app = TechleadApp(planner, load_now(planner), DARK, size=(120, 40), beat=None)
    async with app.run_test(size=(120, 40)):
        for busy in (False, True):
            shutil.rmtree(tmp_path / "home" / "cache" / "evidence", ignore_errors=True)
            if busy:
                app.look_for_evidence()
            times = []
            for number in range(200):
                begun = time.perf_counter()
                await app.week_screen.run_action(("down", "up")[number % 2])
                app.screen._on_timer_update()
                times.append((time.perf_counter() - begun) * 1000)
                await asyncio.sleep(0.002)
            last = statistics.quantiles(times, n=20)[-1]
            print(f"cursor, scan {busy!s:5}: p50 {statistics.median(times):.1f} ms, p95 {last:.1f} ms")
        await app.workers.wait_for_complete()
        assert len(app.desk.witness.evidence.commits) == REPOSITORIES * DAYS * 2
