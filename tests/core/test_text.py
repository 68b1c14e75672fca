"""Times, spans and titles as people read them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from techlead_tui.core.lengths import clock_length, hours, length, short_length
from techlead_tui.core.records import Change
from techlead_tui.core.span import Span
from techlead_tui.core.text import days_text, listed, number_of, place, short_id, told, when, with_days
from tests.core.weeks import ZONE

OWN = "01941f29-7c00-7a3b-8d1e-1234567890ab"


def span(start: str, end: str) -> Span:
    return Span(*(datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (start, end)))


@pytest.mark.parametrize(
    ("start", "end", "text", "days"),
    [
        ("2026-11-24T14:30", "2026-11-24T15:00", "Tue 24 Nov 14:30–15:00", "Tue 24 Nov"),
        ("2026-11-24T22:00", "2026-11-25T06:00", "Tue 24 Nov 22:00–06:00", "Tue 24 – Wed 25 Nov"),
        (
            "2026-11-24T10:00",
            "2026-11-26T12:00",
            "Tue 24 Nov 10:00 – Thu 26 Nov 12:00",
            "Tue 24 – Thu 26 Nov",
        ),
        ("2026-11-24T00:00", "2026-11-27T00:00", "Tue 24 – Thu 26 Nov", "Tue 24 – Thu 26 Nov"),
        ("2026-11-30T00:00", "2026-12-03T00:00", "Mon 30 Nov – Wed 2 Dec", "Mon 30 Nov – Wed 2 Dec"),
        ("2026-11-24T00:00", "2026-11-25T00:00", "Tue 24 Nov 00:00–24:00", "Tue 24 Nov"),
    ],
)
def test_a_span_is_told_with_as_little_as_says_it(start: str, end: str, text: str, days: str) -> None:
    assert when(span(start, end)) == text
    assert days_text(span(start, end)) == days


def test_what_takes_days_is_called_with_them() -> None:
    assert (
        with_days("off-site", span("2026-11-24T10:00", "2026-11-26T12:00"))
        == "off-site (Tue 24 – Thu 26 Nov)"
    )
    assert with_days("sync", span("2026-11-24T10:00", "2026-11-24T12:00")) == "sync"


def test_a_wanted_place_has_a_title_that_is_cut() -> None:
    assert place("sync", date(2026, 11, 24), 540, 600) == "sync, Tue 24 Nov 09:00–10:00"
    assert place("x" * 201, date(2026, 11, 24), 540, 600).startswith("x" * 199 + "…,")
    assert place("x" * 200, date(2026, 11, 24), 540, 600).startswith("x" * 200 + ",")


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed(names: list[str], text: str) -> None:
    assert listed(names) == text


def test_things_are_counted() -> None:
    assert [number_of(n, "pass", "passes") for n in (0, 1, 2)] == ["no passes", "1 pass", "2 passes"]
    assert number_of(2, "day") == "2 days"


def _change(uid: str, before: str | None, after: str | None) -> Change:
    images = (None if text is None else {"uid": uid, "summary": text} for text in (before, after))
    return Change("2026-W48", "blocks", uid, *images)


@pytest.mark.parametrize(
    ("words", "changes", "text"),
    [
        (["rm", "b1"], [_change("b1", "sync", None)], ["rm", "sync"]),
        (
            ["edit", "b1", "--summary", "new"],
            [_change("b1", "old", "new")],
            ["edit", "new", "--summary", "new"],
        ),
        (["rm", "b2"], [_change("b1", "sync", None)], ["rm", "b2"]),
        (["rm", "b1"], [_change("b1", "", None)], ["rm", "b1"]),
        (["stop"], [_change("b1", None, "pool")], ["stop", "pool"]),
        (["start", "the", "pool"], [_change("b1", None, "pool")], ["start", "the", "pool"]),
        (["stop"], [], ["stop"]),
        (["undo"], [_change("b1", None, "pool")], ["undo"]),
    ],
)
def test_a_call_is_told_with_titles_for_ids(words: list[str], changes: list[Change], text: list[str]) -> None:
    assert told(words, changes) == text


@pytest.mark.parametrize(
    ("uid", "short"),
    [
        (OWN, "567890ab"),
        (f"{OWN}@2026-11-24", "567890ab@2026-11-24"),
        ("team-sync@2026-11-23", "team-sync@2026-11-23"),
        (OWN.replace("-", "x"), OWN.replace("-", "x")),
    ],
)
def test_the_end_of_an_own_id_says_enough(uid: str, short: str) -> None:
    assert short_id(uid) == short


@pytest.mark.parametrize(
    ("minutes", "in_a_sentence", "in_a_column", "of_a_clock", "of_a_week"),
    [
        (0, "0 min", "0m", "0:00", "0 h"),
        (45, "45 min", "45m", "0:45", "0.8 h"),
        (60, "1 h", "1h", "1:00", "1 h"),
        (65, "1 h 5 min", "1h05", "1:05", "1.1 h"),
        (150, "2.5 h", "2h30", "2:30", "2.5 h"),
        (600, "10 h", "10h", "10:00", "10 h"),
    ],
)
def test_a_length_is_written_as_its_place_wants_it(
    minutes: int, in_a_sentence: str, in_a_column: str, of_a_clock: str, of_a_week: str
) -> None:
    written = (length(minutes), short_length(minutes), clock_length(minutes), hours(minutes))
    assert written == (in_a_sentence, in_a_column, of_a_clock, of_a_week)


def test_lost_time_has_a_minus() -> None:
    assert [short_length(minutes) for minutes in (-45, -60, -90)] == ["−45m", "−1h", "−1h30"]
