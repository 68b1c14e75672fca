"""A block that is typed or refused is seen on the grid, above what is said of it, with its ways out."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.render.viewport import FOOT_ROWS, HEAD_ROWS
from tests.core.weeks import W48, day
from tests.tui.conftest import Opener

SYNC = "thu 14-15 budget sync +status"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_block_stands_on_the_grid_while_it_is_typed(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        before = screen.screen.view
        await screen.press("a")
        await screen.type(SYNC)
        ghost = screen.screen.view.ghost
        assert ghost is not None
        assert (ghost.day, ghost.start, ghost.end, ghost.allowed) == (day("thu"), 840, 900, False)
        await screen.type("thu 13-14 pool fix +code")
        ghost = screen.screen.view.ghost
        assert ghost is not None
        assert ghost.allowed
        await screen.type("thu 13-14 pool +nosuch")
        assert screen.screen.view.ghost is None
        await screen.press("escape")
        assert screen.screen.view == before


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.slow
async def test_a_refused_block_and_its_ways_out_stay_in_sight(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        before = screen.screen.view
        await screen.press("a")
        await screen.type(SYNC)
        await screen.press("enter")
        view, grid = screen.screen.view, screen.screen.grid
        assert view.ghost is not None
        assert grid.sheet is not None
        free = size[1] - HEAD_ROWS - FOOT_ROWS
        covered = screen.app.screen.query_one("#refusal").size.height - FOOT_ROWS
        assert grid.sheet.row_of(view.ghost.end - 1) < free - covered
        assert [way.number for way in view.ways] == [1, 2, 3, 4]
        assert {way.number: way.day for way in view.ways}[1] == day("wed")
        await screen.press("o")
        await screen.type("the CFO")
        assert screen.screen.view.ghost is not None
        await screen.press("escape", "escape")
        assert screen.screen.view == before


@pytest.mark.slow
async def test_a_block_that_another_week_refuses_is_shown_there(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        before = screen.screen.view
        await screen.press("a")
        await screen.type("2026-12-03 14-15 budget sync +status")
        assert screen.screen.view.ghost is None
        await screen.press("enter")
        assert screen.screen.scene.week.key == IsoWeek.parse("2026-W49")
        assert screen.screen.view.ghost is not None
        await screen.press("escape")
        assert screen.screen.scene.week.key == W48
        after = screen.screen.view
        assert (after.cursor_day, after.cursor, after.ghost) == (before.cursor_day, before.cursor, None)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("s", "u"), "undone: skipping Deep work"),
        (("x", "u"), "undone: finishing Deep work"),
        (("K", "2", "u"), "undone: Tue 24 Nov 2026 as "),
        (("T", "down", "enter", "u"), "undone: the choice of the week theme "),
        (("f", "y", "escape", "u"), "undone: the answers of the Friday check"),
    ],
)
@pytest.mark.few(1)
async def test_what_is_undone_is_told_in_plain_words(
    opened: Opener, keys: tuple[str, ...], said: str
) -> None:
    async with opened() as screen:
        await screen.press(*keys)
        assert said in screen.text()
        assert "--" not in screen.text().splitlines()[-2]
        await screen.press("escape")
        assert "undone" not in screen.text()


@pytest.mark.slow
async def test_an_undone_move_tells_where_the_block_is_now(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("wed 13-14 x +code")
        await screen.press("enter", "m", "down", "enter", "u")
        assert "undone: moving x · now Wed 13:00–14:00" in screen.text()
        await screen.press("U")
        assert "redone: moving x · now Wed 13:15–14:15" in screen.text()


async def test_a_dialog_takes_the_sentence_before_it_away(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("s", "T", "escape")
        assert "skipped" not in screen.text().splitlines()[-2]


@pytest.mark.slow
async def test_what_a_longer_block_breaks_is_said_without_its_name_again(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("mon 16-17 x +code")
        await screen.press("enter", "+")
        line = screen.text().splitlines()[-2]
        assert "the working day ends at 17:00" in line
        assert line.count("16:00") == 1


async def test_a_ghost_of_two_rows_keeps_its_time_whole(opened: Opener) -> None:
    for width, times in ((80, "14:00–15:00"), (60, "14:00–15:00 focus −2h")):
        async with opened(size=(width, 24)) as screen:
            screen.screen.go(day("thu"), 9 * 60)
            await screen.press("a")
            await screen.type(SYNC)
            assert times in screen.text()


async def test_a_sentence_that_is_too_long_drops_its_last_parts_whole(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("a")
        await screen.type(SYNC)
        assert "refused: 13:00–15:00 is reserved for deep work · focus −2h  " in screen.text()


@pytest.mark.parametrize(
    ("typed", "listed", "taken"),
    [
        ("sync +sta", "+stakeholder +stand-up +status", "sync +stakeholder "),
        ("thu 14-15 tom", "tab takes tomorrow", "thu 14-15 tomorrow "),
        ("ev", "tab takes every", "every "),
        ("every tue 9-9:15 standup un", "tab takes until", "every tue 9-9:15 standup until "),
        ("fri 13-14 plan do", "tab takes doc:", "fri 13-14 plan doc:"),
    ],
)
@pytest.mark.few(1)
async def test_words_of_the_line_are_listed_and_taken_by_tab(
    opened: Opener, typed: str, listed: str, taken: str
) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type(typed)
        assert listed in screen.text()
        await screen.press("tab")
        assert screen.app.screen.query_one(Input).value == taken


@pytest.mark.parametrize("word", ["@", "doc:"])
@pytest.mark.few(1)
async def test_a_sign_that_stands_alone_is_named(opened: Opener, word: str) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type(f"fri 13-14 sync {word}")
        assert f"“{word}” has nothing after it" in screen.text()


@pytest.mark.slow
async def test_the_chips_of_a_session_say_what_its_words_say(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("L")
        await screen.type("45m pool fix +spike")
        assert "pattern spike" in screen.text().splitlines()[-4]
        assert "ended now" in screen.text()
        await screen.type("yesterday 2h foo")
        assert "ended now" not in screen.text()


async def test_the_verdict_on_what_is_carried_is_there_again_after_the_list_of_keys(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("mon"), 540)
        await screen.press("m", "right")
        verdict = screen.text().splitlines()[-2]
        assert "refused: 09:00–12:00 is reserved for deep work" in verdict
        await screen.press("question_mark")
        assert "Every key" in screen.text()
        await screen.press("escape")
        assert screen.text().splitlines()[-2] == verdict
