"""Three real homes, edited, undone, set back and synced in any order, end with the same records.

Each has its own copy of the shared folder, as a file sync keeps it: what one has written reaches another
late, and in parts. TECHLEAD_EXAMPLES=100 tries as many ways, a few are tried by default.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AnswerCheck, Edit, EditBlock, MoveBlock, RemoveBlock, SetDay
from techlead_tui.core.week import Block
from techlead_tui.errors import UserError
from tests.conftest import EXAMPLES
from tests.planner.test_machines import CODE, SUNDAY, W48, Machine

NAMES = "abc"
WEEKS = (W48, W48.shift(1))
NAME = st.sampled_from(NAMES)
NUMBER = st.integers(0, 9)
CLOCKS = st.sampled_from([0, 0, 7200, -36000, 40 * 86400])  # seconds ahead


class Homes(RuleBasedStateMachine):
    """Three machines of one user, and what carries files between their copies of the shared folder."""

    @initialize(ahead=st.tuples(CLOCKS, CLOCKS, CLOCKS))
    def begin(self, ahead: tuple[int, ...]) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="machines-"))
        self.minutes = 0
        self.ahead = dict(zip(NAMES, ahead, strict=True))
        self.homes: dict[str, Machine] = {}
        self.kept: dict[str, Path] = {}
        for name in NAMES:
            config, shared = self.root / name / "config", self.root / f"shared-{name}"
            config.mkdir(parents=True)
            (config / "config.toml").write_text(f'[machines]\nfolder = "{shared}"\nname = "{name}"\n')
            self.homes[name] = Machine(self.root / name, shared)
        first = self.homes["a"]
        first.add("pool", self.now("a"))
        first.sync(self.now("a"))
        for name in "bc":
            self.carry("a", name, 10**6)
            self.homes[name].sync(self.now(name))

    def now(self, name: str) -> datetime:
        self.minutes += 1
        return SUNDAY + timedelta(minutes=self.minutes, seconds=self.ahead[name])

    def blocks(self, name: str) -> list[tuple[IsoWeek, Block]]:
        snapshot = self.homes[name].planner().snapshot(*WEEKS)
        return [(key, one) for key in WEEKS for one in snapshot.week(key).blocks if one.source == "own"]

    def do(self, name: str, edit: Edit) -> None:
        self.homes[name].planner(self.now(name)).apply(edit, ["edit"])

    @rule(name=NAME, number=NUMBER)
    def add(self, name: str, number: int) -> None:
        day = WEEKS[number % 2].day(number % 5 + 1)
        self.do(name, CODE._replace(summary=f"{name}{number}", day=day, override="a test"))

    @rule(name=NAME, which=NUMBER, what=st.sampled_from(["title", "note", "time", "week", "rm"]), to=NUMBER)
    def change(self, name: str, which: int, what: str, to: int) -> None:
        found = self.blocks(name)
        if not found:
            return
        _, block = found[which % len(found)]
        edits: dict[str, Edit] = {
            "title": EditBlock(block.uid, block.day, {"summary": f"{name}{to}"}),
            "note": EditBlock(block.uid, block.day, {"note": f"{name}{to}" if to % 2 else None}),
            "time": MoveBlock(block.uid, block.day, block.day, 480 + 15 * to, override="a test"),
            "week": MoveBlock(block.uid, block.day, WEEKS[to % 2].day(3), 840, override="a test"),
            "rm": RemoveBlock(block.uid, block.day),
        }
        self.do(name, edits[what])

    @rule(name=NAME, number=NUMBER)
    def tell(self, name: str, number: int) -> None:
        if number % 2:
            self.do(name, SetDay(W48.day(number % 5 + 1), ("on-call", "leave", "normal")[number % 3]))
        else:
            question = ("code", "team", "depth")[number % 3]
            self.do(name, AnswerCheck(W48.shift(-1), {question: number % 4 == 0}))

    @rule(name=NAME, again=st.booleans())
    def undo(self, name: str, again: bool) -> None:
        planner = self.homes[name].planner(self.now(name))
        try:
            planner.redo() if again else planner.undo()
        except UserError:
            return  # nothing to undo, or it was changed since

    @rule(name=NAME)
    def sync(self, name: str) -> None:
        self.homes[name].sync(self.now(name))

    @rule(of=NAME, to=NAME, most=st.sampled_from([10**6, 10**6, 400, 1500]))
    def carry(self, of: str, to: str, most: int) -> None:
        """Bring what `of` has in its folder to `to`, of each file at most so many bytes more."""
        there = self.homes[to].shared
        there.mkdir(exist_ok=True)
        own = self._own(to)
        for path in sorted(self.homes[of].shared.glob("*.jsonl")):
            target, data = there / path.name, path.read_bytes()
            had = target.read_bytes() if target.exists() else b""
            if path.name != own and len(data) > len(had):
                target.write_bytes(data[: len(had) + most])

    def _own(self, name: str) -> str:
        machine = self.homes[name]
        return machine.file().name if (machine.home / "data" / "machines.jsonl").exists() else ""

    @rule(name=NAME)
    def back_up(self, name: str) -> None:
        self.kept[name] = self.root / f"backup-{name}"
        shutil.rmtree(self.kept[name], ignore_errors=True)
        shutil.copytree(self.homes[name].home / "data", self.kept[name])

    @rule(name=NAME)
    def set_back(self, name: str) -> None:
        """Put the data folder of a machine back to a copy, as after a broken disk."""
        if name in self.kept:
            data = self.homes[name].home / "data"
            shutil.rmtree(data)
            shutil.copytree(self.kept[name], data)

    @rule(name=NAME)
    def forget(self, name: str) -> None:
        (self.homes[name].home / "data" / "machines.jsonl").unlink(missing_ok=True)

    @invariant()
    def every_block_is_stored_once(self) -> None:
        for machine in getattr(self, "homes", {}).values():
            uids = [uid for _, table, uid in machine.records() if table == "blocks"]
            assert len(uids) == len(set(uids))

    def teardown(self) -> None:
        if not hasattr(self, "homes"):
            return
        try:
            for _ in range(3):
                for name in NAMES:
                    self.homes[name].sync(self.now(name))
                    for other in NAMES:
                        self.carry(name, other, 10**6)
            found = [self.homes[name].records() for name in NAMES]
            assert found[0] == found[1] == found[2]
        finally:
            shutil.rmtree(self.root, ignore_errors=True)


class TestHomes(Homes.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(
        max_examples=EXAMPLES if EXAMPLES >= 100 else 2, stateful_step_count=15, phases=[Phase.generate]
    )

    @pytest.fixture(autouse=True)
    def _disk_without_waiting(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setattr(os, "fsync", lambda _: None)
