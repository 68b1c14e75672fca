"""Keeps the week theme of weeks that are over, so that the past never changes when a theme file does."""

from __future__ import annotations

from typing import cast

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.records import Change, Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.theme import to_data
from techlead_tui.errors import DataError


def keep_past(snapshot: Snapshot, since: IsoWeek, this: IsoWeek, lenient: bool = False) -> list[Change]:
    """The changes that keep the themes of `since` up to the week before `this`.

    A plan is a stretch of weeks and the whole theme they had; weeks of an unchanged theme lengthen the
    last plan, so ten quiet years are one record. `lenient` passes over a week whose theme cannot be
    read, instead of DataError.
    """
    plans = {str(plan["to"]): plan for plan in snapshot.table(OPEN, "plans").values()}
    changes: dict[str, Change] = {}
    last: Record | None = plans.get(str(since.shift(-1)))
    week = since
    while week < this:
        try:
            data = to_data(snapshot.theme_of(week))
        except DataError:
            if not lenient:
                raise
            week, last = week.shift(1), None
            continue
        if snapshot.plan_of(week):
            last = snapshot.plan_of(week)  # type: ignore[assignment]
        elif last is not None and last["theme"] == data:
            uid = str(last["uid"])
            before = snapshot.table(OPEN, "plans").get(uid)
            last = {**last, "to": str(week)}
            changes[uid] = Change(OPEN, "plans", uid, before, last)
        else:
            uid = str(week)
            last = {"uid": uid, "from": uid, "to": uid, "theme": cast("object", data)}
            changes[uid] = Change(OPEN, "plans", uid, None, last)
        week = week.shift(1)
    return list(changes.values())
