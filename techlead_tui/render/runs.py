"""Rows of styled runs: what render makes and every output shows."""

from __future__ import annotations

from collections.abc import Iterable

from techlead_tui.render.cells import split_at, width

Run = tuple[str, str]  # text, and a style name "ink" or "ink/ground" (see palette)
Row = tuple[Run, ...]


def ink_of(style: str) -> str:
    return style.partition("/")[0]


def ground_of(style: str) -> str:
    return style.partition("/")[2] or "page"


def on(style: str, ground: str) -> str:
    """The same ink on another ground."""
    return f"{ink_of(style)}/{ground}"


def row_width(row: Iterable[Run]) -> int:
    return sum(width(text) for text, _ in row)


def plain(row: Iterable[Run]) -> str:
    """The row's text without its styles."""
    return "".join(text for text, _ in row)


def crop(row: Iterable[Run], start: int, stop: int) -> list[Run]:
    """The cells [start, stop) of a row; shorter where the row is."""
    out: list[Run] = []
    at = 0
    for text, style in row:
        size = width(text)
        if at + size > start and at < stop:
            piece = text
            if at < start:
                piece = split_at(piece, start - at)[1]
            if at + size > stop:
                piece = split_at(piece, stop - max(at, start))[0]
            if piece:
                out.append((piece, style))
        at += size
        if at >= stop:
            break
    return out


def splice(row: list[Run], start: int, over: Iterable[Run]) -> list[Run]:
    """A row with other runs written over it from a cell on."""
    new = list(over)
    stop = start + row_width(new)
    return [*crop(row, 0, start), *new, *crop(row, stop, 1 << 30)]


def tidy(runs: Iterable[Run]) -> Row:
    """The same cells in as few runs as there are changes of style."""
    out: list[Run] = []
    for text, style in runs:
        if not text:
            continue
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + text, style)
        else:
            out.append((text, style))
    return tuple(out)


def exactly(runs: Iterable[Run], cells: int, style: str) -> Row:
    """A row of exactly that many cells: cropped, or padded in a style."""
    out = list(runs)
    gap = cells - row_width(out)
    if gap < 0:
        out = crop(out, 0, cells)
        gap = cells - row_width(out)
    if gap > 0:
        out.append((" " * gap, style))
    return tidy(out)
