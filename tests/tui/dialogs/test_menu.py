"""The menu beside a block or an empty place: what it offers, where it stands, how it goes away."""

import pytest

from techlead_tui.core.edits import FinishBlock
from techlead_tui.core.series import Repeat
from techlead_tui.core.week import Block
from techlead_tui.tui.dialogs.menu import MenuDialog, of_block
from tests.core.weeks import W48, add, day
from tests.tui import hand
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import stored

POOL = add("wed 14:00-16:00", "code", summary="pool")
SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])


def offered(screen: Opened) -> list[str]:
    dialog = screen.app.screen
    assert isinstance(dialog, MenuDialog)
    return [line.text for line in dialog.list.items]


def own(screen: Opened) -> Block:
    (block,) = [block for block in screen.week().blocks if block.source == "own"]
    return block  # type: ignore[no-any-return]


async def ask(screen: Opened, time: str) -> None:
    await hand.click(screen, hand.when(screen, time), hand.RIGHT)


async def test_a_block_is_offered_what_it_can_have_done_to_it(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, POOL)

        def names() -> set[str]:
            return {name.partition(".")[2] for name, _ in of_block(own(screen))}

        assert {"edit", "move", "done", "skip", "duplicate", "repeat", "longer", "delete"} <= names()
        block = own(screen)
        await stored(screen, FinishBlock(block.uid, block.day, "done"))
        assert not {"move", "longer", "shorter", "repeat", "skip"} & names()
        await stored(screen, FinishBlock(block.uid, block.day, "skipped"))
        assert not {"move", "longer", "delete"} & names()
        assert ("week.skip", "plan again") in of_block(own(screen))


@pytest.mark.slow
async def test_what_comes_again_already_is_not_asked_to(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, POOL._replace(repeat=Repeat()))
        assert "week.repeat" not in dict(of_block(own(screen)))
        box = next(block for block in screen.week().blocks if block.source == "theme")
        assert not {"week.repeat", "week.delete"} & set(dict(of_block(box)))


@SIZES
async def test_the_key_opens_what_the_right_button_does(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await stored(screen, POOL)
        await ask(screen, "wed 14:00")
        by_mouse = offered(screen)
        await screen.press("escape")
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("M")
        assert offered(screen) == by_mouse
        assert "move" in by_mouse
        await screen.press("escape")
        screen.screen.go(day("thu"), 12 * 60)
        await screen.press("M")
        assert "find free time" in offered(screen)


async def test_a_block_leads_on_to_what_is_about_day_and_week(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await ask(screen, "tue 14:00")
        await hand.click_words(screen, "day and week")
        await hand.click_words(screen, "Friday")
        assert "Friday" in screen.text().splitlines()[0]


@SIZES
async def test_a_click_beside_it_or_escape_leaves_all_as_it_was(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await ask(screen, "tue 14:00")
        offered(screen)
        await hand.click(screen, (2, 5))
        assert screen.app.screen is screen.screen
        await ask(screen, "wed 15:00")
        await screen.press("escape")
        assert screen.app.screen is screen.screen
        assert screen.planner.history() == []


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (30, 10)], ids=str)
async def test_it_stands_within_the_screen_wherever_it_is_asked_for(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        grid, opened_at = screen.screen.grid, 0
        for x, y in ((0, 3), (size[0] - 2, 3), (8, size[1] - 4), (size[0] - 2, size[1] - 4)):
            await hand.click(screen, (x, y + 1), hand.RIGHT)
            if grid._at_cell(x, y) is None:
                continue
            opened_at += 1
            box = screen.app.screen.query_one("#box").region
            assert box.intersection(screen.app.screen.region) == box
            await screen.press("escape")
        assert opened_at >= 2


async def test_the_end_of_a_long_menu_is_reached_on_a_small_screen(opened: Opener) -> None:
    async with opened(size=(40, 10)) as screen:
        screen.screen.go(day("thu"), 12 * 60)
        await screen.press("M")
        await hand.wheel_to(screen, "quit")
        await hand.click_words(screen, "quit")
        assert screen.app._exit


async def test_while_a_block_is_carried_the_menu_is_about_that(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, POOL)
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m")
        await ask(screen, "thu 13:00")
        assert offered(screen)[0] == "put down"
        await screen.press("enter")
        assert (own(screen).day, own(screen).start.hour) == (day("thu"), 13)


async def test_a_double_click_puts_down_what_is_carried(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, POOL)
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m")
        for _ in range(2):
            await hand.click(screen, hand.when(screen, "thu 13:00"))
        assert own(screen).day == day("thu")
        assert screen.screen.mode == "look"


async def test_what_keys_have_picked_up_is_dragged_on(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, POOL)
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m", "right")
        await hand.drag(screen, hand.when(screen, "thu 14:00"), hand.when(screen, "thu 13:00"))
        assert (own(screen).day, own(screen).start.hour) == (day("thu"), 13)


async def test_each_of_two_keys_with_one_label_does_its_own_by_a_click(opened: Opener) -> None:
    async with opened(size=(200, 60)) as screen:
        at = hand.words(screen, "[ ] week")
        assert at is not None
        await hand.click(screen, at)
        assert screen.screen.scene.week.key == W48.shift(-1)
        await hand.click(screen, (at[0] + 2, at[1]))
        assert screen.screen.scene.week.key == W48
        await hand.click(screen, (at[0] + 5, at[1]))
        assert screen.screen.scene.week.key == W48.shift(1)


async def test_a_meeting_leads_to_no_to_somebody_else_to_a_question_and_to_the_ledger(
    opened: Opener,
) -> None:
    async with opened(size=(80, 24)) as screen:
        found = {block.summary: {name for name, _ in of_block(block)} for block in screen.week().blocks}
        wanted = {"week.say_no", "week.delegations", "week.questions", "week.series"}
        assert wanted <= found["EM 1:1"]
        assert wanted & found["Deep work"] == {"week.say_no"}
