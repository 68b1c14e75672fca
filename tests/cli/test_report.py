"""The report in the shell: as text, as JSON, as a page, and for others to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Techlead


@pytest.fixture
def busy(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> Techlead:
    """A lead with a meeting kept against a rule, and two names that nobody else is to read."""
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-16T08:00")
    techlead("delegate", "status of payments", "--to", "Zofia")
    reason = "Zofia Nowak insisted, cc zofia@example.org"
    techlead("add", "2026-11-17", "14-15", "Sync with Zofia", "+status", "@Zofia", "--override", reason)
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-18T09:00")
    techlead("log", "2h", "pool fix", "--at", "2026-11-17 9:00", "-p", "lead")
    techlead("check", "2026-W47", "code=yes", "team=no")
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T11:37")
    return techlead


def test_the_report_has_a_plot_for_everything(busy: Techlead) -> None:
    out = busy("report").out
    for name in ("Balance", "Focus time", "Coding cadence", "Meetings", "Overrides", "Friday check"):
        assert f"\n {name} " in f"\n{out}"
    assert "counting began on 2026-11-16 08:00" in out
    assert "Sync with Zofia" in out


def test_the_figures_are_those_of_the_weeks(busy: Techlead) -> None:
    found = busy("report", "2026-W46..2026-W48", "--json").json["report"]
    before, last, this = found["weeks"]
    assert (before["known"], last["known"], this["over"]) == (False, True, False)
    assert (last["sessions"], last["hands_on_minutes"], last["overrides"], last["score"]) == (1, 120, 1, 1)
    assert last["pattern_minutes"]["lead"] == 120
    assert (last["commits"], found["html"]) == (None, None)
    assert found["balance"]["weeks"] == 2


def test_one_week_a_quarter_and_all_can_be_asked_for(busy: Techlead) -> None:
    assert len(busy("report", "last", "--json").json["report"]["weeks"]) == 1
    assert len(busy("report", "2026-Q4", "--json").json["report"]["weeks"]) == 14
    found = busy("report", "all", "--json").json["report"]
    assert (found["from"], found["to"]) == ("2026-W47", "2026-W48")
    assert busy("report", "sometime").code == 2


def test_a_page_is_written_whole_and_named(busy: Techlead, tmp_path: Path) -> None:
    answer = busy("report", "--html", "out.html", "--json").json
    assert answer["ok"] is True
    assert answer["report"]["html"] == str(tmp_path / "out.html")
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "Sync with Zofia" in text
    assert busy("report", "--html", "missing/out.html").code == 4
    assert busy("report", "--html", "").code == 2


def test_nothing_of_a_redacted_report_names_anybody(busy: Techlead, tmp_path: Path) -> None:
    busy("report", "--html", "em.html", "--redact")
    for text in (
        busy("report", "--redact").out,
        busy("report", "--redact", "--json").out,
        (tmp_path / "em.html").read_text(encoding="utf-8"),
    ):
        assert "Zofia" not in text
        assert "zofia" not in text
        assert "Status update" in text
        assert "[name]" in text


def test_a_fresh_home_has_a_report_of_gaps(techlead: Techlead) -> None:
    answer = techlead("report", "--json").json["report"]
    assert [week["known"] for week in answer["weeks"]] == [False] * 12 + [True]
    assert techlead("report").code == 0
