"""Find what a reply is filled with: figures of the week, free slots, and blocks that it could put there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from techlead_tui.config.playbook import load_playbook
from techlead_tui.core.balance import focus_cost, meetings
from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.edits import AddBlock, MoveBlock
from techlead_tui.core.figures import deep_work_minutes
from techlead_tui.core.items.kit import Item
from techlead_tui.core.lengths import hours
from techlead_tui.core.placement import FreeSlot
from techlead_tui.core.playbook import PLACEHOLDERS, SIGNOFF, Playbook, clean, compose
from techlead_tui.core.span import Span
from techlead_tui.core.text import day_text, times, titled, when
from techlead_tui.core.week import Block, Week
from techlead_tui.errors import WordsError
from techlead_tui.planner.free import Wish, find_free, weeks_ahead, weeks_read
from techlead_tui.planner.reader import Reader

TALK, PAIRING, READING = 30, 45, 30  # minutes that are looked for
DROPS = 2  # meetings that could go, at most
TRIED = (1, 20)  # free slots that are looked at: the best may lie in the meeting itself
FRIDAY = 5


class Subject(NamedTuple):
    """Say what a reply is about: a block, a request, or only words. Times are aware."""

    summary: str = ""
    people: tuple[str, ...] = ()
    doc: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    minutes: int | None = None  # that it takes, where start and end are only the time that it falls into
    uid: str = ""  # of the block on the week that it is

    @property
    def span(self) -> Span | None:
        return Span(self.start, self.end) if self.start and self.end else None


def subject_of(block: Block) -> Subject:
    """Return what a reply about a block of the week is about."""
    return Subject(
        block.summary, block.people, block.doc, block.start, block.end, block.planned_minutes, block.uid
    )


class Material(NamedTuple):
    """Hold what replies about a subject are filled with."""

    values: Mapping[str, str | None]  # by placeholder
    reading: FreeSlot | None  # a place to read the document
    pairing: FreeSlot | None  # a place to pair
    now: datetime


class Offer(NamedTuple):
    """Offer a block that keeps what an option of the reply promises; it is only put there when asked for."""

    option: str  # the letter
    title: str
    edit: AddBlock | MoveBlock
    span: Span


def playbook_of(reader: Reader) -> Playbook:
    """Return the playbook. DataError."""
    return load_playbook(reader.folders.config, reader.folders.cache)


def material(
    reader: Reader, subject: Subject, zone: tzinfo | None = None, *, places: bool = True
) -> Material:
    """Return the values that can be computed or known of a subject; `zone` is the other's.

    With `places` also where one could read and pair. DataError.
    """
    now = reader.now()
    this = IsoWeek.of(now.date())
    week = IsoWeek.of(subject.start.date()) if subject.start else this
    snapshot = reader.snapshot(*sorted({week, *weeks_read(weeks_ahead(reader))}))

    def first(wish: Wish, due: date | None = None) -> FreeSlot | None:
        span = subject.span
        for most in TRIED:
            for slot in find_free(reader, wish, most, snapshot=snapshot):
                if (span is None or not slot.span.overlaps(span)) and (
                    due is None or slot.start.date() <= due
                ):
                    return slot
        return None

    slot = first(Wish(subject.minutes or TALK, "meeting", None, ""))
    if slot is None and subject.minutes not in (None, TALK):
        slot = first(Wish(TALK, "meeting", None, ""))
    due = _friday(week, now.date())
    values = {
        "summary": subject.summary or None,
        "requester": subject.people[0] if len(subject.people) == 1 else None,
        "document": subject.doc,
        "engineer": None,
        "goal": None,
        "by": day_text(due),
        "next_free": None if slot is None else _in_both(slot.span, zone),
        "could_drop": _could_drop(snapshot.week(week), subject, now),
        "signoff_minutes": str(SIGNOFF),
        **_deep_work(snapshot.week(this), now),
    }
    reading = first(Wish(READING, "async", None, "+async "), due) if places else None
    pairing = first(Wish(PAIRING, "meeting", "pairing", "+pairing ")) if places else None
    return Material({n: clean(v) if v else None for n, v in values.items()}, reading, pairing, now)


def item_reply(reader: Reader, item: Item, reply: str, tone: str = "plain") -> str:
    """Return a reply of the playbook filled in for an item: its title, its person and what was promised."""
    promised = item.day("promised") if any(one.name == "promised" for one in item.kind.fields) else None
    values: dict[str, str | None] = dict.fromkeys(PLACEHOLDERS)
    values |= {
        "summary": clean(item.summary),
        "requester": clean(item.people[0]) if item.people else None,
        "by": day_text(promised) if promised else None,
    }
    return compose(playbook_of(reader)[reply], (), tone, values)


def offers(subject: Subject, found: Material, values: Mapping[str, str | None]) -> list[Offer]:
    """Return the blocks that options a, b and c of the say-no reply promise, as far as there is a place."""
    about = values.get("summary") or "the problem"
    out = []
    if found.reading is not None:
        out.append(_added("a", f"Read {values.get('document') or about}", found.reading, "async", None, ()))
    if found.pairing is not None:
        engineer = values.get("engineer")
        title = f"Pair with {engineer}: {about}" if engineer else f"Pair: {about}"
        people = (engineer.removeprefix("@"),) if engineer else ()
        out.append(_added("b", title, found.pairing, "meeting", "pairing", people))
    span = subject.span
    if span is not None and span.end > found.now and subject.minutes == span.minutes > SIGNOFF:
        last = Span(span.end - timedelta(minutes=SIGNOFF), span.end)
        day, start, end = last.start.date(), last.start_minute, last.end_minute
        edit: AddBlock | MoveBlock
        if subject.uid:
            edit = MoveBlock(subject.uid, span.start.date(), day, start, end)
        else:
            edit = AddBlock(f"Sign-off: {about}", day, start, end, "meeting", people=subject.people)
        out.append(Offer("c", f"Sign-off: {about}", edit, last))
    return out


def _added(
    option: str, title: str, slot: FreeSlot, kind: str, type_id: str | None, people: tuple[str, ...]
) -> Offer:
    span = slot.span
    edit = AddBlock(title, span.start.date(), span.start_minute, span.end_minute, kind, type_id, people)
    return Offer(option, title, edit, span)


def read_zone(text: str) -> tzinfo:
    """Return the zone of an IANA name, in any letter case, or of its last part: `new_york`. WordsError."""
    from zoneinfo import ZoneInfo, available_timezones  # dear, and rarely needed

    from techlead_tui.core.words.args import nearest

    wanted = text.strip().replace(" ", "_").casefold()
    names = sorted(available_timezones())
    found = [name for name in names if name.casefold() == wanted]
    found = found or [name for name in names if name.casefold().rpartition("/")[2] == wanted]
    if not found:
        near = nearest(wanted, [name.casefold() for name in names])
        meant = next((name for name in names if name.casefold() == near), None)
        hint = f"did you mean {meant}?" if meant else "a zone is written like Europe/Berlin"
        raise WordsError(f"“{text[:60]}” is not a time zone", hint, text)
    return ZoneInfo(found[0])


def _friday(week: IsoWeek, today: date) -> date:
    """Return the Friday of a week, or the next one where that is over."""
    this = IsoWeek.of(today)
    fridays = (each.day(FRIDAY) for each in (week, this, this.shift(1)))
    return next(friday for friday in fridays if friday >= today)


def _in_both(span: Span, zone: tzinfo | None) -> str:
    """Return a span, and in brackets how the clocks of the other zone show it where they differ."""
    if zone is None:
        return when(span)
    there = Span(into(span.start, zone), into(span.end, zone))
    if there.start.utcoffset() == span.start.utcoffset():
        return when(span)
    place = str(getattr(zone, "key", zone)).rpartition("/")[2].replace("_", " ")
    shown = times(there) if there.start.date() == span.start.date() else when(there)
    return f"{when(span)} ({shown} in {place})"


def _deep_work(week: Week, now: datetime) -> dict[str, str]:
    names = ("deep_hours_planned", "deep_hours_done", "deep_hours_left")
    low, high = week.theme.limits.deep_work_minutes
    found = dict(zip(names, map(hours, deep_work_minutes(week, now)), strict=True))
    return {**found, "capacity": f"{low / 60:g} to {high / 60:g} hours"}


def _could_drop(week: Week, subject: Subject, now: datetime) -> str | None:
    costs = [
        (focus_cost(week, block), block)
        for block in meetings(week)
        if block.uid != subject.uid and block.start > now
    ]
    dear = sorted((pair for pair in costs if pair[0]), key=lambda pair: (-pair[0], pair[1].start))
    return " or ".join(titled(block) for _, block in dear[:DROPS]) or None
