"""Other time zones and changes of the clocks: what is planned and logged keeps instants and length."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from techlead_tui.cli.json_shapes import block_json
from techlead_tui.core.apply import effect
from techlead_tui.core.calendar import DAY, IsoWeek, NoSuchTimeError, at, clock, into, named_zone, stretch
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddBlock, Edit, EditSession, FinishBlock, MoveBlock, RemoveBlock
from techlead_tui.core.lint import lint
from techlead_tui.core.records import session_record
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import LogSession
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span, end_of
from techlead_tui.core.text import times
from techlead_tui.core.week import Block
from techlead_tui.core.words.planning import said_of
from techlead_tui.errors import UserError
from techlead_tui.render.lanes import minutes_of
from tests.core.weeks import SUNDAY, W48, ZONE, add, after, empty

POSIX = "CET-1CEST,M3.5.0,M10.5.0/3"
NAMES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Tokyo",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Pacific/Apia",  # left 30 December 2011 out
    "America/Sao_Paulo",  # changed its clocks at midnight
    "Africa/Cairo",  # does so still
    "Asia/Kathmandu",
    "UTC",
    POSIX,
)
CHANGES = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2011, 12, 30),
    date(2018, 11, 4),
    date(2018, 2, 18),
    date(2026, 4, 24),
    date(2026, 10, 30),
    date(2026, 11, 24),
)
BEFORE = datetime(2000, 1, 1, tzinfo=UTC)


def zone(name: str) -> tzinfo:
    found = named_zone(name)
    assert found is not None
    return found


zones = st.sampled_from(NAMES).map(zone)
days = st.builds(lambda day, off: day + timedelta(days=off), st.sampled_from(CHANGES), st.integers(-2, 2))
quarters = st.integers(0, 95).map(lambda quarter: quarter * 15)


def weeks_around(day: date) -> Snapshot:
    return empty(IsoWeek.of(day).shift(-2), after=5)


def shown(snapshot: Snapshot, uid: str) -> list[Block]:
    """Return the block once for each loaded week that it is in."""
    weeks = [IsoWeek.parse(name) for name in sorted(snapshot.buckets) if name != "open"]
    return [
        block for week in weeks for block in snapshot.week(week).blocks if block.uid.partition("@")[0] == uid
    ]


def made(snapshot: Snapshot, edit: Edit, uid: str = "new") -> Snapshot:
    """Return the snapshot after an edit, unjudged. UserError."""
    return snapshot.with_changes(effect(snapshot, edit, BEFORE, uid)[0])


def come_home(zone_name: str, when: str, **fields: object) -> tuple[Snapshot, Block]:
    """Work planned in another zone, as the clocks of Berlin show it."""
    there = empty(W48.shift(-1), zone=zone(zone_name))
    here = after(there, add(when, "code", **fields))._replace(zone=ZONE)
    weeks = (W48.shift(-1), W48, W48.shift(1))
    blocks = [block for week in weeks for block in here.week(week).blocks if block.source == "own"]
    return here, blocks[0]


@given(zones, zones, days, quarters, st.integers(1, 40))
@example(zone("Asia/Tokyo"), zone("America/New_York"), date(2026, 11, 24), 13 * 60 + 30, 8)
@example(zone("Africa/Cairo"), zone("Africa/Cairo"), date(2026, 4, 23), 23 * 60, 4)
def test_a_block_is_at_its_instants_on_each_of_its_days_and_in_one_week(
    there: tzinfo, here: tzinfo, day: date, start: int, size: int
) -> None:
    end = min(DAY, start + size * 15)
    assume(end > start)
    edit = AddBlock("pool", day, start, end, "deep_work")
    plan = weeks_around(day)._replace(zone=there)
    try:
        plan = made(plan, edit, "pool")
    except UserError:  # the clocks skip its start or its end
        return
    begin, until = stretch(day, start, end, there)
    snapshot = plan._replace(zone=here)
    (block,) = shown(snapshot, "pool")
    assert (block.start, block.end) == (begin, until)
    assert block.planned_minutes == Span(begin, until).minutes
    told = block_json(block)
    assert (datetime.fromisoformat(told["start"]), datetime.fromisoformat(told["end"])) == (begin, until)
    drawn = 0
    last = (until - timedelta(minutes=1)).astimezone(here).date()
    for other in (block.day + timedelta(days=off) for off in range(-1, 4)):
        found = [one for one in snapshot.week(IsoWeek.of(other)).blocks_on(other) if one.uid == "pool"]
        assert bool(found) == (block.day <= other <= last), other
        drawn += sum(second - first for first, second in (minutes_of(one, other) for one in found))
    steady = len({at(day + timedelta(days=n), 0, here).utcoffset() for n in range(-2, 4)}) == 1
    assert drawn == block.planned_minutes or not steady


@given(zones, zones, days, quarters, st.integers(1, 16), days, quarters)
@example(zone("Asia/Tokyo"), zone("America/New_York"), date(2026, 11, 24), 810, 8, date(2026, 11, 25), 1410)
@example(ZONE, ZONE, date(2026, 3, 29), 60, 12, date(2026, 3, 27), 60)
def test_a_block_that_is_moved_keeps_its_length_whatever_the_clocks_do(
    there: tzinfo, here: tzinfo, day: date, start: int, size: int, to: date, then: int
) -> None:
    end = min(DAY, start + size * 15)
    assume(end > start)
    snapshot = empty(min(IsoWeek.of(day), IsoWeek.of(to)).shift(-1), after=1)
    for one in (day, to):
        snapshot = snapshot._replace(
            buckets={**{str(IsoWeek.of(one).shift(n)): {} for n in range(-1, 6)}, **snapshot.buckets}
        )
    edit = AddBlock("pool", day, start, end, "deep_work")
    try:
        snapshot = made(snapshot._replace(zone=there), edit, "pool")._replace(zone=here)
        (block,) = shown(snapshot, "pool")
        moved = made(snapshot, MoveBlock("pool", block.day, to, then))
    except UserError:
        return  # refused whole: the clocks skip it, or it would cross midnight and did not before
    (after_it,) = shown(moved, "pool")
    assert after_it.planned_minutes == block.planned_minutes
    assert after_it.start == at(to, then, here)


@given(zones, zones, days, quarters, st.integers(1, 1440))
def test_a_session_is_at_its_instants_and_is_counted_once(
    there: tzinfo, here: tzinfo, day: date, start: int, minutes: int
) -> None:
    begin = at(day, start, there)
    end = into(begin + timedelta(minutes=minutes), there)
    bucket = str(IsoWeek.of(begin.date()))
    record = session_record(
        uid="s",
        summary="pool",
        pattern=None,
        category="hands_on",
        start=begin.isoformat(),
        end=end.isoformat(),
        zone=str(there),
        repo=None,
        branch=None,
    )
    snapshot = weeks_around(begin.date())._replace(zone=here)
    snapshot = snapshot._replace(buckets={**snapshot.buckets, bucket: {"sessions": {"s": record}}})
    keys = [IsoWeek.of(begin.date()).shift(n) for n in (-1, 0, 1)]
    (session,) = [one for key in keys for one in snapshot.week(key).sessions]
    assert (session.start, session.end, session.minutes) == (begin, end, minutes)
    last = (end - timedelta(minutes=1)).astimezone(here).date()
    for other in (session.start.date() + timedelta(days=off) for off in range(-1, 3)):
        found = snapshot.week(IsoWeek.of(other)).sessions_on(other)
        assert bool(found) == (session.start.date() <= other <= last)


@given(zones, days, quarters, st.integers(1, DAY))
def test_what_takes_so_many_minutes_ends_then_or_is_said_to_be_hidden(
    here: tzinfo, day: date, start: int, minutes: int
) -> None:
    try:
        end = end_of(day, start, minutes, here)
    except NoSuchTimeError as twice:
        assert "comes twice" in str(twice)  # noqa: PT017  both ways out are right
        return
    begin = at(day, start, here)
    assert at(day, end, here) - begin == timedelta(minutes=minutes)


@given(zones, zones, days, quarters, st.integers(1, 16))
def test_a_series_and_a_single_block_of_another_zone_follow_one_rule(
    there: tzinfo, here: tzinfo, day: date, start: int, size: int
) -> None:
    end = min(DAY, start + size * 15)
    assume(end > start)
    plan = weeks_around(day)._replace(zone=there)
    single = AddBlock("single", day, start, end, "planning")
    again = single._replace(repeat=Repeat(until=day))
    try:
        plan = made(made(plan, single, "single"), again, "series")
    except UserError:
        return
    snapshot = plan._replace(zone=here)
    (one,), (other,) = shown(snapshot, "single"), shown(snapshot, "series")
    assert one.span == other.span


def test_its_time_is_shown_by_the_clocks_here() -> None:
    _, block = come_home("Asia/Tokyo", "wed 18-20")
    assert (f"{block.day:%a}", times(block.span)) == ("Wed", "10:00–12:00")


@pytest.mark.parametrize("repeat", [None, Repeat()])
@pytest.mark.parametrize(
    ("zone_name", "when", "wanted"),
    [
        ("Asia/Tokyo", "mon 0-1", "Sun 22 Nov 16:00–17:00"),
        ("Pacific/Kiritimati", "mon 6-9", "Sun 22 Nov 17:00–20:00"),
        ("America/Los_Angeles", "sun 18-24", "Mon 30 Nov 03:00–09:00"),
        ("Pacific/Auckland", "mon 9-10", "Sun 22 Nov 21:00–22:00"),
        ("Pacific/Auckland", "mon 12-14", "Mon 23 Nov 00:00–02:00"),
    ],
)
@pytest.mark.few(4)
def test_at_the_edge_of_its_week_it_stands_in_the_week_next_to_it_and_can_be_changed_there(
    zone_name: str, when: str, wanted: str, repeat: Repeat | None
) -> None:
    here, block = come_home(zone_name, when, repeat=repeat)
    assert f"{block.start:%a} {block.day.day} {block.start:%b} {times(block.span)}" == wanted
    key = IsoWeek.of(block.day)
    assert lint(here, key, SUNDAY) is not None
    early = SUNDAY - timedelta(days=3)
    done = decide(here, FinishBlock(block.uid, block.day, "done"), early, "new")
    (found,) = [one for one in done.after.week(key).blocks if one.uid == block.uid]
    assert (found.status, found.span) == ("done", block.span)
    moved = decide(here, MoveBlock(block.uid, block.day, block.day, 17 * 60, override="a test"), early, "new")
    (found,) = [one for one in moved.after.week(key).live if one.uid in (block.uid, "new")]
    assert found.planned_minutes == block.planned_minutes
    assert f"{found.start:%H:%M}" == "17:00"
    gone = decide(here, RemoveBlock(block.uid, block.day), early, "new").after
    assert [one for one in gone.week(key).live if one.uid == block.uid] == []


def test_a_block_over_sunday_midnight_is_shown_in_both_weeks_and_counted_in_the_first() -> None:
    here, block = come_home("Asia/Tokyo", "mon 6-9")  # Sunday 22:00 to Monday 1:00 in Berlin
    before, week, monday = here.week(W48.shift(-1)), here.week(W48), W48.monday
    assert [one.uid for one in before.blocks if one.source == "own"] == [block.uid]
    assert block.uid in [one.uid for one in week.blocks_on(monday)]
    assert block.uid not in [one.uid for one in week.blocks]
    assert block.span.on(monday) == (0, 60)


def test_a_block_over_midnight_is_moved_whole_by_a_day_and_back_into_one() -> None:
    here, block = come_home("America/New_York", "tue 16:30-18:30")
    assert times(block.span) == "22:30–00:30"
    for edit, wanted in (
        (MoveBlock(block.uid, block.day, block.day + timedelta(days=1), 22 * 60 + 30), "Wed 22:30–00:30"),
        (MoveBlock(block.uid, block.day, block.day + timedelta(days=2), 9 * 60), "Thu 09:00–11:00"),
    ):
        moved = decide(here, edit._replace(override="a test"), SUNDAY, "new").after
        (found,) = [one for one in moved.week(W48).blocks if one.uid == block.uid]
        assert f"{found.start:%a} {times(found.span)}" == wanted
        assert found.planned_minutes == 120


def test_a_zone_that_is_not_known_here_is_marked() -> None:
    here, block = come_home("Asia/Tokyo", "wed 18-20")
    record = {**here.table(str(W48), "blocks")[block.uid], "zone": "Mars/Olympus"}
    odd = here._replace(buckets={**here.buckets, str(W48): {"blocks": {block.uid: record}}})
    (found,) = [one for one in odd.week(W48).blocks if one.source == "own"]
    assert (times(found.span), found.unknown_zone) == ("18:00–20:00", "Mars/Olympus")
    assert block_json(found)["unknown_zone"] == "Mars/Olympus"
    assert block_json(block)["unknown_zone"] is None


@pytest.mark.parametrize(
    ("rule", "day", "offset"),
    [
        (POSIX, date(2026, 7, 15), 2),
        (POSIX, date(2026, 1, 15), 1),
        ("IST-5:30", date(2026, 7, 15), 5.5),
        ("<+0330>-3:30", date(2026, 7, 15), 3.5),
        ("EST5EDT", date(2026, 7, 15), -4),
    ],
)
def test_a_posix_rule_is_a_zone_to_the_minute(rule: str, day: date, offset: float) -> None:
    assert at(day, 720, zone(rule)).utcoffset() == timedelta(hours=offset)


def test_what_is_no_rule_is_no_zone() -> None:
    for text in ("Mars/Olympus", "", "CET-1CEST,M13.5.0,M10.5.0", "\n", "../../etc/passwd", "X" * 300):
        assert named_zone(text) is None


@pytest.mark.parametrize(
    ("zone_name", "day"),
    [
        ("Africa/Cairo", date(2026, 4, 23)),
        ("Asia/Beirut", date(2026, 3, 28)),
        ("America/Santiago", date(2026, 9, 5)),
        ("America/Havana", date(2026, 3, 7)),
        ("America/Sao_Paulo", date(2018, 11, 3)),
    ],
)
def test_a_block_may_last_until_24_on_a_night_without_midnight(zone_name: str, day: date) -> None:
    snapshot = weeks_around(day)._replace(zone=zone(zone_name))
    after_it = decide(snapshot, AddBlock("x", day, 23 * 60, DAY, "deep_work"), BEFORE, "x").after
    (block,) = shown(after_it, "x")
    assert (times(block.span), block.planned_minutes, block.span.crosses) == ("23:00–24:00", 60, False)
    with pytest.raises(UserError, match=f"00:30 does not exist on {day + timedelta(days=1)}"):
        decide(snapshot, AddBlock("x", day + timedelta(days=1), 30, 120, "deep_work"), BEFORE, "x")


@pytest.mark.parametrize(
    ("day", "start", "end", "said"),
    [
        (date(2026, 10, 25), 60, 240, "01:00–04:00 (4h)"),
        (date(2026, 10, 25), 90, 210, "01:30–03:30 (3h)"),
        (date(2027, 3, 28), 60, 240, "01:00–04:00 (2h)"),
        (date(2026, 11, 24), 60, 240, "01:00–04:00 (3h)"),
    ],
)
def test_the_length_that_is_said_is_the_length_that_passes(
    day: date, start: int, end: int, said: str
) -> None:
    assert said_of(AddBlock("night", day, start, end, "deep_work"), ZONE)[0].endswith(said)


def test_a_series_that_the_clocks_skip_keeps_its_length_after_the_gap() -> None:
    first = date(2026, 3, 22)
    snapshot = after(
        weeks_around(first), AddBlock("night", first, 150, 210, "deep_work", repeat=Repeat()), now=BEFORE
    )
    found = [block for key in (12, 13, 14) for block in snapshot.week(IsoWeek(2026, key)).blocks]
    spans = [times(block.span) for block in found if block.source == "own"]
    lengths = {block.planned_minutes for block in found if block.source == "own"}
    assert (spans, lengths) == (["02:30–03:30", "03:30–04:30", "02:30–03:30"], {60})


def test_a_session_that_is_edited_is_checked_as_a_logged_one() -> None:
    begin = at(date(2026, 11, 23), 600, ZONE)
    edit = LogSession(
        summary="pool",
        start=begin.isoformat(),
        end=(begin + timedelta(hours=1)).isoformat(),
        week=str(W48),
        zone="Europe/Berlin",
    )
    snapshot = decide(empty(), edit, begin, "s").after

    def edited(start: timedelta, end: timedelta) -> Sequence[str]:
        fields = {"start": (begin + start).isoformat(), "end": (begin + end).isoformat()}
        return decide(snapshot, EditSession("s", W48, fields), begin + timedelta(hours=2), "new").notes

    hour, second = timedelta(hours=1), timedelta(seconds=1)
    assert edited(0 * hour, 2 * hour) == ()
    assert edited(0 * hour, 24 * hour) == ("this session ends in the future",)
    for start, end, said in (
        (0 * hour, 25 * hour, "25h"),
        (30 * second, 45 * second, "no time"),
        (hour, 0 * hour, "before it starts"),
    ):
        with pytest.raises(UserError, match=said):
            edited(start, end)


def test_parts_of_a_day_are_written_as_a_clock_shows_them() -> None:
    assert [clock(minute) for minute in (1440, 1441, 1530)] == ["24:00", "00:01", "01:30"]
    assert all(first < second for first, second in pairwise(clock(m) for m in (0, 60, 1440)))
