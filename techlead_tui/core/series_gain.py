"""Measure what each decision about a series would win, by trying its edits on the coming four weeks."""

from __future__ import annotations

from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.items.kit import Moment
from techlead_tui.core.items.series import DECISIONS, edits_of, occurrences, weeks_of
from techlead_tui.core.judge import judge_together


def wins(uid: str, moment: Moment) -> dict[str, object]:
    """Return what each decision wins in four weeks: `minutes`, `focus_minutes`, and if it is `refused`."""
    out: dict[str, object] = {}
    before = moment.snapshot
    weeks = [week for week in weeks_of(moment) if str(week) in before.buckets]
    old = sum(block.planned_minutes for block in occurrences(moment).get(uid, ()))
    focus = sum(focus_minutes(before.week(week)) for week in weeks)
    for decision in DECISIONS[1:]:
        edits = edits_of(uid, decision, moment)
        tried = judge_together(before, edits, moment.now, "new") if edits else None
        after = before if tried is None else tried.after
        left = occurrences(Moment(after, moment.now)).get(uid, ())
        kept = any(edit.override for edit in edits)  # its written reason holds for the new length, too
        out[decision] = {
            "minutes": old - sum(block.planned_minutes for block in left),
            "focus_minutes": sum(focus_minutes(after.week(week)) for week in weeks) - focus,
            "refused": not kept
            and tried is not None
            and any(one.severity == "refuse" for one in tried.introduced),
        }
    return out
