"""Publish boxes as busy time: plan what is to be written, write it, and keep a ledger of what was.

Nothing is touched that the ledger does not name. What others have changed of ours stays, and is asked about;
what they have deleted is published no more.
"""

import os
from binascii import crc32
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from techlead_tui import fs
from techlead_tui.calendars.writing import PublishedEvent, calendar_text, event_id, published, title_line
from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.records import Change, Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.span import Span
from techlead_tui.core.text import number_of, when
from techlead_tui.core.week import Block
from techlead_tui.errors import DataError, UserError, not_saved
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.reader import Reader

WEEKS = 8
KINDS = ("deep_work", "window", "planning")  # of blocks that are published: meetings have events of their own
LEDGER = "published"
EMPTIED = 3  # of ours that must be gone, all at once, for a folder to be a new one


class Step(NamedTuple):
    """Say what is done with one event: add, change, remove; or keep what others made of it, or let it go."""

    what: str  # add, change, remove, changed_outside, deleted_outside, adopt, forget
    event: PublishedEvent  # as it is to be, or was
    outside: PublishedEvent | None = None  # what others made of it
    box: str = ""  # uid of its block

    @property
    def shown(self) -> bool:
        """Tell whether the user is told of it."""
        return self.what not in ("adopt", "forget")


class PublishPlan(NamedTuple):
    """Hold what publishing comes to."""

    path: str
    steps: tuple[Step, ...]
    published: int  # events that are there afterwards

    def count(self, what: str) -> int:
        return sum(step.what == what for step in self.steps)


def wanted(
    snapshot: Snapshot, weeks: Sequence[IsoWeek], title: str, now: datetime
) -> dict[str, tuple[PublishedEvent, str]]:
    """Return what is to be published, by id, each with the uid of its block."""
    out: dict[str, tuple[PublishedEvent, str]] = {}
    for week in weeks:
        compiled = snapshot.week(week)
        shown = [block for block in compiled.live if _is_published(block) and block.end > now]
        names = {block.uid for block in shown}
        for block in shown:
            if block.box in names:
                continue  # its box stands for it
            start, end = (moment.astimezone(UTC) for moment in block.span)
            uid = event_id(block.uid)
            summary = title_line(title or block.summary)
            out[uid] = (PublishedEvent(uid, start, end, summary), block.uid)
    return out


def _is_published(block: Block) -> bool:
    return block.source != "calendar" and block.kind in KINDS and not block.optional


def weeks_of(reader: Reader) -> list[IsoWeek]:
    """Return the weeks that are published."""
    this = IsoWeek.of(reader.today())
    return [this.shift(n) for n in range(WEEKS)]


def exported(reader: Reader) -> bytes:
    """Return the boxes of the coming weeks as one calendar. DataError."""
    weeks = weeks_of(reader)
    snapshot, now = reader.snapshot(*weeks), reader.now()
    ledger = snapshot.table(OPEN, LEDGER)
    events = []
    for uid, (event, _) in wanted(snapshot, weeks, reader.settings.publish.title, now).items():
        known = _event_of(ledger[uid]) if uid in ledger else None
        if known is not None and known.told == event.told:
            event = known
        else:
            event = event._replace(stamp=now, sequence=0 if known is None else known.sequence + 1)
        events.append(event)
    return calendar_text(sorted(events, key=lambda event: (event.start, event.uid)))


# the target: a folder with a file an event, or one file


