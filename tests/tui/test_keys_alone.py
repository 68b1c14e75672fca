"""What the week says to one who plans by keys alone: nothing twice, nothing cut in silence, no key mute."""

from __future__ import annotations

import pytest

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import MoveBlock
from tests.core.weeks import W48, add, day, moment
from tests.tui.conftest import Opener
from tests.tui.forms import stored


def said(text: str, about: str) -> str:
    """The line on the screen that holds some words."""
    return next(line for line in text.splitlines() if about in line)


async def test_the_verdict_on_words_does_not_repeat_them(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("a")
        await screen.type("thu 14-15 budget sync +status")
        assert said(screen.text(), "refused:").startswith(" refused: 13:00–15:00 is reserved for deep work")


async def test_a_length_that_runs_past_midnight_is_said_as_one(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("a")
        await screen.type("wed 14 14h review")
        assert "14:00 and 14h run past midnight" in screen.text()


@pytest.mark.slow
async def test_warnings_are_walked_block_by_block_round_and_round(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.apply(add("wed 17:00-17:30", "code"), ["add"])
        screen.planner.apply(add("thu 17:00-17:30", "code", summary="status"), ["add"])
        await screen.screen.reload()
        found = {block: v.rule for v in screen.screen.scene.violations for block in v.subjects}
        await screen.press("v")
        seen = []
        for number in (1, 2, 1):
            here = screen.screen.here
            assert here is not None
            assert here.uid in found
            assert f"⚠ {number}/2" in screen.text()
            seen.append(here.summary)
            await screen.press("v")
        assert len(set(seen)) == 2


@pytest.mark.slow
async def test_a_fix_that_does_not_fit_its_line_is_told_in_short(opened: Opener) -> None:
    async with opened(size=(70, 24)) as screen:
        screen.planner.apply(add("wed 17:00-18:00", "code"), ["add"])
        await screen.screen.reload()
        await screen.press("v")
        foot = screen.text().splitlines()[-2]
        assert "17:00" in foot.split("⏎")[0]  # the reason, and not the title that is under the cursor
        assert "⏎" in foot
        assert foot.rstrip().endswith("⏎ Move it to Wed 25 Nov 13:00–14:00")  # and not in which box


async def test_undo_shows_the_week_that_it_brings_back(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.apply(add("wed 14:00-16:00", "code", summary="pool"), ["add"])
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        away = day("fri", IsoWeek(2026, 50))
        moved = MoveBlock(block.uid, block.day, away, 14 * 60, 16 * 60, override="asked")
        assert not screen.planner.apply(moved, ["move"]).refused
        await screen.screen.show_week(IsoWeek(2026, 50))
        await screen.press("u")
        assert screen.screen.scene.week.key == W48
        assert screen.screen.here is not None
        assert screen.screen.here.summary == "pool"
        await screen.press("U")
        assert screen.screen.view.cursor_day == away


async def test_what_is_carried_is_not_named_in_its_own_verdict(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("mon"), 9 * 60)
        await screen.press("m", "right")
        assert said(screen.text(), "refused:").startswith(" refused: 09:00–12:00 is reserved for deep work")


async def test_what_is_carried_is_where_the_cursor_is(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.apply(add("wed 14:00-16:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m")
        for key in ("pageup", "pagedown", "right_square_bracket", "t", "down", "tab", "v", "z", "w"):
            await screen.press(key)
            view = screen.screen.view
            assert view.ghost is not None
            assert (view.ghost.day, view.ghost.start) == (view.cursor_day, view.cursor), key
            assert view.cursor_day in view.days


async def test_a_key_that_rests_while_a_block_is_carried_says_so(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("mon"), 9 * 60)
        for key in ("x", "a", "tab", "slash", "y", "1"):
            await screen.press("m", key)
            assert "⏎ puts it down first" in screen.text(), key
            await screen.press("escape")
            assert "⏎ puts it down first" not in screen.text()
        await screen.press("m", "question_mark", "escape")
        assert "⏎ puts it down first" not in screen.text()


@pytest.mark.slow
async def test_a_refusal_is_answered_before_another_block_is_touched(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("a")
        await screen.type("thu 14-15 budget sync +status")
        await screen.press("enter", "x", "s", "d", "plus", "m", "u", "L")
        assert screen.planner.history() == []
        assert screen.screen.refused is not None
        assert "one of these first" in screen.text()
        await screen.press("2")
        assert len(screen.planner.history()) == 1


async def test_what_is_carried_stays_in_hand_when_its_place_is_refused(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("mon"), 9 * 60)
        await screen.press("m")
        assert "arrows move it · ⏎ puts it down · esc takes it back" in screen.text()
        await screen.press("right", "enter", "x")
        assert screen.planner.history() == []
        assert screen.screen.view.ghost is not None
        assert "esc put it back   H why   ←↓↑→ move it on" in screen.text()
        await screen.press("left", "escape")
        assert screen.screen.view.ghost is None


async def test_undo_calls_a_box_by_its_name(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("mon"), 9 * 60)
        await screen.press("x", "u")
        assert "undone: finishing EM 1:1" in screen.text()
        await screen.press("d", "u")
        assert "undone: skipping EM 1:1" in screen.text()


async def test_a_key_that_does_nothing_says_so_until_the_next_one(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        for key, said in (("J", "J"), ("percent_sign", "%"), ("o", "o")):
            await screen.press(key)
            assert f"{said} does nothing here · ? lists every key" in screen.text()
            await screen.press("a", "x", "escape")
            assert "does nothing here" not in screen.text()


async def test_a_warning_leaves_room_for_how_to_undo(opened: Opener) -> None:
    async with opened(size=(80, 24), now=moment("fri 18:30")) as screen:
        await screen.press("a")
        await screen.type("mon 16-17 sync +status")
        await screen.press("enter")
        assert "planned: sync, Mon 16:00–17:00 · u takes it back" in screen.text()


async def test_what_cannot_be_undone_is_said_without_the_shell(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("u")
        assert said(screen.text(), "there is nothing to").strip() == "there is nothing to undo"


async def test_what_was_logged_or_answered_is_said_with_its_time(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("L")
        await screen.type("45m pool fix")
        assert "the pattern says how: lead, spike, refactor, pair or review" in screen.text()
        await screen.press("enter")
        assert "logged: 45m pool fix, Tue 24 Nov 10:52–11:37 · u takes it back" in screen.text()
        await screen.press("f", "y", "n", "escape")
        assert "Friday check of W48: 1 of 5, 3 still open" in screen.text()


async def test_the_next_key_is_about_the_same_block(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.apply(add("fri 16:00-17:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("fri"), 16 * 60)
        await screen.press("s", "s")
        (pool,) = [block for block in screen.week().blocks if block.source == "own"]
        assert pool.status == "planned"
        assert all(block.live for block in screen.week().blocks)


@pytest.mark.slow
async def test_a_block_that_grows_past_another_stays_the_one_in_hand(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.apply(add("wed 16:00-16:30", "code", summary="short"), ["add"])
        screen.planner.apply(add("wed 16:00-16:45", "code", summary="long", override="both"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 16 * 60)
        await screen.press("plus", "plus", "plus")
        lengths = {block.summary: block.planned_minutes for block in screen.week().blocks}
        assert (lengths["short"], lengths["long"]) == (75, 45)


async def test_in_a_plain_list_the_line_says_where_a_block_is_carried(opened: Opener) -> None:
    async with opened(size=(36, 12)) as screen:
        screen.screen.go(day("mon"), 9 * 60)
        await screen.press("m")
        assert "carried from Mon 09:00–10:00" in screen.text()
        await screen.press("down", "right")
        assert "Tue 09:15–10:15 · refused" in screen.text()


async def test_escape_takes_the_cursor_back_to_the_block_that_was_carried(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, add("wed 14:00-15:00", "code", summary="pool"))
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m", "right", "right", "right", "down", "down", "escape")
        assert screen.screen.scene.week.key == W48
        assert screen.screen.here is not None
        assert screen.screen.here.summary == "pool"
