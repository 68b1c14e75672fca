"""`techlead drift`: where on the way into the trap (M2), the evidence, and what leads back."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import fix_lines
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, fixes_json, read_json
from techlead_tui.cli.output import columns, in_lines, put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.drift import THRESHOLDS, TITLES, Drift
from techlead_tui.planner.drift import drift_of, drift_weeks
from techlead_tui.planner.retrospect import retrospect

COMMAND = Command(
    "drift",
    "",
    "Tells how far the calendar has taken you away from code: the stage, the evidence, the way back.",
    (),
    (
        "0 is healthy, 1 to 4 are the stages of the trap, and unknown is said where too little is recorded.",
        "Leave and days on call are no evidence. What leads back is a command to copy.",
    ),
    ("techlead drift", "techlead drift --json"),
)
DRIFT: Keys = {
    "stage": "0 (healthy) to 4, or null where too little is recorded",
    "title": "the stage in words",
    "evidence": "phrases, what speaks for the stage first",
    "back": "edits that lead back, as the fixes of a violation",
    "history": "the last twelve weeks, oldest first: each with `week` and its `stage`",
    "thresholds": "what the stages ask for",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args, 0)
    if call is None:
        return 0
    found = drift_of(retrospect(shell.reader, drift_weeks(shell.reader)))
    if call.has("json"):
        put_json(read_json(shell.this_week, "drift", drift_json(found)))
        return 0
    head = "stage unknown" if found.stage is None else f"stage {found.stage} of 4"
    put(f"{head}  {TITLES[found.stage].removeprefix('unknown: ')}")
    for line in found.evidence:
        put(in_lines("  ", visible(line), columns()))
    if found.back:
        put("what leads back")
        put("\n".join(fix_lines(found.back, columns())))
    put(f"weeks   {strip(found.history)}  (oldest first, · unknown)")
    put(in_lines("", THRESHOLDS, columns()))
    return 0


def strip(history: Sequence[tuple[IsoWeek, int | None]]) -> str:
    """Return the stages of some weeks, one sign each: `· · 0 0 1 2`."""
    return " ".join("·" if stage is None else str(stage) for _, stage in history)


def drift_json(found: Drift) -> Json:
    return {
        "stage": found.stage,
        "title": TITLES[found.stage],
        "evidence": list(found.evidence),
        "back": fixes_json(found.back),
        "history": [{"week": str(week), "stage": stage} for week, stage in found.history],
        "thresholds": THRESHOLDS,
    }
