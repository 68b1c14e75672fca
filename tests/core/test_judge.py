"""Edits tried on the maker week: what they would write, and what they would break."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.config.catalog import Library
from techlead_tui.core.balance import recurring_meetings
from techlead_tui.core.calendar import IsoWeek, minute_of
from techlead_tui.core.edits import (
    AddBlock,
    AnswerCheck,
    Edit,
    EditBlock,
    EditSession,
    FinishBlock,
    MoveBlock,
    RemoveBlock,
    RemoveSession,
    SetDay,
    UseTheme,
)
from techlead_tui.core.judge import Judgement, judge, judge_together
from techlead_tui.core.rules import violations
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import LogSession
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.errors import UserError

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=BERLIN)
W48, W49 = IsoWeek(2026, 48), IsoWeek(2026, 49)
MON, TUE, WED, THU, FRI = (W48.day(weekday) for weekday in range(1, 6))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = str(tmp_path_factory.mktemp("home"))
    library = Library(folder, folder)
    weeks = {str(W48.shift(n)): {} for n in range(-2, 10)}
    return Snapshot(
        seq=0,
        zone=BERLIN,
        types=library.types(),
        themes={name: library.theme(name) for name in library.theme_ids()},
        default_theme="maker-week",
        buckets={OPEN: {}, **weeks},
    )


def tried(snapshot: Snapshot, edit: Edit, uid: str = "u1") -> Judgement:
    return judge(snapshot, edit, NOW, uid)


def done(snapshot: Snapshot, *edits: Edit) -> Snapshot:
    for number, edit in enumerate(edits):
        snapshot = tried(snapshot, edit, f"u{number + 1}").after
    return snapshot


def box_on(snapshot: Snapshot, day: date, start: int) -> str:
    """The uid of the theme's box that starts then."""
    blocks = snapshot.week(IsoWeek.of(day)).blocks
    return next(block.uid for block in blocks if block.day == day and minute_of(block.start) == start)


def refusals(judgement: Judgement) -> set[str]:
    return {violation.rule for violation in judgement.introduced if violation.severity == "refuse"}


CODE = AddBlock(summary="pool", day=WED, start=840, end=960, kind="deep_work", type="code")
STATUS = AddBlock(summary="budget sync", day=TUE, start=840, end=900, kind="meeting", type="status")


def test_own_deep_work_fills_the_box_that_it_lies_in(empty: Snapshot) -> None:
    verdict = tried(empty, CODE)
    assert not refusals(verdict)
    block = verdict.after.week(W48).block("u1")
    assert block is not None
    assert block.box == box_on(empty, WED, 780)


def test_a_meeting_over_deep_work_is_refused(empty: Snapshot) -> None:
    assert "deep-work" in refusals(tried(empty, STATUS))


def test_a_meeting_with_a_box_of_its_own_belongs_there(empty: Snapshot) -> None:
    review = AddBlock(
        summary="cache design", day=TUE, start=840, end=900, kind="meeting", type="architecture-review"
    )
    assert "outside-box" in refusals(tried(empty, review))
    assert not refusals(tried(empty, review._replace(day=MON, start=780, end=825)))


def test_one_reason_answers_all_that_was_listed(empty: Snapshot) -> None:
    verdict = tried(empty, STATUS._replace(override="CFO visit"))
    block = verdict.after.week(W48).block("u1")
    assert block is not None
    assert block.override is not None
    assert block.override.reason == "CFO visit"
    listed = {violation.rule for violation in verdict.introduced}
    assert set(block.override.rules) == listed > refusals(verdict)
    assert all(violation.severity == "note" for violation in violations(verdict.after.week(W48), NOW))


def test_what_was_wrong_before_does_not_refuse_another_edit(empty: Snapshot) -> None:
    wrong = done(empty, STATUS._replace(override="CFO visit"))
    assert not refusals(tried(wrong, CODE, "u2"))
    assert not refusals(tried(wrong, EditBlock("u1", TUE, {"summary": "budget"})))


