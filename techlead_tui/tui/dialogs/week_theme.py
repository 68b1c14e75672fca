"""The week themes there are, and what each would make of a week."""

from __future__ import annotations

from techlead_tui.core.edits import UseTheme
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.rules import violations
from techlead_tui.planner.planner import Planner
from techlead_tui.render.figures import figures_of
from techlead_tui.tui.dialogs.day_kind import change
from techlead_tui.tui.dialogs.pick import Ask, Option

WAYS = (("from", "from this week on"), ("only", "this week alone"))


def themes_with_effects(key: IsoWeek) -> Ask:
    def ask(planner: Planner) -> list[Option]:
        snapshot = planner.snapshot(key)
        week, now = snapshot.week(key), planner.now()
        before, known = figures_of(week, now), {one.key for one in violations(week, now)}
        out = []
        for name in planner.library.theme_ids():
            theme = planner.library.theme(name)
            if name == week.theme.id:
                out.append(Option(name, theme.title, theme.description, _focus(before.focus), current=True))
                continue
            after = planner.preview(UseTheme(name, key, only=True)).after.week(key)
            figures = figures_of(after, now)
            new = [one for one in violations(after, now) if one.severity != "note" and one.key not in known]
            effect = change("focus", before.focus, figures.focus)
            talk = f"Communication {figures.percent('communication')} %"
            wrong = f", {len(new)} new {'warning' if len(new) == 1 else 'warnings'}" if new else ""
            ink = (
                "good" if figures.focus > before.focus else "warn" if figures.focus < before.focus else "hint"
            )
            out.append(Option(name, theme.title, f"{talk}{wrong}. {theme.description}", effect, ink))
        return out

    return ask


def _focus(minutes: int) -> str:
    return change("focus", minutes, minutes)
