"""Steps of a job on the week screen: keys to press, words to click on, words to write."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from techlead_tui.core.edits import Edit
from techlead_tui.tui.dialogs.side_list import SideList
from tests.tui import hand
from tests.tui.conftest import Opened

Step = Callable[[Opened], Awaitable[None]]


def press(*keys: str) -> Step:
    return lambda screen: screen.press(*keys)


def write(text: str) -> Step:
    return lambda screen: screen.type(text)


def click(text: str) -> Step:
    """On words that stand on the screen."""
    return lambda screen: hand.click_words(screen, text)


def at(time: str) -> Step:
    return lambda screen: hand.click(screen, hand.when(screen, time))


def drag(start: str, end: str) -> Step:
    return lambda screen: hand.drag(screen, hand.when(screen, start), hand.when(screen, end))


def menu(time: str, label: str) -> Step:
    """A right click on a time of the week, and what the menu then offers."""

    async def pick(screen: Opened) -> None:
        await hand.click(screen, hand.when(screen, time), hand.RIGHT)
        await hand.click_words(screen, f"{label}  ")

    return pick


def lower_in_menu(time: str, label: str) -> Step:
    """Do the same for what stands below the fold of a low screen: the wheel brings it up."""

    async def pick(screen: Opened) -> None:
        await hand.click(screen, hand.when(screen, time), hand.RIGHT)
        await hand.wheel_to(screen, f"{label}  ")
        await hand.click_words(screen, f"{label}  ")

    return pick


def also(time: str, title: str, label: str) -> Step:
    """Do the same for what lies under another block."""

    async def pick(screen: Opened) -> None:
        await hand.click(screen, hand.when(screen, time), hand.RIGHT)
        await hand.click_words(screen, title)
        await hand.click_words(screen, f"{label}  ")

    return pick


def command(text: str) -> Step:
    """An action out of the list of all keys."""

    async def pick(screen: Opened) -> None:
        await hand.click_words(screen, "? keys")
        await hand.wheel_to(screen, text)
        await hand.click_words(screen, text)

    return pick


def shows(text: str) -> Step:
    async def look(screen: Opened) -> None:
        assert text in screen.text(), screen.text()

    return look


def has(*edits: Edit) -> Step:
    async def write_down(screen: Opened) -> None:
        for edit in edits:
            assert not screen.planner.apply(edit, ["test"]).refused

    return write_down


def item(number: int) -> Step:
    """A click on an item of a list at the edge of the week; counted from 0."""

    async def pick(screen: Opened) -> None:
        dialog = screen.app.screen
        assert isinstance(dialog, SideList)
        region = dialog.list.region
        row = next(y for y in range(region.height) if dialog.list.under(y) == number)
        await hand.click(screen, (region.x + 4, region.y + row))

    return pick


def choice(number: int) -> Step:
    """A click on a completion of the line that is being filled in; counted from 0."""

    async def pick(screen: Opened) -> None:
        (region,) = [view.region for view in screen.app.screen.query(".choices") if view.display]
        await hand.click(screen, (region.x + 4, region.y + number))

    return pick