class PublishTarget:
    """Read and write the events of ours at a place."""

    def __init__(self, path: str) -> None:
        self.shown = path
        self.path = os.path.expanduser(path)
        self.is_file = path.endswith(".ics")

    def read(self, uids: Sequence[str], ledger: Mapping[str, Record]) -> dict[str, PublishedEvent]:
        """Return what has become of these events, those that are there. UserError."""
        try:
            return self._read_file() if self.is_file else self._read_folder(uids, ledger)
        except OSError as wrong:
            raise UserError(
                f"{self.shown} cannot be read: {(wrong.strerror or str(wrong)).lower()}",
                "nothing was published; techlead source publish names another place",
                5,
            ) from None

    def _read_file(self) -> dict[str, PublishedEvent]:
        data = fs.read_file(self.path)
        if data is None:
            os.stat(os.path.dirname(self.path) or ".")
            return {}
        events, others = published(data)
        if others:
            raise UserError(
                f"{self.shown} holds {number_of(others, 'event')} of others: it would be overwritten",
                "techlead source publish names a file of its own, or a folder",
                5,
            )
        return {event.uid: event for event in events}

    def _read_folder(self, uids: Sequence[str], ledger: Mapping[str, Record]) -> dict[str, PublishedEvent]:
        os.stat(self.path)  # a folder that is gone is not one in which all was deleted
        out: dict[str, PublishedEvent] = {}
        for uid in uids:
            data = fs.read_file(self._file(uid))
            if data is None:
                continue
            known = ledger.get(uid)
            if known is not None and known.get("check") == crc32(data):
                out[uid] = _event_of(known)
                continue
            found = [event for event in published(data)[0] if event.uid == uid]
            if found:
                out[uid] = found[0]
        return out

    def write(
        self, put: Sequence[PublishedEvent], remove: Sequence[str], whole: Sequence[PublishedEvent]
    ) -> None:
        """Put and remove events; `whole` is all that is there afterwards. OSError."""
        if self.is_file:
            if put or remove:
                fs.replace_unlocked(
                    self.path, calendar_text(sorted(whole, key=lambda event: (event.start, event.uid)))
                )
            return
        for event in put:
            fs.replace_unlocked(self._file(event.uid), calendar_text([event]), durable=False)
        for uid in remove:
            if os.path.exists(self._file(uid)):
                fs.remove(self._file(uid))
        fs.sync_folder(self.path)

    def check(self, event: PublishedEvent) -> int | None:
        """Return what tells whether the file of an event is as it was written."""
        return None if self.is_file else crc32(calendar_text([event]))

    def _file(self, uid: str) -> str:
        return os.path.join(self.path, f"{uid.replace('/', '_')}.ics")


def _event_of(record: Record) -> PublishedEvent:
    read = cast("dict[str, Any]", record)
    start, end, stamp = (datetime.fromisoformat(read[key]) for key in ("start", "end", "stamp"))
    return PublishedEvent(read["uid"], start, end, read["summary"], read["sequence"], stamp)


def _record_of(event: PublishedEvent, box: str, target: PublishTarget, state: str = "published") -> Record:
    return {
        "uid": event.uid,
        "box": box,
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "summary": event.summary,
        "sequence": event.sequence,
        "stamp": event.stamp.isoformat(),
        "state": state,  # published, changed or deleted: what others made of it
        "path": target.shown,
        "check": target.check(event),
    }


def plan(reader: Reader, *, ours: bool = False) -> tuple[PublishPlan, PublishTarget, Snapshot] | None:
    """Return what publishing would do now; None where nothing is published. `ours` overrules what others
    have changed or deleted. UserError."""
    settings = reader.settings.publish
    weeks = weeks_of(reader)
    snapshot, now = reader.snapshot(*weeks), reader.now()
    ledger = snapshot.table(OPEN, LEDGER)
    path = settings.path or next((str(record["path"]) for record in ledger.values()), "")
    if not path:
        return None
    target = PublishTarget(path)
    want = wanted(snapshot, weeks, settings.title, now) if settings.path else {}
    here = {uid: record for uid, record in ledger.items() if record["path"] == path}
    there = target.read([*want, *(uid for uid in here if uid not in want)], here)
    live = {uid for uid, record in here.items() if record["state"] != "deleted"}
    emptied = len(live) >= EMPTIED and not there.keys() & live
    steps: list[Step] = []
    for uid, (event, box) in want.items():
        step = _step(event, here.get(uid), there.get(uid), now, ours=ours or emptied)
        if step is not None:
            steps.append(step._replace(box=box))
    for uid, record in here.items():
        if uid not in want:
            steps.append(_gone(_event_of(record), there.get(uid), now)._replace(box=str(record["box"])))
    for uid, record in ledger.items():
        if uid not in here and uid not in want:
            steps.append(Step("forget", _event_of(record)))
    count = (
        len(there) + sum(step.what == "add" for step in steps) - sum(step.what == "remove" for step in steps)
    )
    return PublishPlan(path, tuple(steps), count), target, snapshot


def _step(
    event: PublishedEvent, record: Record | None, there: PublishedEvent | None, now: datetime, *, ours: bool
) -> Step | None:
    if record is None:
        fresh = event._replace(stamp=now)
        if there is None:
            return Step("add", fresh)
        if there.told == event.told:
            return Step("adopt", fresh)  # written before a crash, or by another machine
        return Step("change", fresh._replace(sequence=1))
    known = _event_of(record)
    if there is None:
        if ours:
            return Step("add", event._replace(stamp=now, sequence=known.sequence + 1))
        return None if record["state"] == "deleted" else Step("deleted_outside", known)
    if there.told not in (known.told, event.told) and not ours:
        return None if record["state"] == "changed" else Step("changed_outside", known, there)
    moved = (event.start, event.end) != (known.start, known.end) or there.told != known.told
    fresh = event._replace(stamp=now, sequence=known.sequence + moved)
    if there.told == event.told:
        return Step("adopt", fresh) if known.told != event.told or record["state"] != "published" else None
    return Step("change", fresh)


