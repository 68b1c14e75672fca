"""The report on the screen: reached by the menu, scrolled, a week earlier and later."""

from __future__ import annotations

import pytest

from tests.core.test_drift import coded
from tests.tui.conftest import Opener


async def test_the_report_is_in_the_menu_and_can_be_scrolled(opened: Opener) -> None:
    async with opened(size=(100, 24)) as screen:
        screen.planner.apply(coded(0, "mon"), ["log"])
        await screen.press("ctrl+p")
        await screen.type("plot balance")
        await screen.press("enter")
        first = screen.text()
        assert "2026-W36 to 2026-W48" in first
        assert "Balance" in first
        assert "esc back" in first
        await screen.press("pagedown", "pagedown", "pagedown")
        assert "Friday check" in screen.text()
        await screen.press("pageup", "pageup", "pageup", "pageup")
        assert screen.text() == first
        await screen.press("left_square_bracket")
        assert "2026-W35 to 2026-W47" in screen.text()
        await screen.press("right_square_bracket", "right_square_bracket")
        assert "2026-W36 to 2026-W48" in screen.text()
        await screen.press("escape")
        assert screen.app.screen is screen.screen


@pytest.mark.slow
async def test_the_menu_lists_it(opened: Opener) -> None:
    async with opened() as screen:
        await screen.screen.run_action("menu_of('')")
        await screen.settle()
        assert "coding cadence" in screen.text()
        assert "report" in screen.text()
