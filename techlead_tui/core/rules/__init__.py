"""The rules of the week (M4, M5, M10, M16): which there are, and what they find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol, cast

from techlead_tui.core.balance import focus_cost
from techlead_tui.core.rules import (
    communication_share,
    day_theme,
    deep_work,
    deep_work_hours,
    fixed_box,
    lunch,
    not_worth_it,
    outside_box,
    overlap,
    prep_document,
    recurring_count,
    split_focus,
    type_limit,
    window_closed,
    working_hours,
)
from techlead_tui.core.theme import SEVERITIES
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week, at_home


class Rule(Protocol):
    """Describe the module of a rule. A rule knows no other rule."""

    ID: str
    DEFAULT: str  # severity, unless the week theme says otherwise
    TITLE: str
    WHY: str
    MENDS: str

    def check(self, week: Week, now: datetime) -> Iterator[Violation]:
        """Yield what breaks the rule in a week, with the default severity and no fixes."""
        ...


# of two equally severe violations of one edit, that of the rule that stands first here is said first
RULES: tuple[Rule, ...] = (
    deep_work,
    day_theme,
    fixed_box,
    outside_box,
    overlap,
    lunch,
    type_limit,
    not_worth_it,
    split_focus,
    window_closed,
    working_hours,
    prep_document,
    recurring_count,
    communication_share,
    deep_work_hours,
)
MOMENTS = 8  # for which a week keeps what was found: the clock of a screen goes on
RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}


def violations(week: Week, now: datetime) -> tuple[Violation, ...]:
    """Everything that breaks a week, most severe first, each as severe as the week theme says.

    What only the theme's own boxes break where they stand is a note at most; what was overridden is a
    note that quotes the written reason (M4).
    """
    known = week.found_by_rules.get(now)
    if known is not None:
        return cast("tuple[Violation, ...]", known)
    costly = _with_costs(week, _found(week, now))
    out = tuple(sorted(costly, key=lambda violation: RANK[violation.severity]))
    if len(week.found_by_rules) >= MOMENTS:
        week.found_by_rules.clear()
    week.found_by_rules[now] = out
    return out


def refused(week: Week, now: datetime) -> set[str]:
    """Return the ids of the blocks that a rule refuses; what each costs is not weighed for that."""
    known = cast("Sequence[Violation] | None", week.found_by_rules.get(now))
    found = _found(week, now) if known is None else known
    return {one.subjects[0] for one in found if one.severity == "refuse" and one.subjects}


def _found(week: Week, now: datetime) -> list[Violation]:
    found: list[Violation] = []
    for rule in RULES:
        severity = week.theme.severities.get(rule.ID, rule.DEFAULT)
        if severity != "off":
            found += [
                _weighed(week, now, rule, each._replace(severity=severity)) for each in rule.check(week, now)
            ]
    return found


def _weighed(week: Week, now: datetime, rule: Rule, violation: Violation) -> Violation:
    if violation.severity == "note":
        return violation
    blocks = [block for uid in violation.subjects if (block := week.block(uid)) is not None]
    for block in blocks:
        others = [uid for uid in violation.subjects if uid != block.uid]
        if block.override is not None and block.override.covers(violation.rule, others):
            return violation._replace(severity="note", kept=block.override.reason)
    if all(map(at_home, blocks)) if blocks else _theme_alone(week, now, rule):
        return violation._replace(severity="note")
    return violation


def _with_costs(week: Week, found: list[Violation]) -> Iterator[Violation]:
    """Yield each with the focus time that its block costs against the week without it."""
    costs: dict[str, int] = {}
    for violation in found:
        uid = violation.subjects[0] if violation.subjects else ""
        if uid not in costs:
            block = week.block(uid) if uid else None
            costs[uid] = 0 if block is None or at_home(block) else focus_cost(week, block)
        yield violation._replace(focus_cost_minutes=costs[uid])


def _theme_alone(week: Week, now: datetime, rule: Rule) -> bool:
    """Tell whether the theme's own boxes already break a rule that is about the whole week."""
    own = tuple(
        block._replace(status="planned") for block in week.blocks if at_home(block) or block.kind == "leave"
    )
    return any(True for _ in rule.check(week._replace(blocks=own), now))