def _gone(known: PublishedEvent, there: PublishedEvent | None, now: datetime) -> Step:
    """Return what becomes of an event that is wanted no more: what is past stays where it is."""
    if there is None or known.end <= now or there.told != known.told:
        return Step("forget", known)
    return Step("remove", known)


def publish(planner: Planner, *, dry: bool = False, ours: bool = False) -> PublishPlan | None:
    """Write what is to be published, and the ledger; None where nothing is. UserError."""
    found = plan(planner, ours=ours)
    if found is None:
        return None
    made, target, snapshot = found
    if dry or not made.steps:
        return made
    ledger = snapshot.table(OPEN, LEDGER)
    after: dict[str, Record | None] = {}
    put, remove = [], []
    for step in made.steps:
        uid = step.event.uid
        if step.what in ("remove", "forget"):
            after[uid] = None
            remove += [uid] if step.what == "remove" else []
        elif step.what == "deleted_outside":
            after[uid] = {**ledger[uid], "state": "deleted"}
        elif step.what == "changed_outside":
            after[uid] = {**ledger[uid], "state": "changed"}
        else:
            after[uid] = _record_of(step.event, step.box, target)
            put += [step.event] if step.what != "adopt" else []
    try:
        target.write(put, remove, _whole(target, ledger, after))
    except OSError as wrong:
        raise not_saved(wrong) from None
    changes = [Change(OPEN, LEDGER, uid, ledger.get(uid), record) for uid, record in after.items()]
    planner.note(changes)
    return made


def _whole(
    target: PublishTarget, ledger: Mapping[str, Record], after: Mapping[str, Record | None]
) -> list[PublishedEvent]:
    """Return all that a single file holds afterwards; what others changed of it is as they made it."""
    if not target.is_file:
        return []
    there = target.read((), {})
    out: dict[str, PublishedEvent] = {}
    for uid, record in {**ledger, **after}.items():
        if record is None or record["state"] == "deleted":
            continue
        known = _event_of(record)
        if record["state"] == "changed" and uid in there:
            known = there[uid]._replace(sequence=known.sequence, stamp=known.stamp)
        out[uid] = known
    forgotten = {uid for uid, record in after.items() if record is None and uid in there}
    removed = {uid for uid in forgotten if uid in ledger}
    out |= {uid: event for uid, event in there.items() if uid not in out and uid not in removed}
    return list(out.values())


def step_text(step: Step, reader: Reader) -> str:
    """Return a step as a sentence."""
    span = _span(step.event, reader)
    about = f"“{step.event.summary}”, {when(span)}"
    match step.what:
        case "add":
            return f"publish {about}"
        case "change":
            return f"change {about}"
        case "remove":
            return f"take back {about}"
        case "deleted_outside":
            return f"{about} was deleted outside, and is published no more; techlead sync --ours puts it back"
    there = when(_span(step.outside, reader)) if step.outside is not None else ""
    title = step.outside.summary if step.outside is not None else ""
    follow = (
        f"techlead move {step.box} {_words(step.outside, reader)} follows it"
        if step.outside is not None
        else ""
    )
    return f"{about} is now “{title}”, {there} outside: {follow}, techlead sync --ours takes it back"


def _words(event: PublishedEvent | None, reader: Reader) -> str:
    if event is None:
        return ""
    start, end = into(event.start, reader.zone), into(event.end, reader.zone)
    return f"{start:%Y-%m-%d} {start:%H:%M}-{end:%H:%M}"


def _span(event: PublishedEvent, reader: Reader) -> Span:
    return Span(into(event.start, reader.zone), into(event.end, reader.zone))


def target_problem(path: str) -> DataError | None:
    """Return why nothing can be published at a place, or None."""
    where = os.path.expanduser(path)
    folder = os.path.dirname(where) or "." if path.endswith(".ics") else where
    if not os.path.isdir(folder):
        return DataError(f"{folder} is not a folder", "make it first, as vdirsyncer does, or name another")
    if not os.access(folder, os.W_OK):
        return DataError(f"{folder} cannot be written", "give yourself write permission, or name another")
    return None
