"""Every kind keeps what the kit promises: its words come back, its turns can be undone, its keys are free."""

from __future__ import annotations

import shlex
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.cli.registry import NAMES as COMMANDS
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddItem, Edit, EditItem, RemoveItem, TurnItem
from techlead_tui.core.items.fields import SORTS, Field, shown, spelled
from techlead_tui.core.items.kinds import NAMES, all_kinds, kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Moment, item_json, json_keys
from techlead_tui.core.items.waiting import NOTHING, waiting
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.words.args import read_options
from techlead_tui.core.words.item_options import EDIT, REMOVE, add_options, guards
from techlead_tui.core.words.items import read_add_item, read_turn, read_value
from techlead_tui.core.words.unparse import words_of
from tests.core.weeks import W48, empty, moment

NOW = moment("tue 11:37")
TODAY = NOW.date()
KINDS = all_kinds()
EVERY = pytest.mark.parametrize("kind", KINDS, ids=[kind.id for kind in KINDS])
RESERVED = {"a", "e", "y", "u", "n", "j", "k", "q", "slash", "space", "tab", "enter", "escape", "delete"}
texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)


def example(kind: ItemKind) -> AddItem:
    """The edit of the kind's first example."""
    call = read_options(shlex.split(kind.examples[0])[2:], add_options(kind))
    edit = read_add_item(kind, call, TODAY).edit
    assert isinstance(edit, AddItem)
    return edit


def made(kind: ItemKind) -> tuple[Snapshot, Item]:
    """A store with the kind's first example in it."""
    decision = decide(empty(), example(kind), NOW, "item-1")
    assert not decision.refused
    return decision.after, Item(kind, decision.after.table(OPEN, kind.plural)["item-1"])


def values(field: Field) -> st.SearchStrategy[object]:
    """Stored values of a field."""
    match field.sort:
        case "text" | "url":
            return texts
        case "person":
            return texts.filter(lambda text: not text.startswith("@"))
        case "people":
            return st.lists(
                texts.filter(lambda t: "," not in t and t[0] != "@"), min_size=1, max_size=3, unique=True
            )
        case "length":
            return st.integers(1, 1440)
        case "day":
            return st.dates(date(2026, 1, 1), date(2030, 12, 31)).map(date.isoformat)
        case "choice":
            return st.sampled_from(field.choices)
        case "choices":
            return st.sets(st.sampled_from(field.choices), min_size=1).map(sorted)
        case "moment":
            return st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)).map(
                lambda when: when.isoformat(timespec="minutes")
            )
        case "number":
            return st.integers(1, 9)
        case "week":
            return st.dates(date(2026, 1, 1), date(2030, 12, 31)).map(lambda day: str(IsoWeek.of(day)))
    return st.just(True)


@EVERY
def test_the_table_of_names_agrees_with_the_declaration(kind: ItemKind) -> None:
    assert (kind.id, kind.plural, kind.add, kind.key) in [name[:4] for name in NAMES]
    assert {kind.add, kind.lister} <= set(COMMANDS)


@EVERY
def test_states_and_transitions_hang_together(kind: ItemKind) -> None:
    assert set(kind.closed) < set(kind.states)
    assert kind.states[0] not in kind.closed
    assert kind.transitions
    for turn in kind.transitions:
        assert turn.before
        assert {*turn.before, turn.after or kind.states[0]} <= set(kind.states)
        assert turn.name not in (EDIT, REMOVE)
        if turn.takes:
            assert kind.field(turn.takes).sort in SORTS
    reached = {kind.states[0], *(turn.after for turn in kind.transitions)}
    assert set(kind.states) <= reached


@EVERY
def test_keys_are_free(kind: ItemKind) -> None:
    keys = [turn.key for turn in kind.transitions]
    assert len(set(keys)) == len(keys)
    assert not RESERVED & set(keys)


def test_kinds_do_not_share_a_name_or_a_key() -> None:
    assert len({name.id for name in NAMES}) == len({name.plural for name in NAMES}) == len(NAMES)
    keys = [name.key for name in NAMES if name.key]
    assert len(set(keys)) == len(keys)


@EVERY
@given(data=st.data())
@pytest.mark.few(3)
def test_what_is_spelled_is_read_back(kind: ItemKind, data: st.DataObject) -> None:
    fields = {
        field.name: data.draw(values(field), label=field.name)
        for field in kind.fields
        if field.option and (field.required or data.draw(st.booleans()))
    }
    override = data.draw(st.none() | texts) if guards(kind) else None
    edit = AddItem(kind.id, data.draw(texts), fields, override)
    verb, *args = words_of(edit)
    assert verb == kind.add
    assert read_add_item(kind, read_options(args, add_options(kind)), TODAY).edit == edit


