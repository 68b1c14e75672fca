"""What can be done with a block, or at an empty place of the week, in a small list beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import Screen

from techlead_tui.core.week import Block
from techlead_tui.render.text import Row, Run, cut, exactly, fit, inert, width
from techlead_tui.tui import actions
from techlead_tui.tui.dialogs.row_list import BESIDE, ActionLine, ActionList
from techlead_tui.tui.style import Looks

TITLE = 36  # cells of a block's title
MenuItem = tuple[str, str]  # id of an action, and what it is called here; "" for its own label

EMPTY: tuple[MenuItem, ...] = (
    ("week.quick_add", "add a block"),
    ("week.free", "find free time"),
    ("week.find", "find a block"),
    ("week.quick_log", "log a session"),
    ("week.day_kind", "kind of day"),
    ("week.week_theme", "week theme"),
    ("week.zoom", "zoom"),
    ("week.weekend", "5, 7 or 1 days"),
    ("week.previous_week", "week before"),
    ("week.next_week", "week after"),
    ("week.today", ""),
    ("week.undo", ""),
    ("week.redo", ""),
    ("week.friday", "Friday check"),
    ("app.settings", ""),
    ("app.help", "all keys"),
    ("app.leave", ""),
)
CARRIED: tuple[MenuItem, ...] = (
    ("week.place", ""),
    ("week.longer", ""),
    ("week.shorter", ""),
    ("week.previous_week", "week before"),
    ("week.next_week", "week after"),
    ("week.cancel", "drop it"),
)
EDIT: MenuItem = ("week.edit", "")
SESSION: MenuItem = ("week.edit_session", "edit session")


def of_block(block: Block) -> list[MenuItem]:
    """Only what the block, as it stands, can have done to it."""
    done, planned = block.status == "done", block.status == "planned"
    once = not block.recurring and block.source != "theme"
    wanted = (
        (True, *EDIT),
        (planned, "week.move", ""),
        (True, "week.done", "planned again" if done else ""),
        (not done, "week.skip", "" if block.live else "plan again"),
        (True, "week.duplicate", ""),
        (planned and once, "week.repeat", ""),
        (planned, "week.longer", ""),
        (planned, "week.shorter", ""),
        (block.live and block.source == "own", "week.delete", ""),
        (True, "week.quick_log", "log a session"),
    )
    return [(name, label) for sensible, name, label in wanted if sensible]


class MenuDialog(ActionList):
    """`others` stand at the same place; `spot` is the cell of the screen that it opens beside."""

    def __init__(
        self,
        looks: Looks,
        keys: Mapping[str, str],
        heading: str,
        entries: Sequence[MenuItem],
        others: Sequence[Block],
        spot: tuple[int, int],
    ) -> None:
        super().__init__(looks, keys)
        self.heading = inert(heading)
        self.spot = spot
        self.entries = entries
        self.others = others

    def lines_for(self, _beneath: Screen[Any]) -> Sequence[ActionLine]:
        known = {action.id: action for action in actions.ACTIONS}
        lines = []
        for name, label in self.entries:
            action = known[name]
            target = name if name.startswith("app.") else action.method
            key = actions.shown(action.bound(self.keys)[0])
            lines.append(ActionLine(label or action.label, key, target))
        for block in self.others:
            skipped = "" if block.live else "skipped: "
            title = cut(f"also here: {skipped}{inert(block.summary)}", TITLE)
            lines.append(ActionLine(title, "", f"menu_of({block.uid!r})"))
        if self.entries[0] == EDIT:
            lines.append(ActionLine("day and week …", "", "menu_of('')"))
        return lines

    def heading_runs(self) -> Sequence[Run]:
        return ((f" {cut(self.heading, self._cells - 2)}", "accent/bar"),)

    def cells_in(self, size: Size) -> int:
        wanted = max(width(line.text) + width(line.keys) for line in self.lines) + 8
        return min(max(wanted, min(width(self.heading) + 2, TITLE)), size.width - BESIDE)

    def rows_in(self, size: Size) -> int:
        return size.height - self.above_and_below

    def place(self, box: Vertical, size: Size, rows: int) -> None:
        """Right of the cell where there is room, else left of it; never beyond an edge."""
        x, y = self.spot
        wide = self._cells + BESIDE
        left = x + 2 if x + 2 + wide <= size.width else max(0, x - 1 - wide)
        box.styles.offset = (left, max(0, min(y, size.height - rows)))

    def rows_of(self, line: ActionLine, cells: int, *, picked: bool) -> list[Row]:
        ground = "input" if picked else "bar"
        mark = "▸" if picked else " "
        text = fit(line.text, cells - width(line.keys) - 4)
        runs = [
            (f" {mark} ", f"accent/{ground}"),
            (text, f"{'strong' if picked else 'ink'}/{ground}"),
            (f"{line.keys} ", f"key/{ground}"),
        ]
        return [exactly(runs, cells, f"ink/{ground}")]
