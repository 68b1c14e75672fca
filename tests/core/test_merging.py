"""Records of several machines end up the same on all of them, whatever was heard of when and how often."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techlead_tui.core.merging import (
    LAST,
    PLACE,
    THERE,
    Clash,
    Key,
    Ledger,
    differences,
    from_json,
    key_of,
    moment_of,
    next_stamp,
    part_of,
    stamp_of,
    to_json,
)
from techlead_tui.core.records import Change, Record
from tests.conftest import EXAMPLES

OWN = "01930000-0000-7000-8000-00000000000"  # and one digit: ids as the program makes them
WEEKS = ("2026-W47", "2026-W48")
UIDS = [OWN + digit for digit in "123"]


class Machine:
    """A machine as the planner drives it: records, a ledger, and a file that others read."""

    def __init__(self, name: str, ahead: int) -> None:
        self.name = name
        self.ahead = ahead
        self.stored: dict[Key, tuple[str, Record]] = {}
        self.ledger = Ledger(name)
        self.file: list[list[str]] = []
        self.unsent: list[tuple[list[Change], int]] = []
        self.read: dict[str, int] = {}
        self.undoable: list[list[Change]] = []
        self.clashes: list[Clash] = []

    def commit(self, changes: list[Change]) -> None:
        for change in changes:
            key = key_of(change.bucket, change.table, change.uid)
            if change.after is not None:
                self.stored[key] = (change.bucket, change.after)
            elif key in self.stored and self.stored[key][0] == change.bucket:
                del self.stored[key]

    def do(self, changes: list[Change], moment: int) -> None:
        self.commit(changes)
        self.undoable.append(changes)
        self.unsent.append((changes, moment + self.ahead))

    def undo(self, moment: int) -> None:
        if self.undoable:
            changes = [change.inverse() for change in reversed(self.undoable.pop())]
            left = [self.stored.get(key_of(one.bucket, one.table, one.uid)) for one in changes]
            if all((got and got[1]) == one.before for got, one in zip(left, changes, strict=True)):
                self.do(changes, moment)

    def write(self) -> None:
        for changes, moment in self.unsent:
            keys = self.ledger.wrote(changes, moment)
            self.file.append([json.dumps(to_json(key, self.ledger.parts[key])) for key in keys])
        self.unsent.clear()

    def take(self, other: Machine, until: int) -> None:
        self.write()
        start = self.read.get(other.name, 0)
        keys: dict[Key, None] = {}
        for line in other.file[start:until]:
            for text in line:
                key, parts = from_json(json.loads(text))
                self.clashes += self.ledger.take(key, parts)
                keys[key] = None
        self.read[other.name] = max(start, min(until, len(other.file)))
        changes = list(differences(self.ledger, keys, self.stored))
        self.commit(changes)
        self.undoable.append(changes)


def block(week: str, uid: str, **fields: Any) -> Record:
    day = {"2026-W47": "2026-11-18", "2026-W48": "2026-11-25"}[week]
    return {"uid": uid, "summary": "pool", "day": day, "start": 540, "end": 600, "zone": None, **fields}


def edit(machine: Machine, what: str, uid: str, value: int) -> list[Change]:
    """One edit as the planner would commit it, or none where it makes no sense."""
    key = key_of(WEEKS[0], "blocks", uid)
    here = machine.stored.get(key)
    if here is None:
        week = WEEKS[value % 2]
        return [Change(week, "blocks", uid, None, block(week, uid, doc=value))] if what == "add" else []
    week, record = here
    if what == "title":
        return [Change(week, "blocks", uid, record, {**record, "summary": f"pool {value}"})]
    if what == "note":
        after = {name: kept for name, kept in record.items() if name != "note"}
        return [Change(week, "blocks", uid, record, after | ({"note": value} if value % 2 else {}))]
    if what == "time":
        return [Change(week, "blocks", uid, record, {**record, "start": value, "end": value + 30})]
    if what == "length":
        return [Change(week, "blocks", uid, record, {**record, "end": int(str(record["start"])) + 20})]
    if what == "move":
        there = WEEKS[1 - WEEKS.index(week)]
        after = {**record, "day": block(there, uid)["day"], "start": value, "end": value + 45}
        return [Change(week, "blocks", uid, record, None), Change(there, "blocks", uid, None, after)]
    return [Change(week, "blocks", uid, record, None)] if what == "rm" else []


def answer(machine: Machine, value: int) -> list[Change]:
    week, question = WEEKS[value % 2], ("team", "code")[value % 3 % 2]
    _, before = machine.stored.get(key_of(week, "checks", "check"), ("", None))
    answers = {**(before["answers"] if before else {}), question: bool(value % 5)}  # type: ignore[dict-item]
    return [Change(week, "checks", "check", before, {"uid": "check", "answers": answers})]


STEP = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from(
        ["add", "add", "title", "note", "time", "length", "move", "rm", "answer", "undo", "sync", "again"]
    ),
    st.sampled_from([UIDS[0], *UIDS]),
    st.integers(0, 9),
    st.integers(0, 3),
)
CLOCKS = st.tuples(*[st.sampled_from([0, 0, 7200, -36000, 40 * 86400])] * 3)


@settings(max_examples=5 * EXAMPLES)
@given(st.lists(STEP, max_size=40) | st.lists(STEP, min_size=12, max_size=20), CLOCKS)
def test_any_edits_and_partial_syncs_of_three_machines_end_in_the_same_records(
    steps: list[Any], clocks: tuple[int, ...]
) -> None:
    machines = {name: Machine(name, ahead) for name, ahead in zip("abc", clocks, strict=True)}
    machines["a"].do(edit(machines["a"], "add", UIDS[0], 1), 1_780_000_000)  # which all know
    machines["a"].write()
    for name in "bc":
        machines[name].take(machines["a"], 1)
    for moment, (name, what, uid, value, few) in enumerate(steps, start=1_790_000_000):
        machine, other = machines[name], machines["abc"["abc".index(name) - 1 - value % 2]]
        if what == "undo":
            machine.undo(moment)
        elif what == "sync":  # a part of what the other one has written has arrived
            machine.take(other, machine.read.get(other.name, 0) + few)
        elif what == "again":  # it has forgotten how far it has read
            machine.read[other.name] = 0
        else:
            changes = answer(machine, value) if what == "answer" else edit(machine, what, uid, value)
            if changes:
                machine.do(changes, moment)
    everyone = list(machines.values())
    for machine in everyone:
        machine.write()
    for machine in everyone:
        for other in everyone:
            if other is not machine:
                machine.take(other, len(other.file))
    first = everyone[0].stored
    assert all(machine.stored == first for machine in everyone)
    own = [key[1] for key, _ in first.items() if key[0] == "blocks"]
    assert len(own) == len(set(own))  # whatever week it was moved to, and from
    for machine in everyone:
        alive = {key: machine.ledger.record(key) for key in machine.ledger.parts}
        assert machine.stored == {key: found for key, found in alive.items() if found is not None}
        for _, record in machine.stored.values():
            if "end" in record:  # no mixture of two machines' times
                assert record["end"] - record["start"] in (20, 30, 45, 60)  # type: ignore[operator]


def pair() -> tuple[Machine, Machine]:
    """Two machines that both know one block."""
    one, two = Machine("a", 0), Machine("b", 0)
    one.do(edit(one, "add", UIDS[0], 1), 1_790_000_000)
    one.write()
    two.take(one, 9)
    return one, two


def both(one: Machine, two: Machine) -> None:
    one.write()
    two.take(one, 99)
    one.take(two, 99)


def test_two_fields_that_two_machines_changed_both_stay() -> None:
    one, two = pair()
    one.do(edit(one, "title", UIDS[0], 7), 1_790_000_100)
    two.do(edit(two, "time", UIDS[0], 300), 1_790_000_050)
    both(one, two)
    ((_, record),) = one.stored.values()
    assert (record["summary"], record["start"], record["end"]) == ("pool 7", 300, 330)
    assert one.stored == two.stored
    assert one.clashes == two.clashes == []


def test_of_two_changes_to_one_field_the_later_stays_and_both_machines_tell_once_what_gave_way() -> None:
    one, two = pair()
    one.do(edit(one, "title", UIDS[0], 7), 1_790_000_100)
    two.do(edit(two, "title", UIDS[0], 8), 1_790_000_050)
    both(one, two)
    one.read.clear()
    two.read.clear()
    both(one, two)  # read again: told once
    for machine in (one, two):
        (clash,) = machine.clashes
        assert (clash.kept.fields, clash.lost.fields) == ({"summary": "pool 7"}, {"summary": "pool 8"})


def test_a_change_that_knew_the_other_is_no_clash_even_by_a_clock_that_is_hours_behind() -> None:
    one, two = pair()
    one.do(edit(one, "title", UIDS[0], 7), 1_790_000_100)
    one.write()
    two.take(one, 99)
    two.ahead = -36000
    two.do(edit(two, "title", UIDS[0], 8), 1_790_000_200)
    both(one, two)
    ((_, record),) = one.stored.values()
    assert record["summary"] == "pool 8"
    assert one.clashes == two.clashes == []


def test_a_change_later_than_a_deletion_brings_the_record_back_whole() -> None:
    one, two = pair()
    one.do(edit(one, "rm", UIDS[0], 0), 1_790_000_050)
    two.do(edit(two, "title", UIDS[0], 8), 1_790_000_100)
    both(one, two)
    assert one.stored == two.stored
    ((_, record),) = one.stored.values()
    assert (record["summary"], record["doc"], record["end"]) == ("pool 8", 1, 600)
    assert [clash.lost.fields for clash in one.clashes] == [{"": False}]


def test_a_deletion_later_than_a_change_stays_and_tells_that_the_change_gave_way() -> None:
    one, two = pair()
    one.do(edit(one, "rm", UIDS[0], 0), 1_790_000_100)
    two.do(edit(two, "title", UIDS[0], 8), 1_790_000_050)
    both(one, two)
    assert one.stored == two.stored == {}
    assert [clash.kept.fields for clash in two.clashes] == [{"": False}]


def test_a_block_moved_to_another_week_and_edited_elsewhere_is_one_block() -> None:
    one, two = pair()
    one.do(edit(one, "move", UIDS[0], 480), 1_790_000_050)
    two.do(edit(two, "title", UIDS[0], 8), 1_790_000_100)
    both(one, two)
    assert one.stored == two.stored
    ((week, record),) = one.stored.values()
    assert (week, record["summary"], record["start"]) == (WEEKS[0], "pool 8", 480)


def test_answers_to_two_questions_of_one_week_both_stay() -> None:
    one, two = Machine("a", 0), Machine("b", 0)
    one.do([Change(WEEKS[0], "checks", "check", None, {"uid": "check", "answers": {"team": True}})], 1)
    two.do([Change(WEEKS[0], "checks", "check", None, {"uid": "check", "answers": {"code": False}})], 2)
    both(one, two)
    ((_, record),) = one.stored.values()
    assert record["answers"] == {"team": True, "code": False}
    assert one.stored == two.stored


def test_what_runs_on_a_machine_is_its_own() -> None:
    one = Machine("a", 0)
    one.do([Change("open", "running", UIDS[0], None, {"uid": UIDS[0]})], 1)
    one.write()
    assert one.file == [[]]


def test_stamps_sort_by_what_was_known_then_by_the_clock_then_by_the_machine() -> None:
    last = stamp_of(1000, 0xFFFFFF, "b")
    assert next_stamp(last, 10, "a") > last
    assert moment_of(next_stamp(last, 10, "a")) == 1001
    assert next_stamp(last, 2000, "a") > next_stamp(last, 1500, "z")
    assert moment_of(next_stamp("", LAST * 9, "a")) == LAST


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        [],
        ["blocks", "u", ""],
        ["blocks", "u", "", [[["", ""], {"": True}]]],
        ["blocks", "u", "", [[["0000000001.000000.a", ""], {"": True}]]],
        ["blocks", "u", "", [[["0000000001.000000.a", ""], {"": True, "@": "../../etc"}]]],
        ["blocks", "u", "", [[["ffffffffff.000000.a", ""], {"": True, "@": "open"}]]],
        ["running", "u", "", [[["0000000001.000000.a", ""], {"": True, "@": "open"}]]],
        ["blocks", "u", "", [[["0000000001.000000.a", ""], ["", "@"]]]],
    ],
)
def test_what_no_machine_has_written_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  what is said is for nobody
        from_json(value)


@pytest.mark.parametrize(
    ("table", "field", "part"),
    [
        ("blocks", "day", "time"),
        ("sessions", PLACE, "time"),
        ("series", "weeks", "time"),
        ("blocks", "weeks", "weeks"),
        ("blocks", "type", "kind"),
        ("blocks", "status", "status"),
        ("delegations", "closed", "status"),
        ("delegations", PLACE, "status"),
        ("delegations", "owner", "owner"),
        ("plans", "to", "record"),
        ("plans", THERE, THERE),
    ],
)
def test_what_makes_sense_only_together_is_one_part(table: str, field: str, part: str) -> None:
    assert part_of(table, field) == part


def test_an_id_of_ours_names_its_record_wherever_it_is() -> None:
    own = "01941f29-7c00-7a3b-8d1e-1234567890ab"
    assert key_of("2026-W48", "blocks", own) == ("blocks", own, "")
    assert key_of("2026-W48", "days", "2026-11-24") == ("days", "2026-11-24", "2026-W48")
