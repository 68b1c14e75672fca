"""Every job of the week screen, by keys alone and by mouse alone: both ways end in the same.

A new job is one entry of JOBS. Typing words is typing by mouse as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from techlead_tui.core.series import Repeat
from tests.core.weeks import W48, add, day
from tests.render.scenes import session
from tests.tui.conftest import Opened, Opener
from tests.tui.steps import (
    Step,
    also,
    at,
    choice,
    click,
    command,
    drag,
    has,
    item,
    lower_in_menu,
    menu,
    press,
    shows,
    write,
)

SIZES = [(80, 24), (200, 60)]


def stored(screen: Opened) -> Any:
    """All that five weeks hold, apart from uids."""
    out = []
    for weeks in range(5):
        week = screen.week(W48.shift(weeks))
        blocks = [block._replace(uid="") for block in week.blocks]
        sessions = [session._replace(uid="") for session in week.sessions]
        kinds = [day.kind for day in week.days]
        out.append((blocks, sessions, kinds, dict(week.answers), week.theme.id))
    return out


def shown(screen: Opened) -> Any:
    week = screen.screen
    return week.scene.week.key, week.view.days, week.view.zoom, type(screen.app.screen), week.mode


def place(screen: Opened) -> Any:
    here = screen.screen.here
    return screen.screen.view.cursor_day, here and here.summary


class Job(NamedTuple):
    keys: tuple[Step, ...]
    mouse: tuple[Step, ...]
    ends: Callable[[Opened], Any] = stored
    given: tuple[Step, ...] = ()  # beside the block `pool`
    changes: bool = True  # whether it ends in something else than it began with
    back: tuple[Step, ...] = ()  # what takes it back where no undo does


POOL = add("wed 14:00-16:00", "code", summary="pool")
BUDGET = add("wed 17:00-17:30", "code", summary="budget")
STATUS = add("thu 17:00-17:30", "code", summary="status")
WEEKLY = add("mon 16:00-16:30", "cross-team", summary="sync", repeat=Repeat())
SPIKE = session("tue 9:00", 60, "spike")
BEGIN = ("tue", 11 * 60 + 30)  # where the cursor is
TO_POOL = press("right", *["down"] * 10)
FREE = "thu 12:00"  # where nothing stands
REFUSED = write("tue 14-15 budget sync +status")
BECAUSE = (click("keep it, with"), write("out"), click("⏎ take"))

JOBS: dict[str, Job] = {
    # plan
    "add a block": Job(
        (press("a"), write("fri 15-16 docs +code"), press("enter")),
        (click("a add"), write("fri 15-16 docs +code"), click("⏎ take")),
    ),
    "add at a place": Job(
        (press("right", "right", "down", "down", "a", *"run +code", "enter", "o", *"out", "enter"),),
        (menu(FREE, "add a block"), press(*"run +code"), click("⏎ take"), *BECAUSE),
    ),
    "leave the line of words": Job(
        (press("a"), write("fri 15-16 docs"), press("escape")),
        (click("a add"), write("fri 15-16 docs"), click("esc leave")),
        ends=lambda screen: (stored(screen), screen.screen.line is None),
        changes=False,
    ),
    "move": Job((TO_POOL, press("m", "right", *["up"] * 4, "enter")), (drag("wed 14:00", "thu 13:00"),)),
    "move in two clicks": Job(
        (TO_POOL, press("m", "right", *["up"] * 4, "enter")),
        (menu("wed 14:00", "move"), at("thu 13:00"), click("put down")),
    ),
    "drop what is carried": Job(
        (TO_POOL, press("m", "right"), shows("put down"), press("escape")),
        (menu("wed 14:00", "move"), at("thu 14:00"), shows("put down"), click("esc back")),
        ends=lambda screen: (stored(screen), screen.screen.mode),
        changes=False,
    ),
    "resize what is carried": Job(
        (TO_POOL, press("m", "plus", "plus", "minus", "enter")),
        (menu("wed 14:00", "move"), *[click("+ longer")] * 2, click("- shorter"), click("put down")),
    ),
    "carry into another week": Job(
        (TO_POOL, press("m", "right_square_bracket", "enter")),
        (menu("wed 14:00", "move"), menu("wed 14:00", "week after"), click("put down")),
    ),
    "longer": Job((TO_POOL, press("plus")), (menu("wed 14:00", "longer"),)),
    "shorter": Job((TO_POOL, press("minus")), (menu("wed 14:00", "shorter"),)),
    "edit": Job(
        (TO_POOL, press("e"), write("pool fix"), press("ctrl+s")),
        (menu("wed 14:00", "edit"), write("pool fix"), click("⏎ save")),
    ),
    "complete a word and take a fix": Job(
        (TO_POOL, press("e", "down", "f2", "down", "down", "enter", "ctrl+s", "enter")),
        (
            menu("wed 14:00", "edit"),
            click(" type "),
            click("F2"),
            choice(1),
            click("⏎ save"),
            click("1 Move"),
        ),
    ),
    "done": Job((TO_POOL, press("x")), (at("wed 14:00"), click("x done"))),
    "planned again": Job(
        (TO_POOL, press("x")), (menu("wed 14:00", "planned again"),), given=(TO_POOL, press("x"))
    ),
    "skip": Job((TO_POOL, press("s")), (menu("wed 14:00", "skip"),)),
    "plan again": Job(
        (press("right", *["down"] * 9, "tab", "s"),),
        (also("wed 14:00", "pool", "plan again"),),
        given=(TO_POOL, press("s")),
    ),
    "delete": Job((TO_POOL, press("d")), (menu("wed 14:00", "delete"),)),
    "end a series": Job(
        (press("left", *["down"] * 18, "d", "down", "enter"),),
        (menu("mon 16:00", "delete"), click("The series"), click("The series")),
        given=(has(WEEKLY),),
    ),
    "copy": Job((TO_POOL, press("D", "enter")), (menu("wed 14:00", "copy"), click("put down"))),
    "repeat": Job((TO_POOL, press("R", "enter")), (menu("wed 14:00", "repeat"), click("⏎ save"))),
    "find free time": Job(
        (press("F", "down", "down", "enter", *"call", "enter"),),
        (menu(FREE, "find free time"), item(2), item(2), press(*"call"), click("⏎ take")),
    ),
    "take a fix": Job(
        (press("a"), REFUSED, press("enter", "enter")),
        (click("a add"), REFUSED, click("⏎ take"), click("⏎ 1 ")),
    ),
    "go past a refusal": Job(
        (press("a"), REFUSED, press("enter", "o"), write("out"), press("enter")),
        (click("a add"), REFUSED, click("⏎ take"), *BECAUSE),
    ),
    "undo": Job((press("u"),), (click("u undo"),), back=(press("U"),)),
    "redo": Job(
        (TO_POOL, press("d", "u", "U")),
        (menu("wed 14:00", "delete"), click("u undo"), menu(FREE, "redo")),
    ),
    # work
    "log": Job(
        (press("L"), write("45m pool fix"), press("f2", "enter")),
        (click("L log"), write("45m pool fix"), click("F2"), click("⏎ take")),
    ),
    "start a session": Job(
        (press("S"), write("pool fix"), press("f2", "enter")),
        (lower_in_menu(FREE, "start or stop a session"), write("pool fix"), click("F2"), click("⏎ take")),
    ),
    "edit a session": Job(
        (press(*["up"] * 10, "E"), write("stalls"), press("enter")),
        (menu("tue 9:00", "edit session"), write("stalls"), click("⏎ save")),
        given=(has(SPIKE),),
    ),
    "take a session out": Job(
        (press(*["up"] * 10, "E", "ctrl+r"),),
        (menu("tue 9:00", "edit session"), click("ctrl+r delete")),
        given=(has(SPIKE),),
    ),
    "answer on Friday": Job(
        (press("f", "y", "n", "up", "y", "escape"),),
        (
            menu(FREE, "Friday"),
            click("y yes"),
            click("n no"),
            click(" 2 "),
            click("y yes"),
            click("esc back"),
        ),
    ),
    # the week
    "kind of day": Job(
        (press("right", "right", "K", "down", "enter"),),
        (menu(FREE, "kind of day"), click("Leave"), click("Leave")),
    ),
    "week theme": Job(
        (press("T", "2"),),
        (menu(FREE, "week theme"), click(" 2 "), click(" 2 ")),
    ),
    # move about
    "week after": Job(
        (press("right_square_bracket"),), (menu(FREE, "week after"),), shown, back=(press("t"),)
    ),
    "week before": Job(
        (press("left_square_bracket"),), (menu(FREE, "week before"),), shown, back=(press("t"),)
    ),
    "back to now": Job(
        (press("right_square_bracket"), shows("W49"), press("t")),
        (menu(FREE, "week after"), shows("W49"), menu(FREE, "today")),
        shown,
        changes=False,
    ),
    "find": Job(
        (press("slash"), write("pool"), press("enter")),
        (menu(FREE, "find a block"), write("pool"), item(0)),
        place,
    ),
    "what is wrong": Job(
        (press("v", "v"),), (click("⚠ 2"), click("⚠ 2")), place, given=(has(BUDGET, STATUS),)
    ),
    "what is wrong, backwards": Job(
        (press("V"),), (command("The previous warning"),), place, given=(has(BUDGET, STATUS),)
    ),
    "go to a block": Job((TO_POOL,), (at("wed 14:00"),), place),
    # look
    "zoom": Job((press("z"),), (menu(FREE, "zoom"),), shown, back=(press("z", "z"),)),
    "seven days": Job((press("w"),), (menu(FREE, "5, 7 or 1 days"),), shown, back=(press("w", "w"),)),
    "settings": Job((press("comma"),), (menu(FREE, "settings"),), shown, back=(press("escape"),)),
    "all keys": Job((press("question_mark"),), (click("? keys"),), shown, back=(press("escape"),)),
    "leave the list of keys": Job(
        (press("question_mark", "escape"),), (click("? keys"), click("esc back")), shown, changes=False
    ),
    "leave settings": Job(
        (press("comma", "escape"),), (menu(FREE, "settings"), click("esc back")), shown, changes=False
    ),
}


async def begin(screen: Opened) -> None:
    """The week with the cursor where every way starts."""
    await screen.screen.show_week(W48, day(BEGIN[0]), BEGIN[1])
    await screen.settle()


async def walk(screen: Opened, steps: tuple[Step, ...]) -> None:
    for step in steps:
        await step(screen)


async def both_ways(screen: Opened, job: Job) -> None:
    await begin(screen)
    await walk(screen, job.given)
    await begin(screen)
    first = job.ends(screen)

    await walk(screen, job.keys)
    by_keys = job.ends(screen)
    assert (by_keys != first) == job.changes
    await walk(screen, job.back)
    take_back(screen, job, first)
    await begin(screen)
    assert job.ends(screen) == first

    await walk(screen, job.mouse)
    assert job.ends(screen) == by_keys
    await walk(screen, job.back)


def take_back(screen: Opened, job: Job, first: Any) -> None:
    while job.ends is stored and stored(screen) != first:
        screen.planner.undo()


@pytest.mark.parametrize("name", JOBS)
@pytest.mark.few(1)
async def test_by_keys_and_by_mouse(opened: Opener, name: str) -> None:
    """In one program for all sizes: a form that is opened a second time costs half."""
    async with opened(size=SIZES[0]) as screen:
        await has(POOL)(screen)
        empty = stored(screen)
        for size in SIZES:
            await screen.pilot.resize_terminal(*size)
            await both_ways(screen, JOBS[name])
            while stored(screen) != empty:
                screen.planner.undo()


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "200x60"])
async def test_one_leaves_by_mouse(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await command("Leave; everything")(screen)
        assert screen.app._exit


@pytest.mark.parametrize(("answer", "later"), [("1", "16:00"), ("2", "16:15")])
@pytest.mark.few(1)
async def test_a_carried_occurrence_asks_whether_its_series_moves(
    opened: Opener, answer: str, later: str
) -> None:
    async with opened() as screen:
        screen.planner.apply(WEEKLY._replace(day=day("mon", W48.shift(1))), ["test"])
        await screen.press("]")
        first = next(block for block in screen.week(W48.shift(1)).blocks if block.summary == "sync")
        screen.screen.go_to(first)
        await screen.press("m", "down", "enter")
        assert "This one and all after it" in screen.text()
        await screen.press(answer)
        starts = []
        for weeks in (1, 2):
            (block,) = [block for block in screen.week(W48.shift(weeks)).blocks if block.summary == "sync"]
            starts.append(f"{block.start:%H:%M}")
        assert starts == ["16:15", later]
