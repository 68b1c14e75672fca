"""Print rows of styled runs."""

from __future__ import annotations

import os
from collections.abc import Iterable

from techlead_tui.cli.output import coloured, put
from techlead_tui.render.text import Row, plain


def show(rows: Iterable[Row], *, full: bool = False) -> None:
    """Writes rows; on a terminal with colour in its own colours, or in the chosen palette's when `full`."""
    if not coloured():
        put("\n".join(plain(row).rstrip() for row in rows))
        return
    from techlead_tui.render.ansi import Painter  # dear, and a pipe has no colours
    from techlead_tui.render.palette import ANSI, chosen, depth

    painter = Painter(chosen(os.environ) if full else ANSI, depth(os.environ))
    put("\n".join(painter.line(_trimmed(row)) for row in rows))


def _trimmed(row: Row) -> Row:
    """Without the blanks at the end, which a ground would colour."""
    runs = list(row)
    while runs and not runs[-1][0].strip():
        runs.pop()
    return tuple(runs)
