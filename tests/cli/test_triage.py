"""Requests in the shell: taken from a file, from standard input or as words; weighed; answered; undone."""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.snapshot import OPEN
from techlead_tui.planner.reader import Reader
from tests.cli.conftest import Techlead


def open_table(name: str) -> dict[str, Any]:
    """Return what is stored of the kind, and belongs to no week."""
    folders = Folders.under(os.environ["TECHLEAD_HOME"])
    return dict(
        Reader(folders, StillClock(datetime(2026, 11, 24, 12, tzinfo=UTC))).snapshot().table(OPEN, name)
    )


WORDS = ("invite", "2031-03-04", "14:30-15", "budget sync", "+status", "@ana")  # a Tuesday far ahead


def calendar(*lines: str, head: str = "", uid: str = "one@example.org") -> str:
    body = "\r\n".join(lines)
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\n{head}BEGIN:VEVENT\r\nUID:{uid}\r\n"
        f"{body}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def file(tmp_path: Path, data: str | bytes) -> str:
    path = tmp_path / "sync.ics"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def test_words_make_a_request_that_waits_and_plans_nothing(techlead: Techlead) -> None:
    answer = techlead(*WORDS, "--json")
    request = answer.json["request"]
    assert answer.code == 0
    assert (request["status"], request["verdict"], request["criteria"]) == ("waiting", "no", [])
    assert (request["focus_cost_minutes"], len(request["slots"])) == (180, 3)
    assert request["requester"] == "ana"
    assert request["reply"]
    assert techlead("find", "budget", "--json").json["blocks"] == []
    assert techlead("triage", "--json").json["requests"][0]["uid"] == request["uid"]


@pytest.mark.slow
def test_criteria_are_set_and_change_the_verdict(techlead: Techlead) -> None:
    techlead(*WORDS)
    request = techlead("triage", "budget", "--criteria", "c,a", "--json").json["request"]
    assert (request["criteria"], request["verdict"]) == (["a", "c"], "elsewhere")
    assert techlead("triage", "budget", "--criteria", "", "--json").json["request"]["verdict"] == "no"
    assert techlead("triage", "budget", "--criteria", "e").code == 2


def test_what_the_week_refuses_is_not_accepted_and_every_fix_is(techlead: Techlead) -> None:
    techlead(*WORDS)
    refused = techlead("triage", "budget", "accept", "--json")
    assert refused.code == 3
    assert techlead("triage", "--json").json["requests"][0]["status"] == "waiting"
    fixes = [fix["words"] for violation in refused.json["violations"] for fix in violation["fixes"]]
    assert fixes
    for words in fixes:
        assert words[0] == "triage"
        assert techlead(*words).code == 0
        assert techlead("undo").code == 0


def test_a_slot_that_is_offered_is_free_and_accepting_is_one_step(techlead: Techlead) -> None:
    slots = techlead(*WORDS, "--json").json["request"]["slots"]
    answer = techlead("triage", "budget", "accept", "--slot", "2", "--json").json
    assert answer["request"]["status"] == "accepted"
    assert answer["block"]["start"] == slots[1]["start"]
    assert techlead("triage", "--json").json["requests"] == []
    techlead("undo")
    assert techlead("triage", "--json").json["requests"][0]["status"] == "waiting"
    assert techlead("find", "budget", "--json").json["blocks"] == []


@pytest.mark.slow
def test_a_slot_that_was_taken_meanwhile_is_refused(techlead: Techlead) -> None:
    slot = techlead(*WORDS, "--json").json["request"]["slots"][0]
    day, start, end = slot["start"][:10], slot["start"][11:16], slot["end"][11:16]
    assert techlead("add", day, f"{start}-{end}", "other", "+cross-team").code == 0
    assert techlead("triage", "budget", "accept", "--at", f"{day}T{start}").code == 3


@pytest.mark.slow
def test_an_override_goes_past_the_refusal(techlead: Techlead) -> None:
    techlead(*WORDS)
    answer = techlead("triage", "budget", "accept", "--override", "the CFO visits", "--json").json
    assert answer["block"]["override"]["reason"] == "the CFO visits"


def test_to_decline_gives_the_reply(techlead: Techlead) -> None:
    techlead(*WORDS)
    request = techlead("triage", "budget", "decline", "--json").json["request"]
    assert request["status"] == "declined"
    assert request["reply"].startswith("Hi ana, I won't join budget sync")


