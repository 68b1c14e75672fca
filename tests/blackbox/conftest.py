"""The real program in processes of its own, in a fresh home."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import environment as variables

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return variables(TECHLEAD_HOME=str(home))


@pytest.fixture
def techlead(environment: dict[str, str], tmp_path: Path) -> Run:
    """`techlead("week", b"\\xff", HOME="/")`: arguments, and variables on top of the environment."""

    def run(*args: str | bytes, **variables: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "techlead_tui", *args],
            env={**environment, **variables},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
        )

    return run
