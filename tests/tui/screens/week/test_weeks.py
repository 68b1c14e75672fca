"""The week that comes next is loaded before its key, and shown only while nothing has changed."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from techlead_tui.config.settings_file import change_settings
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.planner.planner import Planner
from techlead_tui.tui import week_data
from tests.core.weeks import W48, add, day
from tests.tui.conftest import Opened, Opener

W49, W50, W51 = (W48.shift(weeks) for weeks in (1, 2, 3))


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[IsoWeek]:
    """The weeks that are read from the planner, one after the other."""
    found: list[IsoWeek] = []
    load = week_data.load

    def noted(planner: Planner, key: IsoWeek) -> week_data.Loaded:
        found.append(key)
        return load(planner, key)

    monkeypatch.setattr(week_data, "load", noted)
    return found


@pytest.mark.parametrize(("there", "back", "way"), [("]", "[", 1), ("[", "]", -1)])
async def test_the_next_week_in_the_same_direction_is_there_before_its_key(
    opened: Opener, loads: list[IsoWeek], there: str, back: str, way: int
) -> None:
    names = {"]": "right_square_bracket", "[": "left_square_bracket"}
    async with opened() as screen:
        await screen.press(names[there])
        assert loads == [W48, W48.shift(way), W48.shift(2 * way)]
        await screen.press(names[there])
        assert screen.screen.scene.week.key == W48.shift(2 * way)
        assert loads[3:] == [W48.shift(3 * way)]
        await screen.press(names[back])
        assert screen.screen.scene.week.key == W48.shift(way)
        assert loads[4:] == [W48]


async def test_what_another_process_wrote_after_the_week_was_loaded_ahead_is_shown_by_its_key(
    opened: Opener, loads: list[IsoWeek]
) -> None:
    async with opened() as screen:
        await screen.press("right_square_bracket")
        assert loads == [W48, W49, W50]
        other = Planner(screen.planner.folders, screen.clock, "cli", screen.planner.zone)
        other.apply(add("wed 14:00-16:00", "code", summary="zebra", day=day("wed", W50)), ["add"])
        await screen.press("right_square_bracket")
        assert screen.screen.scene.week.key == W50
        assert "zebra" in screen.text()


def _minute(screen: Opened) -> None:
    screen.clock.now += timedelta(minutes=1)


def _zone(screen: Opened) -> None:
    screen.planner._zone = ZoneInfo("Asia/Tokyo")


def _settings(screen: Opened) -> None:
    change_settings(screen.planner.folders.config, days=7)
    assert screen.planner.settings_elsewhere()


@pytest.mark.parametrize("change", [_minute, _zone, _settings])
async def test_a_week_that_was_loaded_ahead_is_dropped_with_whatever_it_was_made_of(
    opened: Opener, loads: list[IsoWeek], change: Callable[[Opened], None]
) -> None:
    async with opened() as screen:
        await screen.press("right_square_bracket")
        assert loads == [W48, W49, W50]
        change(screen)
        await screen.press("right_square_bracket")
        assert loads[3:] == [W50, W51]
