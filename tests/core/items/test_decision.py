"""Decision documents: what the front matter of MADR says, and what is read back from it."""

from __future__ import annotations

import pytest

from techlead_tui.core.items.decision import body, front_values, state_of, title_of, with_title
from techlead_tui.core.records import Record

RECORD: Record = {
    "uid": "d1",
    "summary": "Move  to\nevents",
    "status": "open",
    "dated": "2026-11-23",
    "decision_makers": ["ana", "bo"],
    "consulted": None,
    "informed": ["chidi"],
    "deadline": "2026-11-26",
    "decide_on": "2026-11-27",
    "revisit": None,
}


def test_the_front_matter_has_the_keys_of_madr_and_the_days() -> None:
    assert front_values(RECORD) == {
        "status": "proposed",
        "date": "2026-11-23",
        "decision-makers": ["ana", "bo"],
        "consulted": [],
        "informed": ["chidi"],
        "deadline": "2026-11-26",
        "decide-on": "2026-11-27",
        "revisit": "",
    }


@pytest.mark.parametrize(
    ("record", "status"),
    [
        ({"status": "draft"}, "proposed"),
        ({"status": "decided"}, "accepted"),
        ({"status": "rejected"}, "rejected"),
        ({"status": "superseded"}, "superseded"),
        ({"status": "superseded", "superseded_by": "0007.md"}, "superseded by 0007.md"),
        ({"status": "open", "superseded_by": "0007.md"}, "proposed"),
    ],
)
def test_a_state_has_its_name_of_madr(record: Record, status: str) -> None:
    assert front_values({**RECORD, **record})["status"] == status


def test_it_names_the_document_whose_place_it_takes() -> None:
    assert front_values({**RECORD, "supersedes": "0001.md"})["supersedes"] == "0001.md"


@pytest.mark.parametrize(
    ("text", "stored", "state"),
    [
        ("accepted", "open", ("decided", "")),
        (" Rejected ", "open", ("rejected", "")),
        ("proposed", "draft", ("draft", "")),
        ("proposed", "open", ("open", "")),
        ("proposed", "decided", ("open", "")),
        ("deprecated", "decided", ("superseded", "")),
        ("superseded by 0007.md", "open", ("superseded", "0007.md")),
        ("Superseded", "open", ("superseded", "")),
        ("accepted by all", "open", None),
        ("done", "open", None),
        ("", "open", None),
    ],
)
def test_a_status_of_madr_is_read(text: str, stored: str, state: tuple[str, str] | None) -> None:
    assert state_of(text, stored) == state


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Move to events\n\ntext", "Move to events"),
        ("---\nstatus: proposed\n---\n#\tMove ##\r\n# Other\n", "Move"),
        ("## Not this\n", None),
        ("#\n", None),
    ],
)
def test_the_first_heading_is_the_title(text: str, title: str | None) -> None:
    assert title_of(text) == title


def test_another_title_changes_the_first_heading_alone() -> None:
    assert with_title("a\n# Old #\n# Next\n", "New") == "a\n# New #\n# Next\n"
    assert with_title("no heading\n", "New") == "no heading\n"


def test_a_new_document_has_its_title_on_one_line_and_says_until_when_it_is_open() -> None:
    text = body(RECORD)
    assert text.startswith("# Move to events\n\n## Context and Problem Statement\n")
    assert text.endswith(
        "Comments are welcome until the end of Thu 26 Nov; the decision falls in the morning of Fri 27 Nov.\n"
    )
