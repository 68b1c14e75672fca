"""Measure lists and dialogs on the screen, in one run each: pytest -m benchmark -s -n 0 tests/benchmarks.

Reports; never fails for a time.
"""

from __future__ import annotations

import statistics
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.core.edits import AddItem, TurnItem
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.planner.items import items_of
from techlead_tui.planner.planner import Planner
from tests.tui import conftest
from tests.tui.conftest import Opened, Opener

opened = conftest.opened  # the fixture

ROUNDS = 15
OPEN, CLOSED = 500, 5000
KEYS = {
    "triage": ("i",),
    "say no": ("n",),
    "delegations": ("g",),
    "playbook": ("H",),
    "menu": ("M",),
    "people": ("at",),
    "settings": ("comma",),
    "find": ("slash",),
    "free": ("F",),
}


def fill(planner: Planner) -> None:
    """Write the open items, then the closed ones, in weeks further and further back."""
    clock = planner.clock
    assert isinstance(clock, StillClock)
    now = clock.now
    for number in range(0, OPEN + CLOSED, 250):
        clock.now = now - timedelta(weeks=max(0, number - OPEN) // 250)
        edits = [AddItem("delegation", f"runbook {n}", {"owner": "ana"}) for n in range(number, number + 250)]
        planner.apply_all(edits, ["delegate"])
        if number >= OPEN:
            found = items_of(planner, kind_of("delegation")).items
            items = [item for item in found if int(item.summary.split()[1]) >= number]
            turns = [TurnItem("delegation", item.uid, "done", {}) for item in items]
            planner.apply_all(turns, ["delegations"])
    clock.now = now


async def opening(screen: Opened, *keys: str) -> float:
    """Return the median seconds of the processor from the key to the list at rest, however busy it is."""
    taken = []
    for _ in range(ROUNDS):
        begun = process_time()
        await screen.press(*keys)
        taken.append(process_time() - begun)
        await screen.press("escape")
        assert screen.app.screen is screen.screen
    return statistics.median(taken)


@pytest.mark.benchmark
async def test_dialogs_open(opened: Opener) -> None:
    async with opened() as screen:
        floor = await opening(screen, "j")
        for name, keys in KEYS.items():
            taken = await opening(screen, *keys)
            print(f"{name:12} {(taken - floor) * 1000:6.1f} ms beyond a key of the cursor")


@pytest.mark.benchmark
async def test_a_long_list_beside_an_empty_one(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        empty = await opening(screen, "g")
        fill(screen.planner)
        await screen.screen.reload()
        await screen.settle()
        full = await opening(screen, "g")
        times = f"{full * 1000:.0f} ms, {empty * 1000:.0f} ms"
        print(f"{OPEN} open and {CLOSED} closed: {full / empty:5.2f} x an empty list ({times})")
    assert (tmp_path / "data").exists()
