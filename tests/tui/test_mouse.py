"""The week by mouse: each job leaves in the store what its keys would have left."""

import asyncio
from datetime import date

import pytest
from textual.events import Key, MouseDown, MouseEvent, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp

from techlead_tui.core.calendar import minute_of
from techlead_tui.core.week import Block
from techlead_tui.tui.dialogs.choice import PickDialog
from techlead_tui.tui.dialogs.free import FreeDialog
from techlead_tui.tui.dialogs.key_bindings import OwnKeysDialog
from techlead_tui.tui.first_run_model import Answers
from techlead_tui.tui.screens.first_run import FirstRunScreen
from techlead_tui.tui.widgets.week_grid import HEAD
from tests.core.weeks import W48, add, day
from tests.tui import hand
from tests.tui.conftest import Opened, Opener

SIZES = [(80, 24), (120, 40)]
BOTH = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])


def own(screen: Opened) -> list[tuple[str, date, int, int]]:
    """The own blocks of the week: title, day, start and length."""
    blocks = [block for block in screen.week().blocks if block.source == "own"]
    return [(b.summary, b.day, minute_of(b.start), b.planned_minutes) for b in blocks]


async def with_block(screen: Opened, when: str = "wed 14:00-16:00") -> Block:
    """A block of the user's own on the screen."""
    screen.planner.apply(add(when, "code", summary="pool"), ["add"])
    await screen.screen.reload()
    await screen.settle()
    found: Block = next(block for block in screen.week().blocks if block.source == "own")
    return found


def cell(screen: Opened, name: str, minute: int, x: int = 6) -> tuple[int, int]:
    """A cell of the grid at a time of a day."""
    sheet = screen.screen.grid.sheet
    assert sheet is not None
    column = next(column for column in sheet.columns if column.day.date == day(name))
    return column.x + x, HEAD + sheet.row_of(minute)


def last_row(screen: Opened, block: Block) -> tuple[int, int]:
    name = f"{block.day:%a}".lower()
    sheet = screen.screen.grid.sheet
    assert sheet is not None
    end = minute_of(block.start) + block.planned_minutes
    return cell(screen, name, end - sheet.view.zoom)


def tell(screen: Opened, kind: type[MouseEvent], at: tuple[int, int], **keys: bool) -> None:
    """A mouse event at a cell of the grid, as the terminal's driver sends it."""
    x, y = at[0] + screen.screen.grid.region.x, at[1] + screen.screen.grid.region.y
    held = {"shift": False, "meta": False, "ctrl": False} | keys
    buttons = (1, held["shift"], held["meta"], held["ctrl"])
    driver = screen.app._driver
    assert driver is not None
    driver.process_message(kind(None, x, y, 0, 0, *buttons, x, y))


async def drag(screen: Opened, *cells: tuple[int, int], drop: bool = True, **keys: bool) -> None:
    """Press at the first cell, over the others, let go at the last."""
    tell(screen, MouseDown, cells[0], **keys)
    for at in cells[1:]:
        tell(screen, MouseMove, at, **keys)
        await screen.settle()
    if drop:
        tell(screen, MouseUp, cells[-1], **keys)
        await screen.settle()


async def click(screen: Opened, at: tuple[int, int], times: int = 1) -> None:
    await screen.pilot.click("#grid", offset=at, times=times)
    await screen.settle()


