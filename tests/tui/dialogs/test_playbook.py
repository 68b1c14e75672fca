"""The playbook on the screen: every entry beside the user's own figure, and what it is about one key away."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.config.playbook_toml import read_playbook
from techlead_tui.core.edits import AddBlock
from techlead_tui.core.playbook import OPENS, Entry
from techlead_tui.render.text import plain
from techlead_tui.tui.dialogs.playbook import OPENED_BY, PlaybookDialog, TrapDialog
from techlead_tui.tui.dialogs.say_no import SayNoDialog
from tests.core.weeks import day
from tests.tui import hand
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import stored

SHIPPED, _ = read_playbook("/no/such/folder")

pytestmark = pytest.mark.usefixtures("no_clipboard")


def dialog(screen: Opened) -> PlaybookDialog:
    found = screen.app.screen
    assert isinstance(found, PlaybookDialog), found
    return found


def _right(screen: Opened) -> str:
    """Return the lines of the text, which end where the box does."""
    view = dialog(screen).query_one("#card")
    return "".join(f"{plain(row).strip()}\n" for row in view.rows)  # type: ignore[attr-defined]


async def find(screen: Opened, words: str) -> None:
    await screen.press("slash")
    await screen.type(words)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
@pytest.mark.slow
async def test_every_entry_is_reached_and_shows_its_figure(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await screen.press("H")
        seen = []
        for _ in SHIPPED:
            entry = dialog(screen).list.item
            assert isinstance(entry, Entry)
            seen.append(entry.id)
            shown = screen.text()
            assert "yours: " in shown
            assert entry.title[:20] in shown
            await screen.press("down")
        assert seen == list(SHIPPED)


async def test_it_opens_where_there_is_no_room_at_all(opened: Opener) -> None:
    async with opened(size=(6, 24)) as screen:
        await screen.press("H")
        assert dialog(screen).list.item == SHIPPED[next(iter(SHIPPED))]


def test_what_an_entry_is_about_can_be_opened() -> None:
    assert set(OPENS) - set(OPENED_BY) == {"review"}


async def test_words_narrow_the_list_and_a_part_of_the_method_does(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("H")
        await find(screen, "m13")
        assert {item.id for item in dialog(screen).list.items} == {"focus", "book-over-my-blocks"}
        await screen.type("done in about ten minutes")
        assert [item.id for item in dialog(screen).list.items] == ["before-a-review"]


@pytest.mark.slow
async def test_a_reply_opens_filled_in_for_the_block_under_the_cursor(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("H")
        await find(screen, "book over my blocks")
        await screen.press("enter")
        front = screen.app.screen
        assert isinstance(front, SayNoDialog)
        assert "Mon 30 Nov 16:00–16:30 is open" in front.area.text


@pytest.mark.slow
async def test_a_principle_opens_what_it_is_about(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("H")
        await find(screen, "measure by technical impact")
        await screen.press("enter")
        assert "Did I ship code" in screen.text()


async def test_a_template_is_copied_as_it_is(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("H", "end", "y")
        assert screen.app.clipboard == SHIPPED["update"].fields["text"][0]
        assert "select the text" in screen.text()
        await screen.press("up", "enter")
        assert screen.app.clipboard.startswith("**Overall:**")


@pytest.mark.parametrize("size", [(36, 12), (60, 24), (80, 24)])
@pytest.mark.slow
async def test_a_long_text_is_read_to_its_end(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await screen.press("H")
        assert "→ more" in screen.text()
        for _ in range(40):
            if "→ more\n" not in _right(screen):
                break
            await screen.press("right")
        assert "M1\n" in _right(screen)
        assert "→ more\n" not in _right(screen)
        await screen.press(*["left"] * 40)
        assert "yours" in screen.text()


@pytest.mark.slow
async def test_the_tone_turns(opened: Opener) -> None:
    async with opened(size=(200, 60)) as screen:
        await screen.press("H")
        await find(screen, "offer help instead of attendance")
        await screen.press("down")
        assert "Hi Ana, I won't join" in screen.text()
        await screen.press("t")
        assert "thank you for thinking of me" in screen.text()


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
@pytest.mark.slow
async def test_the_trap_is_drawn_by_the_grid_beside_the_designed_week(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await screen.press("H")
        await find(screen, "the trap, and")
        await screen.press("enter")
        assert isinstance(screen.app.screen, TrapDialog)
        shown = screen.text()
        assert "BOOKED" in shown
        assert "⚠ 21.2 h of your deep work go to meetings" in shown
        assert ("CATCH-UP" in shown) is (size[0] > 100)
        await screen.press("tab")
        assert "CATCH-UP" in screen.text()
        await screen.press("escape")
        assert dialog(screen)


@pytest.mark.slow
async def test_by_mouse_alone(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await hand.click(screen, hand.when(screen, "tue 14:00"), hand.RIGHT)
        await hand.click_words(screen, "day and week …")
        await hand.click_words(screen, "playbook  ")
        await hand.click_words(screen, "How the time goes")
        assert dialog(screen).list.item.id == "drifted-lead"
        await hand.wheel_to(screen, "40 % meetings")
        await hand.click_words(screen, "y copy")
        assert "40 % meetings" in screen.app.clipboard
        await hand.click_words(screen, "esc back")
        assert screen.app.screen is screen.screen


@pytest.mark.slow
async def test_a_wrong_playbook_is_named(opened: Opener) -> None:
    async with opened(size=(200, 60)) as screen:
        folder = Path(screen.planner.folders.config) / "playbook"
        folder.mkdir(parents=True)
        (folder / "mine.toml").write_bytes(b"\xff")
        await screen.press("H")
        assert "is not UTF-8" in " ".join(_right(screen).split())
        assert "  esc back" in screen.text()
        assert "⏎ open" not in screen.text()
        await screen.press("enter", "y", "right", "escape")
        assert screen.app.screen is screen.screen


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_refusal_opens_the_entry_that_says_why_and_still_waits_for_its_answer(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await screen.press("a")
        await screen.type("thu 14-15 roadmap +alignment")
        await screen.press("enter")
        refused = screen.screen.refused
        assert refused is not None
        await screen.press("H")
        assert refused.violations[0].rule in dialog(screen).list.item.rules
        assert "Playbook · why" in screen.text()
        assert size[0] > 80 or "…" not in screen.text()  # the few titles are whole
        await screen.press("escape")
        assert screen.app.screen is screen.screen
        assert screen.screen.refused == refused
        await hand.click_words(screen, "H why")
        assert dialog(screen).list.item is not None


@pytest.mark.slow
async def test_a_refused_form_opens_the_entry_that_says_why(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("g", "a")
        await screen.type("architecture of the ledger @ana")
        await screen.press("enter", "H")
        assert dialog(screen).list.item == SHIPPED["does-it-need-to-be-you"]
        await screen.press("escape")
        assert "this needs you" in screen.text()


async def test_a_warning_under_the_cursor_opens_the_entry_about_its_type(opened: Opener) -> None:
    async with opened() as screen:
        uid = await stored(screen, AddBlock("Roadmap", day("mon"), 960, 1020, "meeting", "alignment"))
        screen.screen.go(day("mon"), 960, uid)
        await screen.press("H")
        assert dialog(screen).list.item == SHIPPED["skip-meetings-about-meetings"]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_no_title_is_cut_in_the_list(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await screen.press("H")
        shown = dialog(screen).list
        for entry in SHIPPED.values():
            lines = dialog(screen).draw(entry, shown.size.width - 3, False)
            said = " ".join("".join(text for text, ink in line if ink != "hint").strip() for line in lines)
            assert said == entry.title


async def test_the_key_bar_has_the_keys_that_the_entry_has_a_use_for(opened: Opener) -> None:
    async with opened(size=(200, 60)) as screen:
        await screen.press("H")
        assert "⏎ open  y copy  / filter  esc back" in screen.text()
        assert "t tone" not in screen.text()  # a principle has one
        assert "→ more" not in screen.text()  # and all of it is in sight
        await find(screen, "visibility")
        assert "y copy  t tone " in screen.text()
    async with opened(size=(80, 24)) as screen:
        await screen.press("H")
        assert "⏎ open  y copy  → more  / filter" in screen.text()
        await find(screen, "no such words")
        assert "y copy" not in screen.text()
