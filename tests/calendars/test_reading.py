"""What calendars send, right or wrong, is read as it is meant, and what cannot be read is counted."""

from __future__ import annotations

from datetime import date

import pytest

from techlead_tui.calendars import reading
from tests.calendars.files import FIRST, LAST, ME, ZONE, calendar, event, problems, read_all, starts

WEEKLY = "RRULE:FREQ=WEEKLY"
OTHERS = ("ORGANIZER;CN=Ana Lima:mailto:ana@example.org", "ATTENDEE;CN=Bo:mailto:bo@example.org")


def invited(answer: str = "ACCEPTED", *lines: str, **more: str) -> str:
    return event(*OTHERS, f"ATTENDEE;PARTSTAT={answer}:mailto:{ME.upper()}", *lines, **more)


# times


@pytest.mark.parametrize(
    ("start", "when"),
    [
        ("DTSTART:20261124T100000Z", "Tue 11:00"),
        ("DTSTART;TZID=Europe/Lisbon:20261124T100000", "Tue 11:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261124T100000", "Tue 10:00"),  # Outlook
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Europe/Lisbon:20261124T100000", "Tue 11:00"),
        ("DTSTART;TZID=Europe/Lisbon:20261124T100000Z", "Tue 11:00"),  # UTC wins
        ("DTSTART;TZID=America/New_York:20261124T100000Z", "Tue 11:00"),
        ("DTSTART:20261124T100000", "Tue 10:00"),  # on whichever clock the reader has
        ('DTSTART;TZID="Europe/Lisbon":20261124T100000', "Tue 11:00"),
    ],
)
def test_a_time_is_of_its_zone(start: str, when: str) -> None:
    assert starts(read_all(calendar(event(start=start)))) == [when]


def test_a_calendar_of_another_zone_gives_it_to_its_floating_times() -> None:
    for home, when in (
        ("Europe/Lisbon", "Tue 11:00"),
        ("GMT Standard Time", "Tue 11:00"),
        ("nowhere", "Tue 10:00"),
    ):
        file = calendar(event(start="DTSTART:20261124T100000"), head=f"X-WR-TIMEZONE:{home}")
        assert starts(read_all(file)) == [when]


def test_an_unknown_zone_is_read_as_ones_own_and_told() -> None:
    found = read_all(calendar(event(start="DTSTART;TZID=Middle Earth:20261124T100000")))
    assert starts(found) == ["Tue 10:00"]
    assert problems(found) == ["is in a time zone that is not known, “Middle Earth”, and is read as yours"]


