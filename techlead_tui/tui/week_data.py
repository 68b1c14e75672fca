"""Read what a screen shows of a week, and keep it for the way back."""

from collections.abc import Callable
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.waiting import waiting
from techlead_tui.core.rules import violations
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.planner.reader import Reader
from techlead_tui.render.metrics import figures_of
from techlead_tui.render.week_page import Scene, is_over

KEPT = 3  # weeks: the one shown, and both beside it


class Loaded(NamedTuple):
    snapshot: Snapshot
    scene: Scene


def load(reader: Reader, key: IsoWeek) -> Loaded:
    """Runs in the planner's thread, and once before Textual is there. DataError."""
    now = reader.now()
    this = IsoWeek.of(now.date())
    asked = (this.shift(1),) if reader.settings.sources else ()  # meetings there may ask for a verdict
    snapshot = reader.snapshot(*dict.fromkeys((key, this, *asked)))
    week = snapshot.week(key)
    current = snapshot.week(this) if key != this else None
    found = violations(week, now)
    asks, demo = waiting(snapshot, now), reader.origin == "demo"
    if reader.settings.sources:
        from techlead_tui.planner.calendars import ages  # dear, and most weeks have no calendar

        asks = asks._replace(stale=ages(reader))
    return Loaded(snapshot, Scene(week, figures_of(week, now), found, now, current, asks, demo))


def load_now(reader: Reader) -> Loaded:
    """Load the week in which work goes on: this one, after its last working hours the next. As `load`."""
    return _now(reader, load)


def _now(reader: Reader, load: Callable[[Reader, IsoWeek], Loaded]) -> Loaded:
    now = reader.now()
    loaded = load(reader, IsoWeek.of(now.date()))
    week = loaded.scene.week
    return load(reader, week.key.shift(1)) if is_over(week, now) else loaded


class Shelf:
    """Weeks as they were last loaded, and those loaded ahead; belongs to the planner's thread.

    A week is taken from here while the journal, the settings, what calendars say, the zone and the minute
    are the same, so that paging costs a look at the journal and no more.
    """

    def __init__(self) -> None:
        self._weeks: dict[IsoWeek, Loaded] = {}
        self._loaded_with: tuple[object, ...] = ()

    def load_now(self, reader: Reader) -> Loaded:
        """As `load_now`."""
        return _now(reader, self.load)

    def load(self, reader: Reader, key: IsoWeek) -> Loaded:
        """As `load`."""
        now = reader.now()
        minute = (now.date(), now.hour, now.minute)
        with_what = (reader.stamp(), reader.settings, reader.calendar(), reader.zone, minute)
        if self._loaded_with != with_what:
            self._weeks.clear()
            self._loaded_with = with_what
        kept = self._weeks.pop(key, None) or load(reader, key)
        self._weeks[key] = kept
        while len(self._weeks) > KEPT:
            del self._weeks[next(iter(self._weeks))]
        return kept
