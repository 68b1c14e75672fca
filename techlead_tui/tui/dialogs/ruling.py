"""What the week says to a form that is being filled in."""

from __future__ import annotations

from textual.events import Click
from textual.message import Message

from techlead_tui.core.decide import Decision
from techlead_tui.render import marks
from techlead_tui.render.cells import cut, fit, inert, width, wrap
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
    first = decision.violations[0]
    ink = "refuse" if decision.refused else "warn"
    head = "refused: " if decision.refused else ""
    out: list[Row] = []
    for at, part in enumerate(wrap(f"{head}{inert(first.message)}", cells - 2, 2)):
        out.append(line((f"{marks.WRONG} " if at == 0 else "  ", ink), (part, "strong")))
    more = len(decision.violations) - 1
    others = f"and {more} more" if more else ""
    tail = " · ".join(part for part in (others, focus) if part)
    if tail:
        out.append(line(("  ", "ink"), (tail, "warn")))
    fixes = []
    for number, fix in enumerate(first.fixes[:9], 1):
        mark = "⏎ " if asked and number == 1 else "  "
        gain = f"focus +{marks.length(fix.focus_gain_minutes)} " if fix.focus_gain_minutes > 0 else ""
        title = fit(inert(fix.title), cells - 5 - width(gain))
        ink = "strong" if asked and number == 1 else "ink"
        fixes.append(line((f"{mark}{number} ", "key"), (title, ink), (f" {gain}", "good")))
    for part in wrap(inert(first.why), cells - 2, 2):
        if len(out) + min(2, len(fixes)) < rows:
            out.append(line(("  ", "ink"), (part, "detail")))
    return [*out, *fixes][:rows]


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
