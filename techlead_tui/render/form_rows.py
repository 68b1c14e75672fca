"""Draw the lines of a form before Textual is there, as its fields draw them: label, value and note."""

from collections.abc import Sequence
from typing import NamedTuple

from techlead_tui.render.text import Row, Run, cut, exactly, fit, inert

LABEL = 14  # cells of a label, with the mark of the line in front
VALUE = LABEL + 2  # the cell at which a value begins


class FormRow(NamedTuple):
    """Hold one line of a form."""

    label: str
    value: str
    turns: bool = False  # one of a few values, gone through by left and right
    example: str = ""  # shown where nothing is written
    note: str = ""
    ink: str = "hint"  # of the note


def form_row(entry: FormRow, front: bool, cells: int) -> Row:
    """Return the line; the value of the one in front stands on a ground of its own."""
    field = "input" if front else "page"
    mark, ink = (" ▸ ", "accent") if front else ("   ", "hint")
    runs: list[Run] = [(mark, "accent/page"), (fit(entry.label, LABEL - 3), f"{ink}/page")]
    value, ink = (inert(entry.value), "strong") if entry.value else (entry.example, "faint")
    room = max(0, cells - VALUE - 3)
    if entry.turns and front:
        runs += [("‹ ", f"key/{field}"), (cut(value, room), f"{ink}/{field}"), (" ›", f"key/{field}")]
    else:
        runs.append((f"  {fit(value, room)} ", f"{ink}/{field}"))
    return exactly(runs, cells, "ink/page")


def note_row(entry: FormRow, cells: int) -> Row:
    text = cut(inert(entry.note), max(0, cells - VALUE - 1))
    return exactly([(" " * VALUE, "ink/page"), (text, f"{entry.ink}/page")], cells, "ink/page")


def form_rows(entries: Sequence[FormRow], front: int, cells: int, each: int) -> list[Row]:
    """Return `each` rows an entry: the line, then its note, then blank ones."""
    out: list[Row] = []
    for number, entry in enumerate(entries):
        block = [form_row(entry, number == front, cells), note_row(entry, cells)]
        out += [*block, *[exactly((), cells, "ink/page")] * (each - 2)][:each]
    return out
