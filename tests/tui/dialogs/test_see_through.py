"""What is seen through a dialog: the week as it is, tinted, and drawn again only where it changed."""

from __future__ import annotations

import pytest
from textual.screen import ModalScreen
from textual.strip import Strip

from techlead_tui.tui.textual_workarounds import SeeThrough
from tests.core.weeks import add
from tests.tui.conftest import Opened, Opener


def as_textual_draws(screen: Opened, monkeypatch: pytest.MonkeyPatch) -> list[Strip]:
    """The whole screen when Textual draws what is beneath the dialog."""
    with monkeypatch.context() as patch:
        patch.setattr(SeeThrough, "render", ModalScreen.render)
        patch.setattr(SeeThrough, "refresh", ModalScreen.refresh)
        screen.app.screen.refresh()
        return [strip.simplify() for strip in screen.strips()]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_dialog_looks_as_if_textual_drew_it(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await screen.press("question_mark")
        ours = [strip.simplify() for strip in screen.strips()]
        assert ours == as_textual_draws(screen, monkeypatch)


async def test_what_changes_beneath_a_dialog_is_seen(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("M")
        assert "pool" not in screen.text()
        screen.planner.apply(add("fri 16:00-17:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        await screen.settle()
        assert "pool" in screen.text()


@pytest.mark.slow
async def test_what_changed_under_two_dialogs_is_seen_when_one_has_left(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("g", "a")
        screen.planner.apply(add("mon 09:00-10:00", "code", summary="pool", override="now"), ["add"])
        await screen.screen.reload()
        await screen.press("escape")
        assert "pool" in screen.text()


@pytest.mark.slow
async def test_colours_that_are_turned_in_the_settings_are_seen_beneath_them(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("comma", "down", "down", "down", "right")
        ours = [strip.simplify() for strip in screen.strips()]
        assert ours == as_textual_draws(screen, monkeypatch)
