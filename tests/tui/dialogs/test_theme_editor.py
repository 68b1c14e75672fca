"""A week theme is changed with the week that results beside it, and written when it is saved."""

from __future__ import annotations

import pytest

from techlead_tui.core.theme import WeekTheme
from techlead_tui.tui.dialogs.theme_editor import ThemeEditor
from tests.core.weeks import W48
from tests.tui.conftest import Opened, Opener
from tests.tui.hand import click_words

OPEN = ("comma", *["tab"] * 8, "enter")  # the settings, and their last line


def used(screen: Opened) -> WeekTheme:
    return screen.planner.snapshot(W48).theme_of(W48)


def drawn(screen: Opened) -> WeekTheme:
    editor = screen.app.screen
    assert isinstance(editor, ThemeEditor)
    assert editor.draft is not None
    return editor.draft.theme


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_box_is_moved_and_a_shipped_theme_is_saved_as_ones_own(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await screen.press(*OPEN)
        assert "focus 22 h" in screen.text()
        await screen.press(
            "down", "down", "down", "down", "down", "down", "minus"
        )  # Cross-team sync: no room
        assert "overlap" in screen.text()
        await screen.press("d")
        assert "is gone" in screen.text()
        assert "not saved" in screen.text()
        assert used(screen).id == "maker-week"
        await screen.press("s")
        assert "saved as my-maker-week, used from this week on" in screen.text()
        assert "cross-team" not in {box.id for box in used(screen).boxes}
        await screen.press("escape", "escape")
        screen.planner.undo()
        assert used(screen).id == "maker-week"


@pytest.mark.slow
async def test_a_form_says_what_would_be_wrong_and_keeps_what_was_typed(opened: Opener) -> None:
    async with opened(size=(120, 40)) as screen:
        await screen.press(*OPEN, "down", "enter", "tab", "tab", "tab")
        await screen.press("ctrl+u", *"12:30", "enter")
        assert "12:30" in screen.text()
        assert "lunch" in screen.text()
        await screen.press("ctrl+u", *"09:30", "enter")
        assert next(box for box in drawn(screen).boxes if box.id == "em-1-1").end == 570
        await screen.press("u")
        assert next(box for box in drawn(screen).boxes if box.id == "em-1-1").end == 600


@pytest.mark.slow
async def test_days_and_limits_are_changed_and_boxes_added(opened: Opener) -> None:
    async with opened(size=(120, 40)) as screen:
        await screen.press(*OPEN, "enter", "ctrl+u", *"Talk", "enter")
        assert drawn(screen).days[0].title == "Talk"
        await screen.press("end", *["up"] * 9, "minus")
        assert drawn(screen).limits.recurring_meetings == 4
        await screen.press("home", *["down"] * 6, "d", "up", "a", *"Desk", "enter")
        (added,) = {box.id for box in drawn(screen).boxes} - {box.id for box in used(screen).boxes}
        assert next(box for box in drawn(screen).boxes if box.id == added).summary == "Desk"


@pytest.mark.slow
async def test_what_was_not_saved_is_asked_for_once(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press(*OPEN, "down", "d", "escape")
        assert "not saved" in screen.text()
        assert isinstance(screen.app.screen, ThemeEditor)
        await screen.press("escape")
        assert not isinstance(screen.app.screen, ThemeEditor)
        assert used(screen).id == "maker-week"


@pytest.mark.slow
async def test_the_mouse_alone_changes_and_saves(opened: Opener) -> None:
    async with opened(size=(120, 40)) as screen:
        await screen.press("comma")
        await click_words(screen, "change this week theme")
        await click_words(screen, "Stakeholder context")
        await click_words(screen, "remove")
        await click_words(screen, "save")
        assert "stakeholder" not in {box.id for box in used(screen).boxes}
        assert used(screen).id == "my-maker-week"
