"""The nouns as JSON: what each holds, and the writers of those that are made of records and blocks.

The tables feed docs/reference/json.md; a test holds the writers to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from techlead_tui.core.block import Block
from techlead_tui.core.changes import Record
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.violation import Violation
from techlead_tui.core.words.days import WEEKDAYS

Keys = dict[str, str]
Json = dict[str, Any]

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
    "optional": "whether it may as well not happen",
    "box": "uid of the box of the week theme that holds it, or null",
    "recurring": "whether it is of the week theme or of a series",
    "people": "who takes part",
    "doc": "path or address of the document that prepares it, or null",
    "source": "theme, own or calendar",
    "status": "planned, done or skipped; removed in the answer of `rm`",
    "overridden": "whether it stands against a rule",
    "override": "the written `reason` and the `rules` that it goes past, or null",
}
SESSION: Keys = {
    "uid": "its id",
    "summary": "what was done, as it was written",
    "pattern": "lead, spike, refactor, pair or null",
    "category": "what it counts as",
    "start": "when it started",
    "end": "when it ended",
    "minutes": "its length",
    "repo": "the repository, or null",
    "branch": "the branch, or null",
    "source": "where it comes from: own",
}
ENTRY: Keys = {
    "seq": "its number; numbers only grow",
    "at": "when it was made",
    "words": "the call, as an argument list",
    "origin": "cli or tui",
    "turn": "do, undo or redo",
    "of": "the number of the entry that an undo or redo turns round, or null",
}
THEME: Keys = {
    "id": "its id, the name of its file",
    "title": "its name",
    "description": "who it is for",
    "days": "its working days: `weekday`, `title`, `allows`, `opens`, `closes`, `lunch`",
    "boxes": "its boxes: `id`, `weekday`, `start`, `end`, `summary`, `kind`, `type`, `optional` and `fixed`",
    "limits": "its figures; lengths in minutes",
    "severities": "each rule: refuse, warn, note or off",
}
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


def block_json(block: Block) -> Json:
    return {
        "uid": block.uid,
        "summary": block.summary,
        "kind": block.kind,
        "type": block.type,
        "category": block.category,
        "start": block.start.isoformat(),
        "end": block.end.isoformat(),
        "planned_minutes": block.planned_minutes,
        "hard_end": None if block.hard_end is None else block.hard_end.isoformat(),
        "optional": block.optional,
        "box": block.box,
        "recurring": block.recurring,
        "people": list(block.people),
        "doc": block.doc,
        "source": block.source,
        "status": block.status,
        "overridden": block.override is not None,
        "override": None
        if block.override is None
        else {"reason": block.override.reason, "rules": list(block.override.rules)},
    }


def session_json(record: Record) -> Json:
    """A session as it is stored."""
    start, end = datetime.fromisoformat(str(record["start"])), datetime.fromisoformat(str(record["end"]))
    return {
        "uid": record["uid"],
        "summary": record["summary"],
        "pattern": record["pattern"],
        "category": record["category"],
        "start": record["start"],
        "end": record["end"],
        "minutes": int((end - start).total_seconds()) // 60,
        "repo": record["repo"],
        "branch": record["branch"],
        "source": record["source"],
    }


def entry_json(entry: Any) -> Json:
    """A transaction of the history."""
    return {name: getattr(entry, name) for name in ENTRY}


def theme_json(theme: WeekTheme) -> Json:
    days = [
        {**day._asdict(), "weekday": WEEKDAYS[day.weekday - 1], **_times(day, "opens", "closes", "lunch")}
        for day in theme.days
    ]
    boxes = [
        {**box._asdict(), "weekday": WEEKDAYS[box.weekday - 1], **_times(box, "start", "end")}
        for box in theme.boxes
    ]
    return {
        "id": theme.id,
        "title": theme.title,
        "description": theme.description,
        "days": days,
        "boxes": boxes,
        "limits": {name: _plain(value) for name, value in theme.limits._asdict().items()},
        "severities": dict(theme.severities),
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


def read_json(week: object, noun: str, value: object) -> Json:
    """The answer of a command that reads; `week` is None where it is about no single one."""
    return {"schema": 1, "week": None if week is None else str(week), noun: value}


def write_json(noun: str, value: object, **more: object) -> Json:
    """The answer of a command that wrote."""
    return {"schema": 1, "ok": True, noun: value, **more}


def refusal_json(violations: Iterable[Violation]) -> Json:
    return {"schema": 1, "ok": False, "violations": violations_json(violations)}


def _times(value: Any, *names: str) -> Json:
    """Minutes since midnight as `HH:MM`."""
    out: Json = {}
    for name in names:
        minutes = getattr(value, name)
        if isinstance(minutes, tuple):
            out[name] = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
        else:
            out[name] = None if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"
    return out


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
