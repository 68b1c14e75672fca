"""Other time zones on the screen: what was planned elsewhere, and a zone that changes while it is open."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.text import times
from techlead_tui.planner.planner import Planner
from tests.core.weeks import W48, ZONE, add, day
from tests.tui.conftest import Opened, Opener

NEW_YORK = ZoneInfo("America/New_York")


def plan_in(folder: Path, zone: str, when: str) -> None:
    """Plan work in a store as somebody does who is in that zone."""
    there = ZoneInfo(zone)
    clock = StillClock(at(day("mon", W48.shift(-1)), 540, there))
    Planner(Folders.under(str(folder)), clock, "tui", there).apply(add(when, "code", summary="pool"), ["add"])


def own(screen: Opened, key: IsoWeek = W48) -> list[str]:
    """The own blocks of a week: day, times and minutes."""
    found = [block for block in screen.week(key).blocks if block.source == "own"]
    return [f"{block.start:%a} {times(block.span)} {block.planned_minutes}" for block in found]


async def test_a_block_over_midnight_is_drawn_on_both_days_and_moved_whole(
    opened: Opener, tmp_path: Path
) -> None:
    plan_in(tmp_path, "Asia/Tokyo", "tue 13:30-15:30")
    async with opened(now=at(day("mon"), 480, NEW_YORK), zone=NEW_YORK) as screen:
        assert own(screen) == ["Mon 23:30–01:30 120"]
        screen.screen.go(day("tue"), 30)
        await screen.settle()
        assert screen.screen.here is not None
        assert screen.screen.here.summary == "pool"
        assert "23:30–01:30" in screen.text()
        screen.screen.go(day("mon"), 23 * 60 + 30)
        await screen.press("m", *"k" * 8)
        assert "21:30–23:30" in screen.text()
        await screen.press("enter")
        assert own(screen) == ["Mon 21:30–23:30 120"]
        await screen.press("u")
        assert own(screen) == ["Mon 23:30–01:30 120"]


@pytest.mark.slow
async def test_a_block_over_midnight_goes_whole_to_another_day_and_back_into_its_form(
    opened: Opener, tmp_path: Path
) -> None:
    plan_in(tmp_path, "Asia/Tokyo", "tue 13:30-15:30")
    async with opened(now=at(day("mon"), 480, NEW_YORK), zone=NEW_YORK) as screen:
        screen.screen.go(day("mon"), 23 * 60 + 30)
        await screen.press("m", "l", "l", "j", "enter")
        assert own(screen) == ["Wed 23:45–01:45 120"]
        await screen.press("e", "tab", "tab", "tab")
        await screen.type("thu")
        await screen.press("enter")
        assert own(screen) == ["Thu 23:45–01:45 120"]


@pytest.mark.slow
async def test_a_block_that_is_carried_off_the_night_of_a_change_keeps_what_passes(opened: Opener) -> None:
    sunday = day("sun", IsoWeek(2027, 12))
    async with opened(now=at(day("mon", IsoWeek(2027, 12)), 480, ZONE)) as screen:
        edit = add("sun 1:00-4:00", "code")._replace(day=sunday)
        screen.planner.apply(edit, ["add"])
        await screen.screen.reload()
        screen.screen.go(sunday, 60)
        await screen.press("m", "h", "enter")
        assert own(screen, IsoWeek(2027, 12)) == ["Sat 01:00–03:00 120"]


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    if not hasattr(time, "tzset"):
        pytest.skip("no zone can be set here")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.slow
async def test_a_zone_that_changes_while_the_screen_is_open_is_followed(
    opened: Opener, in_berlin: pytest.MonkeyPatch
) -> None:
    async with opened(now=datetime(2026, 11, 23, 8, 0, tzinfo=ZONE), zone=None) as screen:
        screen.planner.apply(add("wed 17:00-18:00", "code", summary="before"), ["add"])
        await screen.screen.reload()
        in_berlin.setenv("TZ", "America/New_York")
        screen.app.beat()
        await screen.settle()
        assert f"{screen.screen.scene.now:%H:%M}" == "02:00"
        await screen.press("a")
        await screen.type("thu 18-19 after +code")
        await screen.press("enter")
        shown = [
            (block.summary, times(block.span))
            for block in screen.screen.scene.week.blocks
            if block.source == "own"
        ]
        assert shown == [("before", "11:00–12:00"), ("after", "18:00–19:00")]
        records = screen.planner.snapshot(W48).table(str(W48), "blocks").values()
        assert [record["zone"] for record in records] == ["Europe/Berlin", "America/New_York"]
