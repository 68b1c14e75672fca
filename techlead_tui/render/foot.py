"""The bottom of the week screen: what is wrong with the one-key fix, and the keys."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.block import Block
from techlead_tui.core.localtime import clock, minute_of
from techlead_tui.core.violation import Violation
from techlead_tui.render import marks
from techlead_tui.render.cells import cut, fit, inert, width
from techlead_tui.render.panel import kind_text
from techlead_tui.render.runs import Row, Run, exactly, row_width

Key = tuple[str, str, str]  # key as shown, what it does, id of the action


def violation_line(
    violation: Violation | None, others: int, cells: int, *, pending: bool = False, at_cursor: bool = True
) -> Row:
    """What is wrong and what one key does about it.

    `pending`: an edit waits for the answer and can be overridden. Away from the cursor the key goes there,
    so that no fix is applied to what nobody looks at.
    """
    if violation is None:
        return exactly((), cells, "ink")
    ink = "refuse" if violation.severity == "refuse" else "warn"
    ground = "alarm" if violation.severity == "refuse" else "page"
    keys: list[Run] = []
    if not at_cursor:
        keys += [("  ⏎ ", f"key/{ground}"), ("go there", f"hint/{ground}")]
    elif violation.fixes:
        fix = violation.fixes[0]
        keys += [("  ⏎ ", f"key/{ground}"), (inert(fix.title), f"strong/{ground}")]
        if len(violation.fixes) > 1:
            keys += [(f"  2-{min(9, len(violation.fixes))} ", f"key/{ground}"), ("others", f"hint/{ground}")]
    if pending:
        if violation.severity == "refuse":
            keys += [("  o ", f"key/{ground}"), ("keep, with a reason", f"hint/{ground}")]
        keys += [("  esc ", f"key/{ground}"), ("drop it", f"hint/{ground}")]
    more = f"  +{others}" if others > 0 else ""
    sign = f" {marks.WRONG} "
    room = cells - width(sign) - width(more) - row_width(keys) - 1
    text = inert(violation.message)
    if room < min(width(text), 24):
        keys = [run for run in keys if run[1].startswith("key")] if cells < 60 else keys
        room = max(8, cells - width(sign) - width(more) - row_width(keys) - 1)
    runs: list[Run] = [
        (sign, f"{ink}/{ground}"),
        (cut(text, room), f"ink/{ground}"),
        (more, f"hint/{ground}"),
        *keys,
    ]
    return exactly(runs, cells, f"ink/{ground}")


def here_line(block: Block | None, cells: int) -> Row:
    """The block under the cursor in one line, for screens without a panel."""
    if block is None:
        return exactly((), cells, "ink")
    span = f" {clock(minute_of(block.start))}–{clock(minute_of(block.end))} "
    hard = f"  {marks.HARD_END}{clock(minute_of(block.hard_end))}" if block.hard_end else ""
    people = "".join(f" @{inert(name)}" for name in block.people)
    why = f"  {marks.OVERRIDDEN} {inert(block.override.reason)}" if block.override else ""
    tail = f"  {kind_text(block)}{hard}{people}{why}"
    title = cut(f"{marks.signs(block, False)}{inert(block.summary)}", max(8, cells - width(span) - 12))
    return exactly([(span, "time"), (title, "strong"), (tail, "detail")], cells, "ink")


def note_line(text: str, cells: int, ink: str = "hint") -> Row:
    """A sentence to the user."""
    return exactly([(f" {cut(inert(text), cells - 2)}", ink)], cells, "ink")


def key_bar(keys: Sequence[Key], cells: int) -> tuple[Row, tuple[tuple[int, int, str], ...]]:
    """The keys that fit, and for each the cells [start, stop) it stands on with its action's id."""
    runs: list[Run] = []
    spots: list[tuple[int, int, str]] = []
    at = 0
    last = keys[-1] if keys else None
    kept = f" {last[0]} {last[1]} " if last else ""
    for index, (key, text, action) in enumerate(keys):
        size = width(key) + width(text) + 3
        final = index == len(keys) - 1
        if at + size + (0 if final else width(kept)) > cells:
            if not final:
                continue
            break
        runs += [(f" {key} ", "key/bar"), (f"{text} ", "hint/bar")]
        spots.append((at, at + size, action))
        at += size
    return exactly(runs, cells, "ink/bar"), tuple(spots)


def filled(text: str, cells: int, style: str) -> Row:
    return ((fit(text, cells), style),)
