"""List all keys by subject, from the table of actions; those of the screen beneath can be run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from techlead_tui.render.text import fit, width, wrap
from techlead_tui.tui import actions
from techlead_tui.tui.actions import Action
from techlead_tui.tui.dialogs.menu import ActionLine, ActionList
from techlead_tui.tui.dialogs.row_list import Heading, Lines
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks

KEYS = 14  # cells of the keys beside what they do
ASIDE = 44  # cells of a row from which they stand beside it


class KeysDialog(ActionList):
    """Find every action by its key, its name or what it does; `search` opens it with the filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "leave", show=False, id="app.help"),
        Binding("ctrl+p", "filter", show=False, id="app.search"),
    ]
    heading = "Every key"
    mode = "list list-filter"

    def __init__(self, desk: Desk, looks: Looks, *, search: bool = False) -> None:
        super().__init__(desk, looks)
        self.filtering = search

    def opening(self) -> Sequence[ActionLine | Heading]:
        """Return the groups of the screen beneath first."""
        active = {one.binding.id: one for one in self.beneath.active_bindings.values() if one.enabled}
        groups: dict[str, list[Action]] = {}
        for action in actions.ACTIONS:
            groups.setdefault(action.group, []).append(action)

        def target(action: Action) -> str:
            keyless = not action.keys and hasattr(self.beneath, f"action_{action.method.partition('(')[0]}")
            if action.id not in active and not keyless:
                return ""
            return f"app.{action.method}" if action.id.startswith("app.") else action.method

        def rank(group: Sequence[Action]) -> int:
            targets = [target(action) for action in group]
            return 0 if any(one and "." not in one for one in targets) else 1 if any(targets) else 2

        lines: list[ActionLine | Heading] = []
        for name, group in sorted(groups.items(), key=lambda item: rank(item[1])):
            lines.append(Heading(name))
            for action in group:
                keys = action.bound(self.desk.planner.settings.keys)
                lines.append(ActionLine(action.text, " ".join(map(actions.shown, keys)), target(action)))
        return lines

    def words(self, item: ActionLine) -> str:
        """Return key, text and the label of the key bar: `5/7/1` is also looked for."""
        labels = (action.label for action in actions.ACTIONS if action.text == item.text)
        return " ".join((item.keys, item.text, *labels))

    def draw(self, item: ActionLine, cells: int, _picked: bool) -> Lines:
        ink, key_ink = ("ink", "key") if item.action else ("hint", "hint")
        indent = KEYS if cells >= ASIDE else 2
        parts = [(part, ink) for part in wrap(item.text, max(8, cells - indent), 9)]
        rows: list[list[tuple[str, str]]] = [[(" " * indent, ink), part] for part in parts]
        if width(item.keys) < indent:
            rows[0] = [(fit(item.keys, indent), key_ink), parts[0]]
        else:
            rows.insert(0, [(item.keys, key_ink)])
        return rows
