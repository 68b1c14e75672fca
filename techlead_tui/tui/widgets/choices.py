"""Rows that offer something: a click does what the key beside the words does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.events import Click
from textual.message import Message

from techlead_tui.render.foot import Spots
from techlead_tui.render.runs import Row
from techlead_tui.tui.widgets.rows_view import RowsView


class Choices(RowsView):
    class Chosen(Message):
        """Something that is offered was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action  # as `run_action` takes it

    _spots: Mapping[int, Spots] = {}

    def offer(self, rows: Sequence[Row], spots: Mapping[int, Spots]) -> None:
        """Takes new rows, and for some of them the cells that can be clicked."""
        self._spots = spots
        self.show_rows(rows)

    def on_click(self, event: Click) -> None:
        for start, stop, action in self._spots.get(event.y, ()):
            if start <= event.x < stop:
                self.post_message(self.Chosen(action))
