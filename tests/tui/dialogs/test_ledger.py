"""The series ledger by keys and by mouse: rates, decisions, a trial; each one step of undo."""

from __future__ import annotations

from typing import Any

import pytest

from techlead_tui.core.edits import AddBlock
from techlead_tui.core.series import Repeat
from techlead_tui.core.snapshot import OPEN
from techlead_tui.tui.dialogs.ledger import LedgerDialog
from tests.core.weeks import W48, day
from tests.tui.conftest import Opened, Opener
from tests.tui.hand import click_words, wheel_to

SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
BUDGET = AddBlock(
    "Budget sync", day("mon"), 990, 1020, "meeting", "cross-team", ("ana",), repeat=Repeat(), override="x"
)

pytestmark = pytest.mark.usefixtures("no_clipboard")


async def open_ledger(screen: Opened) -> None:
    screen.planner.apply(BUDGET, ["add"])
    await screen.screen.run_action("items('series')")
    await screen.settle()
    await screen.press("slash")
    await screen.type("Budget")
    await screen.press("down")


def reviews(screen: Opened) -> list[Any]:
    return list(screen.planner.snapshot().table(OPEN, "series_reviews").values())


def coming(screen: Opened) -> list[str]:
    weeks = [W48.shift(n) for n in range(1, 5)]
    snapshot = screen.planner.snapshot(*weeks)
    return [str(b.day) for week in weeks for b in snapshot.week(week).live if b.summary == "Budget sync"]


@SIZES
@pytest.mark.slow
async def test_the_ledger_says_what_a_meeting_costs_and_what_a_decision_wins(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await open_ledger(screen)
        text = screen.text()
        assert "5 recurring meetings, at most 5" in text
        assert "in 4 weeks: 2 h of yours, 4 h of everybody" in text
        assert "wins in four weeks: shorten 1 h" in " ".join(text.split())
        assert "organised by you" in text


@pytest.mark.slow
async def test_rates_propose_and_each_decision_is_one_key_and_one_step(opened: Opener) -> None:
    async with opened() as screen:
        await open_ledger(screen)
        await screen.press("v", "f", "f", "f")
        assert [(one["value"], one["effort"]) for one in reviews(screen)] == [(1, 3)]
        assert "suggested: drop" in screen.text()
        await screen.press("v", "v", "v")
        assert reviews(screen)[0]["value"] is None
        for key, state, left in (("o", "keep", 4), ("s", "shorten", 4), ("w", "async", 0), ("d", "drop", 0)):
            await screen.press(key)
            assert (reviews(screen)[0]["status"], len(coming(screen))) == (state, left)
            await screen.press("u")
            assert len(coming(screen)) == 4
        assert "I'm leaving Budget sync" in screen.app.clipboard
        await screen.press("g")
        await screen.type("ben")
        await screen.press("enter")
        assert "ben goes to Budget sync in my place" in screen.app.clipboard
        (task,) = screen.planner.snapshot().table(OPEN, "delegations").values()
        assert task["owner"] == "ben"


@pytest.mark.slow
async def test_a_trial_pauses_for_two_weeks_and_asks_then(opened: Opener) -> None:
    async with opened() as screen:
        await open_ledger(screen)
        await screen.press("t")
        (found,) = reviews(screen)
        assert (found["status"], found["trial"]) == ("drop", "2026-12-08")
        assert coming(screen) == ["2026-12-14", "2026-12-21"]
        assert "until Tue 8 Dec" in screen.app.clipboard


@SIZES
@pytest.mark.slow
async def test_the_ledger_goes_by_mouse_alone(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        screen.planner.apply(BUDGET, ["add"])
        await click_words(screen, "? keys")
        await wheel_to(screen, "Open the series ledger")
        await click_words(screen, "Open the series ledger")
        assert isinstance(screen.app.screen, LedgerDialog)
        await click_words(screen, "Budget sync")
        await click_words(screen, "d drop")
        assert reviews(screen)[0]["status"] == "drop"
        await click_words(screen, "u undo")
        await click_words(screen, "v value")
        assert reviews(screen)[0]["value"] == 1


async def test_no_is_said_to_the_next_one(opened: Opener) -> None:
    async with opened() as screen:
        await open_ledger(screen)
        await screen.press("n")
        assert "Say no · Budget sync" in screen.text()
        assert "Mon 30 Nov" in screen.text()
