"""The search for an action: every one by its key, its name or what it does."""

import pytest

from techlead_tui.tui.dialogs.keys import KeysDialog
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


async def test_the_list_of_keys_is_searched_and_whole_again_after_escape(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("question_mark")
        dialog = screen.app.screen
        assert isinstance(dialog, KeysDialog)
        whole = len(dialog.list.items)
        await screen.press("slash", *"friday")
        assert 0 < len(dialog.list.items) < whole
        await screen.press("escape")
        assert len(dialog.list.items) == whole
        await screen.press("slash", *"zzz")
        assert dialog.list.items == []
        await screen.press("enter", "escape", "escape")
        assert screen.app.screen is screen.screen
