"""Gather what waits for the lead today: counts for the header, lines for the panel, questions by window."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from techlead_tui.core.items.kinds import NAMES, kind_of
from techlead_tui.core.occurrence import NONE as NO_CALENDAR
from techlead_tui.core.running import of_today, paused
from techlead_tui.core.snapshot import OPEN, Snapshot


class DueItem(NamedTuple):
    kind: str
    uid: str
    summary: str
    people: tuple[str, ...]
    due: date


class Waiting(NamedTuple):
    requests: int = 0  # that wait for a verdict
    due: tuple[DueItem, ...] = ()  # today or before, the longest due first
    stale: tuple[str, ...] = ()  # calendars that were not read lately, each with its age
    questions: Mapping[str, tuple[str, ...]] = {}  # by the uid of the window that they wait for
    paused: str | None = None  # what the session is about that waits to go on


NOTHING = Waiting()


def waiting(snapshot: Snapshot, now: datetime) -> Waiting:
    """Return what waits at a moment; the windows of questions are those of the loaded weeks."""
    tables = snapshot.buckets[OPEN]
    names = [name for name in NAMES if tables.get(name.plural)]
    session = of_today(snapshot.open_session, now.date().isoformat())
    rests = str(session["summary"]) if session is not None and paused(session) else None
    if not names and snapshot.calendar is NO_CALENDAR:  # most weeks, and then no kind is loaded
        return NOTHING if rests is None else NOTHING._replace(paused=rests)
    from techlead_tui.core.items.kit import Item, Moment

    moment = Moment(snapshot, now)
    due: list[DueItem] = []
    questions: dict[str, tuple[str, ...]] = {}
    requests = 0
    for name in names:
        kind = kind_of(name.id)
        for record in tables[name.plural].values():
            item = Item(kind, record)
            requests += item.status == kind.counted
            window = kind.window(item, moment) if kind.window is not None else None
            if window is not None:
                questions[window] = (*questions.get(window, ()), item.summary)
            day = item.due(moment) if kind.window is None else None  # a window shows its questions itself
            if day is not None and day <= now.date():
                due.append(DueItem(name.id, item.uid, item.summary, item.people, day))
    if snapshot.calendar is not NO_CALENDAR and (found := kind_of("request").found) is not None:
        requests += len(found(moment).keys() - tables.get("requests", {}).keys())
    in_order = tuple(sorted(due, key=lambda one: (one.due, one.uid)))
    return Waiting(requests, in_order, questions=questions, paused=rests)
