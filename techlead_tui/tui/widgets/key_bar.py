"""The keys at the bottom, in one line that can also be clicked."""

from __future__ import annotations

from collections.abc import Mapping

from textual.events import Click
from textual.message import Message

from techlead_tui.render.footer import key_bar
from techlead_tui.tui import actions
from techlead_tui.tui.widgets.rows_view import RowsView


class KeyBar(RowsView):
    class Chosen(Message):
        """A key was clicked."""

        def __init__(self, action_id: str) -> None:
            super().__init__()
            self.action_id = action_id

    _shown: tuple[str, Mapping[str, str], int] | None = None
    _spots: tuple[tuple[int, int, str], ...] = ()

    def show(self, mode: str, own: Mapping[str, str], width: int) -> None:
        """The keys of a mode; `own` are those that the user has given, by id."""
        if self._shown == (mode, own, width):
            return
        self._shown = (mode, own, width)
        row, self._spots = key_bar(actions.bar(mode, own), width)
        self.show_rows([row])

    def on_click(self, event: Click) -> None:
        for start, stop, action_id in self._spots:
            if start <= event.x < stop:
                self.post_message(self.Chosen(action_id))
