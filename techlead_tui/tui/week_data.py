"""Read from the planner what a screen shows of a week, and keep it for the way back."""

from collections.abc import Callable
from typing import NamedTuple

from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Edit, Fix, MoveBlock
from techlead_tui.core.fixes import fixes_for
from techlead_tui.core.items.waiting import waiting
from techlead_tui.core.judge import judge
from techlead_tui.core.rules import violations
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.violation import Violation
from techlead_tui.planner.planner import FIXES_REACH, Planner
from techlead_tui.render.metrics import figures_of
from techlead_tui.render.week_page import Scene, is_over

KEPT = 3  # weeks: the one shown, and both beside it


class Loaded(NamedTuple):
    snapshot: Snapshot
    scene: Scene


class Weighed(NamedTuple):
    """The verdict on an edit without the fixes, which are dear: for a block that is still moving."""

    refused: bool
    violations: tuple[Violation, ...]
    focus_minutes: int  # won, or lost when negative
    notes: tuple[str, ...]


def load(planner: Planner, key: IsoWeek) -> Loaded:
    """Runs in the planner's thread, and once before Textual is there. DataError."""
    now = planner.now()
    this = IsoWeek.of(now.date())
    asked = (this.shift(1),) if planner.settings.sources else ()  # meetings there may ask for a verdict
    snapshot = planner.snapshot(*dict.fromkeys((key, this, *asked)))
    week = snapshot.week(key)
    current = snapshot.week(this) if key != this else None
    found = violations(week, now)
    asks, demo = waiting(snapshot, now), planner.origin == "demo"
    if planner.settings.sources:
        from techlead_tui.planner.calendars import ages  # dear, and most weeks have no calendar

        asks = asks._replace(stale=ages(planner))
    return Loaded(snapshot, Scene(week, figures_of(week, now), found, now, current, asks, demo))


def load_now(planner: Planner) -> Loaded:
    """Load the week in which work goes on: this one, after its last working hours the next. As `load`."""
    return _now(planner, load)


def _now(planner: Planner, load: Callable[[Planner, IsoWeek], Loaded]) -> Loaded:
    now = planner.now()
    loaded = load(planner, IsoWeek.of(now.date()))
    week = loaded.scene.week
    return load(planner, week.key.shift(1)) if is_over(week, now) else loaded


class Shelf:
    """Weeks as they were last loaded, and those loaded ahead; belongs to the planner's thread.

    A week is taken from here while the journal, the settings, what calendars say, the zone and the minute
    are the same, so that paging costs a look at the journal and no more.
    """

    def __init__(self) -> None:
        self._weeks: dict[IsoWeek, Loaded] = {}
        self._loaded_with: tuple[object, ...] = ()

    def load_now(self, planner: Planner) -> Loaded:
        """As `load_now`."""
        return _now(planner, self.load)

    def load(self, planner: Planner, key: IsoWeek) -> Loaded:
        """As `load`."""
        now = planner.now()
        minute = (now.date(), now.hour, now.minute)
        with_what = (planner.stamp(), planner.settings, planner.calendar(), planner.zone, minute)
        if self._loaded_with != with_what:
            self._weeks.clear()
            self._loaded_with = with_what
        kept = self._weeks.pop(key, None) or load(planner, key)
        self._weeks[key] = kept
        while len(self._weeks) > KEPT:
            del self._weeks[next(iter(self._weeks))]
        return kept


def fixes_of(planner: Planner, key: IsoWeek, violation: Violation) -> tuple[Fix, ...]:
    """Return what would mend a violation that the week already has, as moves of its first block."""
    snapshot = planner.snapshot(*(key.shift(weeks) for weeks in range(FIXES_REACH + 1)))
    block = snapshot.week(key).block(violation.subjects[0])
    if block is None or block.status != "planned" or block.start < planner.now():
        return ()
    stay = MoveBlock(block.uid, block.day, block.day, block.span.start_minute, block.span.end_minute)
    return fixes_for(snapshot, stay, (violation,), planner.now(), f"{block.uid}'")


def weigh(planner: Planner, snapshot: Snapshot, edit: Edit) -> Weighed:
    """Return what the week would say to an edit, from the snapshot at hand. UserError."""
    weeks = edit.weeks
    if any(str(week) not in snapshot.buckets for week in weeks):
        snapshot = planner.snapshot(*weeks)
    verdict = judge(snapshot, edit, planner.now(), "new")
    gained = sum(focus_minutes(verdict.after.week(w)) - focus_minutes(snapshot.week(w)) for w in weeks)
    refused = any(violation.severity == "refuse" for violation in verdict.introduced)
    return Weighed(refused, verdict.introduced, gained, verdict.notes)
