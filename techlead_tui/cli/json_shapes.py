"""Violations as JSON, and a refusal made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from techlead_tui.cli.session_json import session_json as session_json
from techlead_tui.core.block_json import Json as Json
from techlead_tui.core.block_json import block_json as block_json
from techlead_tui.core.violation import Violation

if TYPE_CHECKING:
    from techlead_tui.core.edits import Fix  # dear, and a list has none

Keys = dict[str, str]

NOW: Keys = {
    "block": "the block that is on, the shortest where several are; or null",
    "ends": "when it ends, at its hard end where it has one; or null",
    "left_minutes": "what is left of it, or null",
    "next": "the block that starts next, within this week and the next one; or null",
    "session": "the running session, or the one that pauses, or null",
    "meetings_percent": "the week's planned share of communication, of the working time",
    "focus_minutes": "the week's planned focus time",
}

BLOCK: Keys = {
    "uid": "its id; `<box>@<date>` for a box of the week theme or one of a series",
    "summary": "its title, as it was written",
    "kind": "deep_work, meeting, window, async, planning or leave",
    "type": "what it is about, or null",
    "category": "what it counts as: hands_on, mentorship, communication or other",
    "start": "when it starts",
    "end": "when it ends",
    "planned_minutes": "its length",
    "hard_end": "when the limit of its type ends it inside its slot, or null",
    "optional": "whether it may be left out",
    "box": "uid of the box of the week theme that holds it, or null",
    "recurring": "whether it is of the week theme or of a series",
    "people": "who takes part",
    "doc": "path or address of the document that prepares it, or null",
    "note": "what is noted about it, or null",
    "source": "theme, own or calendar",
    "calendar": "what its calendar says: `source`, `uid`, `answer` (accepted, tentative, unanswered or "
    "null), `meaning` (meeting, own or busy), `organizer`, `private` and `note`; else null",
    "status": "planned, done or skipped; removed in the answer of `rm`",
    "unknown_zone": "the time zone that it was planned in, where its clocks are not known here and its times "
    "are taken for local ones; or null",
    "overridden": "whether it breaks a rule",
    "override": "the written `reason`, the `rules` that it overrides and the other `blocks` that it covers "
    "(null: any), or null",
}


def read_json(week: object, noun: str, value: object) -> Json:
    """The answer of a command that reads; `week` is None where it is about no single one."""
    return {"schema": 1, "week": None if week is None else str(week), noun: value}


def write_json(noun: str, value: object, **more: object) -> Json:
    """The answer of a command that wrote."""
    return {"schema": 1, "ok": True, noun: value, **more}


VIOLATION: Keys = {
    "rule": "the id of the rule",
    "severity": "refuse, warn or note",
    "message": "what is wrong",
    "why": "why the week has this rule",
    "subjects": "uids of the blocks concerned",
    "focus_cost_minutes": "focus time that it costs; below 0 it wins some",
    "fixes": "what would fix it: each with `title`, `words` (the arguments of the call that does it) "
    "and `focus_gain_minutes`",
}


def violation_json(violation: Violation) -> Json:
    return {
        "rule": violation.rule,
        "severity": violation.severity,
        "message": violation.message,
        "why": violation.why,
        "subjects": list(violation.subjects),
        "focus_cost_minutes": violation.focus_cost_minutes,
        "fixes": fixes_json(violation.fixes),
    }


def fixes_json(fixes: Iterable[Fix]) -> list[Json]:
    return [
        {"title": fix.title, "words": list(fix.words), "focus_gain_minutes": fix.focus_gain_minutes}
        for fix in fixes
    ]


def violations_json(violations: Iterable[Violation]) -> list[Json]:
    return [violation_json(violation) for violation in violations]


def refusal_json(violations: Iterable[Violation]) -> Json:
    return {"schema": 1, "ok": False, "violations": violations_json(violations)}
