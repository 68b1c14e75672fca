"""List what a line may be completed to, below it."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.render.text import Row, exactly, fit, inert
from techlead_tui.tui.completion import Completion
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.rows_view import RowsView

MOST = 6  # completions shown at once


class CompletionList(RowsView):
    """Show some completions over what is below, with a cursor that is on none of them at first."""

    DEFAULT_CSS = """
    CompletionList { overlay: screen; constrain: none inside; }
    """

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, classes="choices")
        self.display = False
        self.found: Sequence[Completion] = ()
        self.at = -1
        self._first = 0  # the completion at the top

    def offer(self, found: Sequence[Completion], cells: int) -> None:
        """Show other completions, or nothing where there are none."""
        self.found, self.at = found, -1
        self.display = bool(found)
        if found:
            self.styles.width, self.styles.height = cells, min(len(found), MOST) + 1
            self._paint(cells)

    def pick(self, step: int) -> None:
        """Move the cursor."""
        self.at = max(-1, min(len(self.found) - 1, self.at + step))
        self._paint(self.size.width)

    def under(self, screen_y: int) -> int:
        """Return the completion in a row of the screen, or -1."""
        at = self._first + screen_y - self.region.y
        return at if at < min(len(self.found), self._first + MOST) else -1

    def _paint(self, cells: int) -> None:
        self._first = first = max(0, min(self.at - MOST + 1, len(self.found) - MOST))
        shown = self.found[first : first + MOST]
        rows = [_row(one, first + n == self.at, cells) for n, one in enumerate(shown)]
        more = len(self.found) - len(shown)
        tail = f"{more} more · " if more > 0 else ""
        help_text = f" {tail}tab takes the first, ↓ picks"
        rows.append(exactly([("│", "accent/input"), (help_text, "hint/input")], cells, "ink/input"))
        self.show_rows(rows)


def _row(one: Completion, picked: bool, cells: int) -> Row:
    ground = "cursor" if picked else "input"
    ink, detail = ("cursor", "cursor") if picked else ("strong", one.ink)
    runs = [
        ("│", "accent/input"),
        ("▸ " if picked else "  ", f"{ink}/{ground}"),
        (fit(inert(one.text), min(22, cells // 2)), f"{ink}/{ground}"),
        (f" {inert(one.detail)}", f"{detail}/{ground}"),
    ]
    return exactly(runs, cells, f"{ink}/{ground}")
