"""The settings: each kept when it is changed, shown at once, and there again next time."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from techlead_tui.config.settings_cache import load_settings
from techlead_tui.render.palette import DARK, LIGHT
from techlead_tui.tui import actions
from techlead_tui.tui.dialogs.key_bindings import OwnKeysDialog
from techlead_tui.tui.dialogs.settings import SettingsDialog
from techlead_tui.tui.widgets.form_rows import FormRows
from tests.tui import hand
from tests.tui.conftest import Opened, Opener

LINES = ("name", "emails", "week_theme", "color_theme", "days", "zoom", "keys", "repository_roots")


@pytest.fixture(autouse=True)
def terminal_of_many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)


async def line(screen: Opened, name: str) -> None:
    """Opens the settings and goes to a line."""
    await screen.press("comma")
    assert isinstance(screen.app.screen, SettingsDialog)
    await screen.press(*["down"] * LINES.index(name))


def kept(tmp_path: Path) -> dict[str, Any]:
    return tomllib.loads((tmp_path / "config" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.slow
async def test_name_and_addresses_are_kept_by_going_on(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await screen.press("comma")
        await screen.type("Ada Lovelace")
        await screen.press("enter")
        await screen.type("ada@example.org, al@example.org")
        await screen.press("escape")
    assert kept(tmp_path) == {"name": "Ada Lovelace", "emails": ["ada@example.org", "al@example.org"]}


@pytest.mark.slow
async def test_folders_with_code_are_kept_where_there_are_such(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await line(screen, "repository_roots")
        await screen.type(f"{tmp_path}, {tmp_path}/nowhere")
        await screen.press("escape")
        assert "is not a folder" in screen.text()
        await screen.type(f" {tmp_path} ,")
        await screen.press("escape")
        assert not isinstance(screen.app.screen, SettingsDialog)
    assert kept(tmp_path) == {"evidence": {"roots": [str(tmp_path)]}}


@pytest.mark.slow
async def test_what_is_no_address_is_said_and_not_kept(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await line(screen, "emails")
        await screen.type("ada@example.org, nobody")
        await screen.press("escape")
        assert isinstance(screen.app.screen, SettingsDialog)
        assert "“nobody” is not an e-mail address" in screen.text()
        await screen.type("")
        await screen.press("escape")
    assert not (tmp_path / "config" / "config.toml").exists()


@pytest.mark.slow
async def test_nobody_is_kept_in_the_settings_by_what_is_no_address(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await line(screen, "emails")
        await screen.type("nobody")
        await screen.press("escape")
        assert "leave again, and it stays as it was" in screen.text()
        await screen.press("escape")
        assert screen.app.screen is screen.screen
    assert not (tmp_path / "config" / "config.toml").exists()


@pytest.mark.slow
async def test_colours_change_while_one_turns_them(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await line(screen, "color_theme")
        await screen.press("right")
        assert (kept(tmp_path)["color_theme"], screen.app.looks.palette) == ("dark", DARK)
        await screen.press("right")
        assert (kept(tmp_path)["color_theme"], screen.app.looks.palette) == ("light", LIGHT)
        await screen.press("left", "left")
        assert kept(tmp_path)["color_theme"] == "auto"
        assert screen.app.looks.palette is DARK


@pytest.mark.slow
async def test_the_week_theme_is_used_from_this_week_on_and_undone_on_the_week(opened: Opener) -> None:
    async with opened(size=(160, 40)) as screen:
        assert screen.week().theme.id == "maker-week"
        await line(screen, "week_theme")
        before = screen.week().theme.title
        await screen.press("right")
        await screen.press("escape")
        theme = screen.week().theme
        assert theme.title != before
        assert theme.title in screen.text()
        await screen.press("u")
        assert screen.week().theme.title == before


async def test_days_and_zoom_hold_at_once_and_next_time(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await line(screen, "days")
        await screen.press("right", "down", "right", "escape")
        assert len(screen.screen.view.days) == 7
        assert screen.screen.view.zoom == 15
    assert (kept(tmp_path)["days"], kept(tmp_path)["zoom"]) == (7, 15)
    async with opened() as screen:
        assert len(screen.screen.view.days) == 7


async def own_key(screen: Opened, action_id: str, key: str) -> None:
    """Opens the keys, goes to an action and presses another key for it."""
    await line(screen, "keys")
    await screen.press("enter")
    dialog = screen.app.screen
    assert isinstance(dialog, OwnKeysDialog)
    ids = [action.id for action in actions.ACTIONS]
    dialog.list.step(ids.index(action_id))
    await screen.press("enter")
    assert "press the new key" in screen.text()
    await screen.press(key)


async def test_a_key_of_ones_own_works_at_once_and_is_kept(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await own_key(screen, "week.quick_add", "Q")
        assert "kept: Q" in screen.text()
        await screen.press("escape", "escape")
        await screen.press("a")
        assert screen.screen.line is None
        await screen.press("Q")
        assert screen.screen.line is not None
    assert load_settings(str(tmp_path / "config")).keys == {"week.quick_add": "Q"}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("m", "m is taken: pick the block up"),
        ("question_mark", "? is taken: list every key"),
        ("escape", "Plan a block"),
        ("3", "the digits take the fixes"),
    ],
)
@pytest.mark.slow
async def test_a_key_that_does_something_else_is_refused(
    opened: Opener, tmp_path: Path, key: str, said: str
) -> None:
    async with opened() as screen:
        await own_key(screen, "week.quick_add", key)
        assert said in screen.text()
    assert not (tmp_path / "config" / "config.toml").exists()


@pytest.mark.slow
async def test_a_key_goes_back_to_the_one_it_came_with(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await own_key(screen, "week.quick_add", "Q")
        await screen.press("backspace")
        await screen.press("escape", "escape", "a")
        assert screen.screen.line is not None
    assert load_settings(str(tmp_path / "config")).keys == {}


@pytest.mark.slow
async def test_a_key_that_was_taken_meanwhile_does_not_come_back(opened: Opener) -> None:
    async with opened() as screen:
        await own_key(screen, "week.quick_add", "Q")
        await screen.press("escape", "escape")
        await own_key(screen, "week.move", "a")
        ids = [action.id for action in actions.ACTIONS]
        dialog = screen.app.screen
        assert isinstance(dialog, OwnKeysDialog)
        dialog.list.step(ids.index("week.quick_add") - ids.index("week.move"))
        await screen.press("backspace")
        assert "a is taken" in screen.text()


@pytest.mark.slow
async def test_all_of_it_by_mouse(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await screen.press("comma")
        await hand.click_words(screen, "5 days")
        assert kept(tmp_path)["days"] == 7
        await hand.click_words(screen, "esc back")
        assert not isinstance(screen.app.screen, SettingsDialog)


@pytest.mark.slow
async def test_what_cannot_be_written_is_said(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        (tmp_path / "config").write_text("a file in the way", encoding="utf-8")
        await line(screen, "days")
        await screen.press("right")
        assert "not saved" in screen.text()
        assert len(screen.screen.view.days) == 5


@pytest.mark.parametrize("size", [(30, 10), (60, 16), (80, 24), (200, 60)])
@pytest.mark.slow
async def test_the_settings_fit_every_size(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await screen.press("comma")
        assert "Settings" in screen.text()
        await screen.press(*["down"] * 6, "enter")
        assert "Keys" in screen.text()


async def test_a_click_beside_the_fields_leaves_what_is_written_there(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        await screen.press("comma")
        await screen.type("Zoe")
        await hand.click(screen, screen.app.screen.query_one("#verdict").region.offset)
        await screen.press("escape")
    assert kept(tmp_path) == {"name": "Zoe"}


async def test_a_form_begins_at_its_first_field_again_where_there_is_room(opened: Opener) -> None:
    async with opened(size=(40, 6)) as screen:
        await screen.press("p")
        await screen.type("what")
        await screen.press("tab")
        await screen.pilot.resize_terminal(80, 24)
        await screen.settle()
        form = screen.app.screen.query_one(FormRows)
        assert form.line.region.y == form.region.y + 1
