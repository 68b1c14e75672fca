"""Public holidays: from a calendar file, from a week theme, and by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from techlead_tui.calendars.holidays import read_holidays
from techlead_tui.errors import UserError
from tests.cli.conftest import Techlead

TODAY = date(2026, 11, 24)


def calendar(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\n{body}END:VCALENDAR\r\n".encode()


CHRISTMAS = (
    "DTSTART;VALUE=DATE:20201225\r\nDTEND;VALUE=DATE:20201227\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Christmas"
)
DAY = "DTSTART;VALUE=DATE:20310304\r\nSUMMARY:Carnival [b]x[/b]"
MEETING = "DTSTART:20310305T100000Z\r\nSUMMARY:a meeting"


def test_whole_days_from_today_on_are_read_each_year_anew() -> None:
    found = read_holidays(calendar(CHRISTMAS, MEETING), "a.ics", TODAY)
    assert found[:3] == (
        (date(2026, 12, 25), "Christmas"),
        (date(2026, 12, 26), "Christmas"),
        (date(2027, 12, 25), "Christmas"),
    )
    assert len(found) == 8


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        calendar(),
        calendar(MEETING),
        calendar("DTSTART;VALUE=DATE:garbage\r\nSUMMARY:x"),
        calendar("SUMMARY:x"),
        calendar(CHRISTMAS + "\r\nSTATUS:CANCELLED"),
        calendar("DTSTART;VALUE=DATE:20201225\r\nSUMMARY:long ago"),
    ],
)
def test_a_file_without_holidays_is_told_by_its_name(data: bytes) -> None:
    with pytest.raises(UserError, match=r"a\.ics"):
        read_holidays(data, "a.ics", TODAY)


def test_a_broken_rule_takes_the_first_date_alone() -> None:
    event = "DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;BYMONTH=99\r\nSUMMARY:x"
    assert read_holidays(calendar(event), "a.ics", TODAY) == ((date(2026, 12, 25), "x"),)


def test_holidays_become_leave_with_their_name_and_one_undo_takes_them_back(
    techlead: Techlead, tmp_path: Path
) -> None:
    path = tmp_path / "days.ics"
    path.write_bytes(calendar(DAY, MEETING, "DTSTART;VALUE=DATE:20310306\r\nSUMMARY:Other"))
    techlead("day", "2031-03-06", "on-call")
    whole = techlead("week", "2031-W10", "--json").json
    assert techlead("holidays", str(path), "--dry-run", "--json").json["holidays"] != []
    assert techlead("week", "2031-W10", "--json").json == whole
    answer = techlead("holidays", str(path), "--json").json
    assert answer["holidays"] == [{"date": "2031-03-04", "name": "Carnival [b]x[/b]"}]
    assert answer["kept"] == ["2031-03-06"]
    week = techlead("week", "2031-W10", "--json").json
    assert week["days"][1] == {
        "date": "2031-03-04",
        "kind": "leave",
        "title": "Deep",
        "name": "Carnival [b]x[/b]",
    }
    assert week["days"][3]["kind"] == "on-call"
    assert week["focus_wanted_minutes"][0] < whole["focus_wanted_minutes"][0]
    assert "leave, Carnival" in techlead("week", "2031-W10").out
    assert techlead("undo").code == 0
    assert techlead("week", "2031-W10", "--json").json == whole


def test_a_holiday_of_the_week_theme_is_leave_until_the_day_is_called_normal(techlead: Techlead) -> None:
    path = techlead("theme", "new", "mine", "--json").json["theme"]["path"]
    text = Path(path).read_text(encoding="utf-8")
    lines = 'holidays = [2031-03-04, "2031-03-05 Ash Wednesday"]'
    Path(path).write_text(text.replace("\nhours =", f"\n{lines}\nhours =", 1), encoding="utf-8")
    techlead("theme", "use", "mine", "2031-W10")
    days = techlead("week", "2031-W10", "--json").json["days"]
    assert [(day["kind"], day["name"]) for day in days[1:3]] == [
        ("leave", "Holiday"),
        ("leave", "Ash Wednesday"),
    ]
    shown = techlead("theme", "show", "mine", "--json").json["theme"]["holidays"]
    assert shown[1] == {"date": "2031-03-05", "name": "Ash Wednesday"}
    techlead("day", "2031-03-05", "normal")
    assert techlead("day", "2031-03-05", "--json").json["day"]["kind"] == "normal"
    Path(path).write_text(
        text.replace("\nhours =", '\nholidays = ["tomorrow", 3]\nhours =', 1), encoding="utf-8"
    )
    wrong = techlead("theme", "check", path)
    assert wrong.code == 1
    assert "holidays[1]" in wrong.err
    assert "holidays[2]" in wrong.err


def test_named_days_of_leave_ahead_are_listed(techlead: Techlead) -> None:
    assert techlead("holidays", "--json").json["holidays"] == []
    techlead("day", "tomorrow", "leave", "--name", "Carnival")
    assert [day["name"] for day in techlead("holidays", "--json").json["holidays"]] == ["Carnival"]
    assert "Carnival" in techlead("holidays").out


def test_types_are_listed_with_kind_category_and_limits(techlead: Techlead) -> None:
    rows = {row["id"]: row for row in techlead("types", "--json").json["types"]}
    assert (rows["code"]["kind"], rows["code"]["category"]) == ("deep_work", "hands_on")
    assert rows["architecture-review"]["meeting_limit_minutes"] == 45
    assert rows["status"]["worth_it"] is False
    told = techlead("types").out
    assert "+architecture-review" in told
    assert "45 min at most" in told
