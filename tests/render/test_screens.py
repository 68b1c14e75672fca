"""The week screen as plain text; `TECHLEAD_GOLDENS=write pytest tests/render` writes it anew."""

import os
from pathlib import Path

import pytest

from techlead_tui.core.week import Week
from tests.core.weeks import week_with
from tests.render.scenes import busy_week, screen, text

FOLDER = Path(__file__).parent / "screens"


def check(name: str, shown: str) -> None:
    path = FOLDER / f"{name}.txt"
    if os.environ.get("TECHLEAD_GOLDENS") == "write":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "week", "width", "height"),
    [
        ("reference-120x40", week_with, 120, 40),
        ("busy-120x40", busy_week, 120, 40),
        ("busy-80x24", busy_week, 80, 24),
        ("busy-60x24", busy_week, 60, 24),
        ("busy-36x12", busy_week, 36, 12),
    ],
)
def test_the_week_looks_like(name: str, week, width: int, height: int) -> None:  # type: ignore[no-untyped-def]
    made: Week = week()
    check(name, text(screen(made, width, height)))