def test_an_answer_is_printed_and_copied_and_says_which_way_it_went(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    def copy(text: str, *_: object) -> None:
        copied.append(text)

    monkeypatch.setattr("techlead_tui.hooks.clipboard.copy", copy)
    monkeypatch.setattr("techlead_tui.hooks.clipboard.said", lambda _way: "copied to the clipboard")
    techlead(*WORDS)
    for turn, said in (("decline", "I won't join budget sync"), ("notes", "Send me the notes")):
        answer = techlead("triage", "budget", turn, "--copy")
        assert said in answer.out
        assert copied[-1] in answer.out
        assert "note: copied to the clipboard" in answer.err
        techlead("undo")


@pytest.mark.slow
def test_a_text_of_the_users_own_answers(techlead: Techlead) -> None:
    techlead(*WORDS)
    folder = Path(os.environ["TECHLEAD_HOME"]) / "config" / "playbook"
    folder.mkdir(parents=True)
    text = '[[reply]]\nid = "notes"\n[reply.plain]\nopening = "Just the notes of {summary}, please."\n'
    (folder / "mine.toml").write_text(text)
    assert "Just the notes of budget sync, please." in techlead("triage", "budget", "notes").out


@pytest.mark.slow
def test_a_proxy_is_on_the_list_of_delegations(techlead: Techlead) -> None:
    techlead(*WORDS)
    answer = techlead("triage", "budget", "proxy", "--to", "ben", "--json").json
    assert (answer["request"]["status"], answer["delegation"]["owner"]) == ("proxied", "ben")
    assert "ben goes to budget sync in my place" in answer["request"]["reply"]
    assert techlead("delegations", "--json").json["delegations"][0]["uid"] == answer["delegation"]["uid"]
    techlead("undo")
    assert techlead("delegations", "--json").json["delegations"] == []
    assert techlead("triage", "budget", "proxy").code == 2


@pytest.mark.slow
def test_notes_are_asked_for_by_a_day(techlead: Techlead) -> None:
    techlead(*WORDS)
    request = techlead("triage", "budget", "notes", "2031-03-10", "--json").json["request"]
    assert (request["status"], request["due"]) == ("notes", "2031-03-10")
    assert "by Mon 10 Mar" in request["reply"]
    assert techlead("triage", "--json").json["requests"] == []


@pytest.mark.slow
def test_a_proposal_holds_its_slot_until_the_answer(techlead: Techlead) -> None:
    slots = techlead(*WORDS, "--json").json["request"]["slots"]
    answer = techlead("triage", "budget", "propose", "--slot", "1", "--json").json
    assert answer["request"]["status"] == "proposed"
    assert (answer["block"]["summary"], answer["block"]["optional"]) == ("Hold: budget sync", True)
    assert answer["block"]["start"] == slots[0]["start"]
    assert techlead("triage", "--json").json["requests"][0]["status"] == "proposed"
    accepted = techlead("triage", "budget", "accept", "--json").json["block"]
    assert (accepted["summary"], accepted["optional"]) == ("budget sync", False)
    techlead("undo")
    techlead("triage", "budget", "decline")
    assert techlead("find", "budget", "--json").json["blocks"] == []


@pytest.mark.slow
def test_what_is_kept_stands_with_its_reason(techlead: Techlead) -> None:
    techlead(*WORDS)
    assert techlead("triage", "budget", "keep").code == 2
    answer = techlead("triage", "budget", "keep", "the CFO visits", "--json").json
    assert answer["request"]["status"] == "kept"
    assert answer["block"]["override"]["reason"] == "the CFO visits"


def test_an_invitation_on_standard_input_is_read(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
    text = calendar("SUMMARY:Sync", "DTSTART:20310304T143000Z", "DTEND:20310304T150000Z")
    for call in (("invite", "--json"), ("invite", "-", "--json")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        request = techlead(*call).json["request"]
        assert (request["summary"], request["minutes"]) == ("Sync", 30)
    assert len(techlead("triage", "--json").json["requests"]) == 1


@pytest.mark.slow
def test_the_same_invitation_again_changes_the_request(techlead: Techlead, tmp_path: Path) -> None:
    first = calendar("SUMMARY:Sync", "DTSTART:20310304T143000Z", "DTEND:20310304T150000Z")
    uid = techlead("invite", file(tmp_path, first), "--criteria", "a", "--json").json["request"]["uid"]
    techlead("triage", uid, "decline")
    again = calendar("SUMMARY:Sync, later", "DTSTART:20310305T143000Z", "DTEND:20310305T150000Z")
    request = techlead("invite", file(tmp_path, again), "--json").json["request"]
    assert (request["uid"], request["summary"], request["status"]) == (uid, "Sync, later", "waiting")
    assert (request["criteria"], request["start"][:10]) == (["a"], "2031-03-05")


HALF = ("2031-03-04T14:30", 30)


@pytest.mark.parametrize(
    ("lines", "head", "expected"),
    [
        (("DTSTART:20310304T143000Z", "DURATION:PT45M"), "", ("2031-03-04T14:30", 45)),
        (("DTSTART:20310304T143000", "DTEND:20310304T150000"), "", HALF),
        (
            ("DTSTART;TZID=Europe/Berlin:20310304T153000", "DTEND;TZID=Europe/Berlin:20310304T160000"),
            "",
            HALF,
        ),
        (
            (
                "DTSTART;TZID=W. Europe Standard Time:20310304T153000",
                "DTEND;TZID=W. Europe Standard Time:20310304T160000",
            ),
            "",
            HALF,
        ),
        (("DTSTART;TZID=Nowhere/Land:20310304T143000", "DURATION:PT30M"), "", HALF),
        (
            ("DTSTART:20310304T153000", "DTEND:20310304T160000"),
            "X-WR-TIMEZONE:Europe/Berlin\r\n",
            HALF,
        ),
        (("DTSTART;VALUE=DATE:20310304", "DTEND;VALUE=DATE:20310305"), "", ("2031-03-04T00:00", 480)),
        (("DTSTART;VALUE=DATE:20310304",), "", ("2031-03-04T00:00", 480)),
        (("DTSTART:20310304T100000Z", "DTEND:20310306T120000Z"), "", ("2031-03-04T10:00", 1080)),
        (
            ("DTSTART:20210302T143000Z", "DTEND:20210302T150000Z", "RRULE:FREQ=WEEKLY;BYDAY=TU;"),
            "",
            None,
        ),
        (("DTSTART:20310304T143000Z", "DURATION:PT30M", "RRULE:FREQ=SECONDLY"), "", HALF),
        (("DTSTART:20310304T143000Z", "DURATION:PT30M", "ATTENDEE;CN=:mailto:", "NONSENSE"), "", HALF),
    ],
)
@pytest.mark.few(2)
def test_times_are_read_in_all_their_shapes(
    techlead: Techlead, tmp_path: Path, lines: tuple[str, ...], head: str, expected: Any
) -> None:
    answer = techlead("invite", file(tmp_path, calendar("SUMMARY:Sync", *lines, head=head)), "--json")
    assert answer.code == 0, answer.err
    request = answer.json["request"]
    if expected is None:
        assert request["rule"]
        assert request["start"] > "2026-11-24"
        assert request["minutes"] == 30
    else:
        assert (request["start"][:16], request["minutes"]) == expected


@pytest.mark.slow
def test_names_and_folded_lines_are_read(techlead: Techlead, tmp_path: Path) -> None:
    title = "Überblick 🧑‍💻 [b]x[/] \u202eabc".encode()
    data = calendar(
        "SUMMARY:@@", "ORGANIZER;CN=Ana Bo:mailto:a@b.c", "ATTENDEE;CN=Ana Bo:mailto:a@b.c",
        "ATTENDEE:MAILTO:chidi@b.c", "DTSTART:20310304T143000Z", "DURATION:PT30M",
    ).encode()  # fmt: skip
    data = data.replace(b"@@", title[:1] + b"\r\n " + title[1:])  # the fold cuts a character in two
    request = techlead("invite", file(tmp_path, data), "--json").json["request"]
    assert request["summary"].encode() == title
    assert (request["requester"], request["with"]) == ("Ana Bo", ["chidi"])
    assert "\u202e" not in techlead("triage").out
    latin = (
        calendar("SUMMARY:Caf@", "DTSTART:20310304T143000Z", uid="two").encode().replace(b"@\r", b"\xe9\r")
    )
    assert techlead("invite", file(tmp_path, latin), "--json").json["request"]["summary"] == "Café"
    wide = calendar("SUMMARY:Wide", "DTSTART:20310304T143000Z", uid="three").encode("utf-16")
    assert techlead("invite", file(tmp_path, wide), "--json").json["request"]["summary"] == "Wide"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "is not a calendar: it is empty"),
        ("<html>log in</html>", "is not a calendar: line 1 is “<html>"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "has no event"),
        (calendar("SUMMARY:Sync"), "line 4: the event has no time"),
        (calendar("SUMMARY:Sync", "DTSTART:soon"), "line 7: “soon” is not a time"),
        (calendar("DTSTART:20310304T143000Z", "DTEND:20310304T133000Z"), "line 7: it ends before it starts"),
        (calendar("DTSTART:20310304T143000Z", "STATUS:CANCELLED"), "the meeting is cancelled"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 10_000_000, "is too large"),
        (b"\0\xff\xfe\0", "is not a calendar"),
    ],
    ids=["empty", "page", "no-event", "no-time", "wrong-time", "backwards", "cancelled", "large", "bytes"],
)
def test_what_is_no_invitation_is_named_and_nothing_is_written(
    techlead: Techlead, tmp_path: Path, data: str | bytes, said: str
) -> None:
    answer = techlead("invite", file(tmp_path, data))
    assert answer.code == 2
    assert said in answer.err
    assert techlead("history", "--json").json["history"] == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("invite", "missing.ics"), "there is no file missing.ics"),
        (("invite", "budget sync"), "no time was understood"),
        (("invite", "tue", "14-15", "x", "--type", "stauts"), "unknown type “stauts”"),
        (("triage", "nothing", "accept"), "there is no request “nothing”"),
    ],
)
def test_bad_words_are_named(techlead: Techlead, call: tuple[str, ...], said: str) -> None:
    answer = techlead(*call)
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.slow
def test_a_slot_that_is_none_is_named(techlead: Techlead) -> None:
    techlead(*WORDS)
    assert "“9” is not one of its slots" in techlead("triage", "budget", "accept", "--slot", "9").err
    assert "--slot is for accept and propose" in techlead("triage", "budget", "decline", "--slot", "1").err


