"""The shell across midnight, changes of the clocks and time zones: what is said, shown and stored agrees."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.cli.conftest import Answer, Techlead

Call = Callable[..., Answer]
POSIX = "CET-1CEST,M3.5.0,M10.5.0/3"


@pytest.fixture
def there(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """`there("Asia/Tokyo", "2026-11-20T07:00", "add", ...)`: a call in a zone, at a moment."""
    if not hasattr(time, "tzset"):
        pytest.skip("no zone can be set here")

    def run(zone: str, now: str, *words: str) -> Answer:
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("TECHLEAD_NOW", now)
        time.tzset()
        return techlead(*words)

    yield run
    monkeypatch.undo()
    time.tzset()


def own(answer: Answer) -> list[tuple[str, str, int]]:
    return [
        (block["start"][:16], block["end"][:16], block["planned_minutes"])
        for block in answer.json["blocks"]
        if block["source"] == "own"
    ]


@pytest.mark.parametrize(
    ("now", "logged", "moved", "wanted"),
    [
        ("2026-11-25T00:30", ["2h"], ["mon"], ("2026-11-23T22:30:00+01:00", "2026-11-24T00:30:00+01:00")),
        ("2026-11-25T00:30", ["2h"], ["23:30"], ("2026-11-24T23:30:00+01:00", "2026-11-25T01:30:00+01:00")),
        (
            "2026-10-27T09:00",
            ["3h", "--at", "2026-10-25 01:00"],
            ["2026-10-26"],
            ("2026-10-26T01:00:00+01:00", "2026-10-26T04:00:00+01:00"),
        ),
        (
            "2027-03-30T09:00",
            ["2h", "--at", "2027-03-28 01:30"],
            ["2027-03-29"],
            ("2027-03-29T01:30:00+02:00", "2027-03-29T03:30:00+02:00"),
        ),
        (
            "2026-11-25T00:30",
            ["2h"],
            ["tue", "22-1"],
            ("2026-11-24T22:00:00+01:00", "2026-11-25T01:00:00+01:00"),
        ),
    ],
)
def test_a_session_keeps_its_length_wherever_it_is_moved(
    there: Call, now: str, logged: list[str], moved: list[str], wanted: tuple[str, str]
) -> None:
    berlin = "Europe/Berlin"
    uid = there(berlin, now, "log", *logged, "late fix", "--json").json["session"]["uid"]
    answer = there(berlin, now, "move", uid, *moved, "--json")
    session = answer.json["session"]
    assert (session["start"], session["end"]) == wanted
    assert there(berlin, now, "sessions", "all", "--json").json["sessions"] == [session]


def test_a_session_over_midnight_is_listed_on_both_days(there: Call) -> None:
    berlin, night = "Europe/Berlin", "2026-11-25T00:30"
    there(berlin, night, "log", "2h", "late fix")
    assert "22:30–00:30 ▸late fix since Tue" in there(berlin, night, "today").out
    assert len(there(berlin, night, "today", "--json").json["sessions"]) == 1
    assert there(berlin, night, "week").out.count("late fix") == 2
    logged = there(berlin, "2026-11-26T09:00", "log", "30m", "next", "--at", "2026-11-25", "--json")
    assert logged.json["session"]["start"] == "2026-11-25T00:30:00+01:00"  # after the one of that night


def test_what_was_planned_elsewhere_over_midnight_is_never_cut(there: Call) -> None:
    there("Asia/Tokyo", "2026-11-20T07:00", "add", "2026-11-24", "13:30-15:30", "pool", "+code")
    here = ("America/New_York", "2026-11-22T17:30")
    whole = [("2026-11-23T23:30", "2026-11-24T01:30", 120)]
    shown = there(*here, "week", "next", "--json")
    assert own(shown) == whole
    uid = next(block["uid"] for block in shown.json["blocks"] if block["source"] == "own")
    listed = there(*here, "week", "next").out
    assert "23:30–01:30 █⚠ pool +code" in listed
    assert "23:30–01:30 █⚠ pool since Mon +code" in listed
    assert "Mon 23 Nov 23:30–01:30  pool" in there(*here, "find", "pool").out
    assert " 2026-11-23 15:00-17:00" in there(*here, "lint", "next").out
    for words, said, wanted in (
        (["wed"], "Wed 25 Nov 2026, 23:30–01:30", ("2026-11-25T23:30", "2026-11-26T01:30", 120)),
        (["thu", "9:00"], "Thu 26 Nov 2026, 09:00–11:00", ("2026-11-26T09:00", "2026-11-26T11:00", 120)),
    ):
        assert said in there(*here, "move", uid, *words).out
        assert own(there(*here, "week", "next", "--json")) == [wanted]
        assert there(*here, "undo").code == 0
    assert own(there(*here, "week", "next", "--json")) == whole


def test_a_series_of_another_zone_is_found_and_changed_in_the_week_that_shows_it(there: Call) -> None:
    there(
        "Asia/Tokyo",
        "2026-11-20T07:00",
        "add",
        "every",
        "mon",
        "8:30-9",
        "mona",
        "+planning",
        "--override",
        "x",
    )
    here = ("America/New_York", "2026-11-22T09:00")
    assert own(there(*here, "week", "2026-W47", "--json")) == [("2026-11-22T18:30", "2026-11-22T19:00", 30)]
    found = there(*here, "find", "mona", "--json").json["blocks"]
    assert [block["start"][:16] for block in found][:2] == ["2026-11-22T18:30", "2026-11-29T18:30"]
    uid = found[1]["uid"]
    assert uid.endswith("@2026-11-30")
    assert there(*here, "done", uid, "--json").json["block"]["status"] == "done"
    assert there(*here, "done", uid, "--reopen").code == 0
    moved = there(*here, "move", uid, "2026-11-30", "16:00", "--json").json["block"]
    assert (moved["start"][:16], moved["planned_minutes"]) == ("2026-11-30T16:00", 30)


def test_words_find_a_block_in_the_week_that_another_zone_puts_it_into(there: Call) -> None:
    there("Asia/Tokyo", "2026-08-20T07:00", "add", "2026-08-31", "7-8", "early", "+code")
    here = ("America/New_York", "2026-11-22T09:00")
    found = there(*here, "find", "early", "--json").json["blocks"]
    assert [block["start"][:16] for block in found] == ["2026-08-30T18:00"]


def test_a_session_under_way_is_told_by_the_clocks_here(there: Call) -> None:
    there("Asia/Tokyo", "2026-11-24T22:30", "start", "pool")
    here = ("America/New_York", "2026-11-24T09:00")
    assert "08:30–now" in there(*here, "today").out
    assert "2026-11-24  08:30–now" in there(*here, "sessions").out
    assert "08:30–now" in there(*here, "find", "pool").out
    paused = there(*here, "stop", "--pause", "--json").json["session"]
    assert [paused[name][11:] for name in ("start", "end")] == ["08:30:00-05:00", "09:00:00-05:00"]
    there(*here, "start", "--resume")
    answer = there("Asia/Tokyo", "2026-11-24T23:10", "stop")
    assert "23:00–23:10" in answer.out, answer
    logged = there(*here, "sessions", "--json").json["sessions"]
    assert {one["start"][19:] for one in logged} == {"-05:00"}


def test_now_knows_what_began_on_sunday_night(there: Call) -> None:
    there("Asia/Tokyo", "2026-11-20T07:00", "add", "2026-11-23", "6-9", "night", "+code", "--override", "x")
    for _ in range(2):  # made anew, and from the cache
        answer = there("Europe/Berlin", "2026-11-23T00:15", "now", "--json").json["now"]
        assert (answer["block"]["summary"], answer["left_minutes"]) == ("night", 45)


@pytest.mark.parametrize(
    ("rule", "name", "offset"),
    [
        (POSIX, "Europe/Berlin", "+02:00"),
        ("IST-5:30", "Asia/Kolkata", "+05:30"),
        ("<+0330>-3:30", "Asia/Tehran", "+03:30"),
    ],
)
def test_a_posix_zone_is_read_by_other_processes_as_it_was_meant(
    there: Call, rule: str, name: str, offset: str
) -> None:
    now = "2026-07-14T09:00"
    there(rule, now, "add", "2026-07-15", "14-15", "x", "+code")
    there(rule, now, "log", "30m", "y", "--at", "2026-07-13 10:00")
    answer = there(name, now, "week", "--json").json
    block = next(block for block in answer["blocks"] if block["source"] == "own")
    assert (block["start"], block["unknown_zone"]) == (f"2026-07-15T14:00:00{offset}", None)
    assert [session["start"] for session in answer["sessions"]] == [f"2026-07-13T10:00:00{offset}"]


def test_lengths_are_said_as_they_pass(there: Call) -> None:
    here = ("Europe/Berlin", "2026-10-20T09:00")
    assert "(4h)" in there(*here, "add", "2026-10-25", "1-4", "night", "+code").out
    assert "(2h)" in there(*here, "add", "2027-03-28", "1-4", "spring", "+code").out
    there(*here, "undo")
    assert "01:30–03:30 (1h)" in there(*here, "add", "2027-03-28", "1:30", "1h", "spring", "+code").out
    twice = there(*here, "add", "2026-10-25", "2:30", "1h", "x", "+code")
    assert (twice.code, "occurs twice" in twice.err) == (2, True)
    later = ("Europe/Berlin", "2026-10-25T09:00")
    said = there(*later, "log", "30m", "--at", "2026-10-25 2:30", "z").out
    assert "02:30–02:00, the clocks change in between" in said
    assert (
        "09:00 of the day before to 09:00"
        in there("Europe/Berlin", "2026-11-20T09:00", "log", "24h", "y").out
    )


def test_a_move_off_the_night_of_a_change_says_and_stores_the_same(there: Call) -> None:
    here = ("Europe/Berlin", "2026-10-20T09:00")
    uid = there(*here, "add", "2027-03-28", "1-4", "spring", "+code", "--json").json["block"]["uid"]
    assert "to Sat 27 Mar 2027, 01:00–03:00" in there(*here, "move", uid, "2027-03-27").out
    (block,) = own(there(*here, "week", "2027-W12", "--json"))
    assert block == ("2027-03-27T01:00", "2027-03-27T03:00", 120)


@pytest.mark.parametrize(
    "call",
    [
        ("done", "em-1-1@9999-12-27"),
        ("rm", "em-1-1@0001-01-08"),
        ("edit", "em-1-1@3000-01-06", "x"),
        ("move", "em-1-1@9999-12-31", "tue", "9"),
        ("move", "em-1-1", "2101-01-01", "9"),
        ("log", "30m", "x", "--at", "9999-12-31T23:59:00+00:00"),
        ("log", "30m", "x", "--at", "0001-01-01T00:00:00+00:00"),
        ("log", "30m", "x", "--at", "1970-01-01T00:00:00+14:00"),
        ("log", "30m", "x", "--at", "2100-12-31T23:59:00-12:00"),
        ("add", "every", "tue", "9-10", "until", "9999-12-31", "x"),
        ("add", "every", "last", "fri", "9-10", "x", "until", "2101-01-01"),
        ("delegate", "x", "--to", "ana", "--follow-up", "9999-12-31"),
        ("week", "9999-W52"),
        ("check", "2999-W01"),
    ],
)
def test_a_date_out_of_reach_is_an_error_wherever_it_stands(
    techlead: Techlead, call: tuple[str, ...]
) -> None:
    answer = techlead(*call)
    assert (answer.code, answer.out) == (2, "")
    assert "out of range" in answer.err
    assert "1970 to 2100" in answer.err
    assert techlead("history", "--json").json["history"] == []


@pytest.mark.parametrize(
    "now", ["0001-01-01T00:00", "1899-01-01T00:00", "2101-01-01T00:00", "9999-12-31T23:59"]
)
@pytest.mark.parametrize("call", ["log 5m x", "now", "today", "add fri 9-10 x +code", "sessions"])
def test_a_clock_out_of_reach_is_named_and_nothing_is_written(there: Call, now: str, call: str) -> None:
    answer = there("UTC", now, *call.split())
    assert (answer.code, answer.out) == (4, "")
    assert "the clock is out of range" in answer.err
    assert there("UTC", "2026-11-24T10:00", "history", "--json").json["history"] == []


@pytest.mark.parametrize("moment", ["99991231T235900Z", "00010101T000000Z", "21010101T000000"])
def test_an_invitation_out_of_reach_is_refused(techlead: Techlead, tmp_path: object, moment: str) -> None:
    path = f"{tmp_path}/x.ics"
    with open(path, "w", encoding="ascii") as file:
        file.write(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:{moment}\nEND:VEVENT\nEND:VCALENDAR\n")
    answer = techlead("invite", path)
    assert answer.code == 2
    assert "line 4" in answer.err
    assert "out of range" in answer.err


@pytest.mark.parametrize("zone", ["Nowhere/City", "Europe/Berlin ", "europe berlin"])
def test_a_zone_that_there_is_not_is_said(there: Call, zone: str) -> None:
    assert "is not a time zone, so all times are UTC" in there(zone, "2026-11-24T10:20", "now").err
    assert "is not a time zone" not in there("Europe/Berlin", "2026-11-24T10:20", "now").err


@pytest.mark.parametrize("zone", ["", "UTC", POSIX, "Europe/Berlin", ":Europe/Berlin", "<+0330>-3:30"])
def test_nothing_is_said_of_a_zone_that_there_is(there: Call, zone: str) -> None:
    assert "TZ" not in there(zone, "2026-11-24T10:20", "now").err


def test_a_session_of_another_zone_is_told_by_the_clocks_of_this_one(there: Call) -> None:
    there("Asia/Tokyo", "2026-11-24T20:30", "log", "1h", "pool fix")
    over = there("Europe/Lisbon", "2026-11-24T11:30", "log", "30m", "other")
    assert "note: overlaps “pool fix”, 10:30–11:30, by 30 min" in over.err
    assert "hint: end “pool fix” at 11:00: " in over.err
    there("Asia/Tokyo", "2026-11-24T20:40", "start", "work")
    assert (
        "“work” has been running since 11:40" in there("Europe/Lisbon", "2026-11-24T11:45", "start", "x").err
    )
    again = there("Europe/Lisbon", "2026-11-24T11:45", "start", "--resume").err
    assert "“work” has been running since 11:40" in again
