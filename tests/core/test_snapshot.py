"""What a store means for a week: its theme, the kind of its days, and where a record is."""

from __future__ import annotations

from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.theme import to_data
from tests.core.weeks import W48, add, after, day, empty, theme


def kept(first: int, last: int) -> Snapshot:
    """The present is W48, and the weeks from `first` to `last` before it keep the four-day week."""
    plan: Record = {
        "uid": "p",
        "from": str(W48.shift(first)),
        "to": str(W48.shift(last)),
        "theme": to_data(theme("four-day")),
    }
    return empty()._replace(this=W48, buckets={**empty().buckets, OPEN: {"plans": {"p": plan}}})


def test_a_week_that_is_over_keeps_the_theme_that_it_had() -> None:
    snapshot = kept(-3, 0)
    used = [snapshot.theme_of(W48.shift(n)).id for n in (-4, -3, -1, 0, 1)]
    assert used == ["maker-week", "four-day", "four-day", "maker-week", "maker-week"]


def test_a_holiday_of_the_week_theme_is_leave_unless_the_day_says_otherwise() -> None:
    festive = theme()._replace(holidays=(("2026-11-25", "Founders' day"),))
    snapshot = empty(week_theme=festive)
    found = {one.date: (one.kind, one.name) for one in snapshot.week(W48).days}
    assert found[day("wed")] == ("leave", "Founders' day")
    assert found[day("thu")] == ("normal", "")
    normal = {"2026-11-25": {"uid": "2026-11-25", "kind": "normal"}}
    worked = snapshot._replace(buckets={**snapshot.buckets, str(W48): {"days": normal}})
    assert worked.day_kind(festive, day("wed"))[0] == "normal"


def test_a_record_is_found_in_the_weeks_beside_its_own() -> None:
    snapshot = after(empty(W48.shift(-2), after=6), add("mon 9-10"))
    (uid,) = snapshot.records(str(W48), "blocks")
    for back in (-1, 0, 1):
        assert snapshot.bucket_of("blocks", uid, W48.shift(back)) == str(W48)
    assert snapshot.bucket_of("blocks", uid, W48.shift(2)) == str(W48.shift(2))
    assert snapshot.bucket_of("blocks", "x@2026-11-30", W48) == str(W48.shift(1))
