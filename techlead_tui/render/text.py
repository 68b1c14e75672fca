"""Rows of styled runs: what render makes and every output shows."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category, east_asian_width, normalize

ELLIPSIS = "…"
SHORTEST = 5  # cells of a line in which a word is broken by a hyphen
UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # stands for what no terminal may see
REMEMBERED = 4096  # texts
MARKS = 3  # combining marks kept on one letter; more is an ornament that runs over the neighbours

_REGIONAL_A = 0x1F1E6
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_EMOJI = range(0x1FA70, 0x1FAF9)  # emoji newer than Python's own table stand here, two cells wide
_DISPUTED = (range(0x2630, 0x2638), range(0x268A, 0x2690), range(0x4DC0, 0x4E00), range(0x1D300, 0x1D380))
_widths: dict[str, int] = {}  # of characters
_lengths: dict[str, int] = {}  # of texts: a screen measures the same ones again and again


def inert(text: str) -> str:
    """Return a text as one line that nothing interprets and every terminal measures alike.

    Control and bidi-control characters go, white space becomes a space; what terminals join into one
    picture (flags, skin tones, joined emoji, keycaps) falls into its parts, because they disagree
    about the width of the picture.
    """
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    marks = 0
    for char in normalize("NFC", text):
        code = ord(char)
        kind = category(char)
        if char in "\t\n\r\f\v\x85" or kind in ("Zs", "Zl", "Zp"):
            if out and out[-1] != " ":
                out.append(" ")
            marks = 0
            continue
        if kind in ("Mn", "Me"):
            # a variation selector or a mark with nothing to stand on widens or moves what is beside it
            if kind == "Me" or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
                continue
            if not out or out[-1] == " " or marks == MARKS:
                continue
            marks += 1
            out.append(char)
            continue
        marks = 0
        if kind == "Cf" or code in _SKIN_TONES:
            continue
        if 0 <= code - _REGIONAL_A < 26:
            out.append(chr(ord("A") + code - _REGIONAL_A))
        elif kind in ("Cc", "Cs", "Co") or (kind == "Cn" and code not in _EMOJI):
            out.append(UNKNOWN)
        elif 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF or code in (0x3164, 0xFFA0):
            out.append(UNKNOWN)  # a lone Hangul vowel or final, or a filler: zero cells wide or two
        elif any(code in span for span in _DISPUTED):
            out.append(UNKNOWN)  # symbols that became wide in a late Unicode: half the terminals do not know
        else:
            out.append(char)
    return "".join(out)


def cell(char: str) -> int:
    """Cells of one character of inert text: 0, 1 or 2."""
    found = _widths.get(char)
    if found is None:
        kind = category(char)
        if kind in ("Mn", "Mc"):
            found = 0
        elif east_asian_width(char) in "WF" or (kind == "Cn" and ord(char) in _EMOJI):
            found = 2
        else:
            found = 1
        _widths[char] = found
    return found


def width(text: str) -> int:
    """Cells of inert text."""
    if text.isascii():
        return len(text)
    found = _lengths.get(text)
    if found is None:
        if len(_lengths) >= REMEMBERED:
            _lengths.clear()
        found = _lengths[text] = sum(map(cell, text))
    return found


def split_at(text: str, cells: int) -> tuple[str, str]:
    """The text before and after a cell; a wide character across it becomes a space on each side."""
    if text.isascii():
        return text[:cells], text[cells:]
    taken = 0
    for index, char in enumerate(text):
        size = cell(char)
        if taken + size > cells:
            if taken < cells:
                return text[:index] + " ", " " + text[index + 1 :].lstrip("".join(_marks_at(text, index + 1)))
            return text[:index], text[index:]
        taken += size
    return text, ""


def break_at(text: str, cells: int) -> tuple[str, str]:
    """Return the letters that fit into so many cells, and all others; a letter keeps its marks."""
    taken = 0
    for index, char in enumerate(text):
        taken += cell(char)
        if taken > cells:
            return text[:index], text[index:]
    return text, ""


def _marks_at(text: str, index: int) -> list[str]:
    marks = []
    while index < len(text) and cell(text[index]) == 0:
        marks.append(text[index])
        index += 1
    return marks


def cut(text: str, cells: int, end: str = ELLIPSIS) -> str:
    """The text, or as much of it as fits before an ellipsis."""
    if width(text) <= cells:
        return text
    room = cells - width(end)
    if room < 0:
        return ""
    head, _ = break_at(text, room)
    return head.rstrip() + end


def fit(text: str, cells: int) -> str:
    """The text cut or padded to exactly that many cells."""
    if text.isascii() and len(text) <= cells:
        return text.ljust(cells)
    text = cut(text, cells)
    return text + " " * (cells - width(text))


def wrap(text: str, cells: int, lines: int) -> list[str]:
    """The text as at most `lines` lines; the last ends in an ellipsis when not all of it fits."""
    if cells < 1 or lines < 1:
        return []
    out: list[str] = []
    line = ""
    words = text.split()
    for index, word in enumerate(words):
        joined = f"{line} {word}" if line else word
        if width(joined) <= cells:
            line = joined
            continue
        if len(out) == lines - 1:
            return [*out, cut(f"{line} {' '.join(words[index:])}".lstrip(), cells)]
        if line:
            out.append(line)
            if len(out) == lines - 1:
                return [*out, cut(" ".join(words[index:]), cells)]
        line = word
        while width(line) > cells and len(out) < lines - 1:
            head, rest = break_at(line, cells)
            if not head:
                break
            out.append(head)
            line = rest
        if width(line) > cells:
            return [*out, cut(" ".join([line, *words[index + 1 :]]), cells)]
    return [*out, line] if line else out


def hyphened(text: str, cells: int) -> str:
    """Return a text whose plain words fit into a line: longer ones are in pieces that end in a hyphen.

    A path or a name in code stays whole, as it would become another one.
    """
    return " ".join(_pieces(word, cells) for word in text.split())


def _pieces(word: str, cells: int) -> str:
    out = []
    while width(word) > cells >= SHORTEST and len(word) == width(word):
        at = word.rfind("-", 1, cells) + 1  # after a hyphen of its own
        size = at or cells - 1 - (len(word) == cells)  # no letter is left alone
        if not word[:cells].replace("-", "").isalpha():
            break
        out.append(word[:size] if at else f"{word[:size]}-")
        word = word[size:]
    return " ".join((*out, word))


Run = tuple[str, str]  # text, and a style name "ink" or "ink/ground" (see palette)
Row = tuple[Run, ...]


def ink_of(style: str) -> str:
    return style.partition("/")[0]


def ground_of(style: str) -> str:
    return style.partition("/")[2] or "page"


def on(style: str, ground: str) -> str:
    """Return the ink on another ground."""
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


def cut_parts(text: str, cells: int, between: tuple[str, ...] = (" · ", "; ")) -> str:
    """Return a sentence of parts that fits: its last parts go whole, as long as half of the room is used."""
    while width(text) > cells:
        kept = max((text.rpartition(sign)[0] for sign in between), key=width)
        if not kept or width(kept) < cells // 2:
            return cut(text, cells)
        text = kept
    return text


def splice(row: list[Run], start: int, over: Iterable[Run]) -> list[Run]:
    """A row with other runs written over it from a cell on."""
    new = list(over)
    stop = start + row_width(new)
    return [*crop(row, 0, start), *new, *crop(row, stop, 1 << 30)]


def tidy(runs: Iterable[Run]) -> Row:
    """Return the cells in as few runs as there are changes of style."""
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
