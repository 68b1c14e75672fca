"""The store is the planner's own: no other room reaches it, not even through an object."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "techlead_tui"
ROOMS = ("cli", "tui", "render", "config", "core", "evidence")
STORE = {"store", "_store"}


def reached(source: str) -> list[str]:
    """The places where code takes a store out of an object, as `line: object.store`."""
    return sorted(
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in STORE
    )


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.slow
def test_no_other_room_reaches_the_store_through_an_object(room: str) -> None:
    files = list((PACKAGE / room).rglob("*.py"))
    assert files
    assert {str(file): found for file in files if (found := reached(file.read_text()))} == {}


def test_a_reach_into_the_store_is_noticed() -> None:
    assert reached("with planner._store.reading() as reading: pass\nwriter.store.repair()") == [
        "1: planner._store",
        "2: writer.store",
    ]
