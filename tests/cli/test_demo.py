"""The demonstration's week is full and under way, whatever the day it is opened on."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from techlead_tui.cli.demo import run, write_quarter
from techlead_tui.cli.shell import Shell
from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.config.settings_cache import load_settings
from techlead_tui.core.calendar import IsoWeek, into, minute_of
from techlead_tui.core.edits import MoveBlock
from techlead_tui.core.evidence import pairing
from techlead_tui.core.fixes import fixes_for
from techlead_tui.core.items.kinds import listed_kinds
from techlead_tui.core.requests import card_of
from techlead_tui.core.rules import violations
from techlead_tui.errors import DataError
from techlead_tui.planner.drift import drift_of, drift_weeks
from techlead_tui.planner.evidence import read_evidence
from techlead_tui.planner.items import items_of
from techlead_tui.planner.people import boundary, owed
from techlead_tui.planner.planner import FIXES_REACH, Planner
from techlead_tui.planner.retrospect import retrospect
from techlead_tui.render.header import header
from techlead_tui.render.text import plain
from techlead_tui.tui.week_data import load_now
from tests.cli.conftest import Techlead

ZONE = ZoneInfo("Europe/Lisbon")
MONDAY = datetime(2026, 11, 23, tzinfo=ZONE)


@pytest.mark.parametrize("hours", [7, 35, 59, 83, 110, 131], ids=["mon", "tue", "wed", "thu", "fri", "sat"])
@pytest.mark.few(1)
def test_the_week_is_alive(tmp_path: Path, hours: int) -> None:
    moment = into(MONDAY + timedelta(hours=hours), ZONE)
    folders = Folders.under(str(tmp_path))
    write_quarter(folders, moment, ZONE)
    planner = Planner(folders, StillClock(moment), "tui", ZONE)
    assert planner.settings.first_run_done
    key = IsoWeek.of(moment.date())
    snapshot = planner.snapshot(*(key.shift(n) for n in range(-1, FIXES_REACH + 1)))
    week = snapshot.week(key)
    assert week.theme.id == "maker-week"
    assert all(session.end <= moment for session in week.sessions)
    assert len(week.sessions) == 0 if hours < 24 else week.sessions
    assert [block.summary for block in week.blocks if block.override] == ["Card network call"]
    assert any(block.optional for block in week.live)
    wrong = [v for v in violations(week, moment) if v.severity in ("refuse", "warn")]
    assert {week.block(v.subjects[0]).summary for v in wrong} == {"Budget sync"}  # type: ignore[union-attr]
    block = week.block(wrong[0].subjects[0])
    assert block is not None
    if hours < 110:  # still ahead: there is a way out of it
        assert block.start > moment
        stay = MoveBlock(block.uid, block.day, block.day, minute_of(block.start), minute_of(block.end))
        assert fixes_for(snapshot, stay, (wrong[0],), moment, "x")
    assert snapshot.week(key.shift(-1)).answers


@pytest.mark.few(0)
def test_commits_bear_witness_of_the_quarter(tmp_path: Path) -> None:
    folders = Folders.under(str(tmp_path))
    moment = into(MONDAY + timedelta(hours=83), ZONE)
    write_quarter(folders, moment, ZONE)
    found = read_evidence(folders, ZONE)
    assert found.known
    assert len(found.commits) > 60
    assert {"Ana", "Bo", "Chidi"} <= set(pairing(found.commits))
    assert any(commit.assistants for commit in found.commits)
    (command,) = load_settings(folders.config).evidence_commands
    assert command.name == found.sources[0].name
    reader = Planner(folders, StillClock(moment), "tui", ZONE)
    said = drift_of(retrospect(reader, drift_weeks(reader))).evidence
    assert any(line.startswith("last shipped commit") for line in said)


@pytest.mark.parametrize("there", [False, True], ids=["new folder", "empty folder"])
def test_half_a_demonstration_is_taken_away_again(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    def full(folders: Folders, *_: object) -> None:
        Path(folders.data).mkdir(parents=True)
        raise DataError("not saved: No space left on device", "nothing was written")

    monkeypatch.setattr("techlead_tui.cli.demo.write_quarter", full)
    kept = tmp_path / "kept"
    if there:
        kept.mkdir()
    assert techlead("demo", "--keep", str(kept)).code == 4
    assert kept.exists() == there
    assert not there or list(kept.iterdir()) == []


@pytest.mark.few(0)
def test_what_was_written_down_is_believable_and_stays_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "docs" / "decisions").mkdir(parents=True)
    monkeypatch.chdir(repository)
    moment = into(MONDAY + timedelta(hours=35), ZONE)
    folders = Folders.under(str(tmp_path / "home"))
    write_quarter(folders, moment, ZONE)
    planner = Planner(folders, StillClock(moment), "tui", ZONE)
    assert list((repository / "docs" / "decisions").iterdir()) == []
    found = {kind.id: items_of(planner, kind, closed=True) for kind in listed_kinds()}
    states = {name: {item.status for item in one.items} for name, one in found.items()}
    assert states["request"] == {"waiting", "declined", "proxied"}
    assert states["decision"] == {"draft", "open", "decided"}
    assert states["question"] == {"open", "answered"}
    assert states["trade"] == {"kept"}
    assert len(found["delegation"].items) >= 4
    assert {item.get("value") for item in found["series"].items} >= {1, 3}
    waiting = [item for item in found["request"].items if item.status == "waiting"]
    cards = {item.summary: card_of(item, found["request"].moment) for item in waiting}
    assert {name: card.verdict for name, card in cards.items()} == {
        "Roadmap alignment": "no",
        "Ledger design review": "yes",
    }
    assert {one.what for one in boundary(planner)} == {"override", "decline", "proxy", "trade"}
    assert [one.kind for one in owed(planner)] == ["decision"]


@pytest.mark.few(0)
def test_the_screen_of_a_demonstration_says_what_it_is_and_so_does_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []

    def screen(folders: Folders, clock: StillClock, origin: str) -> int:
        scene = load_now(Planner(folders, clock, origin, ZONE)).scene
        seen.append(plain(header(scene.week, scene.figures, 80, demo=scene.demo)))
        return 0

    clock = StillClock(MONDAY + timedelta(hours=35))
    shell = Shell(Folders.under(str(tmp_path)), clock, ZONE, open_screen=screen)
    assert run("demo", [], shell) == 0
    assert seen[0].startswith(" DEMO W48")
    assert "nothing of yours" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
