"""The algebra of spans, against sets of minutes."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.span import Span, intersect, subtract, take, total, union

ZERO = datetime(2026, 10, 25, tzinfo=UTC)
OFFSETS = [UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=2))]


def span(start: int, end: int, zone: timezone = UTC) -> Span:
    return Span(
        (ZERO + timedelta(minutes=start)).astimezone(zone), (ZERO + timedelta(minutes=end)).astimezone(zone)
    )


@st.composite
def a_span(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 120))
    return span(start, start + draw(st.integers(1, 40)), draw(st.sampled_from(OFFSETS)))


spans = st.lists(a_span(), max_size=8)


def minutes(some: list[Span]) -> set[int]:
    return {
        minute
        for each in some
        for minute in range(
            int((each.start - ZERO).total_seconds()) // 60, int((each.end - ZERO).total_seconds()) // 60
        )
    }


def tidy(some: list[Span]) -> bool:
    """Sorted, none empty, none touching another."""
    return all(each.start < each.end for each in some) and all(
        one.end < other.start for one, other in itertools.pairwise(some)
    )


@given(spans)
def test_a_union_has_the_same_minutes_in_disjoint_spans(some: list[Span]) -> None:
    assert minutes(union(some)) == minutes(some)
    assert tidy(union(some))


@given(spans, spans)
def test_an_intersection_has_the_minutes_of_both(left: list[Span], right: list[Span]) -> None:
    assert minutes(intersect(left, right)) == minutes(left) & minutes(right)
    assert tidy(intersect(left, right))


@given(spans, spans)
def test_a_difference_has_the_minutes_of_one_alone(left: list[Span], right: list[Span]) -> None:
    assert minutes(subtract(left, right)) == minutes(left) - minutes(right)
    assert tidy(subtract(left, right))


@given(spans, spans)
def test_what_is_taken_away_and_what_is_shared_make_the_whole(left: list[Span], right: list[Span]) -> None:
    assert total(subtract(left, right)) + total(intersect(left, right)) == total(left)


@given(spans, a_span())
def test_what_is_taken_is_what_was_free_and_is_taken_from_then_on(some: list[Span], one: Span) -> None:
    taken = union(some)
    assert take(taken, one) == subtract([one], some)
    assert minutes(taken) == minutes([*some, one])
    assert all(early.end <= late.start for early, late in itertools.pairwise(taken))


@given(spans)
def test_a_total_counts_each_minute_once(some: list[Span]) -> None:
    assert total(some) == len(minutes(some))


@given(a_span(), a_span())
def test_overlap_and_containment_are_those_of_the_minutes(one: Span, other: Span) -> None:
    mine, theirs = minutes([one]), minutes([other])
    assert one.overlaps(other) is bool(mine & theirs)
    assert one.contains(other) is (mine >= theirs)


def test_the_end_is_not_within() -> None:
    assert span(0, 30).holds(ZERO)
    assert not span(0, 30).holds(ZERO + timedelta(minutes=30))
    assert not span(0, 30).overlaps(span(30, 60))


def test_minutes_are_those_that_pass_whatever_the_clocks_show() -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    night = Span(datetime(2026, 10, 25, 1, tzinfo=summer), datetime(2026, 10, 25, 4, tzinfo=winter))
    assert night.minutes == 240
