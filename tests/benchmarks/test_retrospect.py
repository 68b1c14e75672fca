"""Measure Friday and the cadence with ten years of data, beside an empty home: pytest -m benchmark -s -n 0.

Reports the time of the processor; never fails for a time.
"""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path
from time import process_time

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.clock import now as system_now
from techlead_tui.config.local_time import Clock
from techlead_tui.config.paths import Folders
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import DARK
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.week_data import load_now
from tests.benchmarks.ten_years import fill
from tests.tui.conftest import Opened

ROUNDS = 7
ANSWERS = ("y", "n", "y", "up", "down", "backspace") * 5  # keys within the first step


@asynccontextmanager
async def opened(home: Path) -> AsyncIterator[Opened]:
    clock = StillClock(system_now(Clock.of_user(), UTC))
    planner = Planner(Folders.under(str(home)), clock, "tui", UTC)
    app = TechleadApp(planner, load_now(planner), DARK, size=(120, 40), beat=None)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = Opened(pilot, planner, clock)
        await screen.settle()
        yield screen


async def costs(home: Path) -> dict[str, list[float]]:
    """Return the milliseconds of the week screen, of what it opens, and of keys within the first step."""
    begun = process_time()
    async with opened(home) as screen:
        found = {"week screen": [(process_time() - begun) * 1000]}

        async def pressed(name: str, key: str) -> None:
            begun = process_time()
            await screen.press(key)
            found.setdefault(name, []).append((process_time() - begun) * 1000)

        await pressed("cadence", "c")
        await screen.press("escape")
        await pressed("friday", "f")
        for key in ANSWERS:
            await pressed("a key of friday", key)
    return found


@pytest.mark.benchmark
async def test_ten_years_beside_an_empty_home(tmp_path: Path) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    fill(str(full))
    taken: dict[Path, dict[str, list[float]]] = {empty: {}, full: {}}
    for turn in range(ROUNDS + 1):
        for home, times in taken.items():
            for name, some in (await costs(home)).items():
                times.setdefault(name, []).extend(some if turn else [])
    middle = {home: {name: statistics.median(some) for name, some in taken[home].items()} for home in taken}
    for name in ("cadence", "friday"):
        ratio = middle[full][name] / middle[empty][name]
        print(f"{name:8} {middle[full][name]:6.1f} ms with ten years, {ratio:4.2f} x the empty one")
    print(
        f"friday {middle[full]['friday'] / middle[full]['week screen']:4.2f} x the week screen (at most 1.3)"
    )
    for home, name in ((empty, "empty"), (full, "ten years")):
        last = statistics.quantiles(taken[home]["a key of friday"], n=20)[-1]
        print(f"a key of friday, {name}: p95 {last:4.1f} ms (at most 8)")
    assert all(len(some) >= ROUNDS for times in taken.values() for some in times.values())
