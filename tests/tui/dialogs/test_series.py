"""Blocks that come again; taking out one of them or all; the kind of a day, the theme of a week."""

import pytest

from techlead_tui.core.edits import SetDay
from techlead_tui.core.series import Repeat
from techlead_tui.core.words.unparse import words_of
from techlead_tui.tui.dialogs.choice import PickDialog
from techlead_tui.tui.dialogs.row_list import RowList
from techlead_tui.tui.dialogs.series import SeriesDialog
from tests.core.weeks import W48, add, day
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import FOREIGN, at, fill, form, own, stored, turn_to

PLATFORM = add("mon 16:00-16:30", "cross-team", summary="Platform sync", people=("mia",))
LATER = PLATFORM._replace(day=W48.shift(1).day(1))


def weeks_with(screen: Opened, summary: str, most: int = 6) -> list[int]:
    """The weeks from W48 on, counted from 0, that have a live block of that title."""
    weeks = [W48.shift(n) for n in range(most)]
    snapshot = screen.planner.snapshot(*weeks)
    return [
        n
        for n, week in enumerate(weeks)
        if any(block.summary == summary for block in snapshot.week(week).live)
    ]


@pytest.mark.slow
async def test_a_block_comes_again_every_two_weeks_until_a_date(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, PLATFORM)
        screen.screen.go(day("mon"), 16 * 60)
        await screen.press("R")
        assert isinstance(screen.app.screen, SeriesDialog)
        await turn_to(screen, "every", "2")
        await fill(screen, "until", W48.shift(4).day(5).isoformat())
        await screen.press("enter")
        assert weeks_with(screen, "Platform sync", 8) == [0, 2, 4]
        block = own(screen)
        assert block.recurring
        assert (at(block), block.people, block.type) == (("mon", 960, 30), ("mia",), "cross-team")


@pytest.mark.slow
async def test_a_block_comes_once_a_month_on_such_a_weekday(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, PLATFORM)
        screen.screen.go(day("mon"), 16 * 60)
        await screen.press("R")
        await turn_to(screen, "every", "1/4")
        dialog = form(screen)
        assert isinstance(dialog, SeriesDialog)
        assert [one.day.isoformat() for one in dialog.coming[:3]] == [
            "2026-11-23",
            "2026-12-28",
            "2027-01-25",
        ]
        await screen.press("enter")
        assert weeks_with(screen, "Platform sync", 8) == [0, 5]
        assert "fourth Monday" in screen.text()


@pytest.mark.slow
async def test_the_history_shows_the_call_that_makes_the_same_series(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, PLATFORM)
        screen.screen.go(day("mon"), 16 * 60)
        await screen.press("R", "enter")
        same = PLATFORM._replace(repeat=Repeat())
        call = words_of(same, screen.planner.library.types())
        assert call[:2] == ("add", "every")
        assert tuple(screen.planner.history(1)[0].words) == call
        await screen.press("u")
        assert weeks_with(screen, "Platform sync") == [0]


@pytest.mark.slow
async def test_what_stands_in_the_way_of_the_coming_ones_is_shown(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, PLATFORM)
        await stored(screen, LATER)
        screen.screen.go(day("mon"), 16 * 60)
        await screen.press("R")
        dialog = form(screen)
        assert isinstance(dialog, SeriesDialog)
        assert [bool(one.wrong) for one in dialog.coming[:3]] == [False, True, False]
        assert "1 of the next 8 break a rule" in screen.text()


@pytest.mark.slow
async def test_d_asks_for_one_occurrence_or_the_series(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, LATER._replace(repeat=Repeat()))
        await screen.screen.show_week(W48.shift(2), W48.shift(2).day(1), 16 * 60)
        await screen.press("d")
        assert isinstance(screen.app.screen, PickDialog)
        await screen.press("escape")
        assert weeks_with(screen, "Platform sync") == [1, 2, 3, 4, 5]
        await screen.press("d", "enter")
        assert weeks_with(screen, "Platform sync") == [1, 3, 4, 5]
        await screen.press("u")
        screen.screen.go(W48.shift(2).day(1), 16 * 60)
        await screen.press("d", "2")
        assert weeks_with(screen, "Platform sync") == []


async def test_a_box_of_the_theme_needs_no_series(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("mon"), 13 * 60)
        await screen.press("R")
        assert "repeats every week" in screen.text()
        assert screen.app.screen is screen.screen


@pytest.mark.slow
async def test_a_day_of_leave_has_no_boxes_and_can_be_normal_again(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("thu"), 9 * 60)
        await screen.press("K")
        assert "focus 22 h → 17 h" in screen.text()
        await screen.press("2")
        assert screen.week().day(day("thu")).kind == "leave"
        await screen.press("K")
        assert "as it is" in screen.text()
        await screen.press("up", "enter")
        assert screen.week().day(day("thu")).kind == "normal"


async def test_a_day_on_call_is_a_day_on_call(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("thu"), 9 * 60)
        await screen.press("K", "down", "down", "enter")
        assert screen.week().day(day("thu")).kind == "on-call"
        assert tuple(screen.planner.history(1)[0].words) == words_of(SetDay(day("thu"), "on-call"))


@pytest.mark.slow
async def test_a_week_theme_is_used_from_a_week_on_or_for_it_alone(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("T")
        assert "focus 22 h →" in screen.text()
        names = screen.planner.library.theme_ids()
        place = str(names.index("on-call") + 1)
        assert "[this week only]" in screen.text()
        await screen.press(place)
        later = screen.planner.snapshot(W48, W48.shift(3))
        assert [later.theme_id(W48), later.theme_id(W48.shift(3))] == ["on-call", "maker-week"]
        await screen.press("u", "T", "tab")
        assert "[from this week on]" in screen.text()
        await screen.press(place)
        later = screen.planner.snapshot(W48, W48.shift(3))
        assert [later.theme_id(W48), later.theme_id(W48.shift(3))] == ["on-call", "on-call"]


@pytest.mark.slow
async def test_foreign_text_is_inert_in_questions_and_series(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, PLATFORM._replace(summary=FOREIGN))
        screen.screen.go(day("mon"), 16 * 60)
        await screen.press("R")
        assert "[b]visit[/b]" in screen.text()
        assert "\x1b" not in screen.text()
        await screen.press("enter")
        screen.screen.go(day("mon"), 16 * 60)
        await screen.press("d")
        assert "[b]visit[/b]" in screen.text()
        assert "\x1b" not in screen.text()


async def test_a_block_comes_again_on_every_weekday_as_one_series(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, PLATFORM)
        screen.screen.go_to(own(screen))
        await screen.press("R")
        await turn_to(screen, "every", "1/weekday")
        await screen.press("ctrl+s")
        while screen.app.screen is not screen.screen:  # what it runs into is kept with a reason
            await screen.press("o", *"we all", "enter")
        days = [block.day.isoweekday() for block in screen.week(W48.shift(1)).blocks if block.source == "own"]
        assert days == [1, 2, 3, 4, 5]


@pytest.mark.slow
async def test_week_themes_leave_no_row_empty_while_others_are_out_of_sight(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("T")
        themes = screen.app.screen.query_one(RowList)
        assert len(themes.items) > 4  # more than their details have room for
        assert all(themes.under(y) >= 0 for y in range(themes.size.height))
