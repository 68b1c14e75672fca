"""Whatever a title, a day or a week holds: the screen stays whole, and nothing foreign is interpreted."""

from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import copytree

import pytest
from textual.events import Paste

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.edits import AddBlock, Edit, FinishBlock
from techlead_tui.planner.planner import Planner
from techlead_tui.tui.widgets.row_input import RowInput
from tests.core.weeks import W48, ZONE, add, day, moment
from tests.tui.conftest import Opener

SIZES = [(30, 10), (80, 24), (200, 60)]
EVERY = pytest.mark.parametrize("size", SIZES, ids=["30x10", "80x24", "200x60"])
TITLES = [
    "🚀🧑‍🚀🏳️‍🌈 launch 日本語のタイトル",
    "e\u0301\u0301\u0301\u0301\u0301 Z\u0351\u0352\u0353a\u0354lgo \u0301",
    "\u202eمرحبا\u202c שלום \u2066x",
    "\x1b[31mred\x1b[0m \x07bell\x00nul\ttab\nline\r\x9b31m",
    "[b]bold[/b] [link=x]y[/] [@click=quit]z[/] \\[",
    "long " * 100,
    "\u200b\u200d\ufeff",
    "\ue000\U000f0000\u0378",
]


@EVERY
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.slow
async def test_any_title_is_shown_harmlessly(opened: Opener, size: tuple[int, int], title: str) -> None:
    async with opened(size=size) as screen:
        screen.planner.apply(add("tue 13:00-14:00", "code", summary=title), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("tue"), 13 * 60)
        await screen.settle()
        shown = screen.text()  # asserts that each line is as wide as the screen
        assert not {char for char in shown if ord(char) < 32 and char != "\n"} | {"\x9b"} & set(shown)
        await screen.press("m", "down", "up", "escape", "x", "x", "e", "escape", "a", "escape")
        own = [block.summary for block in screen.week().blocks if block.source == "own"]
        assert own == [title]


def stored(home: Path, edits: Callable[[Planner], Iterable[Edit]]) -> Path:
    planner = Planner(Folders.under(str(home)), StillClock(moment("tue 11:37")), "tui", ZONE)
    for edit in edits(planner):
        assert not planner.apply(edit, ["test"]).refused
    return home


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with forty blocks at once, to be copied."""
    calls = [
        add("tue 13:00-15:00", "status", summary=f"call {number}", override="all at once")
        for number in range(40)
    ]
    return stored(tmp_path_factory.mktemp("crowded"), lambda _: calls)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a week whose blocks are all skipped, to be copied."""
    return stored(
        tmp_path_factory.mktemp("bare"),
        lambda planner: [
            FinishBlock(block.uid, block.day, "skipped") for block in planner.snapshot(W48).week(W48).blocks
        ],
    )


@EVERY
@pytest.mark.slow
async def test_forty_overlapping_blocks_in_a_day_can_be_walked(
    opened: Opener, size: tuple[int, int], crowded: Path, tmp_path: Path
) -> None:
    copytree(crowded, tmp_path, dirs_exist_ok=True)
    async with opened(size=size) as screen:
        screen.screen.go(day("tue"), 13 * 60)
        picked = set()
        for _ in range(42):
            if screen.screen.here is not None:
                picked.add(screen.screen.here.summary)
            await screen.pilot.press("tab")
        await screen.settle()
        assert sum(name.startswith("call") for name in picked) >= 38
        await screen.press("v", "v", "V", "z", "m", "down", "escape")
        assert "W48" in screen.text()


@EVERY
@pytest.mark.slow
async def test_a_week_without_any_block_is_whole(
    opened: Opener, size: tuple[int, int], bare: Path, tmp_path: Path
) -> None:
    copytree(bare, tmp_path, dirs_exist_ok=True)
    async with opened(size=size) as screen:
        assert not screen.week(W48).live
        for key in ("tab", "j", "l", "x", "m", "e", "d", "v", "plus", "enter", "escape", "z", "w", "escape"):
            await screen.press(key)
        assert "W48" in screen.text()


@EVERY
async def test_blocks_at_the_ends_of_a_day_are_reached(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        for start, end in ((0, 15), (23 * 60 + 45, 24 * 60)):
            edit = AddBlock("edge", day("tue"), start, end, "deep_work", "code")
            screen.planner.apply(edit, ["add"])
        await screen.screen.reload()
        for minute in (0, 23 * 60 + 45):
            screen.screen.go(day("tue"), minute)
            await screen.settle()
            assert screen.screen.here is not None
            assert screen.screen.here.summary == "edge"
            assert "edge" in screen.text()


MODES = {
    "line": ("a",),
    "refusal": ("a", *"thu", "space", *"10-11", "space", "x", "space", "plus", *"status", "enter"),
    "reason": ("a", *"thu", "space", *"10-11", "space", "x", "space", "plus", *"status", "enter", "o"),
    "carrying": ("m", "up"),
    "form": ("e",),
    "find": ("slash", "p"),
    "free": ("F",),
    "series": ("R",),
    "day": ("K",),
    "theme": ("T",),
    "keys": ("question_mark",),
    "settings": ("comma",),
    "friday": ("f",),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.few(1)
async def test_any_size_is_borne_in_any_mode(opened: Opener, mode: str) -> None:
    async with opened() as screen:
        edit = add("wed 14:00-15:00", "code", summary=f"{TITLES[0]} {TITLES[2]}")
        screen.planner.apply(edit, ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.settle()
        await screen.press(*MODES[mode])
        open_, state = type(screen.app.screen), screen.screen.mode
        for size in ((30, 10), (250, 70), (1, 1), (33, 70), (80, 24)):
            await screen.pilot.resize_terminal(*size)
            await screen.settle()
            screen.text()  # asserts that each line is as wide as the screen
            assert (type(screen.app.screen), screen.screen.mode) == (open_, state)
        await screen.press("escape", "escape", "escape")
        assert "W48" in screen.text()
        assert screen.summaries() == [edit.summary]


ROWS = {  # keys that open a row of words
    "line": ("a",),
    "log": ("L",),
    "search": ("slash",),
    "filter": ("g", "slash"),
    "title": ("e",),
    "item": ("g", "a"),
    "free": ("F",),
    "setting": ("comma", "enter"),
}


@pytest.mark.parametrize("keys", ROWS.values(), ids=ROWS)
@pytest.mark.few(1)
async def test_a_row_of_words_shows_the_end_of_what_is_pasted_at_any_width(
    opened: Opener, keys: tuple[str, ...]
) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.apply(add("tue 11:00-12:00", "code", summary="pool"), ["add"])
        await screen.press(*keys)
        row = screen.app.focused
        assert isinstance(row, RowInput)
        screen.app.post_message(Paste("word " * 60 + "$$$"))
        await screen.settle()
        assert "$$$" in screen.text()
        await screen.pilot.resize_terminal(50, 24)
        await screen.settle()
        assert "$$$" in screen.text()
        await screen.press("home")
        await screen.pilot.resize_terminal(60, 24)
        await screen.settle()
        assert "$$$" not in screen.text()