def test_a_block_moved_from_one_wrong_place_to_another_is_refused_again(empty: Snapshot) -> None:
    wrong = done(empty, STATUS._replace(override="CFO visit"))
    assert "deep-work" in refusals(tried(wrong, MoveBlock("u1", TUE, WED, 840)))


@pytest.mark.parametrize(
    ("start", "end", "word"),
    [(900, 840, "not after"), (900, 900, "not after"), (1380, 1500, "midnight")],
)
def test_times_that_cannot_be_are_errors(empty: Snapshot, start: int, end: int, word: str) -> None:
    with pytest.raises(UserError, match=word):
        tried(empty, CODE._replace(start=start, end=end))


def test_a_time_that_the_clocks_skip_is_an_error(empty: Snapshot) -> None:
    gap = date(2026, 3, 29)
    loaded = empty._replace(buckets={**empty.buckets, str(IsoWeek.of(gap)): {}})
    with pytest.raises(UserError, match="skip"):
        tried(loaded, CODE._replace(day=gap, start=150, end=240))


def test_adding_to_the_past_is_allowed_with_a_note(empty: Snapshot) -> None:
    past = NOW.date() - timedelta(days=4)
    assert any("past" in note for note in tried(empty, CODE._replace(day=past)).notes)


def test_a_finished_block_does_not_move(empty: Snapshot) -> None:
    finished = done(empty, CODE, FinishBlock("u1", WED, "done"))
    with pytest.raises(UserError, match="done"):
        tried(finished, MoveBlock("u1", WED, THU, 840))


def test_moving_a_box_within_its_week_leaves_an_exception(empty: Snapshot) -> None:
    review = box_on(empty, WED, 630)
    after = done(empty, MoveBlock(review, WED, WED, 540))
    block = after.week(W48).block(review)
    assert block is not None
    assert (block.moved, minute_of(block.start), block.planned_minutes) == (True, 540, 30)
    back = done(after, MoveBlock(review, WED, WED, 630)).week(W48).block(review)
    assert back is not None
    assert not back.moved


def test_moving_a_box_to_another_week_skips_it_and_adds_a_block_there(empty: Snapshot) -> None:
    review = box_on(empty, WED, 630)
    verdict = tried(empty, MoveBlock(review, WED, W49.day(5), 540))
    assert [block.status for block in verdict.after.week(W48).blocks if block.uid == review] == ["skipped"]
    moved = verdict.after.week(W49).block("u1")
    assert moved is not None
    assert moved.kind == "async"


def test_an_own_block_moves_between_weeks_as_itself(empty: Snapshot) -> None:
    after = done(empty, CODE, MoveBlock("u1", WED, W49.day(3), 840))
    assert after.week(W48).block("u1") is None
    assert after.week(W49).block("u1") is not None


def test_taking_out_a_box_skips_this_one_alone(empty: Snapshot) -> None:
    review = box_on(empty, WED, 630)
    after = done(empty, RemoveBlock(review, WED))
    assert not next(block for block in after.week(W48).blocks if block.uid == review).live
    assert all(block.live for block in after.week(W49).blocks)


def test_a_series_comes_again_and_one_of_it_can_be_skipped(empty: Snapshot) -> None:
    pair = AddBlock("pair", THU, 840, 900, "deep_work", "code", repeat=Repeat(weeks=2))
    after = done(empty, pair)
    held = [week for n in range(6) if (week := W48.shift(n)) and after.week(week).block(f"u1@{week.day(4)}")]
    assert held == [W48, W48.shift(2), W48.shift(4)]
    less = done(after, RemoveBlock(f"u1@{THU}", THU))
    assert [block.status for block in less.week(W48).blocks if block.uid == f"u1@{THU}"] == ["skipped"]
    later = less.week(W48.shift(2)).block(f"u1@{W48.shift(2).day(4)}")
    assert later is not None
    assert later.live