def test_a_zone_that_only_the_calendar_knows_is_taken_from_it() -> None:
    zone = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE"""
    found = read_all(calendar(zone, event(start="DTSTART;TZID=Office:20261124T100000")))
    assert (starts(found), problems(found)) == (["Tue 08:00"], [])


@pytest.mark.parametrize("start", ["DTSTART:20261131T100000", "DTSTART:20261124T240000", "DTSTART:soon", ""])
def test_a_time_that_is_none_is_told_and_takes_nothing_else_along(start: str) -> None:
    found = read_all(calendar(event(uid="bad", start=start, title="Bad"), event(uid="good")))
    assert starts(found) == ["Tue 11:00"]
    assert [(one.what, one.times, one.example) for one in found.problems] == [
        ("has no start that can be read", 1, "Bad")
    ]


@pytest.mark.parametrize(
    "line",
    ["DURATION:P99999D", "DTEND:99991231T000000Z", "DURATION:P9999999999999D", "DTEND:20270101T000000"],
)
def test_an_absurd_length_spoils_no_other_event(line: str) -> None:
    found = read_all(calendar(event(line, uid="bad"), event(line, WEEKLY, uid="worse"), event(uid="good")))
    assert "Tue 11:00" in starts(found)
    assert len(found.problems) <= 2


def test_an_event_that_ends_before_it_starts_takes_half_an_hour_and_is_told() -> None:
    found = read_all(calendar(event("DTEND:20261124T090000Z")))
    assert [(one.end - one.start).total_seconds() for one in found.occurrences] == [1800]
    assert problems(found) == ["ends before it starts, and is read as half an hour"]


# series


@pytest.mark.parametrize(
    ("rule", "when"),
    [
        ("FREQ=DAILY;UNTIL=20261125", ["Mon 10:00", "Tue 10:00", "Wed 10:00"]),  # that day is included
        ("FREQ=DAILY;UNTIL=20261125T085959Z", ["Mon 10:00", "Tue 10:00"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;", ["Tue 10:00", "Thu 10:00"]),
        ("freq=weekly;byday=fr", ["Fri 10:00"]),
    ],
)
def test_a_rule_is_read_as_it_is_meant(rule: str, when: list[str]) -> None:
    found = read_all(calendar(event(f"RRULE:{rule}", start="DTSTART;TZID=Europe/Berlin:20261109T100000")))
    assert [one for one in starts(found) if one in when] == when
    assert all(one.recurring for one in found.occurrences)
    assert problems(found) == []


def test_an_occurrence_replaces_the_one_that_it_names_by_its_date_alone() -> None:
    master = event(WEEKLY, start="DTSTART;TZID=Europe/Berlin:20261110T100000")
    moved = event("RECURRENCE-ID;VALUE=DATE:20261124", start="DTSTART;TZID=Europe/Berlin:20261126T140000")
    assert starts(read_all(calendar(master, moved))) == ["Thu 14:00"]


def test_an_occurrence_moved_here_from_another_week_is_found_and_one_moved_away_is_not() -> None:
    master = event(WEEKLY, start="DTSTART:20261110T100000Z")
    here = event("RECURRENCE-ID:20261222T100000Z", start="DTSTART:20261125T100000Z")
    away = event("RECURRENCE-ID:20261124T100000Z", start="DTSTART:20261215T100000Z")
    assert starts(read_all(calendar(master, here, away))) == ["Wed 11:00"]


def test_an_occurrence_without_its_series_stands_for_itself() -> None:
    found = read_all(calendar(event("RECURRENCE-ID:20261123T100000Z")))
    assert starts(found) == ["Tue 11:00"]
    gone = event("RRULE:FREQ=WEEKLY;UNTIL=20200101T000000Z", start="DTSTART:20190101T100000Z")
    moved = event("RECURRENCE-ID:20190108T100000Z")
    assert starts(read_all(calendar(gone, moved))) == ["Tue 11:00"]


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ("FREQ=SECONDLY", "repeats too often for a meeting"),
        ("FREQ=MINUTELY", "repeats too often for a meeting"),
        (
            "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=0,1,2,3,4,5,6;BYSECOND=0,1,2",
            "repeats too often for a meeting",
        ),
        ("FREQ=DAILY;INTERVAL=0", "repeats after no time at all"),
        ("FREQ=DAILY;INTERVAL=x", "repeats after no time at all"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "repeats on a day that never comes"),
        ("FREQ=NEVER", "repeats in a way that is not understood"),
    ],
)
def test_a_rule_that_would_be_counted_for_ever_is_told_and_its_first_time_stays(rule: str, what: str) -> None:
    bad = event(f"RRULE:{rule}", uid="bad", title="Bad", start="DTSTART:20261123T100000Z")
    found = read_all(calendar(bad, event(uid="good")))
    assert "Tue 11:00" in starts(found)
    assert "Mon 11:00" in starts(found)
    assert [(one.what, one.example) for one in found.problems] == [(what, "Bad")]


def test_a_series_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(reading, "SECONDS", 0.05)
    monkeypatch.setattr("recurring_ical_events.of", slow)
    bad = event(WEEKLY, uid="bad", start="DTSTART:20261123T100000Z")
    found = read_all(calendar(bad, event(uid="good")))
    assert problems(found) == ["repeats in a way that takes too long to count"]
    assert starts(found) == ["Mon 11:00", "Tue 11:00"]


def test_a_later_version_of_a_series_counts_alone() -> None:
    old = event(WEEKLY, "SEQUENCE:1", start="DTSTART:20261110T100000Z")
    new = event(WEEKLY, "SEQUENCE:2", start="DTSTART:20261111T100000Z")
    assert starts(read_all(calendar(old, new))) == ["Wed 11:00"]


# bytes


@pytest.mark.parametrize(
    "changed",
    [
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.decode().encode("utf-16"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"SUMMARY", b"SUM\0MARY"),
        lambda data: data.replace(b"Caf", b"\r\n Caf"),
        lambda data: data.replace("é".encode(), b"\xc3\r\n \xa9"),  # a fold inside a character
        lambda data: data.decode().encode("latin-1"),
        lambda data: data.replace(b"BEGIN:VEVENT", b"Begin:vEvent"),
        lambda data: data.replace(b"END:VCALENDAR\r\n", b""),
        lambda data: data.replace(b"END:VEVENT\r\n", b""),
        lambda data: data.partition(b"BEGIN:VEVENT")[1] + data.partition(b"BEGIN:VEVENT")[2],
    ],
)
def test_a_file_is_read_however_it_was_written(changed) -> None:  # type: ignore[no-untyped-def]
    found = read_all(changed(calendar(event(title="Café talk"))))
    assert [one.summary for one in found.occurrences] == ["Café talk"]
    assert found.is_calendar


def test_a_broken_line_loses_nothing_but_itself() -> None:
    found = read_all(
        calendar(event("ATTENDEE;;;=:x", "RRULE FREQ", "ORGANIZER", uid="bad"), event(uid="good"))
    )
    assert starts(found) == ["Tue 11:00", "Tue 11:00"]


def test_what_ends_in_the_middle_is_told() -> None:
    whole = calendar(event(uid="good"), event(uid="cut", start="DTSTART:20261125T100000Z"))
    found = read_all(whole[: whole.rindex(b"DURATION")])
    assert starts(found) == ["Tue 11:00"]
    assert problems(found) == ["is cut off: its end is missing"]


@pytest.mark.parametrize("data", [b"", b"<!DOCTYPE html><html>Sign in</html>", b"\0\xff", b"{}"])
def test_what_is_no_calendar_is_none(data: bytes) -> None:
    assert not read_all(data).is_calendar


def test_an_empty_calendar_is_one() -> None:
    assert read_all(calendar()).is_calendar


def test_control_characters_of_a_title_are_gone_and_its_markup_stays_text() -> None:
    found = read_all(calendar(event(title="\x1b[2J[bold]x[/]\x07 \u202ey")))
    (one,) = found.occurrences
    assert one.summary.isprintable()
    assert "[bold]x[/]" in one.summary


def test_events_of_other_times_are_left_out_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    parsed = reading.CalendarReader._parsed
    monkeypatch.setattr(
        reading.CalendarReader,
        "_parsed",
        lambda self, texts, head="": seen.append(len(texts)) or parsed(self, texts, head),
    )
    past = [event(uid=f"p{n}", start=f"DTSTART:20250{1 + n % 9}01T100000Z") for n in range(50)]
    over = event("RRULE:FREQ=WEEKLY;UNTIL=20250101T000000Z", uid="over", start="DTSTART:20200101T100000Z")
    found = read_all(calendar(*past, over, event()))
    assert starts(found) == ["Tue 11:00"]
    assert found.events == 52
    assert sum(seen) == 1


def test_an_event_that_began_long_before_and_lasts_is_found() -> None:
    found = read_all(
        calendar(
            event("DTEND:20261201T100000Z", uid="a", start="DTSTART:20260701T100000Z"),
            event("DURATION:P30D", uid="b", start="DTSTART:20261101T100000Z"),
        )
    )
    assert len(found.occurrences) == 2


# meaning


@pytest.mark.parametrize(
    ("text", "meaning", "answer"),
    [
        (invited(), "meeting", "accepted"),
        (invited("TENTATIVE"), "meeting", "tentative"),
        (invited("NEEDS-ACTION"), "meeting", "unanswered"),
        (invited("ACCEPTED", "STATUS:TENTATIVE"), "meeting", "tentative"),
        (event("ORGANIZER:mailto:ana@example.org"), "meeting", "accepted"),
        (event(f"ORGANIZER:mailto:{ME}", "ATTENDEE:mailto:bo@example.org"), "meeting", "accepted"),
        (event(f"ORGANIZER:mailto:{ME}", f"ATTENDEE:mailto:{ME}"), "own", ""),
        (event(f"ORGANIZER:mailto:{ME}", "ATTENDEE;CUTYPE=ROOM:mailto:room@example.org"), "own", ""),
        (event(title="Dentist"), "own", ""),
        (event(title="Busy"), "busy", ""),
        (event(title=""), "busy", ""),
    ],
)
def test_an_event_is_a_meeting_a_block_of_ones_own_or_unknown(text: str, meaning: str, answer: str) -> None:
    (one,) = read_all(calendar(text)).occurrences
    assert (one.meaning, one.answer) == (meaning, answer)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (invited("DECLINED"), "declined"),
        (event("STATUS:CANCELLED"), "cancelled"),
        (event("TRANSP:TRANSPARENT"), "free"),
        (event("X-MICROSOFT-CDO-BUSYSTATUS:FREE"), "free"),
        (event(start="DTSTART;VALUE=DATE:20261124", title="Birthday of Bo"), "all-day"),
        (event(uid="abc@techlead-tui"), "published"),
        (event("DTEND:20261124T100000Z"), "without a length"),
    ],
)
def test_what_takes_no_time_is_left_out_and_counted(text: str, why: str) -> None:
    found = read_all(calendar(text, event(uid="good")))
    assert len(found.occurrences) == 1
    assert found.left_out == {why: 1}


@pytest.mark.parametrize(
    "text",
    [
        event(start="DTSTART;VALUE=DATE:20261124", title="Vacation"),
        event("X-MICROSOFT-CDO-BUSYSTATUS:OOF", start="DTSTART;VALUE=DATE:20261124", title="x"),
        event("X-MICROSOFT-CDO-BUSYSTATUS:OOF", title="x"),
    ],
)
def test_out_of_office_is_told(text: str) -> None:
    (one,) = read_all(calendar(text)).occurrences
    assert one.away


@pytest.mark.parametrize("sort", ["PRIVATE", "CONFIDENTIAL"])
def test_of_what_is_private_only_the_time_is_kept(sort: str) -> None:
    (one,) = read_all(calendar(invited("ACCEPTED", f"CLASS:{sort}", title="Doctor"))).occurrences
    assert one.private
    assert "Doctor" not in repr(one)
    assert (one.summary, one.organizer, one.people) == ("Private", "", ())


def test_people_are_named_and_counted_without_me() -> None:
    (one,) = read_all(calendar(invited())).occurrences
    assert (one.organizer, one.people, one.taking_part) == ("Ana Lima", ("Bo",), 3)


def test_my_answer_is_found_among_a_thousand() -> None:
    many = [f"ATTENDEE:mailto:p{n}@example.org" for n in range(1000)]
    text = event(*OTHERS, *many, f"ATTENDEE;PARTSTAT=TENTATIVE:mailto:{ME}")
    (one,) = read_all(calendar(text)).occurrences
    assert one.answer == "tentative"
    assert len(one.people) <= reading.NAMES


def test_every_alias_is_me() -> None:
    file = calendar(event(*OTHERS, "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Old.Name@Example.org"))
    assert read_all(file, me=(ME, "old.name@example.org")).left_out == {"declined": 1}


def test_a_row_tells_the_occurrence_again() -> None:
    from techlead_tui.core.json_text import decode, encode
    from techlead_tui.core.occurrence import Occurrence

    (one,) = read_all(calendar(invited())).occurrences
    row = decode(encode(one.row()))
    assert isinstance(row, list)
    assert Occurrence.of_row(row, "work") == one._replace(source="work")
    assert Occurrence.of_row([*row, "of a later version"], "work") == one._replace(source="work")
    earlier = Occurrence.of_row(row[:-3], "work")
    assert (earlier.people, earlier.address, earlier.note) == (one.people, "", "")
    for broken in ([], ["x"], ["x", "y", 3, "z", "meeting"], row[:4]):
        with pytest.raises((LookupError, TypeError, ValueError)):
            Occurrence.of_row(broken, "work")


def test_several_calendars_in_one_stream_and_several_files_are_one() -> None:
    first, second = calendar(event(uid="a")), calendar(event(uid="b"))
    for files in ((first + second,), (first, second)):
        assert len(read_all(*files).occurrences) == 2
    assert (FIRST, LAST, str(ZONE)) == (date(2026, 11, 23), date(2026, 11, 29), "Europe/Berlin")
