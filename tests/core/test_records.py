"""Names of buckets."""

from __future__ import annotations

from datetime import date

import pytest

from techlead_tui.core.records import is_bucket, is_week


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2026-W48", True),
        ("2026-W53", True),
        ("2025-W53", False),
        ("2026-W01", True),
        ("2026-W00", False),
        ("2026-W54", False),
        ("0001-W01", True),
        ("0000-W01", False),
        ("2026-W4", False),
        ("2026-W481", False),
        ("2026-X48", False),
        ("20x6-W48", False),
        ("２０２６-W48", False),
        ("open", False),
    ],
)
def test_a_week_is_named_as_iso_8601_does(name: str, found: bool) -> None:
    assert is_week(name) is found
    assert is_bucket(name) is (found or name == "open")


def test_a_year_has_53_weeks_where_the_calendar_says_so() -> None:
    long = {year for year in range(1, 2500) if date(year, 12, 28).isocalendar().week == 53}
    assert {year for year in range(1, 2500) if is_week(f"{year:04}-W53")} == long
