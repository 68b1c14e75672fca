"""Midnight, sleep and changes of the clocks, with whatever is open."""

from datetime import UTC, datetime, timedelta

import pytest
from textual.widgets import Input

from techlead_tui.core.calendar import IsoWeek, into
from tests.core.weeks import W48, ZONE, add, day, moment
from tests.tui.conftest import Opened, Opener


async def later(screen: Opened, **passed: int) -> None:
    """So much time goes by, and the next beat notices it."""
    screen.clock.now = into(screen.clock.now, UTC) + timedelta(**passed)
    screen.app.beat()
    await screen.settle()


async def test_midnight_leaves_a_cursor_on_another_day_alone(opened: Opener) -> None:
    async with opened(now=moment("tue 23:59")) as screen:
        screen.screen.go(day("fri"), 10 * 60)
        await later(screen, minutes=2)
        assert screen.screen.view.cursor_day == day("fri")
        assert screen.screen.scene.now.date() == day("wed")


async def test_a_new_week_is_turned_to_from_any_day_of_the_old_one(opened: Opener) -> None:
    async with opened(now=moment("fri 16:59")) as screen:
        screen.screen.go(day("thu"), 10 * 60)
        await later(screen, hours=63)
        assert screen.screen.scene.week.key == W48.shift(1)
        assert screen.screen.view.cursor_day == day("mon", W48.shift(1))
        assert "back after 63h" in screen.text()


async def test_midnight_leaves_a_week_that_the_user_turned_to_alone(opened: Opener) -> None:
    async with opened(now=moment("tue 23:59")) as screen:
        await screen.press("right_square_bracket")
        await later(screen, minutes=2)
        assert screen.screen.scene.week.key == W48.shift(1)


async def test_words_stay_over_midnight_and_mean_the_day_they_were_typed_for(opened: Opener) -> None:
    async with opened(now=moment("tue 23:59")) as screen:
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("a")
        await screen.type("13:00-13:30 pool +code")
        await later(screen, minutes=2)
        assert screen.app.screen.query_one(Input).value == "13:00-13:30 pool +code"
        await screen.press("enter")
        assert [block.day for block in screen.week().blocks if block.summary == "pool"] == [day("wed")]


@pytest.mark.parametrize("passed", [{"minutes": 2}, {"hours": 9}])
async def test_a_carried_block_stays_in_the_hand_over_midnight(
    opened: Opener, passed: dict[str, int]
) -> None:
    async with opened(now=moment("tue 23:59")) as screen:
        screen.planner.apply(add("thu 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("thu"), 14 * 60)
        await screen.press("m", "up")
        await later(screen, **passed)
        assert screen.screen.mode == "move"
        assert screen.screen.view.ghost is not None
        await screen.press("enter")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert f"{block.start:%a %H:%M}" == "Thu 13:45"


@pytest.mark.slow
async def test_a_form_is_saved_after_midnight_as_it_was_meant(opened: Opener) -> None:
    async with opened(now=moment("tue 23:59")) as screen:
        screen.planner.apply(add("thu 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("thu"), 14 * 60)
        await screen.press("e")
        await screen.type("pond")
        await later(screen, hours=9)
        assert type(screen.app.screen).__name__ == "EditDialog"
        await screen.press("enter")
        assert screen.summaries() == ["pond"]
        assert screen.screen.scene.now.date() == day("wed")


async def test_the_friday_check_is_of_its_week_after_midnight(opened: Opener) -> None:
    async with opened(now=moment("sun 23:59")) as screen:
        await screen.press("f")
        await later(screen, hours=9)
        await screen.press("y", "f")
        assert screen.planner.snapshot(W48).table(str(W48), "checks")


@pytest.mark.parametrize(
    ("before", "slept"),
    [
        (datetime(2027, 3, 28, 1, 59, 30, tzinfo=ZONE), False),  # 2:00 becomes 3:00
        (datetime(2026, 10, 25, 2, 59, 30, tzinfo=ZONE), False),  # 3:00 becomes 2:00
        (datetime(2026, 10, 25, 2, 30, tzinfo=ZONE), True),
    ],
)
@pytest.mark.few(1)
async def test_a_change_of_the_clocks_is_no_sleep_and_hides_none(
    opened: Opener, before: datetime, slept: bool
) -> None:
    async with opened(now=before) as screen:
        await later(screen, minutes=65 if slept else 1)
        assert ("back after 1h05" in screen.text()) == slept
        assert screen.screen.scene.now == screen.clock.now
        sunday = IsoWeek.of(screen.clock.now.astimezone(ZONE).date())
        assert screen.screen.scene.week.key == sunday.shift(1)


async def test_a_clock_that_is_set_back_is_followed(opened: Opener) -> None:
    async with opened() as screen:
        await later(screen, hours=-30)
        assert screen.screen.scene.now == screen.clock.now
        assert "back after" not in screen.text()
