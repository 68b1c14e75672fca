"""The list of all keys: read whole at any width, picked from by arrows and by mouse."""

import pytest

from techlead_tui.render.palette import ANSI, DARK, PLAIN
from techlead_tui.render.text import plain
from techlead_tui.tui import actions
from techlead_tui.tui.dialogs.keys import KeysDialog
from tests.core.weeks import add, day
from tests.tui import hand
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import stored

POOL = add("wed 14:00-16:00", "code", summary="pool")


def dialog(screen: Opened) -> KeysDialog:
    found = screen.app.screen
    assert isinstance(found, KeysDialog)
    return found


def picked(screen: Opened) -> str:
    (row,) = [line for line in screen.text().splitlines() if "▸" in line]
    return row


async def test_arrows_and_enter_run_what_is_picked(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, POOL)
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("question_mark")
        while "Mark the block done" not in picked(screen):
            await screen.press("down")
        await screen.press("enter")
        assert screen.app.screen is screen.screen
        assert [block.status for block in screen.week().blocks if block.source == "own"] == ["done"]


@pytest.mark.parametrize("key", ["escape", "q", "question_mark", "f1"])
@pytest.mark.few(1)
async def test_it_closes_without_doing_anything(opened: Opener, key: str) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("question_mark", "down", "down", key)
        assert screen.app.screen is screen.screen
        assert (screen.screen.mode, screen.screen.line) == ("look", None)


@pytest.mark.parametrize("size", [(80, 24), (40, 16), (30, 10)], ids=str)
@pytest.mark.slow
async def test_no_line_is_cut(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await screen.press("f1")
        shown = dialog(screen).list
        seen: dict[int, str] = {}
        while True:
            for n in range(len(shown.items)):
                rows = [row for y, row in enumerate(shown.rows) if shown.under(y) == n]
                if len(rows) == len(shown._rows(n, shown.size.width)):  # whole in sight
                    seen[n] = " ".join(" ".join(plain(row).strip(" ▐▸").split()) for row in rows)
            if shown.at == len(shown.items) - 1:
                break
            await screen.press("down")
        text = " ".join(seen.values())
        assert actions.ACTIONS
        assert [action.text for action in actions.ACTIONS if action.text not in text] == []


@pytest.mark.parametrize("palette", [DARK, ANSI, PLAIN], ids=lambda palette: palette.id)
@pytest.mark.few(1)
async def test_the_pointer_picks_and_is_marked_in_every_palette(opened: Opener, palette) -> None:  # type: ignore[no-untyped-def]
    async with opened(size=(80, 24), palette=palette) as screen:
        await screen.press("question_mark")
        assert "Plan a block" in picked(screen)
        at = hand.words(screen, "Repeat the block weekly")
        assert at is not None
        hand.tell(screen, hand.MouseMove, at, 0)
        await screen.settle()
        assert "Repeat the block weekly" in picked(screen)


@pytest.mark.slow
async def test_what_the_screen_beneath_cannot_do_is_only_read(opened: Opener) -> None:
    async with opened(size=(80, 60)) as screen:
        await screen.press("question_mark")
        await hand.wheel_to(screen, "Save the form")
        await hand.click_words(screen, "Save the form")
        dialog(screen)
        assert len(screen.planner.history()) == 0


async def test_what_rests_while_a_block_is_carried_rests_here_too(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, POOL)
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m", "right", "question_mark")
        await hand.click_words(screen, "Mark the block done")
        dialog(screen)
        await hand.click_words(screen, "Make the block 15 minutes longer")
        assert screen.screen.mode == "move"
        ghost = screen.screen.view.ghost
        assert ghost is not None
        assert ghost.end - ghost.start == 135


async def test_the_keys_of_the_open_screen_come_first(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("f", "question_mark")
        assert dialog(screen).list.items[0].text == "Friday"
        await hand.click_words(screen, "Answer yes")
        assert dict(screen.week().answers) == {"code": True}


async def test_a_key_of_ones_own_is_shown(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.settings = screen.planner.settings._replace(keys={"week.quick_add": "n"})
        await screen.press("question_mark")
        assert "▸ n  " in picked(screen)


@pytest.mark.parametrize("words", ["zoom", "minutes a row"])
@pytest.mark.few(1)
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
