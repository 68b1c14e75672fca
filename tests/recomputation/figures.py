"""Recompute the figures of a week from `techlead week --json` and its theme's file, minute by minute.

Written from the method and the reference pages alone; shares no code with the program. A minute is its number
since 1970, so nothing here knows of zones but `Theme.minute`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

THEMES = Path(__file__).parents[2] / "themes"
CATEGORIES = ("hands_on", "mentorship", "communication", "other")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Json = dict[str, Any]


def minutes_of(text: str) -> int:
    """`14:30` as minutes since midnight."""
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest)


def moment(text: str) -> int:
    """Return the minute of an ISO 8601 time with an offset."""
    return int(datetime.fromisoformat(text).timestamp()) // 60


def span(each: Mapping[str, Any]) -> range:
    """Return the minutes of a block, session or gap."""
    return range(moment(each["start"]), moment(each["end"]))


def runs(minutes: Iterable[int]) -> list[range]:
    """Return a set of minutes as stretches without a hole."""
    out: list[range] = []
    for minute in sorted(minutes):
        if out and out[-1].stop == minute:
            out[-1] = range(out[-1].start, minute + 1)
        else:
            out.append(range(minute, minute + 1))
    return out


class Theme:
    """Know what a week theme's file says of one week."""

    def __init__(self, name: str, monday: date, zone: ZoneInfo) -> None:
        data = tomllib.loads((THEMES / f"{name}.toml").read_text(encoding="utf-8"))
        self.name, self.monday, self.zone = name, monday, zone
        limits = data["limits"]
        self.stretch = int(limits["focus_stretch"].removesuffix("h")) * 60
        self.wanted = [int(each.removesuffix("h")) * 60 for each in limits["deep_work"]]
        self.most_talk = limits["communication_percent"]
        self.severities = data["rules"]
        self.boxes = data["box"]
        self.homes = {
            f"{box['id']}@{self.day(DAYS.index(box['day']))}": self._span(box) for box in self.boxes
        }
        opens, closes = data["hours"].split("-")
        noon = data["lunch"].split("-")
        days = [DAYS.index(name) for name in data["day"]]
        self.workdays = {self.day(day) for day in days}
        self.hours = {self.day(day): set(self._range(day, opens, closes)) for day in days}
        self.lunch = {minute for day in days for minute in self._range(day, *noon)}

    def day(self, number: int) -> date:
        return self.monday + timedelta(days=number)

    def minute(self, day: int, clock: int) -> int:
        """Return the minute at which a wall clock of the week shows a time."""
        at = datetime.combine(self.day(day), datetime.min.time(), self.zone) + timedelta(minutes=clock)
        return int(at.timestamp()) // 60

    def _range(self, day: int, start: str, end: str) -> range:
        return range(self.minute(day, minutes_of(start)), self.minute(day, minutes_of(end)))

    def _span(self, box: Json) -> range:
        return self._range(DAYS.index(box["day"]), box["start"], box["end"])

    def whole_day(self, day: date) -> range:
        number = (day - self.monday).days
        return range(self.minute(number, 0), self.minute(number, 24 * 60))


