"""Keep what was read of each source, one file a source, in the cache folder.

A file's first line says what was read and how that went, each further line is one commit or event: its moment
in seconds since 1970, and the rest as JSON, so that the days wanted are found without reading the others.
Imports next to nothing: on the path of `techlead sessions`.
"""

from __future__ import annotations

import os
from binascii import crc32

from techlead_tui import fs
from techlead_tui.core.json_text import decode

FORMAT = 2
CO_AUTHORED = "co_authored"  # the kind of a row about a colleague's commit that names the user
ENDING = ".evidence"
LARGEST = 64 * 1024 * 1024  # bytes of a file that are looked at

LONGEST_HEAD = 64 * 1024
HEAD = {"kind", "name", "path", "origin", "scanned", "since", "tips", "commits", "error", "note"}

Row = dict[str, object]  # one commit or event; "moment" is in seconds since 1970


class SourceRows:
    """Hold what is known of one source: what was read of it (`head`), and its rows of the days wanted.

    A head has `kind` (git or command), `name`, `path`, `origin` (listed, found or learnt), `scanned` (a
    moment or None), `since` (the moment from which on its commits are known, or None), `tips` (what it was
    read at), `commits` (how many of one's own, or events), `error` and `note` (each a sentence or None); that
    of a command also `asked` (a moment).
    """

    __slots__ = ("head", "rows")

    def __init__(self, head: Row, rows: list[Row]) -> None:
        self.head = head
        self.rows = rows


def folder_of(cache: str) -> str:
    """Return the folder of the evidence within the cache folder."""
    return os.path.join(cache, "evidence")


def file_of(folder: str, kind: str, path: str) -> str:
    """Return the file of a source; `path` is a repository's folder, or a command's name."""
    last = os.path.basename(path.removesuffix("/.git"))
    name = "".join(char if char.isalnum() and char.isascii() else "-" for char in last)
    return os.path.join(folder, f"{kind}-{name[:40]}-{crc32(path.encode(errors='replace')):08x}{ENDING}")


def load(path: str, begin: int | None = None, end: int | None = None) -> SourceRows | None:
    """Return what a file holds of the moments from `begin` to before `end`; None where it holds nothing."""
    try:
        raw = fs.read_file(path, LARGEST)
        if not raw:
            return None
        first, *lines = raw.split(b"\n")
        head = _head(first)
        rows = []
        for line in lines:
            moment, _, rest = line.partition(b" ")
            if not rest:
                continue
            at = int(moment)
            if (begin is None or at >= begin) and (end is None or at < end):
                row: dict[str, object] = decode(rest.decode())  # type: ignore[assignment]
                row["moment"] = at
                rows.append(row)
        return SourceRows(head, rows)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def load_all(cache: str, begin: int | None = None, end: int | None = None) -> list[SourceRows]:
    """Return what is known of every source, each commit once, in order of the sources' names."""
    folder = folder_of(cache)
    try:
        names = [name for name in fs.names(folder) if name.endswith(ENDING)]
    except OSError:
        return []
    found = [load(os.path.join(folder, name), begin, end) for name in names]
    sources = sorted((one for one in found if one is not None), key=_order)
    known: set[object] = set()  # a second clone holds the same commits, and a forge tells of them again
    for source in sources:
        is_git = source.head["kind"] == "git"
        fresh = []
        for row in source.rows:
            marks = (row["uid"],) if is_git else _marks(row)
            if known.isdisjoint(marks):
                fresh.append(row)
        for row in fresh:
            known.update(_marks(row))
        source.rows = fresh
    return sources


def _marks(row: Row) -> tuple[object, ...]:
    """Return what a commit is known by; nothing for an event."""
    return (row["uid"], (row["moment"], row["summary"])) if "uid" in row else ()


def heads(folder: str) -> list[tuple[str, Row]]:
    """Return the file of each source and its head, without reading what else is in it."""
    out: list[tuple[str, Row]] = []
    try:
        names = [name for name in fs.names(folder) if name.endswith(ENDING)]
    except OSError:
        return out
    for name in names:
        path = os.path.join(folder, name)
        try:
            head = _head((fs.read_head(path, LONGEST_HEAD) or b"").partition(b"\n")[0])
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            continue
        out.append((path, head))
    return out


def _head(line: bytes) -> Row:
    """Return a file's first line. ValueError, LookupError or TypeError where it is none of ours."""
    head: Row = decode(line.decode())  # type: ignore[assignment]
    if head["format"] != FORMAT or not all(isinstance(head[key], str) for key in ("name", "kind", "path")):
        raise ValueError("another format")
    if not head.keys() >= HEAD:
        raise ValueError("another format")
    return head


def save(path: str, head: Row, rows: list[Row]) -> None:
    """Put a source's file in place. OSError."""
    import json

    lines = [json.dumps({"format": FORMAT, **head})]
    for row in sorted(rows, key=_moment):
        lines.append(f"{row['moment']} {json.dumps({key: row[key] for key in row if key != 'moment'})}")
    fs.replace_unlocked(path, ("\n".join(lines) + "\n").encode(), durable=False)


def _moment(row: Row) -> int:
    moment = row["moment"]
    assert isinstance(moment, int)
    return moment


def _order(found: SourceRows) -> tuple[bool, str, str]:
    head = found.head
    return head["kind"] != "git", str(head["name"]), str(head["path"])
