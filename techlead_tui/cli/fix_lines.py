"""Fixes as numbered calls to copy, one a line."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.cli.output import visible
from techlead_tui.cli.quoting import quoted
from techlead_tui.core.phrases import day_text, length
from techlead_tui.core.violation import Fix
from techlead_tui.render.cells import width


def fix_lines(fixes: Sequence[Fix], cells: int) -> list[str]:
    """The calls, with what each does beside it: in full where that fits into `cells`, else its day."""
    calls = [
        f"{number:>3}  {visible(quoted(('techlead', *fix.words)))}" for number, fix in enumerate(fixes, 1)
    ]
    wide = max(map(width, calls), default=0)
    rows: list[str] = []
    for told in (_in_full, _in_short):
        rows = [
            f"{call}{' ' * (wide - width(call))}  {told(fix)}" for call, fix in zip(calls, fixes, strict=True)
        ]
        if all(width(row) <= cells for row in rows):
            return rows
    return [row if width(row) <= cells else call for row, call in zip(rows, calls, strict=True)]


def _in_full(fix: Fix) -> str:
    """`Put it at Mon 23 Nov 16:00–17:00, Cross-team sync, focus +3 h`."""
    gain = _gain(fix)
    return f"{visible(fix.title)}, focus {gain}" if gain else visible(fix.title)


def _in_short(fix: Fix) -> str:
    """`Mon +3 h`."""
    day = fix.edit.day_after
    return " ".join(part for part in (day_text(day)[:3] if day else "", _gain(fix)) if part)


def _gain(fix: Fix) -> str:
    gain = fix.focus_gain_minutes
    return f"{'+' if gain > 0 else '-'}{length(abs(gain))}" if gain else ""
