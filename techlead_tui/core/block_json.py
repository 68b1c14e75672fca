"""Write a block as JSON, for whoever asks: the shell's answers, the input of commands."""

from __future__ import annotations

from typing import Any

from techlead_tui.core.occurrence import Occurrence
from techlead_tui.core.week import Block

Json = dict[str, Any]


def occurrence_json(one: Occurrence) -> Json:
    """Return what a calendar says of a block."""
    return {
        "source": one.source,
        "uid": one.uid,
        "answer": one.answer or None,
        "meaning": one.meaning,
        "organizer": one.organizer or None,
        "private": one.private,
        "note": one.note or None,
    }


def block_json(block: Block) -> Json:
    """Return everything that is said of a block."""
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
        "note": block.note,
        "source": block.source,
        "calendar": None if block.occurrence is None else occurrence_json(block.occurrence),
        "status": block.status,
        "unknown_zone": block.unknown_zone,
        "overridden": block.override is not None,
        "override": None
        if block.override is None
        else {
            "reason": block.override.reason,
            "rules": list(block.override.rules),
            "blocks": None if block.override.blocks is None else list(block.override.blocks),
        },
    }
