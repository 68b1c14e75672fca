"""Gather what is about people: all that exists with one, who waits for the lead, and what was refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.items.kinds import all_kinds, kind_of
from techlead_tui.core.items.kit import Item, Moment
from techlead_tui.core.items.question import carried
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.text import day_text, titled
from techlead_tui.core.week import Block
from techlead_tui.planner.find import find
from techlead_tui.planner.items import items_of, moment_of
from techlead_tui.planner.reader import Reader

LEAST = 2  # working days: what is younger is not told
TWICE = 2  # windows that have closed without an answer
MANAGER = ("em", "engineering manager")
ANSWERS = {"declined": "decline", "proxied": "proxy"}  # states of a request that are a boundary
NAMED = (
    "people",
    "owner",
    "organiser",
    "organizer",
    "proxy",
    "attendees",
    "decision_makers",
    "consulted",
    "informed",
)
PLANNED = ("blocks", "exceptions", "series")


EM = ("Technical direction", "Blockers", "Hiring", "Own development")  # M10
NONE = "- nothing open"


class Person(NamedTuple):
    """Hold all that exists with one person."""

    name: str
    items: tuple[Item, ...]  # open ones
    pairing: tuple[Block, ...]
    last: Block | None  # the meeting or pairing before now
    next: Block | None
    manager: bool  # theirs is the EM 1:1
    moment: Moment

    def of(self, kind: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind.id == kind)


def person(reader: Reader, name: str) -> Person:
    """Return all that exists with a person, whatever the letter case. DataError."""
    wanted = name.casefold()

    def named(names: Iterable[str]) -> bool:
        return any(one.casefold() == wanted for one in names)

    items = [item for kind in all_kinds() for item in items_of(reader, kind).items if named(item.people)]
    now = reader.now()
    blocks = [
        one for one in find(reader, [wanted], IsoWeek.of(now.date())).blocks if named(one.people) and one.live
    ]
    before = [one for one in blocks if one.start <= now]
    ahead = [one for one in blocks if one.start > now]
    manager = wanted in MANAGER or any(one.type == "em-1-1" for one in blocks)
    pairing = tuple(one for one in blocks if one.category == "mentorship")
    return Person(
        name,
        tuple(sorted(items, key=lambda item: (item.created, item.uid))),
        pairing,
        before[-1] if before else None,
        ahead[0] if ahead else None,
        manager,
        moment_of(reader, items),
    )


def agenda(found: Person) -> list[str]:
    """Return the agenda of a 1:1 as Markdown lines; the EM's has the four subjects of M10."""
    lines = [f"# 1:1 with {found.name}", ""]
    lines += [f"Last: {titled(found.last)}"] if found.last else []
    lines += [f"Next: {titled(found.next)}"] if found.next else []
    delegations, questions, decisions = (
        [_line(item, found) for item in found.of(kind)] for kind in ("delegation", "question", "decision")
    )
    if found.manager:
        parts = zip(EM, (decisions, [*questions, *delegations], [], []), strict=True)
    else:
        pairing = [f"- {titled(block)}" for block in found.pairing]
        heads = ("Handed over", "Questions", "Decisions", "Pairing")
        parts = zip(heads, (delegations, questions, decisions, pairing), strict=True)
    for head, rows in parts:
        lines += ["", f"## {head}", "", *(rows or [NONE])]
    return lines


def _line(item: Item, found: Person) -> str:
    due = item.due(found.moment)
    mine = "you ask: " if item.kind.id == "question" and item.get("mine") else ""
    when = f", {day_text(due)}" if due else ""
    return f"- {mine}{item.summary} ({item.status}{when})"


class Owed(NamedTuple):
    """Say what somebody waits for, and for how many working days."""

    kind: str
    uid: str
    summary: str
    people: tuple[str, ...]
    why: str
    since: date
    days: int


