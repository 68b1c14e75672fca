"""A list screen made in a few lines: cursor, filter, several at once, card, headings, thousands of items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from textual.events import MouseScrollDown

from techlead_tui.core.edits import RemoveBlock
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Run
from techlead_tui.tui.dialogs.list_dialog import ListDialog
from techlead_tui.tui.dialogs.row_list import Heading, Lines, columns
from tests.core.weeks import W48, add
from tests.tui import hand
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import FOREIGN


class Task(NamedTuple):
    title: str
    owner: str = "ana"
    uid: str = ""


class TaskList(ListDialog[str]):
    """Close with the titles that were taken."""

    heading = "Tasks"
    empty = "nothing is delegated"
    several = True
    loads = True
    card_rows, card_cells = 2, 30
    mode = "list list-filter list-several"

    def __init__(self, screen: Opened, tasks: Sequence[Any]) -> None:
        super().__init__(screen.app.desk, screen.app.looks)
        self.tasks = tasks

    def load(self, planner: Planner) -> Sequence[Any]:
        own = [block for block in planner.snapshot(W48).week(W48).blocks if block.source == "own"]
        return [*self.tasks, *(Task(block.summary, uid=block.uid) for block in own)]

    def draw(self, item: Task, cells: int, _picked: bool) -> Lines:
        return [columns(cells, (item.title, 0), (item.owner, 8, "hint"))]

    def card(self, item: Task) -> Sequence[Run]:
        return [(f"all about {item.title}", "strong")]

    async def action_take(self) -> None:
        self.dismiss(",".join(task.title for task in self.chosen))

    async def delete_blocks(self) -> None:
        days = {block.uid: block.day for block in self.desk.planner.snapshot(W48).week(W48).blocks}
        await self.apply([RemoveBlock(task.uid, days[task.uid]) for task in self.chosen])


TASKS = (
    Heading("Due"),
    Task("status of payments"),
    Task("runbook", "ben"),
    Heading("Later"),
    Task("flaky test", "chidi"),
)


async def opened_list(screen: Opened, tasks: Sequence[Any] = TASKS) -> tuple[TaskList, list[str | None]]:
    taken: list[str | None] = []
    dialog = TaskList(screen, tasks)
    await screen.app.push_screen(dialog, taken.append)
    await screen.settle()
    return dialog, taken


SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60), (36, 12)], ids=str)


@SIZES
async def test_the_cursor_passes_headings_by_arrows_letters_and_ends(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        dialog, taken = await opened_list(screen)
        seen = []
        for key in ("up", "down", "j", "down", "k", "home", "end", "pageup", "pagedown"):
            await screen.press(key)
            seen.append(dialog.list.item.title.split()[0])
        assert seen == [
            "status",
            "runbook",
            "flaky",
            "flaky",
            "runbook",
            "status",
            "flaky",
            "status",
            "flaky",
        ]
        await screen.press("enter")
        assert taken == ["flaky test"]


@SIZES
async def test_a_filter_narrows_the_list_and_letters_are_keys_again_after_an_arrow(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        dialog, taken = await opened_list(screen)
        await screen.press("slash", *"BEN")
        assert [task.title for task in dialog.list.items] == ["runbook"]
        await screen.press("down", "space", "escape", "end", "space", "enter")
        assert taken == ["runbook,flaky test"]


async def test_the_wheel_a_click_and_a_second_click_pick_and_take(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        dialog, taken = await opened_list(screen)
        hand.tell(screen, MouseScrollDown, hand.words(screen, "runbook") or (0, 0), 0)
        await screen.settle()
        assert dialog.list.item.title == "runbook"
        for _ in range(2):
            await hand.click_words(screen, "chidi")
        assert taken == ["flaky test"]


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((200, 60), True)], ids=str)
@pytest.mark.few(1)
async def test_the_card_stands_beside_the_list_or_below_it(
    opened: Opener, size: tuple[int, int], beside: bool
) -> None:
    async with opened(size=size) as screen:
        dialog, _ = await opened_list(screen)
        assert "all about status of payments" in screen.text()
        await screen.press("down")
        assert "all about runbook" in screen.text()
        assert (dialog.query_one("#card").region.x > dialog.list.region.right - 1) == beside


async def test_an_empty_list_says_what_could_be_there(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await opened_list(screen, ())
        assert "nothing is delegated" in screen.text()
        await screen.press("down", "space", "enter")


async def test_edits_of_several_are_one_step_of_undo_and_the_list_follows(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        for day in ("mon", "fri"):
            screen.planner.apply(add(f"{day} 16:00-17:00", "code", summary=day, override="x"), ["add"])
        dialog, _ = await opened_list(screen, ())
        await screen.press("space", "space")
        await dialog.delete_blocks()
        await screen.settle()
        assert dialog.everything == []
        assert screen.summaries() == []
        screen.planner.undo()
        assert screen.summaries() == ["mon", "fri"]


async def test_foreign_text_is_inert_and_filtered_as_it_is_shown(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        dialog, _ = await opened_list(screen, [Task(FOREIGN), Task("x" * 500)])
        await screen.press("slash", *"visit")
        assert "[b]visit[/b]" in screen.text()
        assert "\x1b" not in screen.text()
        assert len(dialog.list.items) == 1


async def test_thousands_of_items_cost_what_a_screenful_costs(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        drawn = []

        class Counted(TaskList):
            def draw(self, item: Task, cells: int, picked: bool) -> Lines:
                drawn.append(item)
                return super().draw(item, cells, picked)

        dialog = Counted(screen, [Task(f"task {n}") for n in range(5000)])
        await screen.app.push_screen(dialog)
        await screen.settle()
        await screen.press("end", "pageup", "home")
        assert len(drawn) < 1000
        assert dialog.list.item.title == "task 0"


@pytest.mark.parametrize("key", ["question_mark", "M", "slash", "F", "K", "T", "comma"])
@pytest.mark.few(1)
async def test_clicks_beside_a_dialog_that_arrive_together_close_it_once(opened: Opener, key: str) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press(key)
        box = screen.app.screen.query_one("#box").region
        beside = next(at for at in ((0, 0), (79, 0), (0, 23)) if not box.contains(*at))
        for _ in range(4):
            hand.tell(screen, hand.MouseDown, beside)
            hand.tell(screen, hand.MouseUp, beside)
        await screen.settle()
        assert screen.app.screen is screen.screen


async def test_two_clicks_on_a_line_of_the_menu_run_it_once(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool", override="x"), ["add"])
        await screen.screen.reload()
        await hand.click(screen, hand.when(screen, "wed 14:00"), hand.RIGHT)
        at = hand.words(screen, "longer")
        assert at is not None
        for _ in range(2):
            hand.tell(screen, hand.MouseDown, at)
            hand.tell(screen, hand.MouseUp, at)
        await screen.settle()
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert block.planned_minutes == 75


async def test_a_filter_leaves_the_keys_of_a_long_list_in_sight(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.screen.action_menu_of("")
        await screen.settle()
        assert "⏎ take  esc back  / filter" in screen.text()
        await screen.press("slash")
        assert "⏎ take  esc back  / filter" in screen.text()
