"""The command palette: every action by its name."""

import pytest

from tests.tui.conftest import Opener


@pytest.mark.parametrize("words", ["zoom", "minutes a row"])
async def test_an_action_is_found_by_its_label_and_by_what_it_does(opened: Opener, words: str) -> None:
    async with opened() as screen:
        before = screen.screen.view.zoom
        await screen.press("ctrl+p")
        await screen.type(words)
        await screen.press("down", "enter")
        assert screen.app.screen is screen.screen
        assert screen.screen.view.zoom != before
