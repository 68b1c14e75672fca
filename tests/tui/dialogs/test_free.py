"""Free time: where it costs least focus, shown on the week, and planned from there."""

import pytest

from techlead_tui.core.calendar import minute_of
from techlead_tui.core.placement import free
from techlead_tui.tui.dialogs.free import FreeDialog
from tests.core.weeks import W48, day
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import at, own


def dialog(screen: Opened) -> FreeDialog:
    found = screen.app.screen
    assert isinstance(found, FreeDialog)
    return found


async def test_the_list_is_what_the_core_finds_and_each_is_a_ghost_on_the_week(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("F")
        weeks = [W48.shift(n) for n in range(5)]
        known = screen.planner.snapshot(*(W48.shift(n) for n in range(9)))
        slots = free(known, weeks, 30, screen.clock.now, most=20)
        assert slots
        assert len(dialog(screen).list.items) == len(slots)
        for slot in slots[:2]:
            ghost = screen.screen.view.ghost
            assert ghost is not None
            assert (ghost.day, ghost.start) == (slot.start.date(), minute_of(slot.start))
            assert screen.screen.scene.week.key.monday <= ghost.day
            await screen.press("down")


@pytest.mark.slow
async def test_enter_starts_the_line_with_the_slot_filled_in(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("F", "enter")
        ghost = screen.screen.view.ghost
        assert ghost is None
        await screen.press(*"hiring", "enter")
        key = screen.screen.scene.week.key
        (block,) = [block for block in screen.week(key).blocks if block.source == "own"]
        assert (block.summary, block.planned_minutes) == ("hiring", 30)


@pytest.mark.slow
async def test_a_type_is_looked_for_and_kept(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("F")
        await screen.type("4h +code")
        await screen.press("enter", *"pool", "enter")
        block = own(screen)
        assert (block.summary, block.type, at(block)[2]) == ("pool", "code", 240)


@pytest.mark.slow
async def test_a_length_that_is_none_is_said(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("F")
        await screen.type("soon")
        assert "“soon” is not a" in screen.text()
        assert dialog(screen).list.items == ()
        await screen.press("enter")
        assert screen.app.screen is not screen.screen


async def test_escape_brings_the_week_back_as_it_was(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        before = screen.screen.view
        await screen.press("F", "down", "down", "escape")
        assert screen.screen.scene.week.key == W48
        assert screen.screen.view.ghost is None
        assert (screen.screen.view.cursor_day, screen.screen.view.cursor) == (
            before.cursor_day,
            before.cursor,
        )


@pytest.mark.slow
async def test_the_ghost_is_not_under_the_list(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("F")
        assert dialog(screen).list.items
        for _ in dialog(screen).list.items:
            view, sheet = screen.screen.view, screen.screen.grid.sheet
            assert view.ghost is not None
            assert sheet is not None
            assert sheet.row_of(view.ghost.start) >= 0
            assert sheet.row_of(view.ghost.end - 1) + 3 < 24 - dialog(screen).low
            await screen.press("down")


@pytest.mark.slow
async def test_leaving_the_line_of_a_slot_goes_back_to_where_one_was(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("wed"), 10 * 60)
        before = screen.screen.view
        await screen.press("F", "end", "enter")
        assert screen.screen.line is not None
        await screen.press("escape")
        assert screen.screen.line is None
        assert (screen.screen.view.cursor_day, screen.screen.view.cursor) == (
            before.cursor_day,
            before.cursor,
        )
        assert screen.screen.view.first == before.first
