"""Filling in forms in tests: as a paste does, and what they then say."""

from typing import Any

from techlead_tui.core.calendar import minute_of
from techlead_tui.core.edits import Edit
from techlead_tui.core.week import Block
from techlead_tui.tui.dialogs.form import FormDialog
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import LineField
from tests.tui.conftest import Opened

FOREIGN = "\x1b[31mCFO\x1b[0m [b]visit[/b] 🚀 日本"  # what no terminal may interpret


def form(screen: Opened) -> FormDialog:
    found = screen.app.screen
    assert isinstance(found, FormDialog), found
    return found


def text_field(screen: Opened, name: str) -> LineField[Any]:
    field = form(screen).field(name)
    assert isinstance(field, LineField)
    return field


async def fill(screen: Opened, name: str, text: str) -> None:
    field = text_field(screen, name)
    field.take_focus()
    await screen.settle()
    form(screen).lines.line.value = text
    await screen.settle()


async def turn_to(screen: Opened, name: str, value: str) -> None:
    """By the right arrow, as often as it takes."""
    field = form(screen).field(name)
    assert isinstance(field, ChoiceField)
    field.take_focus()
    for _ in range(8):
        if field.value == value:
            return
        await screen.press("right")
    raise AssertionError(f"{name} has no {value}")


async def stored(screen: Opened, edit: Edit) -> str:
    """Writes an edit as another screen would have; the uid of what it made."""
    decision = screen.planner.apply(edit, ["test"])
    assert not decision.refused
    await screen.screen.reload()
    return decision.uid


def own(screen: Opened) -> Block:
    """The one block of one's own in the week."""
    (block,) = [block for block in screen.week().blocks if block.source == "own"]
    return block  # type: ignore[no-any-return]


def at(block: Block) -> tuple[str, int, int]:
    """Weekday, start and length of a block."""
    return f"{block.start:%a}".lower(), minute_of(block.start), block.planned_minutes
