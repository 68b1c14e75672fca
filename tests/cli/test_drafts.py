"""Answers to invitations are written as files to send, as the verdict has them; nothing is sent."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import icalendar
import pytest

from tests.calendars.files import ME, calendar, event
from tests.cli.conftest import Techlead


def invitation(tmp_path: Path, title: str = "Budget sync") -> str:
    path = tmp_path / "invite.ics"
    people = (
        "ORGANIZER;CN=Ana Lima:mailto:ana@example.org",
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{ME}",
        "SEQUENCE:3",
    )
    path.write_bytes(calendar(event(*people, uid="u1", start="DTSTART:20261126T143000Z", title=title)))
    return str(path)


@pytest.fixture(autouse=True)
def settings(tmp_path: Path) -> None:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'name = "Ada Lovelace"\nemails = ["{ME}"]\n')


def drafts(tmp_path: Path) -> tuple[EmailMessage, Any, bytes]:
    (mail,) = (tmp_path / "drafts").glob("*.eml")
    (ics,) = (tmp_path / "drafts").glob("*.ics")
    read = cast("EmailMessage", message_from_bytes(mail.read_bytes(), policy=default))
    return read, icalendar.Calendar.from_ical(ics.read_bytes()), ics.read_bytes()


@pytest.mark.parametrize(
    ("turn", "state", "subject"),
    [
        (("decline",), "DECLINED", "Declined: Budget sync"),
        (("accept", "--override", "x"), "ACCEPTED", "Accepted: Budget sync"),
        (("proxy", "bo"), "DECLINED", "Declined: Budget sync"),
        (("notes",), "DECLINED", "Declined: Budget sync"),
    ],
)
@pytest.mark.few(2)
def test_a_verdict_is_written_as_a_reply(
    techlead: Techlead, tmp_path: Path, turn: tuple[str, ...], state: str, subject: str
) -> None:
    techlead("invite", invitation(tmp_path))
    done = techlead("triage", "budget", *turn, "--draft", "drafts")
    assert done.code == 0
    assert "to be sent by you" in done.err
    mail, answer, raw = drafts(tmp_path)
    (one,) = answer.walk("VEVENT")
    assert (answer["METHOD"], one["UID"], one["SEQUENCE"]) == ("REPLY", "u1", 3)
    assert (str(one["ATTENDEE"]), one["ATTENDEE"].params["PARTSTAT"]) == (f"mailto:{ME}", state)
    assert str(one["ORGANIZER"]) == "mailto:ana@example.org"
    assert str(one["COMMENT"]).strip()
    assert (mail["Subject"], mail["X-Unsent"]) == (subject, "1")
    assert (mail["To"], mail["From"]) == ("Ana Lima <ana@example.org>", f"Ada Lovelace <{ME}>")
    text, ics = mail.iter_parts()
    assert " ".join(str(one["COMMENT"]).split()) in " ".join(text.get_content().split())
    assert (ics.get_content_type(), ics.get_param("method")) == ("text/calendar", "REPLY")
    assert raw.count(b"\r\n") == raw.count(b"\n")


@pytest.mark.slow
def test_a_proposal_is_a_counter_at_the_slot_that_is_held(techlead: Techlead, tmp_path: Path) -> None:
    techlead("invite", invitation(tmp_path))
    techlead("triage", "budget", "propose", "--draft", "drafts")
    _, answer, _ = drafts(tmp_path)
    (one,) = answer.walk("VEVENT")
    (request,) = techlead("triage", "--json").json["requests"]
    assert answer["METHOD"] == "COUNTER"
    assert one["DTSTART"].dt.isoformat() == request["at"]
    assert one["DTSTART"].dt.isoformat() != "2026-11-26T14:30:00+00:00"


@pytest.mark.slow
def test_without_a_verdict_the_answer_is_the_one_that_the_card_speaks_for(
    techlead: Techlead, tmp_path: Path
) -> None:
    techlead("invite", invitation(tmp_path), "--draft", "drafts")
    _, answer, _ = drafts(tmp_path)
    assert answer.walk("VEVENT")[0]["ATTENDEE"].params["PARTSTAT"] == "DECLINED"  # no criterion holds
    for path in (tmp_path / "drafts").iterdir():
        path.unlink()
    techlead("triage", "budget", "--criteria", "a", "--type", "decision")
    said = techlead("triage", "budget", "--draft", "drafts", "--json").json
    assert [Path(path).suffix for path in said["drafts"]] == [".eml", ".ics"]
    _, answer, _ = drafts(tmp_path)
    assert answer.walk("VEVENT")[0]["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"  # the document first


def test_foreign_text_adds_no_line_to_a_mail(techlead: Techlead, tmp_path: Path) -> None:
    techlead("invite", invitation(tmp_path, title="x\\nBcc: all@example.org\\n\\nhello"))
    assert techlead("triage", "bcc", "decline", "--draft", "drafts").code == 0
    mail, answer, _ = drafts(tmp_path)
    assert mail["Bcc"] is None
    assert len(answer.walk("VEVENT")) == 1


@pytest.mark.parametrize("what", ["words", "nobody"])
def test_what_cannot_be_answered_says_why(techlead: Techlead, tmp_path: Path, what: str) -> None:
    if what == "words":
        techlead("invite", "thu", "14-15", "budget")
    else:
        (tmp_path / "home" / "config" / "config.toml").write_text("")
        techlead("invite", invitation(tmp_path))
    failed = techlead("triage", "budget", "--draft", "drafts")
    assert failed.code == 2
    assert not (tmp_path / "drafts").exists()


def test_a_meeting_of_a_calendar_is_answered_to_its_organizer(techlead: Techlead, tmp_path: Path) -> None:
    techlead("source", "add", invitation(tmp_path))
    techlead("triage", "budget", "decline", "--draft", "drafts")
    mail, answer, _ = drafts(tmp_path)
    assert "ana@example.org" in mail["To"]
    assert (answer.walk("VEVENT")[0]["UID"], answer.walk("VEVENT")[0]["SEQUENCE"]) == ("u1", 3)


def test_whole_days_are_answered_as_days(techlead: Techlead, tmp_path: Path) -> None:
    path = tmp_path / "invite.ics"
    lines = ("ORGANIZER:mailto:ana@example.org", "DTEND;VALUE=DATE:20261128")
    path.write_bytes(calendar(event(*lines, uid="u1", start="DTSTART;VALUE=DATE:20261125", title="Offsite")))
    techlead("invite", str(path))
    techlead("triage", "Offsite", "decline", "--draft", "drafts")
    mail, _, raw = drafts(tmp_path)
    assert b"DTSTART;VALUE=DATE:20261125\r\nDTEND;VALUE=DATE:20261128\r\n" in raw
    assert "Offsite (Wed 25 – Fri 27 Nov)" in cast("EmailMessage", mail.get_body(("plain",))).get_content()


@pytest.mark.parametrize(
    ("config", "folder", "code"), [("", "drafts", 2), (f'emails = ["{ME}"]\n', "invite.ics/drafts", 4)]
)
def test_an_answer_that_cannot_be_written_changes_nothing(
    techlead: Techlead, tmp_path: Path, config: str, folder: str, code: int
) -> None:
    path = invitation(tmp_path)
    techlead("invite", path)
    (tmp_path / "home" / "config" / "config.toml").write_text(config)
    assert techlead("triage", "budget", "decline", "--draft", folder).code == code
    assert techlead("triage", "--json").json["requests"][0]["status"] == "waiting"
