from __future__ import annotations

import pytest

from techlead_tui.config.problems import FileError
from techlead_tui.config.types_toml import parse_types
from techlead_tui.core.kinds import BlockType
from tests.config.texts import types


def merged(text: str) -> dict[str, BlockType]:
    return parse_types(text, file="types.toml", base=types())


def test_the_shipped_types_are_those_of_the_method() -> None:
    worth_it = [kind.id for kind in types().values() if kind.worth_it and kind.kind != "deep_work"]
    assert worth_it == [
        "architecture-review",
        "decision",
        "unblock",
        "onboarding",
        "mentorship",
        "pairing",
        "em-1-1",
        "team-sync",
        "stakeholder",
        "cross-team",
        "ad-hoc",
    ]
    assert [kind.id for kind in types().values() if not kind.worth_it] == [
        "stand-up",
        "status",
        "project-review",
        "pre-meeting",
        "alignment",
        "presentation",
        "just-in-case",
    ]
    assert [kind.id for kind in types().values() if kind.kind == "deep_work"] == ["code", "review", "design"]
    assert {kind.id for kind in types().values() if kind.category == "mentorship"} == {
        "onboarding",
        "mentorship",
        "pairing",
        "ad-hoc",
    }


def test_ones_own_file_changes_single_keys_and_adds_types() -> None:
    mine = merged('[status]\nworth_it = true\n\n[guild]\ntitle = "Guild"\nkind = "meeting"\n')
    assert mine["status"] == types()["status"]._replace(worth_it=True)
    assert mine["guild"] == BlockType("guild", "Guild", "meeting", "communication", True, None)
    assert list(mine)[:-1] == list(types())


def test_another_kind_brings_its_category_unless_the_file_says_one() -> None:
    assert merged('[status]\nkind = "async"\n')["status"].category == "other"
    assert merged('[status]\nkind = "async"\ncategory = "mentorship"\n')["status"].category == "mentorship"


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ('[guild]\nkind = "meeting"\n', "guild.title", 1),
        ('[guild]\ntitle = "x"\nkind = "metting"\n', "guild.kind", 3),
        ('[status]\nbucket = "meeting"\n', "status.bucket", 2),
        ("[status]\nworthit = true\n", "status.worthit", 2),
        ("\nstatus = 3\n", "status", 2),
        ('[async]\ntitle = "x"\nkind = "async"\n', "async", 1),
        ('["+x"]\ntitle = "x"\nkind = "async"\n', '"+x"', 1),
    ],
)
def test_a_mistake_is_told_by_key_and_line(text: str, key: str, line: int) -> None:
    with pytest.raises(FileError) as told:
        merged(text)
    (found,) = told.value.problems
    assert (found.key, found.line) == (key, line)