@pytest.mark.slow
def test_the_past_is_stored_and_said(techlead: Techlead) -> None:
    answer = techlead("invite", "2026-11-02", "10-11", "old sync", "--json")
    assert answer.code == 0
    assert "it is in the past" in answer.json["request"]["reasons"]


def test_words_do_not_load_the_calendar_package(techlead: Techlead) -> None:
    kept = {name for name in sys.modules if name.partition(".")[0] == "icalendar"}
    for name in kept:
        del sys.modules[name]
    techlead(*WORDS)
    techlead("triage")
    assert not [name for name in sys.modules if name.partition(".")[0] == "icalendar"]


@pytest.mark.parametrize(
    ("rule", "weeks", "until", "nth"),
    [
        ("FREQ=WEEKLY", 1, None, None),
        ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=2;WKST=SU", 2, None, None),
        ("FREQ=WEEKLY;UNTIL=20310630T235959Z", 1, "2031-06-30", None),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=MO", 1, "2031-03-17", None),
        ("FREQ=MONTHLY;BYDAY=1MO", 1, None, 1),
    ],
)
@pytest.mark.few(1)
def test_what_comes_again_is_accepted_as_a_series(
    techlead: Techlead, tmp_path: Path, rule: str, weeks: int, until: str | None, nth: int | None
) -> None:
    lines = ("SUMMARY:Sync", "DTSTART:20310303T160000", "DTEND:20310303T163000", f"RRULE:{rule}")
    techlead("invite", file(tmp_path, calendar(*lines)), "--type", "cross-team")
    answer = techlead("triage", "sync", "accept", "--json")
    assert answer.code == 0, answer.out
    assert answer.json["notes"] == []
    assert answer.json["block"]["recurring"]
    (series,) = open_table("series").values()
    found = (series["weeks"], series["until"], series.get("nth"))
    assert found == (weeks, until, nth)
    techlead("undo")
    assert open_table("series") == {}


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY;BYMONTHDAY=3"])
@pytest.mark.few(1)
def test_of_a_rule_that_no_series_has_the_first_date_is_planned_and_said(
    techlead: Techlead, tmp_path: Path, rule: str
) -> None:
    lines = ("SUMMARY:Sync", "DTSTART:20310303T160000", "DTEND:20310303T163000", f"RRULE:{rule}")
    techlead("invite", file(tmp_path, calendar(*lines)), "--type", "cross-team")
    answer = techlead("triage", "sync", "accept", "--json").json
    assert answer["notes"] == [f"only the first date is planned: {rule} cannot be planned as a series"]
    assert not answer["block"]["recurring"]