@EVERY
@given(data=st.data())
@pytest.mark.few(3)
def test_a_turn_and_a_change_are_read_back(kind: ItemKind, data: st.DataObject) -> None:
    _, item = made(kind)
    turn = data.draw(st.sampled_from(kind.transitions))
    taken = {turn.takes: data.draw(values(kind.field(turn.takes)))} if turn.takes else {}
    optional = [field for field in kind.fields if field.option]
    changed = {field.name: data.draw(values(field)) for field in optional if data.draw(st.booleans())}
    edits: list[Edit] = [
        TurnItem(kind.id, item.uid, turn.name, taken),
        EditItem(kind.id, item.uid, {**changed, "summary": data.draw(texts)}),
        RemoveItem(kind.id, item.uid),
    ]
    for edit in edits:
        verb, uid, *args = words_of(edit)
        assert (verb, uid) == (kind.lister, item.uid)
        call = read_options([uid, *args], add_options(kind))
        assert read_turn(kind, call, lambda _: item, TODAY).edit == edit


@EVERY
def test_every_transition_does_what_it_says_and_can_be_undone(kind: ItemKind) -> None:
    start, _ = made(kind)
    for turn in kind.transitions:
        for status in turn.before:
            record = {**start.table(OPEN, kind.plural)["item-1"], "status": status}
            over = status in kind.closed
            bucket = str(W48) if over else OPEN
            tables = {kind.plural: {"item-1": {**record, "closed": "2026-11-24" if over else None}}}
            snapshot = empty()._replace(buckets={**empty().buckets, bucket: tables})
            taken = (
                {turn.takes: "2026-12-01" if kind.field(turn.takes).sort == "day" else "so"}
                if turn.takes
                else {}
            )
            edit = TurnItem(kind.id, "item-1", turn.name, taken, bucket)
            decision = decide(snapshot, edit, NOW, "new")
            want = turn.after or status
            there = str(W48) if want in kind.closed else OPEN
            after = decision.after.table(there, kind.plural)["item-1"]
            assert after["status"] == want
            assert (after["closed"] is not None) == (want in kind.closed)
            back = decision.after.with_changes([change.inverse() for change in reversed(decision.changes)])
            assert back.table(bucket, kind.plural) == tables[kind.plural]


@EVERY
def test_json_has_the_keys_of_the_reference(kind: ItemKind) -> None:
    after, item = made(kind)
    found = item_json(item, Moment(after, NOW))
    assert list(found) == list(json_keys(kind))
    assert all(
        key.endswith("_minutes")
        for field, key in zip(kind.fields, (f.key for f in kind.fields), strict=True)
        if field.sort == "length"
    )


@EVERY
def test_lists_have_one_column_that_takes_the_rest(kind: ItemKind) -> None:
    after, item = made(kind)
    assert [column.cells for column in kind.columns].count(0) == 1
    for column in kind.columns:
        assert isinstance(column.text(item, Moment(after, NOW)), str)


@EVERY
@pytest.mark.parametrize("text", ["[b]x[/]", "\u202eabc", "日本語 🧑‍💻", "x" * 500])
def test_a_strange_title_is_kept_to_the_letter(kind: ItemKind, text: str) -> None:
    edit = example(kind)._replace(summary=text)
    after = decide(empty(), edit, NOW, "item-1").after
    assert after.table(OPEN, kind.plural)["item-1"]["summary"] == text


@EVERY
def test_nothing_waits_where_nothing_is(kind: ItemKind) -> None:
    assert waiting(empty(), NOW) is NOTHING
    after, item = made(kind)
    late = moment("fri 18:00", W48.shift(2))
    found = waiting(after, late)
    assert (
        item.uid in {one.uid for one in found.due} or item.summary in str(found.questions) or found.requests
    )


TYPED = {
    "number": "1",
    "week": "next",
    "moment": "2026-12-01T14:00",
    "length": "45m",
    "day": "fri",
    "flag": "yes",
}


@pytest.mark.parametrize("sort", SORTS)
def test_a_value_is_shown_and_typed(sort: str) -> None:
    field = Field("x", sort, "x", "--x", choices=("one",))
    value = read_value(field, [TYPED.get(sort, "one")], TODAY)
    assert shown(field, value)
    assert spelled(field, value)
    assert shown(field, field.nothing) == ""


def test_ages_count_working_days_without_leave() -> None:
    snapshot = empty()
    leave = {"2026-11-25": {"uid": "2026-11-25", "kind": "leave"}}
    snapshot = snapshot._replace(buckets={**snapshot.buckets, str(W48): {"days": leave}})
    at = Moment(snapshot, NOW)
    assert at.working_days(date(2026, 11, 24), date(2026, 11, 30)) == 3  # Thursday, Friday, Monday
    assert at.working_days(date(2026, 11, 30), date(2026, 11, 24)) == -3
    assert at.working_day(5) == date(2026, 12, 2)
    assert IsoWeek.of(at.working_day(0)) == W48


def test_a_kind_that_is_not_there_is_an_error_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        kind_of("holiday")
