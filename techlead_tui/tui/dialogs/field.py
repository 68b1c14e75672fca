"""A line of a form: its label, and a note beside its value."""

from __future__ import annotations

from textual.containers import Vertical
from textual.events import Click
from textual.message import Message

from techlead_tui.render.cells import cut, fit, inert
from techlead_tui.render.runs import exactly
from techlead_tui.tui.looks import Looks
from techlead_tui.tui.widgets.rows_view import RowsView

LABEL = 13  # cells of a label, with the mark of the line that is being filled in
SHORT = 30  # cells of a value that has a note beside it


class Field(Vertical):
    """What all lines of a form have in common. Its id is `field-<name>`."""

    class Changed(Message):
        """Another value stands in it."""

    def __init__(self, looks: Looks, name: str, label: str) -> None:
        super().__init__(id=f"field-{name}", classes="field")
        self.looks = looks
        self.field = name
        self._label = label
        self._focused = False
        self._note: tuple[str, str] = ("", "hint")

    @property
    def value(self) -> str:
        raise NotImplementedError

    def take_focus(self) -> None:
        raise NotImplementedError

    def show_focus(self, focused: bool) -> None:
        self._focused = focused
        self._paint_label()

    def set_note(self, text: str, ink: str = "hint") -> None:
        """A few words beside the value: what it means."""
        if (text, ink) != self._note:
            self._note = (text, ink)
            self._paint_note()

    def on_click(self, event: Click) -> None:
        """Also beside its value a line is gone to."""
        if event.widget is not None and event.widget.classes & {"label", "note"}:
            self.take_focus()

    def _paint_label(self) -> None:
        mark, ink = ("▸ ", "accent") if self._focused else ("  ", "hint")
        self.query_one(".label", RowsView).show_rows([((fit(f"{mark}{self._label}", LABEL), f"{ink}/bar"),)])

    def _paint_note(self) -> None:
        view = self.query_one(".note", RowsView)
        cells = view.size.width or max(0, self.size.width - LABEL - SHORT)
        text = cut(inert(self._note[0]), cells - 2)
        view.show_rows([exactly([(f"  {text}", f"{self._note[1]}/bar")], cells, "ink/bar")])

    def on_resize(self) -> None:
        self._paint_label()
        self._paint_note()
