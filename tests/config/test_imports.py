from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import techlead_tui
from tests.conftest import environment

pytestmark = pytest.mark.process
OS = {
    "os",
    "os.path",
    "posixpath",
    "ntpath",
    "genericpath",
    "stat",
    "_stat",
    "abc",
    "_abc",
    "_collections_abc",
}


def loaded_by(statement: str, *options: str) -> set[str]:
    """The modules that a fresh Python has loaded after a statement, beside those it starts with."""
    code = f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    said = subprocess.run(
        [sys.executable, "-S", *options, "-c", code],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(said.stdout.split())


def test_no_field_of_a_value_is_compiled_from_its_text() -> None:
    """The first text alone costs a millisecond: Python then makes the classes of its syntax trees."""
    values = 0
    for path in Path(techlead_tui.__path__[0]).rglob("*.py"):
        text = path.read_text()
        if "NamedTuple)" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and "NamedTuple" in map(ast.unparse, node.bases):
                values += 1
                assert "from __future__ import annotations" not in text, path
                fields = [each.annotation for each in node.body if isinstance(each, ast.AnnAssign)]
                assert not [each for each in fields if isinstance(each, ast.Constant)], path
    assert values > 100


@pytest.mark.parametrize("module", ["local_time", "paths"])
def test_what_a_quick_log_needs_loads_nothing_dear(module: str) -> None:
    loaded = loaded_by(f"import techlead_tui.config.{module}")
    foreign = {name for name in loaded if not name.startswith("techlead_tui")}
    assert foreign <= {"__future__", "time", *OS}


def test_settings_load_no_toml_where_there_is_no_file(tmp_path: Path) -> None:
    loaded = loaded_by(
        f"from techlead_tui.config.settings_cache import load_settings; load_settings({str(tmp_path)!r})"
    )
    assert not loaded & {"tomllib", "techlead_tui.config.toml_reader", "difflib", "dataclasses", "pathlib"}


def test_the_clock_loads_no_zoneinfo() -> None:
    loaded = loaded_by(
        "from techlead_tui.config import clock, local_time; clock.now(local_time.Clock(), clock.zone())"
    )
    assert "datetime" in loaded
    assert not loaded & {"zoneinfo", "json", "dataclasses"}
