"""Search over all weeks: as one types, with day and week, and Enter goes there."""

import pytest

from techlead_tui.core.calendar import clock
from techlead_tui.planner.find import find
from techlead_tui.tui.dialogs import find as find_dialog
from techlead_tui.tui.dialogs.find import FindDialog
from tests.core.weeks import W48, add, day
from tests.render.scenes import session
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import FOREIGN, stored


def titles(screen: Opened) -> list[str]:
    dialog = screen.app.screen
    assert isinstance(dialog, FindDialog)
    return [item.title for item in dialog.list.items]


async def test_blocks_of_other_weeks_are_found_and_gone_to(opened: Opener) -> None:
    async with opened() as screen:
        away = W48.shift(9)
        await stored(screen, add("wed 14:00-16:00", "code", summary="Ledger pool", day=away.day(3)))
        await screen.press("slash", *"ledg")
        assert titles(screen) == ["Ledger pool"]
        assert "Wed 27 Jan 27 14:00" in screen.text()
        await screen.press("enter")
        assert screen.screen.scene.week.key == away
        assert (screen.screen.view.cursor_day, clock(screen.screen.view.cursor)) == (away.day(3), "14:00")
        assert screen.screen.here is not None
        assert screen.screen.here.summary == "Ledger pool"


@pytest.mark.slow
async def test_sessions_and_people_and_boxes_of_the_week_are_found(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, session("tue 9:00", 60, "spike on caches"))
        await stored(screen, add("wed 14:00-16:00", "code", summary="pool", people=("benedict",)))
        await screen.press("slash")
        await screen.type("caches")
        assert titles(screen) == ["spike on caches"]
        await screen.type("@bened")
        assert titles(screen) == ["pool"]
        await screen.type("architecture")
        assert "Architecture review" in titles(screen)


async def test_what_is_nearest_in_time_comes_first_and_arrows_pick(opened: Opener) -> None:
    async with opened() as screen:
        for weeks in (6, 1, 3):
            when = W48.shift(weeks).day(3)
            await stored(screen, add("wed 14:00-15:00", "code", summary=f"pool {weeks}", day=when))
        await screen.press("slash")
        await screen.type("pool")
        assert titles(screen) == ["pool 1", "pool 3", "pool 6"]
        await screen.press("down", "enter")
        assert screen.screen.scene.week.key == W48.shift(3)


@pytest.mark.slow
async def test_of_many_hits_the_nearest_are_shown_and_the_rest_is_not_looked_for(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_dialog, "MOST", 3)
    async with opened() as screen:
        for weeks in (9, -1, 2, 5, 7, 8):
            when = W48.shift(weeks).day(3)
            await stored(
                screen, add("wed 14:00-15:00", "code", summary=f"pool {weeks}", day=when, override="x")
            )
        found = find(screen.planner, ["pool"], W48, most=3)
        assert {block.summary for block in found.blocks} == {"pool -1", "pool 2", "pool 5"}
        await screen.press("slash")
        await screen.type("pool")
        assert titles(screen) == ["pool -1", "pool 2", "pool 5"]


async def test_enter_waits_for_what_was_typed_last(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, add("wed 14:00-15:00", "code", summary="pool", day=W48.shift(2).day(3)))
        await screen.pilot.press("slash", *"pool", "enter")
        await screen.settle()
        assert screen.screen.scene.week.key == W48.shift(2)


async def test_nothing_found_and_escape_leave_the_week_as_it_was(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        before = screen.screen.view
        await screen.press("slash")
        await screen.type("zebra")
        assert "nothing found" in screen.text()
        await screen.press("enter", "escape")
        assert screen.screen.view == before
        assert screen.app.screen is screen.screen


async def test_foreign_text_in_the_list_is_inert(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, add("wed 14:00-15:00", "code", summary=FOREIGN, day=day("wed")))
        await screen.press("slash")
        await screen.type("visit")
        assert "[b]visit[/b]" in screen.text()
        assert "\x1b" not in screen.text()


async def test_the_reason_of_an_override_is_found_as_in_the_shell(opened: Opener) -> None:
    async with opened() as screen:
        when = W48.shift(9).day(2)
        await stored(screen, add("tue 14:00-15:00", summary="budget", day=when, override="the CFO visits"))
        await screen.press("slash")
        await screen.type("cfo")
        assert titles(screen) == ["budget"]
