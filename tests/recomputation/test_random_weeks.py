"""Random weeks by the command: every figure recomputed, every fix, move and free slot applied and undone.

`TECHLEAD_WEEKS=300 pytest tests/recomputation` takes more than the few that run by default;
`TECHLEAD_WEEKS_FROM=100` begins at another one. Each week is made from its number alone.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Answer, Techlead
from tests.recomputation.figures import DAYS, Json, Recomputed, Theme, moment, span

FIRST = int(os.environ.get("TECHLEAD_WEEKS_FROM", "0"))
WEEKS = range(FIRST, FIRST + int(os.environ.get("TECHLEAD_WEEKS", "1")))
STEPS = 9  # edits of a week, each measured
THEMES = ("maker-week", "four-day", "hands-on-30", "no-meeting-wednesday", "on-call", "two-time-zones")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Tokyo")
KEYS = ("2026-W48", "2026-W13", "2026-W43", "2026-W10", "2026-W53", "2026-W40")
TAGS = (
    "",
    "+code",
    "+review",
    "+decision",
    "+pairing",
    "+onboarding",
    "+em-1-1",
    "+status",
    "+async",
    "+unblock",
)
TAGS += (
    "+architecture-review",
    "+ad-hoc",
    "+planning",
    "+leave",
    "+stakeholder",
    "+cross-team",
    "+mentorship",
)
WAYS = ("add", "add", "add", "move", "move", "done", "log", "day", "rm", "edit")


class Home:
    """One week in a home of its own, tried through the command."""

    def __init__(
        self,
        seed: int,
        techlead: Techlead,
        now: datetime,
        key: str,
        zone: str,
        theme: str,
        first: datetime | None = None,
    ) -> None:
        self.random = random.Random(seed)
        self.techlead, self.now, self.key = techlead, int(now.timestamp()) // 60, key
        self.monday = date.fromisocalendar(int(key[:4]), int(key[6:]), 1)
        self.zone = ZoneInfo(zone)
        self.theme_name = theme
        self.first = self.now if first is None else int(first.timestamp()) // 60
        if theme != "maker-week":
            self.call("theme", "use", theme, "--from", key)

    def call(self, *words: str, fails: bool = False) -> Answer:
        answer = self.techlead(*words)
        if not fails:
            assert answer.code == 0, (words, answer.err)
        return answer

    def theme(self, weeks: int = 0) -> Theme:
        return Theme(self.theme_name, self.monday + timedelta(weeks=weeks), self.zone)

    def week(self, weeks: int = 0) -> Json:
        year, number, _ = (self.monday + timedelta(weeks=weeks)).isocalendar()
        return dict(self.call("week", f"{year}-W{number:02}", "--json").json)

    def focus(self) -> int:
        """The focus time of this week and those after it that a fix may reach, each recomputed."""
        return sum(Recomputed(self.week(n), self.theme(n), self.now).focus() for n in range(5))

    def day(self) -> str:
        return (
            self.monday + timedelta(days=self.random.choices(range(7), (5, 5, 5, 5, 5, 1, 1))[0])
        ).isoformat()

    def hours(self) -> str:
        start = self.random.randrange(32, 72) * 15
        end = min(24 * 60, start + self.random.choice((15, 30, 30, 45, 60, 60, 90, 120, 180)))
        return f"{start // 60}:{start % 60:02}-{end // 60}:{end % 60:02}"

    def words(self) -> list[str]:
        """Return a random call that changes the week."""
        pick = self.random
        blocks = self.week()["blocks"]
        block = pick.choice([*blocks, *(each for each in blocks if each["source"] == "own")])
        match pick.choice(WAYS):
            case "add" if pick.random() < 0.15:
                every = (
                    ("every", pick.choice(DAYS[:5]))
                    if pick.random() < 0.5
                    else ("every", "2", "weeks", "fri")
                )
                return ["add", *every, self.hours(), "series", *self._tag()]
            case "add":
                return ["add", self.day(), self.hours(), "thing", *self._tag()]
            case "move":
                own = pick.random() < 0.6
                hours = self.hours() if pick.random() < 0.5 else self.hours().partition("-")[0]
                return ["move", block["uid"], block["start"][:10] if own else self.day(), hours]
            case "done":
                return ["done", block["uid"], *pick.choice(([], ["--skipped"], ["--skipped"], ["--reopen"]))]
            case "log":
                at = f"{self.day()} {self.hours().partition('-')[0]}"
                minutes = f"{pick.choice((20, 50, 75, 130, 200))}m"
                kind = pick.choice(("hands_on", "hands_on", "communication", "mentorship"))
                return ["log", minutes, "work", "--at", at, "--category", kind]
            case "day":
                return ["day", self.day(), pick.choice(("leave", "on-call", "normal"))]
            case "edit":
                return ["edit", block["uid"], *(self._tag() or ["+decision"])]
            case _:
                return ["rm", block["uid"]]

    def _tag(self) -> list[str]:
        tag = self.random.choice(TAGS)
        return [tag] if tag else []


@pytest.fixture(params=WEEKS)
def home(
    request: pytest.FixtureRequest, techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Home]:
    seed = int(request.param)
    pick = random.Random(-seed - 1)
    key, zone, theme = pick.choice(KEYS), pick.choice(ZONES), THEMES[seed % len(THEMES)]
    monday = date.fromisocalendar(int(key[:4]), int(key[6:]), 1)
    minutes = pick.choice(
        (-1000, 10 * 60 + 10, 35 * 60 + 7, 84 * 60, 105 * 60 + 52)
    )  # since Monday's midnight
    now = datetime.combine(monday, datetime.min.time(), ZoneInfo(zone)) + timedelta(minutes=minutes)
    monkeypatch.setenv("TECHLEAD_HOME", str(tmp_path / "week"))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    first = (
        now - timedelta(weeks=6) if seed % 4 else None
    )  # the other homes are new, so that nothing was held
    if first is not None:
        monkeypatch.setenv("TECHLEAD_NOW", first.isoformat())
        assert (
            techlead("add", first.date().isoformat(), "20:00-20:30", "the first use", "--override", "x").code
            == 0
        )
    monkeypatch.setenv("TECHLEAD_NOW", now.isoformat())
    yield Home(seed, techlead, now, key, zone, theme, first)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.slow
def test_no_figure_and_no_gain_differs(home: Home) -> None:
    check_week(home)
    for _ in range(STEPS):
        words = home.words()
        step(home, words)
    check_week(home)
    check_lint(home)
    check_free(home)


def step(home: Home, words: list[str]) -> None:
    """Carry out a random call: what it says of costs and fixes is what comes of them."""
    before, known = home.focus(), home.week()
    answer = home.call(*words, "--json", fails=True)
    if answer.code not in (0, 3):
        assert answer.code == 2, (words, answer.err)  # its words make no sense here
        return
    found = answer.json
    fixes = [fix for each in found.get("violations", ()) for fix in each["fixes"]]
    if answer.code == 3:
        assert home.week() == known, words
        home.call(*words, "--override", "wanted")
    wish = home.focus()
    costs = {
        each["focus_cost_minutes"] for each in found.get("violations", ()) if each["severity"] == "refuse"
    }
    if answer.code == 3:
        assert costs == {before - wish} or "every" in words, words
        gentle = answer.json["violations"][0]["rule"]
        meeting = words[0] == "add" and "+leave" not in words
        assert fixes or not meeting or gentle == "working-hours" or long(words), (words, gentle)
    elif words[0] not in ("log", "day") and "every" not in words:
        assert found["focus_delta_minutes"] == wish - before, words
        check_new_overlaps(home, known, words)
    if words[0] == "add" and before - wish > 0 and answer.code == 0:
        assert found["block"]["kind"] != "deep_work", words
    gains = [fix["focus_gain_minutes"] for fix in fixes]
    assert gains == sorted(gains, reverse=True), words
    if not fixes or "every" in words:
        check_week(home)
        return
    wished = home.week()
    if home.call("undo").code == 0:
        assert home.week() == known, words
    for fix in fixes:
        check_fix(home, words, fix, wish)
        assert home.week() == known, (words, fix)
    again = home.call(*words, "--json", fails=True)
    if again.code == 3 and home.random.random() < 0.3:
        home.call(*words, "--override", "wanted")
        assert home.focus() == wish
    assert wished


def long(words: list[str]) -> bool:
    """Tell whether an `add` is longer than an hour, which need not find room."""
    start, end = next(word for word in words if ":" in word).split("-")
    minutes = [int(clock.split(":")[0]) * 60 + int(clock.split(":")[1]) for clock in (start, end)]
    return minutes[1] - minutes[0] > 60


def check_fix(home: Home, words: list[str], fix: Json, wish: int) -> None:
    applied = home.call(*fix["words"], "--json").json
    steps = 1
    if words[0] == "edit":
        uid = applied["block"]["uid"]
        home.call("edit", uid, *words[2:], "--json")
        steps = 2
    block = applied["block"]
    assert home.focus() - wish == fix["focus_gain_minutes"], (words, fix)
    assert moment(block["start"]) >= home.now, (words, fix)
    for _ in range(steps):
        home.call("undo")


def check_new_overlaps(home: Home, known: Json, words: list[str]) -> None:
    """An accepted edit brings no two blocks to the same time."""
    if home.theme().severities.get("overlap") == "warn" or words[0] not in ("add", "move"):
        return
    before = Recomputed(known, home.theme(), home.now).overlaps()
    after = Recomputed(home.week(), home.theme(), home.now).overlaps()
    assert set(after) <= set(before), words


def check_week(home: Home) -> None:
    """Every figure of the week, and of the check that looks at it."""
    week = home.week()
    mine = Recomputed(week, home.theme(), home.now, home.first)
    figures = mine.figures()
    assert {name: week[name] for name in figures} == figures
    assert [span(gap) for gap in week["given_back"]] == mine.given_back()
    assert sum(figures["planned_inside_minutes"].values()) <= figures["working_minutes"]
    assert sum(figures["percent"].values()) <= 102  # each rounded
    answer = home.call("check", home.key, "--json").json["check"]
    stress = next(each for each in answer["questions"] if each["id"] == "stress")
    said = " ".join(stress["evidence"])
    talk, talked = figures["percent"]["communication"], figures["done_percent"]["communication"]
    last = (
        max(max(hours) for day, hours in mine.theme.hours.items() if day not in mine.leave)
        if mine.working
        else 0
    )
    if mine.working and home.now > last:
        assert f"{talked} % communication done, {talk} % planned" in said
        assert f"{length(figures['focus_done_minutes'])} of focus time done" in said
    elif mine.working:
        assert f"{talk} % communication planned, {talked} % done" in said
        assert f"{length(figures['focus_minutes'])} of focus time planned" in said
    if mine.sessions:
        logged = {minute for session in mine.sessions for minute in span(session)}
        assert f"{length(len(logged))} logged, {length(len(logged - mine.working))} of it outside" in said
    home_now = home.call("now", "--json").json["now"]
    if home.call("now", "--json").json["week"] == home.key:
        assert home_now["focus_minutes"] == figures["focus_minutes"]
        assert home_now["meetings_percent"] == talk


def length(minutes: int) -> str:
    """Return minutes as the program writes them."""
    hours, rest = divmod(minutes, 60)
    if rest == 30 and hours:
        return f"{hours}.5 h"
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def check_lint(home: Home) -> None:
    """Each way out of lint changes something, wins what it says, and lies ahead."""
    here, known = home.focus(), home.week()
    for finding in home.call("lint", home.key, "--json", fails=True).json["findings"]:
        gains = [fix["focus_gain_minutes"] for fix in finding["fixes"]]
        assert finding["focus_gain_minutes"] == max(gains, default=0)
        for fix in finding["fixes"]:
            block = home.call(*fix["words"], "--json").json["block"]
            assert home.week() != known, fix
            assert home.focus() - here == fix["focus_gain_minutes"], (finding["message"], fix)
            assert moment(block["start"]) >= home.now, fix
            home.call("undo")
            assert home.week() == known, fix


def check_free(home: Home) -> None:
    """Each slot is accepted and costs what it says; no quarter of an hour is better than the first."""
    for tag in home.random.sample(TAGS, 2):
        tags = [tag] if tag not in ("", "+leave") else []
        minutes = home.random.choice((30, 60, 120))
        slots = home.call("free", f"{minutes}m", home.key, *tags, "--json").json["slots"]
        costs = [slot["focus_cost_minutes"] for slot in slots]
        assert costs == sorted(costs)
        before = home.focus()
        for slot in slots:
            assert moment(slot["start"]) >= home.now
            hours = f"{slot['start'][11:16]}-{slot['end'][11:16]}"
            home.call("add", slot["start"][:10], hours, "found", *tags)
            assert before - home.focus() == slot["focus_cost_minutes"], (tags, slot)
            home.call("undo")
        check_no_better(home, tags, minutes, costs[0] if costs else None)


def check_no_better(home: Home, tags: list[str], minutes: int, best: int | None) -> None:
    week, theme = home.week(), home.theme()
    kind: Any = None
    mine = Recomputed(week, theme, home.now)
    here = mine.focus()
    for number in range(7):
        if theme.day(number) not in theme.workdays - mine.leave:
            continue
        for start in range(8 * 60, 18 * 60, 15):
            begin = theme.minute(number, start)
            hours = theme.hours[theme.day(number)]
            if begin < home.now or not {begin, begin + minutes - 1} <= hours - theme.lunch:
                continue
            if best is not None and kind is not None:
                tried = dict(kind, start=iso(begin, home.zone), end=iso(begin + minutes, home.zone))
                cost = (
                    here - Recomputed({**week, "blocks": [*week["blocks"], tried]}, theme, home.now).focus()
                )
                if cost >= best:
                    continue
            clock = f"{start // 60}:{start % 60:02}-{(start + minutes) // 60}:{(start + minutes) % 60:02}"
            answer = home.call(
                "add", theme.day(number).isoformat(), clock, "found", *tags, "--json", fails=True
            )
            over = {"overlap", "deep-work", "working-hours"} & {
                each["rule"] for each in answer.json["violations"]
            }
            if answer.code == 0 and over:  # where a theme only warns of it: accepted, but not free
                home.call("undo")
            elif answer.code == 0:
                kind = dict(answer.json["block"], uid="tried", box=None)
                cost = -answer.json["focus_delta_minutes"]
                home.call("undo")
                better = best is None or cost < best
                assert not better, (tags, minutes, theme.day(number), clock, cost, best)


def iso(minute: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(minute * 60, zone).isoformat()