def test_a_monthly_series_begins_on_a_day_of_its_own(empty: Snapshot) -> None:
    pair = AddBlock("pair", W49.day(4), 840, 900, "deep_work", "code", repeat=Repeat(nth=1))
    assert done(empty, pair).week(W49).block(f"u1@{W49.day(4)}") is not None
    with pytest.raises(UserError, match="not the day"):
        tried(empty, pair._replace(day=THU))


def test_ending_a_series_keeps_what_has_been(empty: Snapshot) -> None:
    started = W48.shift(-2).day(4)
    pair = AddBlock("pair", started, 840, 900, "deep_work", "code", repeat=Repeat())
    after = done(empty, pair, RemoveBlock(f"u1@{started}", started, series=True))
    assert after.week(W48.shift(-2)).block(f"u1@{started}") is not None
    assert after.week(W48).block(f"u1@{THU}") is None


def test_a_series_that_equals_a_box_writes_nothing(empty: Snapshot) -> None:
    week = empty.week(W48)
    sync = next(block for block in week.blocks if block.type == "team-sync")
    same = AddBlock(
        summary="Team sync", day=MON, start=600, end=660, kind=sync.kind, type=sync.type, repeat=Repeat()
    )
    for title in ("Team sync", sync.summary.upper()):
        verdict = tried(empty, same._replace(summary=title))
        assert verdict.changes == ()
        assert "already in the week theme" in verdict.notes[0]


@pytest.mark.parametrize(
    "own",
    [
        {"summary": "Payments sync"},
        {"people": ("ana",)},
        {"doc": "sync.md"},
        {"optional": True},
        {"repeat": Repeat(until=W48.shift(2).day(1))},
        {"repeat": Repeat(weeks=2)},
    ],
)
def test_a_series_with_something_of_its_own_fills_the_box(empty: Snapshot, own: dict[str, object]) -> None:
    plain = AddBlock("Team sync", MON, 600, 660, "meeting", "team-sync", repeat=Repeat())
    verdict = tried(empty, plain._replace(**own))  # type: ignore[arg-type]
    assert verdict.introduced == ()
    block = verdict.after.week(W48).block(verdict.uid)
    assert block is not None
    assert block.box == f"team-sync@{MON}"
    assert len(recurring_meetings(verdict.after.week(W48))) == len(recurring_meetings(empty.week(W48)))


def test_leave_takes_the_boxes_of_the_day_away(empty: Snapshot) -> None:
    week = done(empty, SetDay(TUE, "leave")).week(W48)
    assert not [block for block in week.blocks if block.day == TUE]
    assert week.working_minutes == 28 * 60
    assert done(empty, SetDay(TUE, "leave"), SetDay(TUE, "normal")).week(W48) == empty.week(W48)


def test_a_theme_is_used_from_a_week_on_or_for_one_week(empty: Snapshot) -> None:
    after = done(empty, UseTheme("four-day", W49), UseTheme("on-call", W49.shift(1), only=True))
    assert [after.theme_id(W48.shift(n)) for n in range(4)] == [
        "maker-week",
        "four-day",
        "on-call",
        "four-day",
    ]


def test_answers_to_the_check_are_kept_and_taken_back(empty: Snapshot) -> None:
    before = W48.shift(-1)
    after = done(empty, AnswerCheck(before, {"code": True, "team": False}))
    assert after.week(before).answers == {"code": True, "team": False}
    assert done(after, AnswerCheck(before, {"code": None})).week(before).answers == {"team": False}
    with pytest.raises(UserError, match="2026-W48 is in the future"):
        tried(empty, AnswerCheck(W48, {"code": True}))


def session(**fields: str) -> LogSession:
    moment = {"start": "2026-11-24T10:00:00+01:00", "end": "2026-11-24T10:45:00+01:00"}
    return LogSession(summary="pool fix", week=str(W48), zone="Europe/Berlin", **{**moment, **fields})


