"""Names of calendars."""

from __future__ import annotations

import pytest

from techlead_tui.core.source import free_name, is_name


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Work", (), "work"),
        ("  Ana's  Team! ", (), "ana-s-team"),
        ("", (), "calendar"),
        ("!!", (), "calendar"),
        ("x" * 60, (), "x" * 40),
        ("work", ("work", "work-3"), "work-2"),
        ("work", ("work", "work-2"), "work-3"),
    ],
)
def test_a_free_name_is_plain_and_has_a_number_where_it_is_taken(
    wanted: str, taken: tuple[str, ...], name: str
) -> None:
    assert free_name(wanted, taken) == name


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("work", True),
        ("a-b_2", True),
        ("x" * 60, True),
        ("x" * 61, False),
        ("", False),
        ("-a", False),
        ("a b", False),
        ("a/b", False),
    ],
)
def test_a_name_can_be_that_of_a_file(text: str, good: bool) -> None:
    assert is_name(text) is good