def owed(reader: Reader) -> list[Owed]:
    """Return who waits for the lead, the longest first; nothing younger than two working days. DataError."""
    out: list[Owed] = []
    found = items_of(reader, kind_of("decision"))
    for item in found.items:
        day = item.day("decide_on")
        if day is not None and day < found.moment.today:
            out.append(_owed(item, "its day of decision is over", day, found.moment))
    found = items_of(reader, kind_of("question"))
    for item in found.items:
        if not item.get("mine") and carried(item, found.moment) >= TWICE:
            out.append(
                _owed(item, "carried on twice without an answer", item.since(found.moment), found.moment)
            )
    for record in found.moment.snapshot.table(OPEN, "requests").values():
        if record["status"] in ("waiting", "proposed"):
            since = into(datetime.fromisoformat(str(record["created"])), reader.zone).date()
            days = found.moment.working_days(since)
            names = tuple(_people(record))
            out.append(
                Owed(
                    "request", str(record["uid"]), str(record["summary"]), names, "no answer yet", since, days
                )
            )
    return sorted((one for one in out if one.days >= LEAST), key=lambda one: (-one.days, one.uid))


def _owed(item: Item, why: str, since: date, moment: Moment) -> Owed:
    return Owed(item.kind.id, item.uid, item.summary, item.people, why, since, moment.working_days(since))


class Boundary(NamedTuple):
    """Tell one time at which a boundary was kept or given up."""

    day: str  # ISO date
    what: str  # override, decline, proxy or trade
    summary: str
    people: tuple[str, ...]
    rules: tuple[str, ...]
    reason: str


def boundary(reader: Reader) -> list[Boundary]:
    """Return the overrides, declines, proxies and trades of all time, the oldest first. DataError."""
    out: list[Boundary] = []
    titles: dict[str, str] = {}
    for table in (*PLANNED, *(kind.table for kind in all_kinds())):
        for bucket, record in reader.records(table):
            uid = str(record["uid"])
            titles[uid] = str(
                record.get("summary") or titles.get(uid.partition("@")[0]) or uid.partition("@")[0]
            )
            day = str(
                record.get("day") or record.get("from") or record.get("closed") or record.get("created") or ""
            )
            if not day:
                day = uid.partition("@")[2] or (bucket if bucket != OPEN else "")
            kept = cast("dict[str, Any] | None", record.get("override"))
            names = tuple(_people(record))
            if kept:
                rules = tuple(kept["rules"])
                out.append(Boundary(day[:10], "override", titles[uid], names, rules, str(kept["reason"])))
            what = ANSWERS.get(str(record.get("status"))) if table == "requests" else None
            what = "trade" if table == "trades" else what
            if what:
                reason = str(record.get("reason") or record.get("dropped") or "")
                out.append(Boundary(day[:10], what, titles[uid], names, (), reason))
    return sorted(set(out))


def redacted(entries: Sequence[Boundary], names: Iterable[str]) -> list[Boundary]:
    """Return the entries without names: neither as people nor inside titles and reasons."""
    without = without_names({*names, *(name for one in entries for name in one.people)})
    return [
        one._replace(people=(), summary=without(one.summary), reason=without(one.reason)) for one in entries
    ]


def without_names(names: Iterable[str]) -> Callable[[str], str]:
    """Return what takes names, and what looks like one, out of a text."""
    known = {name for name in names if name.strip()}
    parts = {part for name in known for part in (name, *name.split()) if len(part) > 1}
    words = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    signs = [r"\S+@\S+\.\S+", r"@\w[\w.-]*", *([rf"(?<!\w)(?:{words})(?!\w)"] if words else [])]
    pattern = re.compile("|".join(signs), re.I)

    def without(text: str) -> str:
        return pattern.sub("[name]", text)

    return without


def all_names(reader: Reader) -> set[str]:
    """Return everybody that anything stored names, and the user. DataError."""
    tables = (*PLANNED, *(kind.table for kind in all_kinds()), "series_reviews")
    found = {name for table in tables for _, record in reader.records(table) for name in _people(record)}
    return {name for name in (*found, reader.settings.name) if name}


def _people(record: Record) -> list[str]:
    """Return whom a record names, in whichever field."""
    out: dict[str, None] = {}
    for key in NAMED:
        value = record.get(key)
        names = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        out.update(dict.fromkeys(str(name) for name in names))
    return list(out)
