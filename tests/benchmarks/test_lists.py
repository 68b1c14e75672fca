"""What lists and dialogs cost on the screen, in one run each: pytest -m benchmark -s -n 0 tests/benchmarks.

Reports; never fails for a time.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from time import perf_counter

import pytest

from techlead_tui.core.edits import AddItem, TurnItem
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.planner.items import items_of
from techlead_tui.planner.planner import Planner
from tests.tui.conftest import Opened, Opener

ROUNDS = 15
OPEN, CLOSED = 500, 5000
KEYS = {"triage": ("i",), "say no": ("n",), "delegations": ("g",), "playbook": ("H",), "menu": ("M",)}


def fill(planner: Planner) -> None:
    """Write the open items, then as many closed ones."""
    for number in range(0, OPEN + CLOSED, 250):
        edits = [AddItem("delegation", f"runbook {n}", {"owner": "ana"}) for n in range(number, number + 250)]
        planner.apply_all(edits, ["delegate"])
        if number >= OPEN:
            items = items_of(planner, kind_of("delegation")).items[-250:]
            turns = [TurnItem("delegation", item.uid, "done", {}) for item in items]
            planner.apply_all(turns, ["delegations"])


async def opening(screen: Opened, *keys: str) -> float:
    """Return the median seconds from the key to the list at rest."""
    taken = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        await screen.press(*keys)
        taken.append(perf_counter() - begun)
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
        print(f"{OPEN} open and {CLOSED} closed: {full / empty:5.2f} x an empty list ({full * 1000:.0f} ms)")
    assert (tmp_path / "data").exists()
