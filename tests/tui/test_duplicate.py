"""A copy of a block, carried to where it fits."""

from techlead_tui.core.edits import AddBlock
from tests.core.weeks import W48, add, day
from tests.tui.conftest import Opener
from tests.tui.forms import FOREIGN, stored

POOL = add("wed 14:00-15:00", "code", summary="pool", people=("ana",), doc="docs/pool.md", optional=True)


async def test_a_copy_is_carried_and_put_down_as_a_block_of_its_own(opened: Opener) -> None:
    async with opened() as screen:
        uid = await stored(screen, POOL)
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("D")
        assert screen.screen.mode == "move"
        ghost = screen.screen.view.ghost
        assert ghost is not None
        assert ghost.allowed
        assert screen.summaries() == ["pool"]
        await screen.press("down", "enter")
        first, second = [block for block in screen.week().blocks if block.source == "own"]
        assert first.uid == uid
        same = ("summary", "kind", "type", "people", "doc", "optional", "planned_minutes")
        assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]
        assert second.start.date() == ghost.day
        await screen.press("u")
        assert screen.summaries() == ["pool"]


async def test_a_copy_goes_to_a_later_week_where_this_one_has_no_room(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("mon"), 13 * 60)  # an architecture review: one box a week
        await screen.press("D")
        assert screen.screen.scene.week.key == W48.shift(1)
        await screen.press("enter")
        (block,) = [block for block in screen.week(W48.shift(1)).blocks if block.source == "own"]
        assert block.type == "architecture-review"


async def test_escape_puts_no_copy_down(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, POOL)
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("D", "escape")
        assert screen.summaries() == ["pool"]
        assert screen.screen.mode == "look"


async def test_a_copy_where_the_week_refuses_it_offers_ways_out(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("mon"), 16 * 60)
        await screen.press("D")
        while screen.screen.view.cursor_day.isoweekday() != 3:
            await screen.press("right")
        await screen.press("enter")
        assert screen.screen.refused is not None
        assert isinstance(screen.screen.refused.edit, AddBlock)
        assert "keep it, with a reason" in screen.text()
        assert screen.planner.history() == []


async def test_foreign_text_is_carried_as_it_is(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, POOL._replace(summary=FOREIGN))
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("D")
        assert "\x1b" not in screen.text()
        await screen.press("enter")
        assert screen.summaries() == [FOREIGN, FOREIGN]
