"""List all keys by subject, from the table of actions; those of the screen beneath can be run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

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

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "leave", show=False, id="app.help")]
    heading = "Every key"
    mode = "list list-filter"

    def __init__(self, desk: Desk, looks: Looks, *, search: bool = False) -> None:
        super().__init__(desk, looks)
        self.filtering = search

    def opening(self) -> Sequence[ActionLine | Heading]:
        """Return the groups of the screen beneath first."""
        beneath = self.beneath
        own, everywhere = _ids(beneath), _ids(self.app)
        groups: dict[str, list[Action]] = {}
        for action in actions.ACTIONS:
            groups.setdefault(action.group, []).append(action)

        def rank(group: Sequence[Action]) -> int:
            return next((n for n, ids in enumerate((own, everywhere)) if any(a.id in ids for a in group)), 2)

        lines: list[ActionLine | Heading] = []
        for name, group in sorted(groups.items(), key=lambda item: rank(item[1])):
            lines.append(Heading(name))
            for action in group:
                target = ""
                if action.id in own and beneath.check_action(action.method, ()):
                    target = action.method
                elif action.id in everywhere:
                    target = f"app.{action.method}"
                keys = action.bound(self.desk.planner.settings.keys)
                lines.append(ActionLine(action.text, " ".join(map(actions.shown, keys)), target))
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


def _ids(node: DOMNode | Any) -> set[str | None]:
    """Return the ids of the actions that a screen, or the app, has keys for."""
    return {binding.id for bound in node._bindings.key_to_bindings.values() for binding in bound}
