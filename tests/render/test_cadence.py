"""The cadence screen as rows: at every size, without colour, with foreign text."""

from __future__ import annotations

import pytest

from techlead_tui.core.balance import balance
from techlead_tui.core.drift import drift
from techlead_tui.core.edits import AddItem
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.items.changes import new_item
from techlead_tui.core.items.kit import Moment
from techlead_tui.core.patterns import Patterns, campaign, pairing
from techlead_tui.render.cadence import PANES, CadenceScene, cadence_rows, pane_lines
from techlead_tui.render.text import cell, plain, row_width
from tests.core.test_cadence import GIT, NOW, made
from tests.core.test_drift import coded, commit, full, stored
from tests.core.weeks import W48, empty, moment

HOSTILE = "[b]x[/] \x1b[31m\u202eabc 日本語 🧑‍💻 " + "y" * 300
AT = Moment(empty(), moment("wed 13:00"))


def scene(pane: str = "sessions") -> CadenceScene:
    commits = tuple(
        one._replace(summary=HOSTILE, repo=HOSTILE) for one in (commit(0, "mon"), commit(-1), commit(-2))
    )
    sessions = [coded(-n, "tue", pattern="lead") for n in range(9)] + [coded(0, "mon")]
    for one in sessions:
        one.summary = HOSTILE
    items = {
        kind: new_item(AddItem(kind, HOSTILE, fields), AT, kind)
        for kind, fields in (
            ("campaign", {"repo": "payments"}),
            ("spike", {"starts": "2026-11-02", "until": "2026-11-04"}),
            ("refactoring", {"before": HOSTILE}),
            ("pair", {"who": HOSTILE}),
        )
    }
    patterns = Patterns(
        campaign(items["campaign"], AT, Evidence(commits, (), GIT), 9),
        (items["spike"],),
        (items["refactoring"],),
        pairing([items["pair"]], [], AT),
    )
    periods = [("week", balance(stored(*full(0)).week(W48), NOW))]
    found = drift(stored(*sessions, *full(0), *full(-1)), NOW)
    return CadenceScene(made(*sessions, commits=commits), patterns, found, periods, "", pane)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60), (60, 20), (40, 12), (24, 6)])
@pytest.mark.parametrize("pane", PANES)
@pytest.mark.few(1)
def test_it_fills_every_size(size: tuple[int, int], pane: str) -> None:
    cells, rows = size
    for first in (0, 7):
        drawn = cadence_rows(scene(pane)._replace(first=first), cells, rows)
        assert len(drawn) == rows
        assert {row_width(row) for row in drawn} == {cells}
        text = "".join(map(plain, drawn))
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert pane_lines(scene(pane), cells) > 0


def text_of(found: CadenceScene, cells: int = 120, rows: int = 40) -> str:
    return "\n".join(plain(row) for row in cadence_rows(found, cells, rows))


def test_hours_and_commits_are_told_apart_without_colour() -> None:
    lines = text_of(scene()).splitlines()
    monday, tuesday = (next(line for line in lines if line.startswith(f" {name}")) for name in ("Mon", "Tue"))
    assert "▓▓1" in tuesday  # two hours and one commit
    assert monday.rstrip().endswith("▓▓1")
    assert all(cell(char) == 1 for line in (monday, tuesday) for char in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_all_that_is_under_way_is_in_sight(size: tuple[int, int]) -> None:
    text = text_of(scene(), *size)
    for words in ("drift: stage", "CAMPAIGN", "FINDINGS OWED", "REFACTORING", "PAIRING", "last own commit"):
        assert words in text
    assert "⏎" in text


def test_lines_are_said_to_be_no_target() -> None:
    assert "never a target" in text_of(scene()).replace("\n", " ").replace("  ", "")


def test_what_is_still_being_read_says_so() -> None:
    bare = CadenceScene(made(known=False), progress="reading 2 of 9: payments")
    text = text_of(bare)
    assert "reading 2 of 9: payments" in text
    assert "commits are not known: say in the settings" in text_of(bare._replace(progress=""))
    assert "reading …" in text_of(bare._replace(pane="balance"))


def test_the_formula_stands_below_the_balance() -> None:
    text = text_of(scene("balance"))
    assert "lost week" in text
    assert "working time = the week theme's hours" in text


def test_a_wide_screen_shows_all_panes_and_a_narrow_one_the_one_turned_to() -> None:
    heads = {"sessions": "THIS WEEK", "balance": "BALANCE", "drift": "DRIFT"}
    for pane in PANES:
        for size, shown in (((200, 60), set(PANES)), ((120, 40), {pane})):
            text = "\n".join(map(plain, cadence_rows(scene(pane), *size)))
            assert {name for name, head in heads.items() if head in text} == shown
