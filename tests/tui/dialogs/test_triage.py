"""Triage by keys: criteria, a proxy, a proposal, what is kept; each one step of undo."""

from __future__ import annotations

from typing import Any

import pytest

from techlead_tui.core.edits import AddItem
from techlead_tui.core.snapshot import OPEN
from tests.core.weeks import W48
from tests.tui.conftest import Opened, Opener

SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])


async def open_triage(screen: Opened) -> None:
    fields = {"requester": "ana", "start": "2026-11-25T14:00", "end": "2026-11-25T14:30"}
    screen.planner.apply(AddItem("request", "budget sync", fields), ["invite"])
    await screen.press("i")


def requests(screen: Opened) -> list[Any]:
    snapshot = screen.planner.snapshot(W48)
    return [
        *snapshot.table(OPEN, "requests").values(),
        *snapshot.table(str(W48), "requests").values(),
    ]


@SIZES
async def test_the_card_shows_the_verdict_and_digits_set_the_criteria(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await open_triage(screen)
        assert "No: none of the four criteria holds" in screen.text()
        await screen.press("1")
        assert requests(screen)[0]["criteria"] == ["a"]
        assert "At another time: it needs your technical" in screen.text()
        await screen.press("1", "3")
        assert requests(screen)[0]["criteria"] == ["c"]


async def test_what_the_week_refuses_stays(opened: Opener) -> None:
    async with opened() as screen:
        await open_triage(screen)
        await screen.press("x")
        assert requests(screen)[0]["status"] == "waiting"
        assert "refused" in screen.text()


async def test_a_proxy_makes_a_delegation(opened: Opener) -> None:
    async with opened() as screen:
        await open_triage(screen)
        await screen.press("g")
        await screen.type("ben")
        await screen.press("enter")
        assert requests(screen)[0]["status"] == "proxied"
        (task,) = screen.planner.snapshot().table(OPEN, "delegations").values()
        assert task["owner"] == "ben"
        await screen.press("u")
        assert requests(screen)[0]["status"] == "waiting"
        assert not screen.planner.snapshot().table(OPEN, "delegations")


async def test_two_at_once_make_two_delegations(opened: Opener) -> None:
    async with opened() as screen:
        fields = {"start": "2026-11-25T15:00", "end": "2026-11-25T15:30"}
        screen.planner.apply(AddItem("request", "status call", fields), ["invite"])
        await open_triage(screen)
        await screen.press("space", "down", "space", "g")
        await screen.type("ben")
        await screen.press("enter")
        tasks = screen.planner.snapshot().table(OPEN, "delegations").values()
        assert len(tasks) == 2
        assert {one["status"] for one in requests(screen)} == {"proxied"}


async def test_a_proposal_holds_a_slot_and_what_is_kept_has_a_reason(opened: Opener) -> None:
    async with opened() as screen:
        await open_triage(screen)
        await screen.press("p")
        held = [
            block.summary
            for n in range(5)
            for block in _blocks(screen, n)
            if block.summary.startswith("Hold")
        ]
        assert held == ["Hold: budget sync"]
        await screen.press("u", "w")
        await screen.type("the CFO visits")
        await screen.press("enter")
        assert requests(screen)[0]["status"] == "kept"
        (block,) = [block for block in _blocks(screen, 0) if block.summary == "budget sync"]
        assert block.override is not None
        assert block.override.reason == "the CFO visits"


def _blocks(screen: Opened, weeks: int) -> Any:
    week = W48.shift(weeks)
    return screen.planner.snapshot(week).week(week).blocks