@pytest.mark.parametrize("shown_by", [("triage",), ("triage", "--json")])
def test_a_number_takes_the_slot_that_was_shown_beside_it(
    techlead: Techlead, shown_by: tuple[str, ...]
) -> None:
    slots = techlead(*WORDS, "--json").json["request"]["slots"]
    techlead(*shown_by)
    day, start, end = slots[0]["start"][:10], slots[0]["start"][11:16], slots[0]["end"][11:16]
    assert techlead("add", day, f"{start}-{end}", "other", "+cross-team").code == 0
    assert techlead("triage", "budget", "accept", "--slot", "1").code == 3
    taken = techlead("triage", "budget", "accept", "--slot", "2", "--json").json
    assert taken["block"]["start"] == slots[1]["start"]


def test_a_new_list_counts_anew(techlead: Techlead) -> None:
    slots = techlead(*WORDS, "--json").json["request"]["slots"]
    day, start, end = slots[0]["start"][:10], slots[0]["start"][11:16], slots[0]["end"][11:16]
    techlead("add", day, f"{start}-{end}", "other", "+cross-team")
    shown = techlead("triage", "--json").json["requests"][0]["slots"]
    assert shown != slots
    taken = techlead("triage", "budget", "accept", "--slot", "1", "--json").json
    assert taken["block"]["start"] == shown[0]["start"]


