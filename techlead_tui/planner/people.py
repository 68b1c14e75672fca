"""Gather what is about people: all that exists with one, who waits for the lead, and what was refused."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, tzinfo
from typing import Any, NamedTuple, cast

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.kinds import all_kinds, listed_kinds
from techlead_tui.core.items.kit import Item, ItemKind, Moment, never
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.text import day_text, titled
from techlead_tui.core.week import Block
from techlead_tui.planner.items import items_of, moment_of
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.zones import in_both, zone_of

LEAST = 2  # working days: what is younger is not told
MANAGER = ("em", "engineering manager")
PLANNED = ("blocks", "exceptions", "series")  # tables of the plan


EM = ("Technical direction", "Blockers", "Hiring", "Own development")  # M10
STEMS = {  # beginnings of words by which an item belongs to a subject
    "Hiring": ("hir", "candidate", "interview", "recruit", "headcount"),
    "Own development": ("career", "promotion", "training", "mentor", "conference", "learn"),
}
TO_FILL = {  # what to write where nothing stands under a subject
    "Hiring": "- [ ] whom are we looking for, and what is missing from me?",
    "Own development": "- [ ] what do I want to be able to do next, and what would help?",
}
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
    zone: tzinfo | None = None  # theirs, where it is known

    def of(self, kind: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind.id == kind)


def person(reader: Reader, name: str) -> Person:
    """Return all that exists with a person, whatever the letter case. DataError."""
    from techlead_tui.planner.find import find

    wanted = name.casefold()

    def named(names: Iterable[str]) -> bool:
        return any(one.casefold() == wanted for one in names)

    around = moment_of(reader)  # most kinds ask for no other weeks
    items = [
        item
        for kind in all_kinds()
        for item in items_of(reader, kind, moment=around).items
        if named(item.people)
    ]
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
        zone_of(reader, name),
    )


def agenda(found: Person) -> list[str]:
    """Return the agenda of a 1:1 as Markdown lines; the EM's has the four subjects of M10."""
    lines = [f"# 1:1 with {found.name}", ""]
    lines += [f"Last: {titled(found.last)}"] if found.last else []
    lines += [f"Next: {found.next.summary}, {in_both(found.next.span, found.zone)}"] if found.next else []
    if found.zone is not None:
        there = found.moment.now.astimezone(found.zone)
        lines.append(f"Their time: {there:%a %H:%M} ({found.zone})")
    of = {kind: found.of(kind) for kind in ("delegation", "question", "decision")}
    if found.manager:
        rest: dict[str, list[Item]] = {head: [] for head in EM}
        for kind, items in of.items():
            for item in items:
                usual = "Technical direction" if kind == "decision" else "Blockers"
                rest[_subject_of(item, usual)].append(item)
        parts = [
            (head, [_line(item, found) for item in items] or [TO_FILL.get(head, NONE)])
            for head, items in rest.items()
        ]
    else:
        heads = {"delegation": "Handed over", "question": "Questions", "decision": "Decisions"}
        parts = [(heads[kind], [_line(item, found) for item in items]) for kind, items in of.items()]
        parts.append(("Pairing", [f"- {titled(block)}" for block in found.pairing]))
    for head, rows in parts:
        lines += [*[""] * bool(lines[-1]), f"## {head}", "", *(rows or [NONE])]
    return lines


def _subject_of(item: Item, otherwise: str) -> str:
    """Return the subject of the EM 1:1 under which an item stands, by the words of its title."""
    words = item.summary.casefold().split()
    for head, stems in STEMS.items():
        if any(word.startswith(stem) for word in words for stem in stems):
            return head
    return otherwise


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
    around = moment_of(reader)
    for kind in all_kinds():
        if kind.waits is never:
            continue
        found = items_of(reader, kind, moment=around, replies=False)
        for item in found.items:
            late = kind.waits(item, found.moment)
            days = found.moment.working_days(late.since) if late is not None else 0
            if late is not None and days >= LEAST:
                out.append(Owed(kind.id, item.uid, item.summary, item.people, late.why, late.since, days))
    return sorted(out, key=lambda one: (-one.days, one.uid))


class BoundaryMoment(NamedTuple):
    """Tell one time at which a boundary was kept or given up."""

    day: str  # ISO date
    what: str  # override, decline, proxy or trade
    summary: str
    people: tuple[str, ...]
    rules: tuple[str, ...]
    reason: str


def boundary(reader: Reader) -> list[BoundaryMoment]:
    """Return the overrides, declines, proxies and trades of all time, the oldest first. DataError."""
    out: list[BoundaryMoment] = []
    stored = reader.search("")
    kinds = _kinds_by_table()
    titles = {str(record["uid"]): str(record["summary"]) for _, _, record in stored if record.get("summary")}
    for bucket, table, record in stored:
        kind = kinds.get(table)
        if kind is None and table not in PLANNED:
            continue
        uid = str(record["uid"])
        title = titles.get(uid) or titles.get(uid.partition("@")[0]) or uid.partition("@")[0]
        names, day = tuple(_people(kind, record)), _day(bucket, record)
        kept = cast("dict[str, Any] | None", record.get("override"))
        if kept:
            rules = tuple(kept["rules"])
            out.append(BoundaryMoment(day, "override", title, names, rules, str(kept["reason"])))
        told = kind.boundary(Item(kind, record)) if kind is not None else None
        if told is not None:
            out.append(BoundaryMoment(day, told.what, title, names, (), told.reason))
    return sorted(set(out))


def _day(bucket: str, record: Record) -> str:
    """Return the day of a record; of a box of the week theme its own, else the week."""
    days = (record.get(key) for key in ("day", "from", "closed", "created"))
    day = next((str(day) for day in days if day), "")
    return day[:10] or str(record["uid"]).partition("@")[2] or (bucket if bucket != OPEN else "")


def redacted(entries: Sequence[BoundaryMoment], names: Iterable[str]) -> list[BoundaryMoment]:
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
    kinds = _kinds_by_table()
    found = {
        name
        for _, table, record in reader.search("")
        if table in kinds or table in PLANNED
        for name in _people(kinds.get(table), record)
    }
    return {name for name in (*found, reader.settings.name) if name}


def _kinds_by_table() -> dict[str, ItemKind]:
    return {kind.table: kind for kind in listed_kinds()}


def _people(kind: ItemKind | None, record: Record) -> Sequence[str]:
    """Return whom a record names: in the fields of its kind, or as a block does."""
    if kind is not None:
        return Item(kind, record).people
    names = record.get("people")
    return [str(name) for name in names] if isinstance(names, list) else []