class Recomputed:
    """Work out the figures of the answer of `week --json` at a moment.

    `first` is the minute of the first use: a meeting that ended before it is not taken as held.
    """

    def __init__(self, week: Json, theme: Theme, now: int, first: int = 0) -> None:
        self.theme, self.now, self.first, self.week = theme, now, first, week
        self.blocks: list[Json] = week["blocks"]
        self.live = [block for block in self.blocks if block["status"] != "skipped"]
        self.leave = {date.fromisoformat(day["date"]) for day in week["days"] if day["kind"] == "leave"}
        self.away = {minute for block in self.live if block["kind"] == "leave" for minute in span(block)}
        for day in self.leave:
            self.away |= set(theme.whole_day(day))
        hours = set().union(*theme.hours.values())
        self.working = hours - theme.lunch - self.away
        self.sessions = sorted(
            (each for each in week["sessions"] if moment(each["start"]) <= now),
            key=lambda each: (moment(each["start"]), each["uid"]),
        )

    def home(self, block: Json) -> range | None:
        return self.theme.homes.get(block["uid"]) if block["source"] == "theme" else None

    def stands(self, block: Json) -> bool:
        """Tell whether a box of the theme is where the theme puts it."""
        return self.home(block) == span(block)

    def in_place(self, block: Json) -> bool:
        home, now = self.home(block), span(block)
        return home is not None and home.start <= now.start and now.stop <= home.stop

    def given_back(self) -> list[range]:
        deep = {
            m
            for block in self.live
            if block["kind"] == "deep_work" and self.stands(block)
            for m in span(block)
        }
        gone: set[int] = set()
        for block in self.blocks:
            home = self.home(block)
            if home is None or block["kind"] == "deep_work":
                continue
            if block["status"] == "skipped" or not self.stands(block):
                gone |= set(home)
        return [gap for gap in runs(gone) if gap.start - 1 in deep - gone and gap.stop in deep - gone]

    def by_rank(self) -> list[Json]:
        """Return the live blocks: whose minute it is where several hold it comes first."""

        def rank(block: Json) -> tuple[int, bool, int, str]:
            stands = self.stands(block)
            if block["kind"] == "deep_work":
                of = 3 if stands else 1
            else:
                of = 2 if block["optional"] and stands else 0
            return of, block["source"] == "theme", len(span(block)), block["uid"]

        return sorted((block for block in self.live if block["kind"] != "leave"), key=rank)

    def planned(self) -> dict[int, str]:
        """Return the category of each planned minute."""
        out: dict[int, str] = {}
        for block in self.by_rank():
            box = block["source"] == "theme" and block["kind"] == "deep_work"
            for minute in span(block):
                if minute not in self.away and not (box and minute in self.theme.lunch):
                    out.setdefault(minute, block["category"])
        for gap in self.given_back():
            for minute in gap:
                if minute not in self.away and minute not in self.theme.lunch:
                    out.setdefault(minute, "hands_on")
        return out

    def done(self) -> dict[int, str]:
        """Return the category of each minute that was really spent."""
        out: dict[int, str] = {}
        for session in self.sessions:
            for minute in span(session):
                out.setdefault(minute, session["category"])
        for block in self.by_rank():
            until = moment(block["hard_end"] or block["end"])
            held = block["kind"] == "meeting" and self.first < until <= self.now
            logged = any(set(span(session)) & set(span(block)) for session in self.sessions)
            if held or (block["status"] == "done" and not logged):
                for minute in range(span(block).start, until):
                    if minute not in self.away:
                        out.setdefault(minute, block["category"])
        return out

    def deep(self) -> set[int]:
        own: set[int] = set()
        boxes = {minute for gap in self.given_back() for minute in gap}
        optional: set[int] = set()
        over = self.away | self.theme.lunch
        for block in self.live:
            minutes = set(span(block))
            if block["kind"] == "deep_work":
                if date.fromisoformat(block["start"][:10]) in self.theme.workdays:
                    boxes, own = (boxes | minutes, own) if self.stands(block) else (boxes, own | minutes)
            elif block["kind"] != "leave":
                if block["optional"] and self.stands(block):
                    optional |= minutes
                else:
                    over = over | minutes
        return (own | (boxes - optional)) - over

    def focus(self) -> int:
        return sum(len(run) for run in runs(self.deep()) if len(run) >= self.theme.stretch)

    def focus_done(self) -> int:
        minutes: set[int] = set()
        for session in self.sessions:
            day = date.fromisoformat(session["start"][:10])
            if session["category"] == "hands_on" and day in self.theme.workdays - self.leave:
                minutes |= set(span(session))
        bridged = set(minutes)
        for before, after in zip(runs(minutes), runs(minutes)[1:], strict=False):
            if after.start - before.stop <= 15:
                bridged |= set(range(before.stop, after.start))
        return sum(len(run) for run in runs(bridged) if len(run) >= self.theme.stretch)

    def logged_in(self) -> dict[str, int]:
        out: dict[str, int] = {}
        taken: set[int] = set()
        for session in self.sessions:
            for minute in set(span(session)) - taken:
                holds = [block for block in self.live if minute in span(block)]
                if holds:
                    best = min(
                        holds,
                        key=lambda b: (b["category"] != session["category"], len(span(b)), b["uid"]),
                    )
                    out[best["uid"]] = out.get(best["uid"], 0) + 1
            taken |= set(span(session))
        return out

    def figures(self) -> Json:
        """Return what `week --json` says of the same."""
        plan, done = self.planned(), self.done()
        inside = {minute: what for minute, what in plan.items() if minute in self.working}
        spent = {minute: what for minute, what in done.items() if minute in self.working}
        whole = sum(len(hours - self.theme.lunch) for hours in self.theme.hours.values())
        wanted = [
            each if len(self.working) == whole else each * len(self.working) // whole // 15 * 15
            for each in self.theme.wanted
        ]
        return {
            "working_minutes": len(self.working),
            "planned_minutes": by_category(plan),
            "planned_inside_minutes": by_category(inside),
            "done_minutes": by_category(done),
            "done_inside_minutes": by_category(spent),
            "percent": self._shares(inside),
            "done_percent": self._shares(spent),
            "focus_minutes": self.focus(),
            "focus_done_minutes": self.focus_done(),
            "focus_wanted_minutes": wanted,
            "deep_work_minutes": len(self.deep()),
            "logged_minutes": len({minute for session in self.sessions for minute in span(session)}),
            "logged_in_minutes": self.logged_in(),
        }

    def _shares(self, minutes: Mapping[int, str]) -> dict[str, int]:
        whole = len(self.working)
        found = by_category(minutes)
        return {name: int(value * 100 / whole + 0.5) if whole else 0 for name, value in found.items()}

    def overlaps(self) -> list[tuple[str, str]]:
        """Return the pairs of live blocks that want the same time and have no right to it."""
        found = []
        live = [block for block in self.live if block["kind"] != "leave"]
        for number, one in enumerate(live):
            for other in live[number + 1 :]:
                shared = max(span(one).start, span(other).start) < min(span(one).stop, span(other).stop)
                if shared and not self._lawful(one, other) and not self._lawful(other, one):
                    found.append((one["uid"], other["uid"]))
        return found

    def _lawful(self, box: Json, block: Json) -> bool:
        if box["source"] != "theme":
            return False
        placed = self.in_place(box)
        if placed and (box["optional"] or box["kind"] == "deep_work"):
            return True
        if not (span(box).start <= span(block).start and span(block).stop <= span(box).stop):
            return False
        if box["optional"]:
            return True
        if box["kind"] == "window":
            return placed and (block["kind"] == "window" or block["category"] == "mentorship")
        return placed and box["kind"] == block["kind"] and box["type"] in (None, block["type"])


def by_category(minutes: Mapping[int, str]) -> dict[str, int]:
    values = list(minutes.values())
    return {name: values.count(name) for name in CATEGORIES}
