"""Lines that ask for something: a label, what is written or chosen, and a word about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from techlead_tui.render.text import Row, Run, cut, exactly, fit, inert

LABEL = 14  # cells of a label, with the mark of the line in front
VALUE = LABEL + 2  # the cell at which a value begins


class FormRow(NamedTuple):
    label: str
    value: str
    turns: bool = False  # one of a few values, gone through by left and right
    example: str = ""  # shown where nothing is written
    note: str = ""
    ink: str = "hint"  # of the note


def form_row(entry: FormRow, front: bool, cells: int, ground: str = "page") -> Row:
    """The line; of the one in front the value stands on a ground of its own."""
    field = "input" if front else ground
    runs: list[Run] = [
        (" ▸ " if front else "   ", f"accent/{ground}"),
        (fit(entry.label, LABEL - 3), f"{'accent' if front else 'hint'}/{ground}"),
    ]
    value, ink = inert(entry.value), "strong"
    if not value:
        value, ink = entry.example, "faint"
    room = max(0, cells - VALUE - 3)
    if entry.turns and front:
        runs += [("‹ ", f"key/{field}"), (cut(value, room), f"{ink}/{field}"), (" ›", f"key/{field}")]
    elif front:
        runs.append((f"  {fit(value, room)} ", f"{ink}/{field}"))
    else:
        runs.append((f"  {cut(value, room)}", f"{ink}/{ground}"))
    return exactly(runs, cells, f"ink/{ground}")


def note_row(entry: FormRow, cells: int, ground: str = "page") -> Row:
    text = cut(inert(entry.note), max(0, cells - VALUE - 1))
    return exactly([(" " * VALUE, f"ink/{ground}"), (text, f"{entry.ink}/{ground}")], cells, f"ink/{ground}")


def form_rows(
    entries: Sequence[FormRow], front: int, cells: int, each: int, ground: str = "page"
) -> list[Row]:
    """`each` rows an entry: the line, then its note, then blank ones."""
    out: list[Row] = []
    for number, entry in enumerate(entries):
        block = [form_row(entry, number == front, cells, ground), note_row(entry, cells, ground)]
        block += [exactly((), cells, f"ink/{ground}")] * (each - 2)
        out += block[:each]
    return out
