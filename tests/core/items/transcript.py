"""Writes below each call of transcripts/ what comes of it: `python -m tests.core.items.transcript`.

A call stands at the margin, after the time at which it is made: `+1 tue 9:00` is in the week after W48. An
item is named by how its title begins. The command of a list alone draws the list; with an item it draws its
card, what JSON says of it beside its fields, and the text that answers it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from techlead_tui.config.playbook import read_playbook
from techlead_tui.core.decide import Decision, decide_together
from techlead_tui.core.edits import Edit, TurnItem
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.kinds import listed_kinds
from techlead_tui.core.items.kit import Item, ItemKind, Moment
from techlead_tui.core.occurrence import Calendar, Occurrence
from techlead_tui.core.series_gain import wins
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.words.args import read_options
from techlead_tui.core.words.items import add_options, read_add_item, read_turn
from techlead_tui.core.words.when import ReadingContext
from techlead_tui.errors import UserError
from tests.core.weeks import W48, ZONE, empty, moment
from tests.core.words.calls import read_call

FOLDER = Path(__file__).with_name("transcripts")
PLAYBOOK = read_playbook("/no/such/folder")[0]
STANDUP = Occurrence(
    "weekly@example.org",
    moment("mon 14:00", W48.shift(1)),
    moment("mon 15:00", W48.shift(1)),
    "Pricing sync",
    meaning="meeting",
    taking_part=4,
    people=("Ana", "Bo"),
    organizer="Ana",
    recurring=True,
)


def start() -> Snapshot:
    """Return a store without a record, and a calendar with one meeting that comes again."""
    weeks = {
        str(W48.shift(n)): (
            STANDUP._replace(
                start=STANDUP.start + timedelta(weeks=n - 1),
                end=STANDUP.end + timedelta(weeks=n - 1),
            ),
        )
        for n in range(9)
    }
    return empty(after=9)._replace(calendar=Calendar(weeks))


class Store:
    """Holds what the calls so far have come to."""

    def __init__(self) -> None:
        self.snapshot = start()
        self.uids = (f"item-{number}" for number in count(1))

    def answer(self, line: str) -> Iterator[str]:
        """Yield what comes of a call, line by line."""
        now, call = _split(line)
        verb, *args = shlex.split(call)
        kind = next((one for one in listed_kinds() if verb in (one.add, one.lister)), None)
        if kind is not None and verb == kind.lister and len(args) < 2:
            yield from self._card(self._found(kind, args[0], now), now) if args else self._rows(kind, now)
            return
        try:
            decision = self._decided(kind, verb, args, now)
        except UserError as error:
            yield f"error: {error.message}"
            yield f"hint: {error.hint}"
            return
        yield from decision.notes
        for violation in decision.violations:
            yield f"{violation.severity}: {violation.message}"
        if not decision.refused:
            self.snapshot = decision.after

    def _decided(self, kind: ItemKind | None, verb: str, args: list[str], now: datetime) -> Decision:
        at = Moment(self.snapshot, now, PLAYBOOK)
        edits: list[Edit]
        if kind is None:
            edits = [read_call([verb, *args], ReadingContext(now, ZONE, self.snapshot.types)).edit]
        elif verb == kind.add:
            edits = [read_add_item(kind, read_options(args, add_options(kind)), now.date()).edit]
        else:
            call = read_options(args, add_options(kind))
            edit = read_turn(kind, call, lambda name: self._found(kind, name, now), now.date()).edit
            item = self._found(kind, args[0], now)
            edits = edits_of(item, edit, at) if isinstance(edit, TurnItem) else [edit]
        return decide_together(self.snapshot, edits, now, next(self.uids))

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
            **(kind.more(item, at) if kind.more else {}),
            "inks": " ".join(column.ink(item, at) for column in kind.columns if column.ink),
            "due": item.due(at),
            "weeks": ", ".join(map(str, kind.weeks(item, at))),
            "waits": kind.waits(item, at),
            "boundary": kind.boundary(item),
            "wins": wins(item.uid, at) if kind.id == "series" and item.found else None,
        }
        for name in ("reply", "text"):  # drawn below
            told.pop(name, None)
        yield from (f"{name}={value}" for name, value in told.items() if value)
        if kind.reply is not None:
            yield from (f"> {line}" for line in kind.reply(item, at).splitlines())


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


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.txt")):
        path.write_text(transcript(path.read_text(encoding="utf-8")), encoding="utf-8")
