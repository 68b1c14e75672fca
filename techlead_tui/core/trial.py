"""The trial of a newly chosen week theme (M6): two weeks, then before and after are compared."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from techlead_tui.core.balance import focus_done, focus_minutes, meetings
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Edit, JudgeTrial, UseTheme
from techlead_tui.core.lengths import hours
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.text import day_text
from techlead_tui.core.week import Week
from techlead_tui.errors import UserError

WEEKS = 2
TABLE = "trials"
VERDICTS = {
    "keep": "the week theme stays",
    "adjust": "it stays, and is changed",
    "drop": "the one before comes back",
}


class Measures(NamedTuple):
    """Hold what weeks came to, a week on average."""

    focus_done: int  # minutes
    focus_planned: int
    meetings: float
    overrides: float


class Trial(NamedTuple):
    theme: str  # id of the week theme that is tried
    before_theme: str | None  # the one that it took the place of; None at the first use
    first: IsoWeek
    ends: date  # the last Friday
    before: Measures | None  # None where nothing was written down before
    after: Measures
    verdict: str | None  # one of VERDICTS
    titles: Mapping[str, str]  # of both week themes, by their ids

    @property
    def last(self) -> IsoWeek:
        return self.first.shift(WEEKS - 1)

    def due(self, now: datetime) -> bool:
        """Tell whether it is time to judge: from the last Friday on, until it is judged."""
        return self.verdict is None and now.date() >= self.ends


def weeks_needed(this: IsoWeek) -> list[IsoWeek]:
    """Return the weeks that a snapshot for `trial` holds."""
    return [this.shift(n) for n in range(-3 * WEEKS, WEEKS)]


def trial(snapshot: Snapshot, key: IsoWeek, now: datetime) -> Trial | None:
    """Return the trial that is under way in a week, or ended in the two before it; None where there is none.

    A week theme that was chosen for one week alone is not tried, and neither is one that comes back.
    """
    first = _begun(snapshot, key)
    if first is None:
        return None
    fresh = snapshot.since is not None and IsoWeek.of(snapshot.since.date()) >= first
    before_theme = None if fresh else snapshot.theme_id(first.shift(-1))
    theme = _lasting(snapshot, first)
    dropped = {
        str(record["theme"])
        for record in snapshot.table(OPEN, TABLE).values()
        if record["verdict"] == "drop" and str(record["uid"]) < str(first)
    }
    if theme == before_theme or before_theme in dropped:
        return None
    earlier = [first.shift(n) for n in range(-WEEKS, 0)]
    known = [
        week
        for week in map(snapshot.week, earlier)
        if week.since is None or week.since.date() <= week.key.day(1)
    ]
    later = [snapshot.week(first.shift(n)) for n in range(WEEKS) if first.shift(n) <= IsoWeek.of(now.date())]
    record = snapshot.table(OPEN, TABLE).get(str(first), {})
    same = record.get("theme") == theme
    last = snapshot.week(first.shift(WEEKS - 1))
    days = [day.date for day in last.days if day.theme is not None] or [last.days[4].date]
    return Trial(
        theme,
        before_theme,
        first,
        days[-1],
        _measured(known, now) if known else None,
        _measured(later, now),
        str(record["verdict"]) if same and record.get("verdict") else None,
        {name: _title(snapshot, name) for name in (theme, before_theme) if name is not None},
    )


def _title(snapshot: Snapshot, name: str) -> str:
    """Return the title of a week theme; its id where it is no longer there."""
    try:
        return snapshot.themes[name].title
    except (KeyError, UserError):
        return name


def _begun(snapshot: Snapshot, key: IsoWeek) -> IsoWeek | None:
    """Return the week in which the week theme that lasts came into use, if that is recent."""
    weeks = [
        IsoWeek.parse(str(use["week"]))
        for use in snapshot.table(OPEN, "theme_uses").values()
        if not use["only"]
    ]
    weeks += [] if snapshot.since is None else [IsoWeek.of(snapshot.since.date())]
    recent = [week for week in weeks if key.shift(1 - 2 * WEEKS) <= week <= key]
    return max(recent, default=None)


def _lasting(snapshot: Snapshot, key: IsoWeek) -> str:
    """Return the week theme from a week on, whatever that week alone had."""
    uses = [use for use in snapshot.table(OPEN, "theme_uses").values() if not use["only"]]
    known = [use for use in uses if str(use["week"]) <= str(key)]
    return str(max(known, key=lambda use: str(use["week"]))["theme"]) if known else snapshot.default_theme


def _measured(weeks: Sequence[Week], now: datetime) -> Measures:
    count = len(weeks) or 1
    return Measures(
        sum(focus_done(week, now) for week in weeks) // count,
        sum(focus_minutes(week) for week in weeks) // count,
        sum(len(meetings(week)) for week in weeks) / count,
        sum(block.override is not None for week in weeks for block in week.blocks) / count,
    )


def told(found: Trial, now: datetime) -> list[str]:
    """Describe a trial: what is tried, the figures before and after, and what is to be done."""
    tried, before = (found.titles.get(name or "", name) for name in (found.theme, found.before_theme))
    instead = f" instead of {before}" if before else ""
    lines = [f"{tried} is on trial{instead}, from week {found.first.number} to {day_text(found.ends)}"]
    if found.before is None:
        lines.append("nothing was recorded before, so there is nothing to compare with")
        lines.append(f"a week now: {_told(found.after)}")
    else:
        lines += [f"a week before: {_told(found.before)}", f"a week now: {_told(found.after)}"]
    if found.verdict is not None:
        lines.append(f"{found.verdict}: {VERDICTS[found.verdict]}")
    elif found.due(now):
        lines.append("keep it, adjust it, or drop it?")
    return lines


def _told(one: Measures) -> str:
    def count(number: float, noun: str) -> str:
        text = f"{number:.1f}".removesuffix(".0")
        return f"{text} {noun}" if text == "1" else f"{text} {noun}s"

    done = f"{hours(one.focus_done)} of focus time ({hours(one.focus_planned)} planned)"
    return f"{done}, {count(one.meetings, 'meeting')}, {count(one.overrides, 'override')}"


def verdict_edits(found: Trial, verdict: str, now: datetime) -> list[Edit]:
    """Return the edits that judge a trial; a drop brings the theme before back, from the next week on."""
    edits: list[Edit] = [JudgeTrial(found.first, found.theme, verdict)]
    if verdict == "drop" and found.before_theme is not None:
        edits.append(UseTheme(found.before_theme, IsoWeek.of(now.date()).shift(1)))
    return edits
