"""What partial updates write, laid over what was there before, is what a full repaint would write."""

import pytest
from rich.style import Style
from textual.widgets import Input

from techlead_tui.render.cells import cell
from techlead_tui.render.palette import Palette
from techlead_tui.render.palettes import ANSI, DARK, PLAIN
from techlead_tui.tui.compositing import RowsUpdate
from tests.core.weeks import add, day
from tests.tui.conftest import Opened, Opener

Cells = dict[tuple[int, int], tuple[str, Style | None]]
NEXT, LAST = "right_square_bracket", "left_square_bracket"
CURSOR = (NEXT, NEXT, LAST, "t", "down", "right", "up", "left", "tab", "v")
BLOCKS = ("m", "down", "right", "up", "enter", "u", "plus", "minus", "x", "x", "d", "u", "U")
DIALOGS = (
    *(
        "F",
        "down",
        "down",
        "up",
        "escape",
        "slash",
        "p",
        "o",
        "down",
        "escape",
        "e",
        "down",
        "down",
        "escape",
    ),
    *("question_mark", "down", "up", "escape", "M", "down", "up", "escape", "K", "down", "escape"),
    *("comma", "down", "down", "up", "escape", "T", "down", "escape"),
)
LAID_OUT = ("z", "z", "z", "w", "w", "a", "escape", "slash", "escape", "f", "escape")


def put(cells: Cells, x: int, y: int, text: str, style: Style | None) -> int:
    for char in text:
        size = cell(char)
        if size:
            cells[x, y] = (char, style)
            for more in range(1, size):
                cells[x + more, y] = ("", style)
        x += size
    return x


def whole(screen: Opened) -> Cells:
    cells: Cells = {}
    for y, strip in enumerate(screen.strips()):
        x = 0
        for segment in strip:
            x = put(cells, x, y, segment.text, segment.style)
    return cells


def seen(cells: Cells, palette: Palette) -> Cells:
    """Without colour where there is none: a filter takes it out of a repaint, and the painter of updates."""
    return {at: (char, None) for at, (char, _) in cells.items()} if palette.plain else cells


class Terminal:
    """Takes every update as a terminal would."""

    def __init__(self, screen: Opened) -> None:
        self.screen = screen
        self.rows = 0
        self.cells = whole(screen)
        screen.app._display = self.take  # type: ignore[method-assign, assignment]

    def take(self, _screen: object, update: object) -> None:
        if isinstance(update, RowsUpdate):
            self.rows += 1
            for x, y, runs in update.stretches:
                for text, style in runs:
                    x = put(self.cells, x, y, text, self.screen.app.looks.style(style))
        elif update is not None:
            self.cells = whole(self.screen)


@pytest.mark.parametrize("palette", [DARK, ANSI, PLAIN], ids=lambda palette: palette.id)
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (30, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_partial_updates_show_what_a_repaint_would(
    opened: Opener, size: tuple[int, int], palette: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _: None)  # it blinks between two looks
    async with opened(size=size, palette=palette) as screen:
        for words in (
            ("wed 14:00-15:00", "code", "pool 日本語 🎉"),
            ("tue 9:00-10:00", "code", "e\u0301tude"),
        ):
            screen.planner.apply(add(words[0], words[1], summary=words[2]), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.settle()
        terminal = Terminal(screen)
        for key in (*CURSOR, *BLOCKS, *LAID_OUT, *DIALOGS, *CURSOR):
            await screen.press(key)
            written, wanted = seen(terminal.cells, palette), seen(whole(screen), palette)
            wrong = [(at, written.get(at), cell) for at, cell in wanted.items() if written.get(at) != cell]
            assert not wrong, (key, type(screen.app.screen).__name__, len(wrong), wrong[:4])
        assert terminal.rows > 20
