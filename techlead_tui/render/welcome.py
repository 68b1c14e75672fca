"""The first run's screen as rows: four questions, and the week that their answers make."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.week import Week
from techlead_tui.render.cells import cut, inert
from techlead_tui.render.entries import Entry, entry_rows
from techlead_tui.render.foot import Key, key_bar
from techlead_tui.render.preview import week_preview
from techlead_tui.render.runs import Row, exactly, row_width

ROOMY = 34  # rows from which on there is a blank line between questions
TIGHT = 14  # rows below which notes are left out


def rows_each(rows: int) -> int:
    """Rows of one question."""
    return 3 if rows >= ROOMY else 2 if rows >= TIGHT else 1


def row_of(number: int, rows: int) -> int:
    """The row in which a question's line stands."""
    return (2 if rows >= TIGHT else 1) + number * rows_each(rows)


def welcome_rows(
    entries: Sequence[Entry],
    front: int,
    week: Week | None,
    said: tuple[str, str],
    cells: int,
    rows: int,
) -> list[Row]:
    """Exactly `rows` rows, without the key bar; `said` is a sentence and its ink."""
    steps = f"{front + 1} of {len(entries)} "
    head = [(" techlead", "accent/bar"), ("  four questions, then your week", "strong/bar")]
    gap = max(1, cells - row_width(head) - len(steps))
    out = [exactly([*head, (" " * gap, "ink/bar"), (steps, "hint/bar")], cells, "ink/bar")]
    blank = exactly((), cells, "ink")
    if rows >= TIGHT:
        out.append(blank)
    out += entry_rows(entries, front, cells, rows_each(rows))
    out.append(exactly([(f" {cut(inert(said[0]), cells - 2)}", said[1])], cells, "ink"))
    left = rows - len(out)
    preview = week_preview(week, cells, left) if week is not None else []
    if left - len(preview) > 1 and preview:
        out.append(blank)
    out += preview
    return [*out, *[blank] * (rows - len(out))][:rows]


def first_frame(
    entries: Sequence[Entry], week: Week, keys: Sequence[Key], cells: int, rows: int
) -> list[Row]:
    """The whole screen as it opens."""
    above = welcome_rows(entries, 0, week, ("", "hint"), cells, rows - 1)
    return [*above, key_bar(keys, cells)[0]][:rows]
