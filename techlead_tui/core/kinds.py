"""What a block is (kind), what it counts as (category) and what it is about (type): M1, M10."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from techlead_tui.core.log import CATEGORIES as CATEGORIES
from techlead_tui.core.log import PATTERNS as PATTERNS

KINDS = ("deep_work", "meeting", "window", "async", "planning", "leave")
BUCKETS = ("meetings", "tracking", "people", "showing_up")  # the anti-split (M1)
DAY_KINDS = ("normal", "leave", "on-call")

CATEGORY_OF_KIND = {
    "deep_work": "hands_on",
    "meeting": "communication",
    "window": "mentorship",
    "async": "other",
    "planning": "other",
    "leave": "other",
}


class BlockType(NamedTuple):
    """What a block is about; data in playbook/types.toml, overridden by id in the user's file."""

    id: str
    title: str
    kind: str
    category: str  # the kind's own unless the file says otherwise
    worth_it: bool  # M10
    bucket: str | None = None


Types = Mapping[str, BlockType]


def category_of(kind: str, type_id: str | None, types: Types) -> str:
    """What a block counts as: the type's category, where it has a type of the same kind, else the kind's."""
    if type_id is not None and type_id in types and types[type_id].kind == kind:
        return types[type_id].category
    return CATEGORY_OF_KIND[kind]
