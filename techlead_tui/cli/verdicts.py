"""Violations as JSON, and a refusal made of them."""

from __future__ import annotations

from collections.abc import Iterable

from techlead_tui.cli.nouns import Json, Keys
from techlead_tui.core.violation import Violation

VIOLATION: Keys = {
    "rule": "the id of the rule",
    "severity": "refuse, warn or note",
    "message": "what is wrong",
    "why": "why the week has this rule",
    "subjects": "uids of the blocks concerned",
    "focus_cost_minutes": "focus time that it costs",
    "fixes": "what would mend it: each with `title`, `words` (the arguments of the call that does it) "
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
        "fixes": [
            {"title": fix.title, "words": list(fix.words), "focus_gain_minutes": fix.focus_gain_minutes}
            for fix in violation.fixes
        ],
    }


def violations_json(violations: Iterable[Violation]) -> list[Json]:
    return [violation_json(violation) for violation in violations]


def refusal_json(violations: Iterable[Violation]) -> Json:
    return {"schema": 1, "ok": False, "violations": violations_json(violations)}