def test_a_session_is_logged_corrected_and_taken_out(empty: Snapshot) -> None:
    logged = done(empty, session())
    assert [one.minutes for one in logged.week(W48).sessions] == [45]
    longer = done(logged, EditSession("u1", W48, {"end": "2026-11-24T11:00:00+01:00"}))
    assert [one.minutes for one in longer.week(W48).sessions] == [60]
    with pytest.raises(UserError, match="before it starts"):
        tried(logged, EditSession("u1", W48, {"end": "2026-11-24T09:00:00+01:00"}))
    assert done(logged, RemoveSession("u1", W48)).week(W48).sessions == ()


def test_what_does_not_exist_cannot_be_changed(empty: Snapshot) -> None:
    for edit in (MoveBlock("no", TUE, TUE, 600), EditBlock("no", TUE, {}), RemoveSession("no", W48)):
        with pytest.raises(UserError, match="no"):
            tried(empty, edit)


minutes = st.integers(0, 92).map(lambda quarter: quarter * 15)
adds = st.builds(
    lambda day, start, length, kind: AddBlock("x", day, start, min(start + length, 1440), kind),
    st.sampled_from([MON, TUE, WED, THU, FRI]),
    minutes,
    st.integers(1, 8).map(lambda quarter: quarter * 15),
    st.sampled_from(["deep_work", "meeting", "async", "planning"]),
)


@given(st.lists(adds, min_size=1, max_size=6))
def test_the_changes_turned_round_give_the_week_back(empty: Snapshot, edits: list[AddBlock]) -> None:
    states, changes = [empty], []
    for number, edit in enumerate(edits):
        verdict = tried(states[-1], edit, f"u{number}")
        states.append(verdict.after)
        changes.append(verdict.changes)
    now = states[-1]
    for before, made in zip(reversed(states[:-1]), reversed(changes), strict=True):
        now = now.with_changes([change.inverse() for change in reversed(made)])
        assert now.week(W48) == before.week(W48)


@given(adds)
def test_an_edit_changes_no_bucket_but_those_of_its_weeks(empty: Snapshot, edit: AddBlock) -> None:
    assert {change.bucket for change in tried(empty, edit).changes} == {str(week) for week in edit.weeks}


def test_an_overlap_is_said_of_the_new_block_once_and_names_all_that_it_overlaps(empty: Snapshot) -> None:
    week = done(empty, CODE, CODE._replace(summary="cache", start=960, end=1020))
    verdict = tried(week, CODE._replace(summary="trace", start=930, end=990), "a-first-uid")
    (found,) = (violation for violation in verdict.introduced if violation.rule == "overlap")
    assert found.about == "trace, Wed 25 Nov 15:30–16:30"
    assert found.text == "overlaps pool (14:00–16:00) and cache (16:00–17:00)"
    assert found.message == f"{found.about}: {found.text}"
    assert found.subjects == ("a-first-uid", "u1", "u2")


def test_a_violation_leaves_out_what_its_reader_already_sees(empty: Snapshot) -> None:
    found = tried(empty, STATUS).introduced[0]
    assert found.message == f"{found.about}: {found.text}; costs 3 h of focus time"
    assert found.beside(found.about) == f"{found.text}; costs 3 h of focus time"
    assert found.beside(found.about, 180) == found.text


def test_blocks_of_one_wish_get_ids_that_follow_one_another(empty: Snapshot) -> None:
    uid = "01941f29-7c00-7a3b-8d1e-ffffffffffff"
    edits = [CODE._replace(day=day) for day in (MON, WED, THU)]
    changes = judge_together(empty, edits, NOW, uid).changes
    assert [change.uid for change in changes] == [uid, f"{uid[:-12]}000000000000", f"{uid[:-12]}000000000001"]
    assert [change.uid for change in judge_together(empty, edits, NOW, "u").changes] == ["u", "u-1", "u-2"]
