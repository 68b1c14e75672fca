"""Ten years of a lead, made through the planner: python -m tests.benchmarks.ten_years HOME [WEEKS]

520 weeks of about 60 records, one transaction a week; the last 26 lie in the future and hold no sessions.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import UTC, timedelta

from techlead_tui.config.clock import StillClock, now
from techlead_tui.config.local_time import Clock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.edits import AddBlock, AnswerCheck, Edit, SetDay
from techlead_tui.core.session import LogSession
from techlead_tui.planner.planner import Planner

WEEKS, AHEAD, SESSIONS, BLOCKS = 520, 26, 46, 12
WORK = ("pool fix", "cache design", "flaky test", "index rebuild", "review of #{n}", "schema change {n}")


def edits_of(week: IsoWeek, past: bool, rng: random.Random, zone: str) -> Sequence[Edit]:
    """A believable week: own blocks inside the deep-work boxes, sessions and the Friday check."""
    edits: list[Edit] = []
    for number in range(BLOCKS):
        day = week.day(2 + number % 3)
        start = (540, 780)[number // 3 % 2] + 30 * (number // 6)
        summary = rng.choice(WORK).format(n=rng.randrange(1000))
        edits.append(AddBlock(summary, day, start, start + 30, "deep_work", "code"))
    if past:
        for number in range(SESSIONS):
            start = at(week.day(1 + number % 5), 540 + 45 * (number // 5), UTC)
            edits.append(
                LogSession(
                    summary=rng.choice(WORK).format(n=rng.randrange(1000)),
                    start=start.isoformat(),
                    end=(start + timedelta(minutes=rng.randrange(10, 45))).isoformat(),
                    week=str(week),
                    zone=zone,
                    pattern=rng.choice(("lead", "spike", "refactor", "pair", None)),
                    repo="billing",
                    branch="main",
                )
            )
        answers = {name: rng.random() < 0.7 for name in ("code", "meetings", "depth", "team", "stress")}
        edits.append(AnswerCheck(week, answers))
        if rng.random() < 0.08:
            edits.append(SetDay(week.day(5), "leave"))
    return edits


def fill(home: str, weeks: int = WEEKS) -> None:
    """Writes the weeks, each as if at its own Friday; the clock of the planner moves along."""
    moment = now(Clock.of_user(), UTC)
    this = IsoWeek.of(moment.date())
    clock = StillClock(moment)
    planner = Planner(Folders.under(home), clock, zone=UTC)
    rng = random.Random(7)
    ahead = AHEAD if weeks > AHEAD else 0
    for back in range(weeks - ahead - 1, -ahead - 1, -1):
        week = this.shift(-back)
        clock.now = min(moment, at(week.day(5), 1020, UTC))
        decisions = planner.apply_all(edits_of(week, back > 0, rng, "UTC"), ["benchmark", str(week)])
        assert not decisions[-1].refused, decisions[-1].violations
    clock.now = moment
    planner._store.fold()


if __name__ == "__main__":
    fill(sys.argv[1], *map(int, sys.argv[2:3]))
