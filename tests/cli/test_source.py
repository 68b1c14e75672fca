"""Calendars in the shell: added, listed, read again, removed; what they say stands in the week."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.calendars.files import ME, calendar, event
from tests.cli.conftest import Answer, Techlead

OTHERS = ("ORGANIZER;CN=Ana:mailto:ana@example.org", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ME}")


def at(when: str, *lines: str, uid: str = "1", title: str = "Budget sync") -> str:
    """Return a meeting at `20261126T100000`, UTC."""
    return event(*OTHERS, *lines, uid=uid, start=f"DTSTART:{when}Z", title=title)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'emails = ["{ME}"]\n')
    path = tmp_path / "work.ics"
    path.write_bytes(calendar(at("20261126T100000")))
    return path


def blocks(answer: Answer) -> list[dict[str, object]]:
    return [block for block in answer.json["blocks"] if block["source"] == "calendar"]


def test_a_calendar_is_added_read_listed_and_removed(techlead: Techlead, work: Path) -> None:
    added = techlead("source", "add", str(work), "--json")
    assert (added.code, added.json["source"]["occurrences"]) == (0, 1)
    (block,) = blocks(techlead("week", "--json"))
    assert (block["summary"], block["kind"], block["start"]) == (
        "Budget sync",
        "meeting",
        "2026-11-26T10:00:00+00:00",
    )
    assert block["calendar"] == {
        "source": "work",
        "uid": "1",
        "answer": "accepted",
        "meaning": "meeting",
        "organizer": "Ana",
        "private": False,
        "note": None,
    }
    (listed,) = techlead("source", "list", "--json").json["sources"]
    assert (listed["name"], listed["kind"], listed["place"], listed["error"]) == (
        "work",
        "file",
        str(work),
        None,
    )
    assert "work: file" in techlead("source").out
    assert techlead("source", "rm", "work").code == 0
    assert blocks(techlead("week", "--json")) == []
    assert techlead("source", "list", "--json").json["sources"] == []


def test_a_sync_tells_what_was_moved_and_cancelled_once(techlead: Techlead, work: Path) -> None:
    other = at("20261125T130000", uid="2", title="Steering")
    work.write_bytes(calendar(at("20261126T100000"), other))
    techlead("source", "add", str(work))
    work.write_bytes(calendar(at("20261127T140000"), at("20261130T100000", uid="3")))
    done = techlead("sync", "--json").json["sync"]
    assert (done["added"], done["changed"], done["removed"]) == (1, 1, 1)
    assert {(news["what"], news["summary"]) for news in done["news"]} == {
        ("moved", "Budget sync"),
        ("cancelled", "Steering"),
    }
    assert any(news["focus_minutes"] > 0 for news in done["news"])
    again = techlead("sync", "--json").json["sync"]
    assert (again["news"], again["added"], again["changed"], again["removed"]) == ([], 0, 0, 0)


def test_a_second_sync_without_changes_writes_nothing(techlead: Techlead, work: Path, tmp_path: Path) -> None:
    techlead("source", "add", str(work))
    techlead("sync")
    folder = tmp_path / "home" / "cache" / "calendars"
    before = [(path, path.stat().st_ino, path.read_bytes()) for path in sorted(folder.iterdir())]
    assert "nothing has changed" in techlead("sync").out
    assert [(path, path.stat().st_ino, path.read_bytes()) for path in sorted(folder.iterdir())] == before


@pytest.mark.parametrize("data", [b"<html>Sign in</html>", b"", None])
@pytest.mark.few(1)
def test_what_is_no_calendar_any_more_keeps_what_was_read_last(
    techlead: Techlead, work: Path, data: bytes | None
) -> None:
    techlead("source", "add", str(work))
    work.unlink() if data is None else work.write_bytes(data)
    failed = techlead("sync")
    assert failed.code == 5
    assert "what was read last is kept" in failed.out
    assert len(blocks(techlead("week", "--json"))) == 1
    doctor = techlead("doctor", "--json")
    assert doctor.code == 1
    assert [found["area"] for found in doctor.json["findings"]] == ["calendars"]
    work.write_bytes(calendar(at("20261126T100000")))
    assert techlead("sync").code == 0
    assert techlead("doctor").code == 0


@pytest.mark.slow
def test_what_is_wrong_with_events_is_told_by_doctor_with_a_count(techlead: Techlead, work: Path) -> None:
    bad = [event(uid=f"b{n}", start="DTSTART:soon", title=f"\x1b[31mBad {n}") for n in range(3)]
    work.write_bytes(calendar(*bad, at("20261126T100000")))
    techlead("source", "add", str(work))
    doctor = techlead("doctor")
    assert doctor.code == 0
    assert "an event has no start that can be read (3 times, " in doctor.out
    assert "\x1b" not in doctor.out


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("source", "add", "no-such-file.ics"), 5),
        (("source", "add"), 2),
        (("source", "add", "x.ics", "--name", "../x"), 2),
        (("source", "rm", "nothing"), 2),
        (("source", "rm"), 2),
        (("source", "lsit"), 2),
    ],
)
def test_a_wrong_call_is_told_and_nothing_is_saved(
    techlead: Techlead, tmp_path: Path, call: tuple[str, ...], code: int
) -> None:
    assert techlead(*call).code == code
    assert not (tmp_path / "home" / "config" / "config.toml").exists()
    assert techlead("source", "list").out == "No calendar is read. techlead source add takes one.\n"


def test_a_calendar_is_saved_unread_and_an_address_is_never_shown(techlead: Techlead, tmp_path: Path) -> None:
    url = "https://calendar.example.org/s3cr3t/basic.ics"
    answers = [
        techlead("source", "add", url, "--unread", "--name", "work"),
        techlead("source", "list"),
        techlead("source", "list", "--json"),
        techlead("doctor"),
        techlead("source", "rm", "work", "--json"),
    ]
    assert all("s3cr3t" not in answer.out + answer.err for answer in answers)
    assert "https://calendar.example.org/…" in answers[1].out
    assert not (tmp_path / "home" / "cache" / "calendars").exists()


def test_a_meeting_is_not_moved_or_renamed_and_its_type_is_remembered_for_the_series(
    techlead: Techlead, work: Path
) -> None:
    work.write_bytes(calendar(at("20261126T100000", "RRULE:FREQ=WEEKLY")))
    techlead("source", "add", str(work))
    (block,) = blocks(techlead("week", "--json"))
    uid = str(block["uid"])
    for call in (("move", uid, "fri", "14:00"), ("edit", uid, "other", "title")):
        refused = techlead(*call)
        assert refused.code == 2
        assert "is from your calendar" in refused.err
    assert techlead("edit", uid, "--type", "status").code == 0
    assert [block["type"] for block in blocks(techlead("week", "--json"))] == ["status"]
    assert [block["type"] for block in blocks(techlead("week", "next", "--json"))] == ["status"]
    assert techlead("undo").code == 0
    assert [block["type"] for block in blocks(techlead("week", "--json"))] == [None]
    assert techlead("rm", uid).code == 0
    assert [block["status"] for block in blocks(techlead("week", "--json"))] == ["skipped"]
    assert [block["status"] for block in blocks(techlead("week", "next", "--json"))] == ["planned"]


def test_at_a_terminal_the_bare_command_asks(
    techlead: Techlead, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("techlead_tui.cli.source.is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", Terminal(f"{work}\nteam\n"))
    asked = techlead("source", "add")
    assert "Where are your meetings?" in asked.out
    assert "added: team" in asked.out
    monkeypatch.setattr("sys.stdin", Terminal("\n"))
    assert techlead("source", "add").code == 2


@pytest.mark.slow
def test_rules_of_ones_own_are_asked_first_and_checked_by_doctor(
    techlead: Techlead, work: Path, tmp_path: Path
) -> None:
    techlead("source", "add", str(work))
    own = tmp_path / "home" / "config" / "playbook" / "meetings.toml"
    own.parent.mkdir()
    own.write_text('[[meeting]]\nwords = ["budget"]\ntype = "decision"\n')
    assert [block["type"] for block in blocks(techlead("week", "--json"))] == ["decision"]
    rules = techlead("source", "rules", "--json").json["rules"]
    assert (rules[0]["type"], rules[0]["origin"]) == ("decision", str(own))
    own.write_text('[[meeting]]\nword = ["budget"]\ntype = "decison"\n')
    told = techlead("doctor")
    assert told.code == 1
    assert "meetings.toml" in told.out


def test_meetings_of_a_week_that_is_over_stay_when_the_cache_is_gone(
    techlead: Techlead, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    techlead("log", "5m", "x")
    techlead("source", "add", str(work))
    monkeypatch.setenv("TECHLEAD_NOW", "2026-12-01T10:00")
    techlead("log", "5m", "y")
    techlead("add", "fri", "14-15", "pool", "+code", "--override", "x")
    techlead("source", "rm", "work")
    assert len(blocks(techlead("week", "2026-W48", "--json"))) == 1


def test_now_and_log_see_meetings_and_load_no_calendar_library(techlead: Techlead, work: Path) -> None:
    assert techlead("now", "--json").json["now"]["block"] is not None
    work.write_bytes(calendar(at("20261124T113000")))
    techlead("source", "add", str(work))
    assert techlead("now", "--json").json["now"]["block"]["summary"] == "Budget sync"


@pytest.mark.parametrize(
    "where", ["x" * 100_000, "https://example.org/" + "x" * 100_000, "~/" + "x" * 100_000]
)
def test_a_place_that_is_too_long_is_told_in_short(techlead: Techlead, where: str) -> None:
    for words in (
        ("source", "add", where),
        ("source", "add", where, "--unread"),
        ("source", "publish", where),
    ):
        answer = techlead(*words)
        assert answer.code == 2
        assert "too long" in answer.err
        assert len(answer.err) < 500
    assert techlead("source", "list", "--json").json["sources"] == []


def test_a_place_that_fails_at_length_is_a_source_that_failed(techlead: Techlead, work: Path) -> None:
    config = work.parent / "home" / "config" / "config.toml"
    config.write_text(f'[[source]]\nname = "work"\npath = "/{"x" * 100_000}"\n')
    assert techlead("sync").code == 5
    (source,) = techlead("source", "list", "--json").json["sources"]
    assert source["error"]


def test_a_place_written_by_hand_is_listed_in_short(techlead: Techlead, work: Path) -> None:
    config = work.parent / "home" / "config" / "config.toml"
    config.write_text(f'[[source]]\nname = "work"\npath = "/{"x" * 100_000}"\n')
    assert techlead("sync").code == 5
    answer = techlead("source", "list")
    assert answer.out.startswith("work: file /xxx")
    assert "could not be read: " in answer.out
    assert len(answer.out) < 500
