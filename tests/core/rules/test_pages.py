"""The reference pages of the rules say what the code does."""

from __future__ import annotations

from tests.core.rules.pages import FOLDER, pages


def test_the_pages_are_up_to_date() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages(), "run: python -m tests.core.rules.pages"
