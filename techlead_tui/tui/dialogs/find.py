"""Find blocks, sessions and items of all weeks by words that they hold."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek, clock, into, minute_of
from techlead_tui.core.lengths import short_length
from techlead_tui.core.week import session_of
from techlead_tui.planner.find import Hits, find, words_in
from techlead_tui.planner.planner import Planner
from techlead_tui.render import symbols
from techlead_tui.tui.dialogs.side_list import SideItem, SideList
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks

MOST = 100  # hits shown


class Hit(NamedTuple):
    """Hold a block or a session in which the words were found."""

    start: datetime
    title: str
    what: str
    uid: str
    sign: str
    kind: str = ""  # of an item

    @property
    def day(self) -> date:
        return self.start.date()


class FindDialog(SideList):
    """Close with the Hit to go to."""

    heading = "find"
    order = "nearest first"
    example = "words of a title, a name, +type"

    def __init__(self, desk: Desk, looks: Looks, shown: IsoWeek) -> None:
        super().__init__(desk, looks)
        self._shown = shown

    def find(self, planner: Planner, text: str) -> Sequence[SideItem]:
        words = words_in(text)
        found = find(planner, words, self._shown, MOST) if words else Hits([], [], [])
        hits = _nearest(_hits(found, planner.zone), planner.now())
        return [
            SideItem(
                f"{hit.start:%a} {hit.day.day:>2} {hit.start:%b %y} {clock(minute_of(hit.start))}",
                hit.title,
                f"W{IsoWeek.of(hit.day).number:02} {hit.what}",
                hit,
                hit.sign,
            )
            for hit in hits
        ]


def _nearest(hits: Iterable[Hit], now: datetime) -> list[Hit]:
    return sorted(hits, key=lambda hit: (abs(hit.start - now), hit.uid))[:MOST]


def _hits(found: Hits, zone: tzinfo) -> Iterator[Hit]:
    for item in found.items:
        what = f"{item.kind.id}, {item.status}"
        yield Hit(into(item.created, zone), item.summary, what, item.uid, symbols.DUE, item.kind.id)
    for block in found.blocks:
        sign = symbols.signs(block, False)[:1] or " "
        yield Hit(block.start, block.summary, block.type or block.kind, block.uid, sign)
    for session in map(session_of, found.sessions):
        how, sign = ("running", symbols.RUNNING) if session.running else ("logged", symbols.SESSION)
        start, what = into(session.start, zone), f"{how} {short_length(session.minutes)}"
        yield Hit(start, session.summary or "session", what, session.uid, sign)
