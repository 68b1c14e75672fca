"""Saying no: a reply filled in from the week, edited, copied, and kept by blocks that are offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.core.calendar import minute_of
from techlead_tui.core.edits import AddBlock, AddItem
from techlead_tui.core.snapshot import OPEN
from techlead_tui.tui.dialogs.say_no import SayNoDialog
from tests.core.weeks import day
from tests.tui import hand
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import FOREIGN, stored
from tests.tui.test_typeahead import keys_of

BUDGET = AddBlock(
    "Budget sync", day("thu"), 15 * 60, 16 * 60, "meeting", "stakeholder", ("mira",), doc="budget.md"
)
SIZES = [(80, 24), (200, 60)]

pytestmark = pytest.mark.usefixtures("no_clipboard")


def dialog(screen: Opened) -> SayNoDialog:
    found = screen.app.screen
    assert isinstance(found, SayNoDialog), found
    return found


def reply(screen: Opened) -> str:
    return dialog(screen).area.text


async def about(screen: Opened, edit: AddBlock = BUDGET) -> None:
    """Open the dialog on a block."""
    uid = await stored(screen, edit)
    screen.screen.go(edit.day, edit.start, uid)
    await screen.press("n")


async def ask(screen: Opened, text: str) -> None:
    await screen.type(text)
    await screen.press("enter")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.slow
async def test_options_that_have_what_they_need_are_on_and_the_others_ask(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await about(screen)
        assert dialog(screen).options == ["a", "c"]
        assert "budget.md" in reply(screen)
        assert "Fri 27 Nov" in reply(screen)
        assert reply(screen).startswith("Hi mira, I won't join Budget sync")
        await screen.press("b")
        await ask(screen, "@Ana Lu")
        assert dialog(screen).options == ["a", "b", "c"]
        assert "- I pair with Ana Lu on" in reply(screen)
        assert reply(screen).splitlines()[-1] in screen.text()
        await screen.press("a", "b")
        assert dialog(screen).options == ["c"]
        assert reply(screen).endswith("Does that help you?")


@pytest.mark.slow
async def test_the_same_by_mouse_alone(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, BUDGET)
        await hand.click(screen, hand.when(screen, "thu 15:00"), hand.RIGHT)
        await hand.click_words(screen, "say no  ")
        await hand.click_words(screen, "a ● read")
        assert dialog(screen).options == ["c"]
        await hand.click_words(screen, "[ ] Sign-off")
        await hand.click_words(screen, "y copy")
        assert screen.app.clipboard == reply(screen)
        await hand.click_words(screen, "t tone")
        assert "happily" in reply(screen)
        await hand.click_words(screen, "E escalate")
        assert "15 to 20 hours" in reply(screen)
        await hand.click_words(screen, "O objections")
        await hand.click_words(screen, "The EM needs visibility")
        await hand.click_words(screen, "The EM needs visibility")
        assert "every Friday" in reply(screen)
        await hand.click_words(screen, "esc back")
        assert screen.app.screen is screen.screen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.slow
async def test_the_last_twenty_minutes_are_shown_and_put_there_only_when_asked(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await about(screen)
        ghost = screen.screen.view.ghost
        assert ghost is not None
        assert (ghost.day, ghost.start, ghost.end) == (day("thu"), 15 * 60 + 40, 16 * 60)
        await screen.press("escape")
        assert screen.screen.view.ghost is None
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert block.planned_minutes == 60
        await screen.press("n", "2", "enter")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert (minute_of(block.start), block.planned_minutes) == (15 * 60 + 40, 20)
        assert "1 block on the week" in screen.text()
        await screen.press("u")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert block.planned_minutes == 60


@pytest.mark.slow
async def test_all_that_is_marked_is_one_step_of_undo(opened: Opener) -> None:
    async with opened(size=(120, 40)) as screen:
        await about(screen)
        await screen.press("b")
        await ask(screen, "Ana")
        offered = dialog(screen).offered
        assert [offer.option for offer in offered] == ["a", "b", "c"]
        await screen.press("1", "2", "3", "2", "2", "enter")
        titles = {"Read budget.md", "Pair with Ana: Budget sync", "Budget sync"}
        keys = {offer.edits[0].weeks[0] for offer in offered}
        snapshot = screen.planner.snapshot(*keys)
        found = [block for key in keys for block in snapshot.week(key).blocks if block.source == "own"]
        assert {block.summary for block in found} == titles
        (reading,) = [block for block in found if block.summary == "Read budget.md"]
        assert reading.box == f"wed-messages@{day('wed')}"
        await screen.press("u")
        assert screen.summaries() == ["Budget sync"]


@pytest.mark.slow
async def test_escalation_uses_the_hours_of_the_week_and_turns_back(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await about(screen)
        first = reply(screen)
        await screen.press("E")
        assert "27 h are planned" in reply(screen).replace("\n", " ")
        assert "it waits" in reply(screen).lower()
        await screen.press("c")
        assert "it waits" not in reply(screen).lower()
        await screen.press("E")
        assert reply(screen) == first


async def test_on_deep_work_it_is_the_focus_reply_with_time_that_is_free(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("n")
        assert "focus work" in reply(screen)
        assert "Mon 30 Nov 16:00–16:30" in reply(screen)
        await screen.press("z")
        await ask(screen, "Nowhere")
        assert "is not a time zone" in screen.text()
        await ask(screen, "new_york")
        assert "(10:00–10:30 in New York)" in reply(screen)


@pytest.mark.slow
async def test_where_nothing_stands_it_is_asked_what_it_is_about(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("wed"), 8 * 60)
        await screen.press("n")
        assert "What is it about?" in screen.text()
        await ask(screen, "the offsite")
        assert "I won't join the offsite" in reply(screen)
        assert dialog(screen).options == ["c"]
        await screen.press("escape", "n", "escape")
        assert screen.app.screen is screen.screen


@pytest.mark.slow
async def test_what_is_edited_is_copied_and_goes_only_at_the_second_try(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await about(screen)
        await screen.press("e", *" ab", "escape")
        assert reply(screen).endswith("? ab")
        assert dialog(screen).options == ["a", "c"]
        await screen.press("y")
        assert screen.app.clipboard.endswith("? ab")
        assert "select the text" in screen.text()
        await screen.press("t")
        assert reply(screen).endswith("? ab")
        assert "press it again" in screen.text()
        await screen.press("t")
        assert not reply(screen).endswith("ab")


@pytest.mark.slow
async def test_keys_that_come_in_one_go_with_n_are_keys_of_the_dialog(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        uid = await stored(screen, BUDGET)
        screen.screen.go(BUDGET.day, BUDGET.start, uid)
        for key in keys_of("nat"):
            screen.app.post_message(key)
        await screen.settle()
        assert dialog(screen).options == ["c"]
        assert "happily" in reply(screen)


@pytest.mark.slow
async def test_the_text_can_be_selected_by_the_mouse_and_keys_stay_keys(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await about(screen)
        region = dialog(screen).area.region
        await hand.drag(screen, (region.x + 1, region.y), (region.x + 3, region.y))
        assert dialog(screen).area.selected_text == "Hi"
        await screen.press("a")
        assert dialog(screen).options == ["c"]
        assert dialog(screen).area.read_only
        await screen.press("escape")
        assert screen.app.screen is screen.screen


@pytest.mark.slow
async def test_a_place_that_is_taken_meanwhile_is_refused_and_nothing_is_put_there(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await about(screen)
        await screen.press("1", "2")
        (reading, _) = dialog(screen).offered
        assert isinstance(reading.edits[0], AddBlock)
        screen.planner.apply(reading.edits[0]._replace(summary="other", override="first"), ["add"])
        await screen.press("enter")
        assert "refused: " in screen.text()
        assert sorted(screen.summaries()) == ["Budget sync", "other"]


@pytest.mark.slow
async def test_names_are_text_and_nothing_else(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await about(screen, BUDGET._replace(summary=FOREIGN, people=("[b]x[/b]",)))
        assert "Hi [b]x[/b], I won't join" in reply(screen)
        assert "\x1b" not in screen.text()
        assert "[b]visit[/b]" in screen.text()


@pytest.mark.slow
async def test_a_wrong_playbook_is_named_and_nothing_breaks(opened: Opener) -> None:
    async with opened(size=(200, 60)) as screen:
        folder = Path(screen.planner.folders.config) / "playbook"
        folder.mkdir(parents=True)
        (folder / "mine.toml").write_text('[[reply]]\nid = "say-no"\n[reply.plain]\nopening = "{sumary}"\n')
        await about(screen)
        assert "mine.toml:4" in screen.text()
        await screen.press("a", "b", "E", "F", "t", "y", "1", "escape")
        assert screen.app.screen is screen.screen


@pytest.mark.parametrize("size", [(20, 6), (36, 12), (60, 24)])
@pytest.mark.slow
async def test_on_a_small_screen_the_text_and_the_keys_are_there(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await about(screen)
        await screen.press("b", "escape", "1", "e", "x", "escape", "escape")
        assert screen.app.screen is screen.screen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.slow
async def test_what_is_dropped_when_they_insist_is_a_trade_in_one_step_of_undo(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await about(
            screen, AddBlock("Budget sync", day("thu"), 900, 960, "meeting", "stakeholder", ("mira",))
        )
        await screen.press("escape")
        await stored(
            screen, AddBlock("Card call", day("fri"), 14 * 60 + 30, 15 * 60, "meeting", override="x")
        )
        screen.screen.go(day("thu"), 900)
        await screen.press("n", "E")
        assert "I could drop Card call" in reply(screen)
        assert "1 [ ] Drop Card call" in screen.text()
        await hand.click_words(screen, "[ ] Drop Card call")
        await screen.press("enter")
        assert "Card call dropped, and the trade written down" in screen.text()
        (trade,) = screen.planner.snapshot().table(OPEN, "trades").values()
        assert (trade["summary"], trade["for"], trade["with"]) == ("Card call", "Budget sync", ["mira"])
        assert trade["length_minutes"] == 30
        assert "Card call" not in screen.summaries()
        await screen.press("u")
        assert not screen.planner.snapshot().table(OPEN, "trades")
        assert "Card call" in screen.summaries()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_over_a_list_it_takes_the_whole_width(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        fields = {"requester": "ana", "start": "2026-11-25T14:00", "end": "2026-11-25T14:30"}
        screen.planner.apply(AddItem("request", "budget sync", fields), ["invite"])
        await screen.press("i", "n")
        assert screen.app.screen.query_one("#box").region.width == size[0]
