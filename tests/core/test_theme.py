"""Week themes as they are stored."""

from __future__ import annotations

import json

import pytest

from techlead_tui.config.catalog import Library
from techlead_tui.core.theme import from_data, to_data
from tests.core.weeks import theme

NAMES = Library("/nowhere", "/nowhere").theme_ids()


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_is_read_back_from_json_as_it_was(name: str) -> None:
    one = theme(name)._replace(holidays=(("2026-12-25", "Christmas"),))
    data = to_data(one)
    assert json.loads(json.dumps(data)) == data
    assert from_data(data) == one
    assert from_data(to_data(theme(name))) == theme(name)


def test_the_names_in_the_store_stay() -> None:
    data = to_data(theme())
    assert list(data) == ["id", "title", "description", "days", "boxes", "limits", "severities"]
    assert data["id"] == "maker-week"
    assert data["title"] == theme().title
    assert data["description"] == theme().description
    assert data["severities"]["lunch"] == "refuse"
    assert data["limits"]["deep_work_minutes"] == list(theme().limits.deep_work_minutes)
    assert data["days"][0][:2] == [1, "Sync"]