DAYS = {
    "whole": (
        ("DTSTART;VALUE=DATE:20310304", "DTEND;VALUE=DATE:20310307"),
        "Tue 04 Mar 2031 – Thu 06 Mar 2031",
        "Tue 4 – Thu 6 Mar",
        "Tue 4 – Thu 6 Mar, 2",
    ),
    "timed": (
        ("DTSTART:20310304T100000Z", "DTEND:20310306T100000Z"),
        "Tue 04 Mar 2031, 10:00 – Thu 06 Mar 2031, 10:00",
        "Tue 4 – Thu 6 Mar",
        "Tue 4 Mar 10:00 – Thu 6 Mar 10:00, ",
    ),
    "into the next month": (
        ("DTSTART:20310331T100000Z", "DTEND:20310402T120000Z"),
        "Mon 31 Mar 2031, 10:00 – Wed 02 Apr 2031, 12:00",
        "Mon 31 Mar – Wed 2 Apr",
        "Mon 31 Mar 10:00 – Wed 2 Apr 12:00, ",
    ),
}


@pytest.mark.parametrize("name", DAYS)
def test_what_is_over_several_days_is_told_with_its_last_day(
    techlead: Techlead, tmp_path: Path, name: str
) -> None:
    lines, saved, column, card = DAYS[name]
    path = file(tmp_path, calendar("SUMMARY:Offsite", *lines))
    assert f"Offsite, {saved}" in techlead("invite", path).out
    listed = techlead("triage").out
    assert column in listed
    assert card in listed
    request = techlead("triage", "Offsite", "decline", "--json").json["request"]
    assert f"Offsite ({column})" in request["reply"]


def test_a_time_that_is_chosen_for_several_days_takes_all_of_them(techlead: Techlead, tmp_path: Path) -> None:
    techlead("invite", file(tmp_path, calendar("SUMMARY:Offsite", *DAYS["timed"][0])))
    at, because = "2031-03-11T10:00", ("--override", "agreed")
    assert techlead("triage", "Offsite", "accept", "--at", at, *because).code == 0
    found = techlead("find", "Offsite", "--json").json["blocks"]
    assert [one["start"][:10] for one in found] == ["2031-03-11", "2031-03-12", "2031-03-13"]
