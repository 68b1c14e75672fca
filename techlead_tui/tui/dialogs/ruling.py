"""What the week says to a form that is being filled in."""

from __future__ import annotations

from textual.events import Click
from textual.message import Message

from techlead_tui.core.decide import Decision
from techlead_tui.render import marks
from techlead_tui.render.cells import cut, inert
from techlead_tui.render.foot import refusal
from techlead_tui.render.runs import Row, Run, exactly
from techlead_tui.tui.verdict import focus_text
from techlead_tui.tui.widgets.rows_view import RowsView


def ruling(decision: Decision | None, cells: int, rows: int, *, asked: bool = False) -> list[Row]:
    """The verdict, why, and what would fit instead; at most `rows` rows. `asked` where a digit takes one."""

    def line(*runs: Run) -> Row:
        return exactly([(text, f"{ink}/bar") for text, ink in runs], cells, "ink/bar")

    if decision is None:
        return [line(("  nothing is changed", "hint"))]
    focus = focus_text(decision.focus_delta_minutes)
    if not decision.violations:
        said = " · ".join(["fits the week", *map(inert, decision.notes)])
        return [line((f"{marks.DONE} {cut(said, cells - 14)}", "good"), (f"   {focus}", "strong"))]
    head = "refused: " if decision.refused else ""
    return refusal(decision.violations, cells, rows, head=head, focus=focus, asked=asked)[:rows]


class Ruling(RowsView, can_focus=True):
    """What the week says; has the focus while a refusal is to be answered. A fix can also be clicked."""

    class Fixed(Message):
        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def on_click(self, event: Click) -> None:
        row = self.rows[event.y] if event.y < len(self.rows) else ()
        number = row[0][0].strip("⏎ ") if row and row[0][1] == "key/bar" else ""
        if number.isdigit():
            self.post_message(self.Fixed(int(number)))
