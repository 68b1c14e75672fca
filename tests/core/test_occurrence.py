"""Occurrences as they are kept, and the rules that guess what they are about."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from techlead_tui.core.block_json import block_json
from techlead_tui.core.occurrence import Calendar, GuessRule, Occurrence
from techlead_tui.core.shipped import counts
from tests.core.weeks import W48, empty, moment

FULL = Occurrence(
    "1@example.org",
    datetime(2026, 11, 24, 9, tzinfo=UTC),
    datetime(2026, 11, 24, 10, tzinfo=UTC),
    "Budget sync",
    "meeting",
    "tentative",
    recurring=True,
    organizer="Ana Ruiz",
    people=("Ana Ruiz", "Bo"),
    taking_part=3,
    address="ana@example.org",
    sequence=2,
    note="no end",
    source="work",
)


def test_an_occurrence_is_read_back_from_json_as_it_was() -> None:
    row = json.loads(json.dumps(FULL.row()))
    assert row[:3] == ["1@example.org", 29_925_180, 29_925_240]
    assert len(row) == len(FULL) - 1
    assert Occurrence.of_row(row, "work") == FULL


def test_an_earlier_version_said_less_and_a_later_one_may_say_more() -> None:
    row = FULL.row()
    short = Occurrence.of_row(row[:6], "work")
    assert (short.answer, short.recurring, short.people, short.source) == ("tentative", False, (), "work")
    assert Occurrence.of_row([*row, "more"], "work") == FULL


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (GuessRule(), True),
        (GuessRule(words=("budget",)), True),
        (GuessRule(words=("SYNC", "x")), True),
        (GuessRule(words=("bud",)), False),
        (GuessRule(organizer="ruiz"), True),
        (GuessRule(organizer="bo"), False),
        (GuessRule(people_least=3), True),
        (GuessRule(people_least=4), False),
        (GuessRule(people_most=3), True),
        (GuessRule(people_most=2), False),
        (GuessRule(words=("budget",), organizer="bo"), False),
    ],
)
def test_a_rule_fits_where_all_that_it_says_holds(rule: GuessRule, fits: bool) -> None:
    assert rule.fits(FULL) is fits
    assert Calendar({}, (rule,)).guess(FULL) is (rule if fits else None)


def test_a_block_is_told_with_what_its_calendar_says() -> None:
    met = FULL._replace(start=moment("tue 10:00"), end=moment("tue 11:00"), private=True)
    week = empty()._replace(calendar=Calendar({str(W48): (met,)})).week(W48)
    (block,) = (one for one in week.blocks if one.source == "calendar")
    found = block_json(block)
    assert found["calendar"] == {
        "source": "work",
        "uid": "1@example.org",
        "answer": "tentative",
        "meaning": "meeting",
        "organizer": "Ana Ruiz",
        "private": True,
        "note": "no end",
    }
    assert (found["summary"], found["start"], found["planned_minutes"], found["people"]) == (
        block.summary,
        "2026-11-24T10:00:00+01:00",
        60,
        ["Ana Ruiz", "Bo"],
    )


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("src/main.py", True),
        ("web/yarn.lock", False),
        ("Cargo.lock", False),
        ("vendor/x/main.go", False),
        ("a/Node_Modules/x.js", False),
        ("vendor.py", True),
        ("app.min.js", False),
        ("lib/app.js.map", False),
    ],
)
def test_lock_files_and_what_others_wrote_count_for_nothing(path: str, found: bool) -> None:
    assert counts(path) is found
