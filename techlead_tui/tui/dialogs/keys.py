"""All keys, by subject, from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from techlead_tui.render.cells import width
from techlead_tui.render.runs import Row, exactly
from techlead_tui.tui import actions
from techlead_tui.tui.looks import Looks
from techlead_tui.tui.widgets.rows_view import RowsView

WIDE = 74


class KeysDialog(ModalScreen[None]):
    CSS_PATH = "keys.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "dismiss", "back", show=False)
    ]

    def __init__(self, looks: Looks, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys
        self.looks = looks

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box"):
            yield RowsView(self.looks, id="list")

    def on_mount(self) -> None:
        rows = key_rows(WIDE, self._keys)
        view = self.query_one("#list", RowsView)
        view.styles.width = WIDE
        view.styles.height = len(rows)
        view.show_rows(rows)
        self.query_one("#box").focus()


def key_rows(cells: int, own: Mapping[str, str]) -> list[Row]:
    """Two columns: keys and what they do, a heading for each group."""
    rows: list[Row] = [
        exactly([("  techlead", "accent/bar"), ("  every key", "strong/bar")], cells, "ink/bar")
    ]
    group = ""
    for action in actions.ACTIONS:
        if action.group != group:
            group = action.group
            rows += [exactly((), cells, "ink/bar"), exactly([(f"  {group}", "hint/bar")], cells, "ink/bar")]
        keys = " ".join(actions.shown(key) for key in own.get(action.id, action.keys).split(","))
        gap = " " * max(1, 14 - width(keys))
        rows.append(exactly([(f"  {keys}{gap}", "key/bar"), (action.text, "ink/bar")], cells, "ink/bar"))
    return [*rows, exactly((), cells, "ink/bar")]
