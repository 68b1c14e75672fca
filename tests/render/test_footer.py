"""What the week says to an edit: its ways on are there on any screen, and clicks find them."""

import pytest

from techlead_tui.core.decide import decide
from techlead_tui.core.violation import Violation
from techlead_tui.render.footer import keys_of_refusal, refusal, refusal_spots, violation_line
from techlead_tui.render.text import plain
from tests.core.weeks import SUNDAY, add, empty

SIZES = [(36, 3), (36, 5), (36, 6), (60, 8), (100, 12), (200, 30)]


@pytest.fixture(scope="module")
def found() -> tuple[Violation, ...]:
    return decide(empty(), add("tue 14:00-15:00", "status", summary="Sync: budget"), SUNDAY, "u1").violations


@pytest.mark.parametrize(("cells", "rows"), SIZES)
def test_a_refusal_keeps_its_sentence_and_its_ways_on(found, cells: int, rows: int) -> None:  # type: ignore[no-untyped-def]
    lines = [plain(row).rstrip() for row in refusal(found, cells, rows, last=keys_of_refusal(cells, True))]
    assert len(lines) <= rows
    assert lines[0].startswith(" ⚠ Sync: budget, Tue 24 Nov")
    assert lines[-1].split()[:3] == ["o", "keep", "it"] or lines[-1].split()[:3] == ["o", "keep", "it,"]
    assert lines[-1].endswith("esc cancel   H why")
    assert any(line.startswith(" ⏎ 1 ") for line in lines)


@pytest.mark.parametrize(("cells", "rows"), SIZES)
@pytest.mark.parametrize("ruled", [0, 1])
def test_a_click_does_what_its_row_says(found, cells: int, rows: int, ruled: int) -> None:  # type: ignore[no-untyped-def]
    lines = ["─"] * ruled + [
        plain(row) for row in refusal(found, cells, rows, last=keys_of_refusal(cells, True))
    ]
    spots = refusal_spots(found, len(lines), cells, rows, overridable=True)
    fixes = {y: line[3] for y, line in enumerate(lines) if line[3:4].isdigit() and line[4] == " "}
    last = len(lines) - 1
    assert {y: spot[0][2] for y, spot in spots.items() if y != last} == {
        y: f"fix({number})" for y, number in fixes.items()
    }
    (start, keep, override), (drop, end, cancel), (why, stop, playbook) = spots[last]
    assert (start, override, cancel, playbook) == (0, "override", "cancel", "playbook")
    assert lines[last][:keep].strip().startswith("o keep")
    assert lines[last][drop:end].strip() == "esc cancel"
    assert lines[last][why:stop].strip() == "H why"


def test_what_else_is_wrong_is_said_without_what_it_is_said_of(found) -> None:  # type: ignore[no-untyped-def]
    lines = [plain(row).strip() for row in refusal(found, 200, 30, last=keys_of_refusal(200, True))]
    further = [line for line in lines if line.startswith("also: ")]
    assert len(further) == len(found) - 1 >= 2
    assert not any("Sync: budget" in line for line in further)


PLACES = [f"{day} {span}" for day in ("mon", "tue", "thu", "fri") for span in ("9:00-10:00", "14:00-15:00")]


@pytest.mark.parametrize("cells", [60, 80, 120])
@pytest.mark.parametrize("type_id", ["status", "decision", "architecture-review", "code"])
@pytest.mark.few(4)
def test_no_refusal_is_cut_where_it_says_why_or_what_to_do(type_id: str, cells: int) -> None:
    for place in PLACES:
        edit = add(place, type_id, summary="Budget sync with platform")
        found = decide(empty(), edit, SUNDAY, "u1").violations
        for row in refusal(found, cells, 12, last=keys_of_refusal(cells, True)) if found else ():
            assert "…" not in plain(row), (place, plain(row))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (160, "reserved for deep work; costs 3 h of focus time  ⏎ Put it at Mon 23 Nov 16:00–17:00, Cross"),
        (80, "reserved for deep work  ⏎ Put it at Mon 23 Nov 16:00–17:00"),
        (73, "reserved for deep work  ⏎ at Mon 23 Nov 16:00–17:00"),
        (60, "reserved for deep work  ⏎ fix"),
        (40, "is reserved f…  ⏎ fix"),
    ],
)
def test_the_line_of_a_warning_drops_the_least_important_first(found, cells: int, said: str) -> None:  # type: ignore[no-untyped-def]
    shown, _ = violation_line(found[0], 1, 2, cells, found[0].about)
    assert said in plain(shown)


def test_a_small_screen_says_the_reason_before_further_ways_out(found) -> None:  # type: ignore[no-untyped-def]
    lines = [plain(row) for row in refusal(found, 36, 6, last=keys_of_refusal(36, True))]
    assert "is reserved for deep work" in " ".join(" ".join(lines).split())
    assert any(line.startswith(" ⏎ 1 ") for line in lines)
    assert refusal_spots(found, len(lines), 36, 6, overridable=True)[len(lines) - 2][0][2] == "fix(1)"
