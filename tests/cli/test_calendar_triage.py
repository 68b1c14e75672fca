"""A foreign meeting is never refused: what it costs stands in triage, and a verdict changes only our week."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calendars.files import ME, calendar, event
from tests.cli.conftest import Techlead


def meeting(answer: str, start: str, *lines: str, uid: str = "1", title: str = "Budget sync") -> str:
    people = ("ORGANIZER;CN=Ana:mailto:ana@example.org", f"ATTENDEE;PARTSTAT={answer}:mailto:{ME}")
    return event(*people, *lines, uid=uid, start=f"DTSTART:{start}Z", title=title)


@pytest.fixture
def work(tmp_path: Path, techlead: Techlead) -> Path:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'emails = ["{ME}"]\n')
    path = tmp_path / "work.ics"
    path.write_bytes(
        calendar(meeting("ACCEPTED", "20261126T143000"), meeting("NEEDS-ACTION", "20261130T130000", uid="2"))
    )
    techlead("source", "add", str(path))
    return path


def requests(techlead: Techlead, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = techlead("triage", "--json", *more).json["requests"]
    return found


def meetings(techlead: Techlead, week: str = "this") -> list[tuple[str, str]]:
    blocks = techlead("week", week, "--json").json["blocks"]
    return [(block["summary"], block["status"]) for block in blocks if block["source"] == "calendar"]


@pytest.mark.usefixtures("work")
def test_what_breaks_the_week_and_what_is_unanswered_wait_with_their_cost(techlead: Techlead) -> None:
    first, second = requests(techlead)
    assert (first["requester"], first["start"], first["status"]) == (
        "Ana",
        "2026-11-26T14:30+00:00",
        "waiting",
    )
    assert first["focus_cost_minutes"] > 0
    assert second["start"] == "2026-11-30T13:00+00:00"
    assert any("costs" in reason for reason in first["reasons"])


@pytest.mark.usefixtures("work")
@pytest.mark.slow
def test_a_meeting_that_is_kept_is_asked_about_no_more_and_counts_as_overridden(techlead: Techlead) -> None:
    uid = requests(techlead)[0]["uid"]
    assert techlead("triage", uid, "keep", "the", "CFO", "comes").code == 0
    assert [one["uid"] for one in requests(techlead)] != [uid]
    (block,) = [b for b in techlead("week", "--json").json["blocks"] if b["source"] == "calendar"]
    assert block["override"]["reason"] == "the CFO comes"
    assert techlead("undo").code == 0
    assert requests(techlead)[0]["uid"] == uid


@pytest.mark.usefixtures("work")
def test_declining_takes_it_off_the_week_and_undo_brings_it_back(techlead: Techlead) -> None:
    uid = requests(techlead)[0]["uid"]
    declined = techlead("triage", uid, "decline", "--json")
    assert declined.code == 0
    assert meetings(techlead) == [("Budget sync", "skipped")]
    assert len(requests(techlead)) == 1
    assert uid in [one["uid"] for one in requests(techlead, "--all")]
    techlead("undo")
    assert meetings(techlead) == [("Budget sync", "planned")]


@pytest.mark.usefixtures("work")
@pytest.mark.slow
def test_accepting_leaves_it_where_its_calendar_has_it_and_plans_nothing_twice(techlead: Techlead) -> None:
    before = len(techlead("week", "--json").json["blocks"])
    assert techlead("triage", requests(techlead)[0]["uid"], "accept").code == 0
    assert len(techlead("week", "--json").json["blocks"]) == before
    assert len(requests(techlead)) == 1


@pytest.mark.usefixtures("work")
@pytest.mark.slow
def test_proposing_holds_another_slot(techlead: Techlead) -> None:
    assert techlead("triage", requests(techlead)[0]["uid"], "propose").code == 0
    held = [one for one in requests(techlead) if one["status"] == "proposed"]
    assert held
    assert held[0]["at"]


def test_a_series_asks_once_and_a_verdict_is_for_all_of_it(techlead: Techlead, work: Path) -> None:
    work.write_bytes(
        calendar(meeting("ACCEPTED", "20261125T143000", "RRULE:FREQ=DAILY;COUNT=10", title="Alignment"))
    )
    techlead("sync")
    (one,) = requests(techlead)
    techlead("triage", one["uid"], "decline")
    assert {status for _, status in [*meetings(techlead), *meetings(techlead, "next")]} == {"skipped"}
    assert requests(techlead) == []


@pytest.mark.slow
def test_an_invitation_that_was_accepted_from_a_file_is_not_counted_twice(
    techlead: Techlead, work: Path, tmp_path: Path
) -> None:
    file = tmp_path / "invite.ics"
    file.write_bytes(calendar(meeting("NEEDS-ACTION", "20261130T100000", uid="9", title="Team day")))
    techlead("invite", str(file))
    assert techlead("triage", "team", "accept", "--override", "x").code == 0
    work.write_bytes(calendar(meeting("ACCEPTED", "20261130T100000", uid="9", title="Team day")))
    techlead("sync")
    found = [b for b in techlead("week", "next", "--json").json["blocks"] if b["summary"] == "Team day"]
    assert [block["source"] for block in found] == ["own"]


@pytest.mark.slow
def test_lint_offers_no_move_of_a_foreign_meeting(techlead: Techlead, work: Path) -> None:
    uid = f"{requests(techlead)[0]['uid']}@2026-11-26"
    findings = techlead("lint", "--json").json["findings"]
    mine = [finding for finding in findings if finding["subjects"][:1] == [uid]]
    assert mine
    assert all(finding["fixes"] == [] for finding in mine)
    assert work.exists()


@pytest.mark.parametrize(("count", "stage"), [(0, None), (1, 0), (4, 2)])
def test_what_calendars_tell_of_the_weeks_before_the_first_use_counts_in_drift(
    techlead: Techlead, tmp_path: Path, count: int, stage: int | None
) -> None:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'emails = ["{ME}"]\n')
    held = [
        meeting(
            "ACCEPTED", f"202611{day:02}T{10 + number}0000", uid=f"{day}-{number}", title=f"call {number}"
        )
        for day in (9, 10, 11, 16, 17, 18)
        for number in range(count)
    ]
    path = tmp_path / "work.ics"
    path.write_bytes(calendar(*held, meeting("ACCEPTED", "20261231T143000", uid="later")))
    techlead("source", "add", str(path))
    found = techlead("drift", "--json").json["drift"]
    assert found["stage"] == stage, found["evidence"]
    assert ("3 or more meetings on 3 days of 2026-W47" in found["evidence"]) == (stage == 2)
