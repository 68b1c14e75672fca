"""Tell of each call of transcripts/ what comes of it.

A call stands at the margin, after the time at which it is made: `+1 tue 9:00` is in the week after W48. Below
it stand the notes, what speaks against it with the fixes, and the records that it changes. Blocks, sessions
and items are named by how their titles begin, `sync@wed` is the one of Wednesday. The command of a list alone
draws the list of items; with an item it draws its card, what JSON says of it, and the text that answers it.
`show NAME` draws a view of VIEWS.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from techlead_tui.config.catalog import Library
from techlead_tui.config.playbook_toml import read_playbook
from techlead_tui.core.balance import added, balance, formula
from techlead_tui.core.block_json import block_json
from techlead_tui.core.cadence import cadence
from techlead_tui.core.calendar import IsoWeek, clock
from techlead_tui.core.decide import Decision, decide_together
from techlead_tui.core.drift import drift
from techlead_tui.core.due import example
from techlead_tui.core.edits import Edit, TurnItem
from techlead_tui.core.events import EVENTS
from techlead_tui.core.evidence import Commit, Evidence, EvidenceSource
from techlead_tui.core.friday import carried, monthly_review, offer, review_text, suggested_change
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.kinds import listed_kinds
from techlead_tui.core.items.kit import Item, ItemKind, Moment, item_json
from techlead_tui.core.items.waiting import waiting
from techlead_tui.core.lint import lint
from techlead_tui.core.occurrence import Calendar, Occurrence
from techlead_tui.core.period import Period
from techlead_tui.core.placement import free
from techlead_tui.core.records import Change
from techlead_tui.core.report import report
from techlead_tui.core.rules import violations
from techlead_tui.core.selfcheck import GitFigures, check
from techlead_tui.core.series_gain import wins
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.theme_fitting import fitted
from techlead_tui.core.trial import told as trial_told
from techlead_tui.core.trial import trial
from techlead_tui.core.update import draft
from techlead_tui.core.update_text import markdown, slack
from techlead_tui.core.week import Block, Session, Week, session_of
from techlead_tui.core.words.args import read_options
from techlead_tui.core.words.hours import read_working_time, working_time_of, working_time_words
from techlead_tui.core.words.item_options import add_options
from techlead_tui.core.words.items import read_add_item, read_turn
from techlead_tui.core.words.when import ReadingContext, Target
from techlead_tui.errors import UserError
from tests.core.weeks import W48, ZONE, empty, moment
from tests.core.words.calls import read_call

FOLDER = Path(__file__).with_name("transcripts")
PLAYBOOK = read_playbook("/no/such/folder")[0]
LIBRARY = Library("/nowhere", "/nowhere")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST, COUNT = W48.shift(-36), 46  # the weeks that are loaded
PRICING = Occurrence(
    "weekly@example.org",
    moment("mon 14:00"),
    moment("mon 15:00"),
    "Pricing sync",
    meaning="meeting",
    taking_part=4,
    people=("Ana", "Bo"),
    organizer="Ana",
    recurring=True,
)


def commits() -> Iterator[Commit]:
    """Yield two commits of every week up to W48, one of which ships nothing."""
    for back in range(9):
        key = W48.shift(-back)
        for day, shipped in (("tue", True), ("wed", False)):
            when = moment(f"{day} 10:30", key)
            yield Commit(f"{day}{key}", "payments", when, f"Mend retries of {key}", 40, 10, shipped)


SEEN = Evidence(
    tuple(commits()),
    (),
    (EvidenceSource("payments", "git", "/x", moment("mon 8:00"), moment("mon 8:00", W48.shift(-12))),),
)


def start() -> Snapshot:
    """Return a store without a record, and a calendar with one meeting that comes again."""
    weeks = {}
    for n in range(9):
        span = (PRICING.start + timedelta(weeks=n), PRICING.end + timedelta(weeks=n))
        weeks[str(W48.shift(n))] = (PRICING._replace(start=span[0], end=span[1]),)
    themes = {name: LIBRARY.theme(name) for name in ("maker-week", "four-day")}
    return empty(FIRST, after=COUNT)._replace(
        calendar=Calendar(weeks), themes=themes, since=moment("mon 8:00", W48.shift(-9))
    )


class Store:
    """Holds what the calls so far have come to."""

    def __init__(self) -> None:
        self.snapshot = start()
        self.uids = (f"new-{number}" for number in count(1))

    def answer(self, line: str) -> Iterator[str]:
        """Yield what comes of a call, line by line."""
        now, call = _split(line)
        verb, *args = shlex.split(call)
        kind = next((one for one in listed_kinds() if verb in (one.add, one.lister)), None)
        if verb == "show":
            yield from drawn(VIEWS[args[0]](self.snapshot._replace(now=now), now, " ".join(args[1:])))
        elif kind is not None and verb == kind.lister and len(args) < 2:
            yield from self._card(self._found(kind, args[0], now), now) if args else self._rows(kind, now)
        else:
            yield from self._made(kind, verb, args, now)

    def _made(self, kind: ItemKind | None, verb: str, args: list[str], now: datetime) -> Iterator[str]:
        try:
            decision = self._decided(kind, verb, args, now)
        except UserError as error:
            yield f"error: {error.message}"
            yield f"hint: {error.hint}"
            return
        yield from decision.notes
        for violation in decision.violations:
            yield f"{violation.severity}: {violation.message}"
            for fix in violation.fixes:
                yield f"  {fix.focus_gain_minutes:+} {fix.title}: {shlex.join(fix.words)}"
        if decision.focus_delta_minutes:
            yield f"focus {decision.focus_delta_minutes:+}"
        yield from ("refused",) if decision.refused else map(changed, decision.changes)
        if not decision.refused:
            self.snapshot = decision.after

    def _decided(self, kind: ItemKind | None, verb: str, args: list[str], now: datetime) -> Decision:
        self.snapshot = self.snapshot._replace(now=now)
        at = Moment(self.snapshot, now, PLAYBOOK)
        edits: list[Edit]
        if kind is None:
            context = ReadingContext(now, ZONE, self.snapshot.types, self._located)
            edits = [read_call([verb, *args], context).edit]
        elif verb == kind.add:
            edits = [read_add_item(kind, read_options(args, add_options(kind)), now.date()).edit]
        else:
            call = read_options(args, add_options(kind))
            edit = read_turn(kind, call, lambda name: self._found(kind, name, now), now.date()).edit
            item = self._found(kind, args[0], now)
            edits = edits_of(item, edit, at) if isinstance(edit, TurnItem) else [edit]
        return decide_together(self.snapshot, edits, now, next(self.uids))

    def _located(self, text: str) -> Target:
        """Return the first block from W48 on, or else the session, whose title begins so."""
        title, _, day = text.partition("@")
        for key in (W48.shift(n) for n in range(4)):
            for block in self.snapshot.week(key).blocks:
                if block.summary.startswith(title) and day in ("", DAYS[block.day.weekday()]):
                    return Target("blocks", block.uid, key, block.span)
        for bucket, tables in self.snapshot.buckets.items():
            for record in tables.get("sessions", {}).values():
                if str(record["summary"]).startswith(title):
                    return Target(
                        "sessions", str(record["uid"]), IsoWeek.parse(bucket), session_of(record).span
                    )
        raise UserError(f"nothing is called {title}", "look at the transcript")

    def _items(self, kind: ItemKind, now: datetime) -> list[Item]:
        stored = {
            uid: Item(kind, record, bucket)
            for bucket, tables in self.snapshot.buckets.items()
            for uid, record in tables.get(kind.table, {}).items()
        }
        found = kind.found(Moment(self.snapshot, now)) if kind.found is not None else {}
        there = {uid: Item(kind, record, OPEN, True) for uid, record in found.items()}
        return [*(there | stored).values()]

    def _found(self, kind: ItemKind, name: str, now: datetime) -> Item:
        found = [item for item in self._items(kind, now) if item.summary.startswith(name)]
        assert found, name
        return found[0]

    def _rows(self, kind: ItemKind, now: datetime) -> Iterator[str]:
        at, items = Moment(self.snapshot, now, PLAYBOOK), self._items(kind, now)
        for item in items:
            yield " | ".join(column.text(item, at) for column in kind.columns)
        yield from filter(None, [kind.footer(items, at)])

    def _card(self, item: Item, now: datetime) -> Iterator[str]:
        kind, at = item.kind, Moment(self.snapshot, now, PLAYBOOK)
        yield from kind.card(item, at)
        told = {
            **item_json(item, at),
            "inks": " ".join(column.ink(item, at) for column in kind.columns if column.ink),
            "weeks": ", ".join(map(str, kind.weeks(item, at))),
            "waits": kind.waits(item, at),
            "boundary": kind.boundary(item),
            "wins": wins(item.uid, at) if kind.id == "series" and item.found else None,
        }
        for name in ("uid", "summary", "reply", "text"):  # known, or drawn below
            told.pop(name, None)
        yield from (f"{name}={said(value)}" for name, value in told.items() if value)
        if kind.reply is not None:
            yield from (f"> {line}" for line in kind.reply(item, at).splitlines())


View = Callable[[Snapshot, datetime, str], object]


def _theme(_snapshot: Snapshot, _now: datetime, text: str) -> Iterator[str]:
    """Yield the days of a week theme, fitted to the working time that is named after it."""
    name, _, times = text.partition(" ")
    week = LIBRARY.theme(name)
    if times:
        week = fitted(week, read_working_time(times, working_time_of(week)))
    yield working_time_words(working_time_of(week))
    for day in week.days:
        boxes = (box for box in week.boxes if box.weekday == day.weekday)
        spans = (f"{clock(box.start)}–{clock(box.end)} {box.id}" for box in boxes)
        yield f"{day.weekday} {day.title}: {', '.join(spans)}"


def _friday(snapshot: Snapshot, now: datetime, _: str) -> Iterator[str]:
    key = IsoWeek.of(now.date())
    review = monthly_review(snapshot, key, now)
    yield "no review yet" if review is None else review_text(review)
    yield from drawn(suggested_change(snapshot, key.shift(1), now))
    waits = carried(snapshot, key.shift(1), now)
    yield from drawn([one for one in waits if one.kind != "move"])
    yield offer(waits)


def _trial(snapshot: Snapshot, now: datetime, _: str) -> Iterator[str]:
    found = trial(snapshot, IsoWeek.of(now.date()), now)
    yield from drawn(found)
    yield from () if found is None else trial_told(found, now)


def _update(snapshot: Snapshot, now: datetime, text: str) -> Iterator[str]:
    key = IsoWeek.of(now.date())
    weeks = [key.shift(-n) for n in range(int(text or "1") - 1, -1, -1)]
    period = Period.of(weeks, text and "Four weeks")
    update = draft(Moment(snapshot, now), period, SEEN.between(period.first, period.last + timedelta(days=1)))
    yield from markdown(update).splitlines()
    yield from (f"brag: {line}" for line in markdown(update, brag=True).splitlines())
    yield from (f"slack: {line}" for line in slack(markdown(update, for_em=True)).splitlines())


def _balance(snapshot: Snapshot, now: datetime, _: str) -> Iterator[str]:
    key = IsoWeek.of(now.date())
    found = balance(snapshot.week(key), now)
    yield from drawn(found)
    yield from formula(found)
    yield from drawn(added([found, balance(snapshot.week(key.shift(-1)), now)]))


def _week(snapshot: Snapshot, now: datetime, _: str) -> Iterator[str]:
    week = snapshot.week(IsoWeek.of(now.date()))
    yield from (f"{day.date}: {day.kind} {said(day.working)}" for day in week.days if day.kind != "normal")
    for block in week.blocks:
        if block.source != "theme" or block.status != "planned" or block.moved:
            yield said(block_json(block))
    yield from drawn([one for one in violations(week, now) if one.severity != "note"])


def _free(snapshot: Snapshot, now: datetime, text: str) -> object:
    """Return free slots of so many minutes, for a kind and a type where they are named."""
    minutes, kind, type_id, *_ = [*text.split(), "meeting", "", ""]
    key = IsoWeek.of(now.date())
    return free(snapshot, [key, key.shift(1)], int(minutes), now, kind=kind, type_id=type_id or None)


def _drift(snapshot: Snapshot, now: datetime, git: str) -> object:
    """Return how far the lead has drifted: with commits, or where git is `unseen`, or saw `none`."""
    loaded = [one for one in SEEN.commits if one.at <= now and not git]
    since = None if git == "unseen" else FIRST.monday
    return drift(snapshot._replace(this=IsoWeek.of(now.date())), now, loaded, since)


def _cadence(snapshot: Snapshot, now: datetime, _: str) -> object:
    """Return the cadence with the last of its weeks alone."""
    found = cadence(snapshot, now, SEEN)
    return found._replace(weeks=found.weeks[-2:])


VIEWS: Mapping[str, View] = {
    "balance": _balance,
    "cadence": _cadence,
    "check": lambda snapshot, now, _: check(
        snapshot, IsoWeek.of(now.date()), now, GitFigures(1, date(2026, 11, 24))
    ),
    "drift": _drift,
    "due": lambda snapshot, now, _: [example(snapshot, event, now).json(now) for event in EVENTS],
    "free": _free,
    "friday": _friday,
    "lint": lambda snapshot, now, _: lint(snapshot, IsoWeek.of(now.date()), now),
    "report": lambda snapshot, now, _: report(
        snapshot, [IsoWeek.of(now.date()).shift(-n) for n in (2, 1, 0)], now, SEEN
    ),
    "theme": _theme,
    "trial": _trial,
    "update": _update,
    "waiting": lambda snapshot, now, _: waiting(snapshot, now),
    "week": _week,
}


def drawn(value: object) -> Iterator[str]:
    """Yield the lines of a value: a field each, and one for each of several values."""
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, Iterator):
        yield from map(str, value)
    elif isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        yield from map(said, value)
    elif value is not None:
        for name in getattr(value, "_fields", ()):
            field = getattr(value, name)
            many = isinstance(field, list | tuple) and any(hasattr(one, "_fields") for one in field)
            each = field if many and not hasattr(field, "_fields") else (field,)
            yield from (f"{name}: {said(one)}" for one in each if said(one))


def said(value: object) -> str:
    """Return a value on one line, without what says nothing."""
    if value is None or value is False or isinstance(value, Snapshot | Week | Moment):
        return ""
    if isinstance(value, Block | Session):
        return value.uid
    if isinstance(value, Item):
        return value.summary
    if isinstance(value, datetime):
        return f"{value:%a %d %b %H:%M}"
    if isinstance(value, IsoWeek):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + _listed((str(name), one) for name, one in value.items()) + "}"
    if hasattr(value, "_fields"):
        return f"{type(value).__name__}({_listed(zip(value._fields, value, strict=True))})"  # type: ignore[call-overload]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(said, value)) + "]"
    return str(value)


def _listed(pairs: Iterator[tuple[str, object]]) -> str:
    told = ((name, said(value)) for name, value in pairs)
    return ", ".join(
        f"{name}={text}" for name, text in told if text not in ("", "0", "[]", "{}") and name != "why"
    )


def changed(change: Change) -> str:
    """Return what a change does to a record, on one line."""
    name = f"{change.bucket}/{change.table}/{change.uid}"
    if change.after is None:
        return f"{name}: gone"
    before = change.before or {}
    fields = {key: value for key, value in change.after.items() if before.get(key) != value}
    gone = [f"{key} gone" for key in before if key not in change.after]
    return f"{name}: " + ", ".join([*(f"{key}={value}" for key, value in fields.items()), *gone])


def _split(line: str) -> tuple[datetime, str]:
    """Take the time off the front of a line."""
    week, rest = W48, line
    if line[0] in "+-":
        shift, rest = line.split(" ", 1)
        week = W48.shift(int(shift))
    day, clock, call = rest.split(" ", 2)
    return moment(f"{day} {clock}", week), call


def transcript(text: str) -> str:
    """Return the calls of a transcript, each with what comes of it today."""
    store, out = Store(), []
    for call in [line for line in text.splitlines() if line[:1].strip()]:
        out += [call, *(f"    {line}".rstrip() for line in store.answer(call))]
    return "".join(f"{line}\n" for line in out)
