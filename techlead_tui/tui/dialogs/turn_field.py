"""A line of a form with a few values that are gone through."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Blur, Click, Focus

from techlead_tui.render.cells import inert, width
from techlead_tui.render.runs import exactly
from techlead_tui.tui.dialogs.field import LABEL, Field
from techlead_tui.tui.looks import Looks
from techlead_tui.tui.widgets.rows_view import RowsView


class Turner(RowsView, can_focus=True):
    """The value of a TurnField; a click turns it on."""

    def on_focus(self, _event: Focus) -> None:
        assert isinstance(self.parent, Horizontal)
        field = self.parent.parent
        assert isinstance(field, TurnField)
        field.show_focus(True)

    def on_blur(self, _event: Blur) -> None:
        assert isinstance(self.parent, Horizontal)
        field = self.parent.parent
        assert isinstance(field, TurnField)
        field.show_focus(False)

    def on_click(self, _event: Click) -> None:
        assert isinstance(self.parent, Horizontal)
        field = self.parent.parent
        assert isinstance(field, TurnField)
        field.turn(1)


class TurnField(Field):
    """One of a few values; left and right go through them."""

    def __init__(
        self, looks: Looks, name: str, label: str, values: Sequence[tuple[str, str]], value: str
    ) -> None:
        super().__init__(looks, name, label)
        self._values = list(values)  # value and how it reads
        self._at = next((n for n, (one, _) in enumerate(values) if one == value), 0)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-row"):
            yield RowsView(self.looks, classes="label")
            yield Turner(self.looks, classes="turner")
            yield RowsView(self.looks, classes="note")

    @property
    def value(self) -> str:
        return self._values[self._at][0]

    def put(self, value: str) -> None:
        self._at = next((n for n, (one, _) in enumerate(self._values) if one == value), self._at)
        self._paint_value()

    def rename(self, value: str, text: str) -> None:
        """Another reading of one of the values."""
        self._values = [(one, text if one == value else read) for one, read in self._values]
        self._paint_value()

    def turn(self, step: int) -> None:
        self._at = (self._at + step) % len(self._values)
        self._paint_value()
        self.post_message(self.Changed())

    def take_focus(self) -> None:
        self.query_one(Turner).focus()

    def show_focus(self, focused: bool) -> None:
        super().show_focus(focused)
        self._paint_value()

    def on_resize(self) -> None:
        super().on_resize()
        self._paint_value()

    def _paint_value(self) -> None:
        text = inert(self._values[self._at][1])
        cells = max(0, self.size.width - LABEL)
        left, right = ("‹", "›") if self._focused else (" ", " ")
        ground = "input" if self._focused else "bar"
        runs = [(left, f"accent/{ground}"), (text, f"strong/{ground}"), (right, f"accent/{ground}")]
        if self.query(Turner):
            view = self.query_one(Turner)
            view.styles.width = min(cells, width(text) + 2)
            view.show_rows([exactly(runs, min(cells, width(text) + 2), "ink/bar")])
