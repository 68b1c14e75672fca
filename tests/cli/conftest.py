"""The program run in process, in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.local_time import Clock
from techlead_tui.entry import main


class Answer(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Techlead = Callable[..., Answer]


@pytest.fixture
def techlead(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Techlead:
    """`techlead("week", "--json")` in a fresh home, at the tests' present, outside any repository."""
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TECHLEAD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    of_user = Clock.of_user  # each call starts at the present anew: one that is slow would end after the next

    def still() -> StillClock:
        return StillClock(datetime.fromtimestamp(of_user().moment(), UTC))

    monkeypatch.setattr(Clock, "of_user", still)

    def run(*args: str) -> Answer:
        capsys.readouterr()
        code = main(list(args))
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run
