"""The card at the bottom of the panel: all of the block under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.block import Block
from techlead_tui.core.lengths import short_length
from techlead_tui.core.localtime import clock, minute_of
from techlead_tui.core.phrases import titled
from techlead_tui.core.violation import Violation
from techlead_tui.render import marks
from techlead_tui.render.cells import cut, inert, wrap
from techlead_tui.render.runs import Row, exactly

CARD = 10  # rows; what stands above does not move with the block


def card_rows(rows: int) -> int:
    """Of so many rows of the panel, those for the card."""
    return CARD if rows >= 32 else 0 if rows < 16 else 6


def card(block: Block | None, wrong: Sequence[Violation], cells: int, rows: int) -> list[Row]:
    """In exactly `rows` rows; empty where there is no block."""
    out = [] if block is None else _said(block, wrong, cells, rows)[:rows]
    out += [()] * (rows - len(out))
    return [exactly(row, cells, "ink/panel") for row in out]


def kind_text(block: Block) -> str:
    """`meeting, optional`: what a block is, in words."""
    text = block.type.replace("-", " ") if block.type else block.kind.replace("_", " ")
    return f"{text}, optional" if block.optional else text


def _said(block: Block, wrong: Sequence[Violation], cells: int, rows: int) -> list[Row]:
    out: list[Row] = []

    def line(text: str, ink: str, lines: int = 1) -> None:
        lines = min(lines, rows - len(out))
        parts = wrap(text, cells - 2, lines) if lines > 1 else [cut(text, cells - 2)]
        out.extend(((f" {part}", ink),) for part in parts)

    line("HERE", "faint")
    line(inert(block.summary) or "untitled", "strong", 3)
    span = f"{clock(minute_of(block.start))}–{clock(minute_of(block.end))}"
    line(f"{span}  {short_length(block.planned_minutes)}", "ink")
    if kind_text(block) != block.summary.lower():
        line(kind_text(block), "detail")
    if block.hard_end is not None:
        line(f"{marks.HARD_END} ends {clock(minute_of(block.hard_end))} (limit)", "detail")
    if block.people:
        line(" ".join(f"@{inert(name)}" for name in block.people), "detail")
    if block.doc:
        line(f"doc {inert(block.doc)}", "detail")
    if block.status != "planned":
        line(f"{marks.signs(block, False)}{block.status}", "good")
    if block.override is not None:
        line(f"{marks.OVERRIDDEN} kept: {inert(block.override.reason)}", "warn", 3)
    for violation in wrong:
        if block.uid in violation.subjects:
            said = violation.beside(titled(block))  # its name stands above
            ink = "refuse" if violation.severity == "refuse" else "warn"
            line(f"{marks.WRONG} {inert(said)}", ink, 3)
    return out