@BOTH
async def test_a_click_picks_the_block_or_the_time(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await click(screen, cell(screen, "fri", 13 * 60))
        assert screen.screen.here is not None
        assert screen.screen.here.summary == "Plan next week"
        await click(screen, cell(screen, "thu", 12 * 60 + 30))
        assert (screen.screen.view.cursor_day, screen.screen.view.cursor) == (day("thu"), 12 * 60 + 30)


@BOTH
async def test_a_drag_moves_a_block_also_to_another_day(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await with_block(screen)
        await drag(screen, cell(screen, "wed", 14 * 60), cell(screen, "thu", 13 * 60, 9), drop=False)
        assert "focus" in screen.text()
        assert own(screen) == [("pool", day("wed"), 14 * 60, 120)]
        tell(screen, MouseUp, cell(screen, "thu", 13 * 60, 9))
        await screen.settle()
        assert own(screen) == [("pool", day("thu"), 13 * 60, 120)]
        assert screen.screen.mode == "look"
        assert screen.screen.view.ghost is None


@BOTH
@pytest.mark.slow
async def test_a_drag_is_one_step_of_undo_like_the_keys(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await with_block(screen)
        way = [
            cell(screen, name, at) for name, at in (("wed", 840), ("wed", 810), ("thu", 810), ("thu", 780))
        ]
        await drag(screen, *way)
        mouse = screen.planner.history(1)[0].words
        await screen.press("u")
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m", "right", *["up"] * 4, "enter")
        assert list(screen.planner.history(1)[0].words) == list(mouse)


@BOTH
async def test_a_drag_to_where_it_began_writes_nothing(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await with_block(screen)
        here, there = cell(screen, "wed", 14 * 60), cell(screen, "wed", 13 * 60)
        await drag(screen, here, there, here)
        assert len(screen.planner.history()) == 1
        assert screen.screen.mode == "look"


@BOTH
async def test_escape_in_the_middle_of_a_drag_drops_it(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await with_block(screen)
        here, there = cell(screen, "wed", 14 * 60), cell(screen, "thu", 13 * 60)
        await drag(screen, here, there, drop=False)
        assert screen.screen.view.ghost is not None
        await screen.press("escape")
        assert screen.screen.view.ghost is None
        tell(screen, MouseMove, cell(screen, "fri", 10 * 60))
        tell(screen, MouseUp, cell(screen, "fri", 10 * 60))
        await screen.settle()
        assert own(screen) == [("pool", day("wed"), 14 * 60, 120)]
        assert screen.screen.view.ghost is None


@BOTH
@pytest.mark.slow
async def test_the_edges_change_start_and_end(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        block = await with_block(screen)
        zoom = screen.screen.view.zoom
        x, y = last_row(screen, block)
        await drag(screen, (x, y), (x, y + 1))
        assert own(screen) == [("pool", day("wed"), 14 * 60, 120 + zoom)]
        corner = 3 if size[0] > 80 else 2  # the block stands inset in its box
        x, y = cell(screen, "wed", 14 * 60, corner)
        await drag(screen, (x, y), (x, y - 2))
        assert own(screen) == [("pool", day("wed"), 14 * 60 - 2 * zoom, 120 + 3 * zoom)]


@BOTH
async def test_what_the_week_refuses_is_answered_by_a_click(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        screen.planner.apply(add("mon 16:00-17:00", "status", summary="status"), ["add"])
        await screen.screen.reload()
        await drag(screen, cell(screen, "mon", 16 * 60, 9), cell(screen, "tue", 14 * 60, 9))
        assert screen.screen.refused is not None
        assert "keep it, with a reason" in screen.text()
        fix = screen.screen.refused.violations[0].fixes[1]
        rows = len(screen.screen.query_one("#refusal").rows)  # type: ignore[attr-defined]
        fixes = len(screen.screen.refused.violations[0].fixes[:9])
        await screen.pilot.click("#refusal", offset=(9, rows - 1 - fixes + 1))
        await screen.settle()
        assert screen.screen.refused is None
        assert list(screen.planner.history(1)[0].words) == list(fix.words)


@BOTH
@pytest.mark.slow
async def test_a_refusal_is_dropped_or_kept_by_a_click(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        screen.planner.apply(add("mon 16:00-17:00", "status", summary="status"), ["add"])
        await screen.screen.reload()
        for offset in (3, 35):
            await drag(screen, cell(screen, "mon", 16 * 60, 9), cell(screen, "tue", 14 * 60, 9))
            rows = len(screen.screen.query_one("#refusal").rows)  # type: ignore[attr-defined]
            await screen.pilot.click("#refusal", offset=(offset, rows - 1))
            await screen.settle()
            assert (screen.screen.line is not None) == (offset == 3)
            await screen.press("escape", "escape")
        assert len(screen.planner.history()) == 1


@BOTH
@pytest.mark.slow
async def test_a_double_click_opens_the_block(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await with_block(screen)
        await click(screen, cell(screen, "wed", 14 * 60), times=2)
        assert screen.app.screen is not screen.screen
        assert "pool" in screen.text()


@BOTH
@pytest.mark.slow
async def test_a_double_click_on_nothing_plans_there(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await click(screen, cell(screen, "thu", 12 * 60), times=2)
        assert screen.screen.line is not None
        assert "thu 12:00-13:00" in screen.text()
        await screen.press("escape")
        assert own(screen) == []


@BOTH
@pytest.mark.slow
async def test_a_drag_over_nothing_plans_a_block_of_that_length(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        zoom = screen.screen.view.zoom
        await drag(screen, cell(screen, "thu", 12 * 60), cell(screen, "thu", 12 * 60 + zoom))
        line = screen.screen.line
        assert line is not None
        await screen.press(*"run")
        await screen.press("enter")
        await screen.press(*(["o", *"out", "enter"] if screen.screen.refused is not None else []))
        assert own(screen) == [("run", day("thu"), 12 * 60, 2 * zoom)]


@BOTH
@pytest.mark.slow
async def test_with_ctrl_a_drag_plans_over_a_block(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        here = cell(screen, "wed", 14 * 60)
        await drag(screen, here, (here[0], here[1] + 1), ctrl=True)
        assert screen.screen.line is not None
        assert "wed 14:00" in screen.text()


@BOTH
async def test_the_wheel_scrolls_and_turns_weeks_with_shift(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        first, zoom = screen.screen.view.first, screen.screen.view.zoom
        tell(screen, MouseScrollDown, (20, 8))
        await screen.settle()
        assert screen.screen.view.first == first + 2 * zoom
        tell(screen, MouseScrollDown, (20, 8), shift=True)
        await screen.settle()
        assert screen.screen.scene.week.key == W48.shift(1)


@BOTH
async def test_with_ctrl_the_wheel_zooms(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        zoom = screen.screen.view.zoom
        tell(screen, MouseScrollDown, (20, 8), ctrl=True)
        await screen.settle()
        assert screen.screen.view.zoom == zoom * 2


@BOTH
async def test_the_name_of_a_day_shows_it_alone_and_the_week_again(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        x, _ = cell(screen, "thu", 9 * 60)
        await click(screen, (x, 0))
        assert screen.screen.view.days == (day("thu"),)
        await click(screen, (x, 0))
        assert len(screen.screen.view.days) == 5


@BOTH
@pytest.mark.slow
async def test_a_click_on_the_count_of_warnings_goes_to_the_next_one(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        for when in ("wed 17:00-17:30", "thu 17:00-17:30"):
            screen.planner.apply(add(when, "code", summary=when), ["add"])
        await screen.screen.reload()
        head = screen.text().splitlines()[0]
        await screen.pilot.click("#header", offset=(head.index("⚠ 2"), 0))
        await screen.settle()
        first = screen.screen.here
        assert first is not None
        assert first.source == "own"
        await screen.press("v")
        second = screen.screen.here
        assert second is not None
        assert second.uid != first.uid
        await screen.press("V")
        assert screen.screen.here == first


async def test_a_click_picks_a_row_of_the_plain_list(opened: Opener) -> None:
    async with opened(size=(36, 14)) as screen:
        await click(screen, (10, HEAD + 2))
        assert screen.screen.here is not None
        assert screen.screen.here.summary == "Questions and pairing"


@pytest.mark.slow
async def test_the_wheel_goes_through_lists(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        for key, kind in (("F", FreeDialog), ("K", PickDialog)):
            await screen.press(key)
            dialog = screen.app.screen
            assert isinstance(dialog, kind)
            assert dialog.list.at == 0
            hand.tell(screen, MouseScrollDown, (40, 16), 0)
            await screen.settle()
            assert dialog.list.at == 1
            hand.tell(screen, MouseScrollUp, (40, 16), 0)
            await screen.settle()
            assert dialog.list.at == 0
            await screen.press("escape")


@pytest.mark.slow
async def test_waiting_for_a_key_is_left_by_a_click(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.app.push_screen(OwnKeysDialog(screen.app.desk, screen.app.looks))
        await screen.settle()
        dialog = screen.app.screen
        assert isinstance(dialog, OwnKeysDialog)
        await hand.click_words(screen, "⏎ change")
        assert dialog.waiting
        await hand.click_words(screen, "esc back")
        assert not dialog.waiting
        await hand.click_words(screen, "esc back")
        assert screen.app.screen is screen.screen


@BOTH
@pytest.mark.slow
async def test_the_first_run_is_gone_through_by_clicks(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        answers = Answers.of_user(screen.planner)
        await screen.app.push_screen(FirstRunScreen(screen.app.desk, screen.app.looks, answers))
        await screen.settle()
        for _ in range(2):
            await hand.click_words(screen, "⏎ next")
        await hand.click_words(screen, "→ next theme")
        shown = screen.app.screen
        assert isinstance(shown, FirstRunScreen)
        wanted = shown.answers.theme.id
        assert wanted != answers.theme.id
        for _ in range(2):
            await hand.click_words(screen, "⏎ next")
        assert screen.app.screen is screen.screen
        assert screen.week().theme.id == wanted


@pytest.mark.parametrize("kind", ["click", "double", "menu", "day", "drag"])
@pytest.mark.few(1)
async def test_a_click_on_a_week_that_has_just_gone_means_nothing(opened: Opener, kind: str) -> None:
    """The wheel and the click come in one go: the click is about what was shown when it was made."""
    async with opened() as screen:
        await with_block(screen)
        at = cell(screen, "wed", 14 * 60)
        at = (at[0], 1) if kind == "day" else at
        button = 3 if kind == "menu" else 1
        driver = screen.app._driver
        assert driver is not None
        for _ in range(4):
            driver.process_message(MouseScrollDown(None, *at, 0, 0, 0, True, False, False, *at))
        for _ in range(2 if kind == "double" else 1):
            hand.tell(screen, MouseDown, at, button)
            if kind == "drag":
                hand.tell(screen, MouseMove, (at[0], at[1] + 4), button)
            hand.tell(screen, MouseUp, at, button)
        await screen.settle()
        assert screen.screen.scene.week.key > W48
        assert screen.screen.view.cursor_day >= screen.screen.scene.week.key.monday
        assert len(screen.planner.history()) == 1


@pytest.mark.parametrize(
    "opens", ["comma", "question_mark", "M", "slash", "F", "K", "n", "g", "p", "B", "f", "e", "ctrl+p"]
)
@pytest.mark.slow
async def test_clicks_beside_a_dialog_that_is_still_being_filled_close_it(opened: Opener, opens: str) -> None:
    async with opened(size=(80, 24)) as screen:
        driver = screen.app._driver
        assert driver is not None
        for turns in (1, 8, 32):
            driver.process_message(Key(opens, None))
            for _ in range(turns):
                await asyncio.sleep(0)
            for _ in range(2):
                hand.tell(screen, MouseDown, (1, 23))
                hand.tell(screen, MouseUp, (1, 23))
            await screen.settle()
            await screen.press("escape", "escape", "escape")
            assert screen.app.screen is screen.screen
