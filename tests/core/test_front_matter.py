"""Front matter is read by YAML's rules, and only the values that change are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.front_matter import front_matter, with_values
from techlead_tui.errors import DataError

OWN = (
    '---\n# ours\nstatus: "proposed"  # for now\ntags:\n  - a\n  - b: c\nconsulted:\n- ana\n- ben\n'
    "# after\ndate:\n---\n# Title\n\n---\n"
)


def test_only_the_value_changes_and_the_rest_stays_byte_for_byte() -> None:
    text = with_values(OWN, {"status": "accepted", "date": "2026-11-26", "revisit": "2027-01-04"}, "x.md")
    assert text == OWN.replace('"proposed"', "accepted").replace(
        "date:\n", "date: 2026-11-26\nrevisit: 2027-01-04\n"
    )


def test_a_list_below_its_key_is_replaced_and_a_comment_after_it_stays() -> None:
    text = with_values(OWN, {"consulted": ["chidi"]}, "x.md")
    assert "consulted: [chidi]\n# after\n" in text
    found = front_matter(text, "x.md")
    assert found is not None
    assert found.entries["consulted"].value == ["chidi"]


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff---\r\nstatus: proposed\r\n---\r\n# Title\r\n"
    changed = with_values(text, {"status": "accepted", "date": "2026-11-26"}, "x.md")
    assert changed == text.replace("proposed", "accepted\r\ndate: 2026-11-26")


def test_a_text_without_front_matter_gets_one() -> None:
    assert front_matter("# Title\n", "x.md") is None
    assert (
        with_values("# Title\n", {"status": "rejected"}, "x.md") == "---\nstatus: rejected\n---\n\n# Title\n"
    )


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        (
            "---\nstatus: proposed\n",
            "x.md:1: the front matter has no end",
            "close it with a line of ---",
        ),
        (
            "---\nok: 1\nstatus: [a\n---\n",
            "x.md:4: the front matter is not YAML: ",
            "fix this line; nothing was written",
        ),
        (
            "\ufeff---\nstatus: \x01\n---\n",
            "x.md:2: the front matter is not YAML: ",
            "nothing was written",
        ),
        (
            "---\njust words\n---\n",
            "x.md:2: the front matter has no keys",
            "write it as status: proposed",
        ),
    ],
)
def test_what_is_no_yaml_is_named_with_file_and_line(text: str, said: str, hint: str) -> None:
    with pytest.raises(DataError) as wrong:
        with_values(text, {"status": "accepted"}, "x.md")
    assert wrong.value.message.startswith(said)
    assert wrong.value.hint == hint


def test_each_entry_knows_its_line_and_nothing_is_no_entry() -> None:
    found = front_matter(OWN, "x.md")
    assert found is not None
    lines = {key: entry.line for key, entry in found.entries.items()}
    assert lines == {"status": 3, "consulted": 7, "date": 11}
    empty = front_matter("---\n---\n# Title\n", "x.md")
    assert empty is not None
    assert (empty.entries, empty.end) == ({}, 4)


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@given(value=texts | st.lists(texts, max_size=3))
def test_what_is_written_is_read_back(value: str | list[str]) -> None:
    for before in (OWN, "---\nconsulted: [x, y]\n---\n", "# Title\n"):
        found = front_matter(with_values(before, {"consulted": value}, "x.md"), "x.md")
        assert found is not None
        assert found.entries["consulted"].value == value
