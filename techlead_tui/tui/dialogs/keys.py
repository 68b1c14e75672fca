"""All keys, by subject, from the table of actions; those of the screen beneath can be picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import Screen

from techlead_tui.render.text import Row, Run, exactly, fit, width, wrap
from techlead_tui.tui import actions
from techlead_tui.tui.actions import Action
from techlead_tui.tui.dialogs.row_list import BESIDE, ActionLine, ActionList

WIDE = 74
KEYS = 14  # cells of the keys beside what they do
ASIDE = 44  # cells of a row from which they stand beside it
ROOMY = 20  # rows of a screen that has some to spare


class KeysDialog(ActionList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "leave", show=False, id="app.help"),
    ]

    def lines_for(self, beneath: Screen[Any]) -> Sequence[ActionLine]:
        """The groups of the screen beneath come first."""
        own, everywhere = _ids(beneath), _ids(self.app)
        groups: dict[str, list[Action]] = {}
        for action in actions.ACTIONS:
            groups.setdefault(action.group, []).append(action)

        def rank(group: Sequence[Action]) -> int:
            return next((n for n, ids in enumerate((own, everywhere)) if any(a.id in ids for a in group)), 2)

        lines: list[ActionLine] = []
        for name, group in sorted(groups.items(), key=lambda item: rank(item[1])):
            lines += [ActionLine(""), ActionLine(name)]
            for action in group:
                target = ""
                if action.id in own and beneath.check_action(action.method, ()):
                    target = action.method
                elif action.id in everywhere:
                    target = f"app.{action.method}"
                keys = action.bound(self.keys)
                lines.append(ActionLine(action.text, " ".join(map(actions.shown, keys)), target))
        return [*lines[1:], ActionLine("")]

    def cells_in(self, size: Size) -> int:
        return min(WIDE, size.width - BESIDE)

    def rows_in(self, size: Size) -> int:
        return size.height - self.above_and_below - (4 if size.height >= ROOMY else 0)

    def heading_runs(self) -> Sequence[Run]:
        return (("   techlead", "accent/bar"), ("  every key", "strong/bar"))

    def rows_of(self, line: ActionLine, cells: int, *, picked: bool) -> list[Row]:
        if not line.keys:
            return [exactly([(f"   {line.text}", "accent/bar")], cells, "ink/bar")]
        ground = "input" if picked else "bar"
        ink = "strong" if picked else "ink" if line.action else "hint"
        mark = (" ▸ " if picked else "   ", f"accent/{ground}")
        key_ink = f"{'key' if line.action else 'hint'}/{ground}"
        indent = KEYS if cells >= ASIDE else 2
        parts = [(part, f"{ink}/{ground}") for part in wrap(line.text, max(8, cells - indent - 4), 9)]
        blank = (" " * (indent + 3), f"ink/{ground}")
        rows = [[blank, part] for part in parts]
        if width(line.keys) < indent:
            rows[0] = [mark, (fit(line.keys, indent), key_ink), parts[0]]
        else:
            rows.insert(0, [mark, (line.keys, key_ink)])
        return [exactly(row, cells, f"ink/{ground}") for row in rows]


def _ids(node: DOMNode) -> set[str | None]:
    """The ids of the actions that a screen, or the app, has keys for."""
    return {binding.id for bound in node._bindings.key_to_bindings.values() for binding in bound}
