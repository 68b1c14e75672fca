"""A hand on the mouse in tests: clicks on words that stand on the screen and on times of the week."""

from __future__ import annotations

from textual.events import MouseDown, MouseEvent, MouseMove, MouseScrollDown, MouseUp
from textual.screen import ModalScreen

from techlead_tui.render.text import split_at, width
from techlead_tui.tui.widgets.week_grid import HEAD
from tests.core.weeks import day, minute
from tests.tui.conftest import Opened

RIGHT = 3
FAR = 40  # notches of the wheel after which a list is at its end


def tell(screen: Opened, kind: type[MouseEvent], at: tuple[int, int], button: int = 1) -> None:
    """A mouse event at a cell of the screen, as the terminal's driver sends it."""
    driver = screen.app._driver
    assert driver is not None
    driver.process_message(kind(None, *at, 0, 0, button, False, False, False, *at))


def when(screen: Opened, time: str) -> tuple[int, int]:
    """The cell of the screen that shows `wed 14:00`."""
    name, clock = time.split()
    grid = screen.screen.grid
    assert grid.sheet is not None
    column = next(
        column for column in grid.sheet.columns if column.day.date == day(name, grid.sheet.week.key)
    )
    x, y = column.x + 6, HEAD + grid.sheet.row_of(minute(clock))
    return grid.region.x + x, grid.region.y + y


def words(screen: Opened, text: str) -> tuple[int, int] | None:
    """The first cell of words in the front of the screen; the lowest of several."""
    boxes = screen.app.screen.query("#box") if isinstance(screen.app.screen, ModalScreen) else ()
    front = next((box.region for box in boxes), screen.app.screen.region)
    for y, line in reversed(list(enumerate(screen.text().splitlines()))):
        shown = split_at(split_at(line, front.right)[0], front.x)[1] if front.y <= y < front.bottom else ""
        before, found, _ = shown.rpartition(text)
        if found:
            return front.x + width(before), y
    return None


async def click(screen: Opened, at: tuple[int, int], button: int = 1) -> None:
    tell(screen, MouseDown, at, button)
    tell(screen, MouseUp, at, button)
    await screen.settle()


async def click_words(screen: Opened, text: str) -> None:
    at = words(screen, text)
    assert at is not None, f"{text!r} is not on the screen:\n{screen.text()}"
    await click(screen, at)


async def drag(screen: Opened, start: tuple[int, int], end: tuple[int, int]) -> None:
    tell(screen, MouseDown, start)
    tell(screen, MouseMove, end)
    await screen.settle()
    tell(screen, MouseUp, end)
    await screen.settle()


async def wheel_to(screen: Opened, text: str) -> None:
    """Turns the wheel in the middle of the screen until words stand there."""
    middle = (screen.app.size.width // 2, screen.app.size.height // 2)
    for _ in range(FAR):
        if words(screen, text) is not None:
            return
        tell(screen, MouseScrollDown, middle, 0)
        await screen.settle()
    raise AssertionError(f"the wheel does not reach {text!r}:\n{screen.text()}")
