"""The coding cadence on the screen: it opens with what is stored, fills in, and does what leads back."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.core.session import LogSession
from techlead_tui.tui.witness import Scanning
from tests.core.test_drift import coded
from tests.core.weeks import W48, day, moment
from tests.tui.conftest import Opened, Opener
from tests.tui.test_evidence import looked, remember


def log(screen: Opened, session: LogSession) -> None:
    screen.planner.apply(session, ["log"])


async def test_it_shows_what_is_stored_and_goes_back(opened: Opener) -> None:
    async with opened() as screen:
        log(screen, coded(0, "tue", pattern="lead"))
        await screen.press("c")
        text = screen.text()
        assert "pool fix" in text
        assert "2 h hands-on this week" in text
        assert "drift: unknown" in text
        await screen.press("tab")
        assert "BALANCE" in screen.text()
        assert "working time = " in screen.text()
        await screen.press("tab")
        assert "thresholds are ours" in " ".join(screen.text().split())
        await screen.press("tab", "escape")
        assert screen.app.screen is screen.screen


@pytest.mark.slow
async def test_commits_of_the_last_scan_are_there_and_new_ones_come(opened: Opener, tmp_path: Path) -> None:
    remember(tmp_path)
    async with opened() as screen:
        await screen.press("c")
        assert "Fix the pool" in screen.text()
        screen.app.post_message(Scanning((3, 20, "billing")))
        await screen.settle()
        assert "reading 3 of 20: billing" in screen.text()
        await looked(screen)
        assert "reading 3 of 20" not in screen.text()
        assert "last own commit Tue 24 Nov" in screen.text()


async def test_one_key_does_what_leads_back_and_another_takes_it_back(opened: Opener) -> None:
    async with opened() as screen:
        late = screen.clock.now
        screen.clock.now = moment("tue 9:00", W48.shift(-8))
        log(screen, coded(-8))
        screen.clock.now = late
        await screen.press("c")
        assert "drift: stage 4" in screen.text()
        before = len(screen.week().blocks)
        await screen.press("enter")
        added = [block for block in screen.week().blocks if block.type == "code"]
        assert len(screen.week().blocks) == before + 1
        assert added[0].day >= day("tue")
        await screen.press("u")
        assert len(screen.week().blocks) == before


async def test_where_all_is_well_enter_changes_nothing(opened: Opener) -> None:
    async with opened() as screen:
        before = screen.planner.snapshot().seq
        await screen.press("c", "enter")
        assert screen.planner.snapshot().seq == before
        assert "nothing to be done" in screen.text()


async def test_a_small_screen_scrolls(opened: Opener) -> None:
    async with opened(size=(40, 12)) as screen:
        for weekday in ("mon", "tue") * 4:
            log(screen, coded(0, weekday))
        await screen.press("c")
        first = screen.text()
        await screen.press("j", "j", "j")
        assert screen.text() != first
        await screen.press("k", "k", "k")
        assert screen.text() == first


@pytest.mark.slow
async def test_one_key_opens_what_the_playbook_says_of_each_pane(opened: Opener) -> None:
    async with opened(size=(120, 40)) as screen:
        await screen.press("c")
        for seen in ("Lead a critical feature", "What the role is", "The trap"):
            await screen.press("H")
            assert seen in screen.text()
            await screen.press("escape", "tab")
