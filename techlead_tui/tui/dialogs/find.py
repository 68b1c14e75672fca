"""Blocks and sessions of all weeks that hold the words that are typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from techlead_tui.core.calendar import IsoWeek, at, clock, into, minute_of
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.week import Block
from techlead_tui.planner.planner import Planner
from techlead_tui.render import symbols
from techlead_tui.tui.dialogs.side_list import DockDialog, Item
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks

MOST = 100  # hits shown
TABLES = ("blocks", "exceptions", "sessions")


class Hit(NamedTuple):
    start: datetime
    title: str
    what: str
    uid: str
    sign: str

    @property
    def day(self) -> date:
        return self.start.date()


class FindDialog(DockDialog):
    """Closes with the Hit to go to."""

    heading = "find"
    order = "nearest in time first"
    example = "words of a title, a name, +type"

    def __init__(self, desk: Desk, looks: Looks, shown: IsoWeek) -> None:
        super().__init__(desk, looks)
        self._shown = shown
        self._found: dict[str, Sequence[Hit]] = {}  # the last answer, by its words

    def find(self, planner: Planner, text: str) -> Sequence[Item]:
        words = [word.lstrip("+@") for word in text.casefold().split() if word.lstrip("+@")]
        hits = _nearest(found(planner, words, self._shown), planner.now()) if words else []
        self._found = {text: hits}
        return [
            Item(
                f"{hit.start:%a} {hit.day.day:>2} {hit.start:%b %y} {clock(minute_of(hit.start))}",
                hit.title,
                f"W{IsoWeek.of(hit.day).number:02} {hit.what}",
                sign=hit.sign,
            )
            for hit in hits
        ]

    def taken(self) -> object:
        return next(iter(self._found.values()))[self.at]


def _nearest(hits: list[Hit], now: datetime) -> list[Hit]:
    return sorted(hits, key=lambda hit: (abs(hit.start - now), hit.uid))[:MOST]


def found(planner: Planner, words: Sequence[str], shown: IsoWeek) -> list[Hit]:
    """What holds all words, case-folded, in a title, type, document or name; boxes of the week shown too."""
    out: dict[tuple[str, str], Hit] = {}
    snapshot = planner.snapshot(shown)
    for block in snapshot.week(shown).blocks:
        if _holds(words, _texts(block)):
            out[block.uid, block.day.isoformat()] = Hit(
                block.start,
                block.summary,
                block.type or block.kind,
                block.uid,
                symbols.signs(block, False)[:1] or " ",
            )
    this = IsoWeek.of(planner.now().date())
    last: timedelta | None = None  # no week beyond can hold one of the nearest
    with closing(planner.nearest(" ".join(words), this)) as records:
        for bucket, table, stored in records:
            if bucket == OPEN:
                continue  # a series has no place of its own
            monday = IsoWeek.parse(bucket).monday
            far = abs(monday - this.monday)
            if last is not None and far > last:
                break
            if table not in TABLES or (bucket == str(shown) and table != "sessions"):
                continue  # those of the week shown are there
            for hit in _hits(planner, table, cast("dict[str, Any]", stored), words):
                out.setdefault((hit.uid, hit.day.isoformat()), hit)
            if last is None and len(out) >= MOST:
                last = far + timedelta(weeks=1)
    return list(out.values())


def _hits(planner: Planner, table: str, record: dict[str, Any], words: Sequence[str]) -> Iterator[Hit]:
    if table == "sessions":
        if _holds(words, (record["summary"], record["pattern"], record["repo"])):
            start = into(datetime.fromisoformat(record["start"]), planner.zone)
            minutes = int((datetime.fromisoformat(record["end"]) - start).total_seconds()) // 60
            title = record["summary"] or "session"
            yield Hit(start, title, f"logged {symbols.length(minutes)}", record["uid"], symbols.SESSION)
        return
    texts = (record.get("summary"), record.get("type"), record.get("doc"), *record.get("people", ()))
    if {"summary", "day", "start"} <= record.keys() and _holds(words, texts):
        start = at(date.fromisoformat(record["day"]), record["start"], planner.zone)
        what = record.get("type") or record.get("kind", "")
        yield Hit(start, record["summary"], what, record["uid"], " ")


def _texts(block: Block) -> tuple[str | None, ...]:
    return (block.summary, block.type, block.doc, *block.people)


def _holds(words: Sequence[str], texts: Sequence[str | None]) -> bool:
    text = "\n".join(text for text in texts if text).casefold()
    return all(word in text for word in words)
