"""Show what can be done with a block, or at an empty place of the week, in a small list beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from textual.geometry import Size
from textual.screen import Screen

from techlead_tui.core.items.kinds import all_kinds, listed_kinds
from techlead_tui.core.week import Block
from techlead_tui.render.text import cut, fit, inert, width
from techlead_tui.tui import actions
from techlead_tui.tui.dialogs.dialog import BESIDE
from techlead_tui.tui.dialogs.list_dialog import ListDialog
from techlead_tui.tui.dialogs.row_list import MARK, Lines
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks

TITLE = 36  # cells of a block's title
LONG = 20  # entries of a menu of which the key bar says that it can be filtered


class ActionLine(NamedTuple):
    text: str
    keys: str = ""  # as people read them
    action: str = ""  # as `run_action` takes it; "" where it cannot be run from here


class ActionList(ListDialog[None]):
    """List actions; one that is taken runs on the screen beneath, as its key would."""

    quick = True
    notch = 3

    @property
    def beneath(self) -> Screen[Any]:
        return self.app.screen_stack[-2]

    async def action_take(self) -> None:
        line: ActionLine | None = self.list.item
        if line is not None and line.action and self.is_active:
            beneath = self.beneath
            self.dismiss()
            beneath.call_later(beneath.run_action, line.action)


MenuItem = tuple[str, str]  # id of an action, and its label here; "" for its own label

EMPTY: tuple[MenuItem, ...] = (
    ("week.quick_add", "add a block"),
    ("week.free", "find free time"),
    ("week.find", "find a block"),
    ("week.quick_log", "log a session"),
    ("week.day_kind", "kind of day"),
    ("week.week_theme", "week theme"),
    ("app.settings", ""),
    ("week.previous_week", "week before"),
    ("week.next_week", "week after"),
    ("week.today", ""),
    ("week.zoom", "zoom"),
    ("week.weekend", "5, 7 or 1 days"),
    ("week.undo", ""),
    ("week.redo", ""),
    ("week.say_no", ""),
    ("week.playbook", "playbook"),
    ("week.friday", "Friday"),
    ("week.cadence", "coding cadence"),
    ("week.report", "report"),
    *((f"week.{kind.plural}", kind.title.lower()) for kind in all_kinds() if kind.key),
    *((f"week.{kind.plural}", kind.title.lower()) for kind in listed_kinds() if not kind.key),
    ("week.begin", "what the week begins with"),
    ("week.person", "a person"),
    ("week.owed", "who waits for you"),
    ("week.boundary", "boundaries kept"),
    ("week.start_stop", "start or stop a session"),
    ("week.pause", "pause or go on"),
    ("app.help", "all keys"),
    ("app.leave", ""),
)
CARRIED: tuple[MenuItem, ...] = (
    ("week.place", ""),
    ("week.longer", ""),
    ("week.shorter", ""),
    ("week.previous_week", "week before"),
    ("week.next_week", "week after"),
    ("week.cancel", "cancel"),
)
EDIT: MenuItem = ("week.edit", "")
SESSION: MenuItem = ("week.edit_session", "edit session")


def of_block(block: Block) -> list[MenuItem]:
    """Return only what can be done with the block as it stands."""
    done, planned = block.status == "done", block.status == "planned"
    foreign = block.source == "calendar"  # it changes in the calendar alone
    meeting = block.live and block.category == "communication"
    once = not block.recurring and block.source == "own"
    wanted = (
        (True, *EDIT),
        (planned and not foreign, "week.move", ""),
        (True, "week.done", "planned again" if done else ""),
        (not done, "week.skip", "" if block.live else "plan again"),
        (block.live, "week.say_no", ""),
        (meeting, "week.delegations", "delegate"),
        (meeting, "week.questions", "ask"),
        (meeting and block.recurring, "week.series", ""),
        (True, "week.duplicate", ""),
        (planned and once, "week.repeat", ""),
        (planned and not foreign, "week.longer", ""),
        (planned and not foreign, "week.shorter", ""),
        (block.live and block.source == "own", "week.delete", ""),
        (True, "week.quick_log", "log a session"),
    )
    return [(name, label) for sensible, name, label in wanted if sensible]


class MenuDialog(ActionList):
    """Stand beside a cell of the screen; `others` are blocks at the same place."""

    air = gap = 0

    def __init__(
        self,
        desk: Desk,
        looks: Looks,
        heading: str,
        entries: Sequence[MenuItem],
        others: Sequence[Block],
        spot: tuple[int, int],
    ) -> None:
        super().__init__(desk, looks)
        self.heading = heading
        self.spot = spot
        self.entries = entries
        self.mode = "list list-filter" if len(entries) > LONG else "list"
        self.others = others

    def opening(self) -> Sequence[ActionLine]:
        known = {action.id: action for action in actions.ACTIONS}
        own = self.desk.planner.settings.keys
        lines = []
        for name, label in self.entries:
            action = known[name]
            target = name if name.startswith("app.") else action.method
            lines.append(ActionLine(label or action.label, actions.shown(action.bound(own)[0]), target))
        for block in self.others:
            skipped = "" if block.live else "skipped: "
            title = cut(f"also here: {skipped}{inert(block.summary)}", TITLE)
            lines.append(ActionLine(title, "", f"menu_of({block.uid!r})"))
        if self.entries[0] == EDIT:
            lines.append(ActionLine("day and week …", "", "menu_of('')"))
        return lines

    def draw(self, item: ActionLine, cells: int, _picked: bool) -> Lines:
        return [[(fit(item.text, cells - width(item.keys) - 1), "ink"), (f"{item.keys} ", "key")]]

    def set_sizes(self, size: Size) -> None:
        """Stand right of the cell where there is room, else left of it; never beyond an edge."""
        wanted = max((width(line.text) + width(line.keys) for line in self.everything), default=0) + MARK + 4
        cells = max(wanted, min(width(inert(self.heading)), TITLE))
        self.wide = cells + BESIDE
        super().set_sizes(size)
        x, y = self.spot
        wide = min(self.wide, size.width)
        rows = self._rows + (4 if self.framed else 3) + self.filtering
        left = x + 2 if x + 2 + wide <= size.width else max(0, x - 1 - wide)
        self.box.styles.offset = (left, max(0, min(y, size.height - rows)))
