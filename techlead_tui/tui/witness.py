"""Hold what git and commands tell, for every screen, and read it again in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from textual.message import Message

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.evidence import DayCount, Evidence, per_day
from techlead_tui.evidence.checkout import learn
from techlead_tui.planner.evidence import read_evidence
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.repositories import scan

COMMANDS_EVERY = 1800  # seconds between two runs of the commands of config.toml
TOLD_EVERY = 0.2  # seconds between two words about how far a scan is

Progress = tuple[int, int, str]  # repositories that are done, of how many, and the last one's name


class Scanning(Message):
    """A scan has come so far."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class Witness:
    """Hold what is known now. `progress` is how far a scan is, or None."""

    def __init__(self) -> None:
        self.evidence = Evidence()
        self.days: dict[date, DayCount] = {}
        self.progress: Progress | None = None

    @property
    def known(self) -> Evidence | None:
        """Return what is known, or None before anybody has looked."""
        return self.evidence if self.evidence.known else None

    def line(self, today: date) -> str:
        """Return the sentence about a day's own commits; empty where there is nothing to say."""
        if self.progress is not None and not self.evidence.known:
            done, everything, _ = self.progress
            return f"commits {done}/{everything} read"
        count = self.days.get(today)
        if count is None:
            wrong = sum(source.error is not None for source in self.evidence.sources)
            return f"{wrong} repo{'s' * (wrong != 1)} not read" if wrong and not self.evidence.known else ""
        return (
            f"{count.commits} commit{'s' * (count.commits != 1)} +{count.lines_added} −{count.lines_removed}"
        )

    def take(self, evidence: Evidence) -> None:
        """Hold what was read."""
        self.evidence = evidence
        self.days = per_day(evidence.commits)


def known(planner: Planner) -> Evidence:
    """Return what the last scan found. Runs in a thread."""
    return read_evidence(planner.folders, planner.zone)


def scanned(planner: Planner, post: Callable[[Message], object], repo: str | None = None) -> Evidence | None:
    """Scan, and return what is then known; None where nothing has changed. Runs in a thread. UserError.

    `repo` is the repository that the screen was opened in: a session of this week in it makes it known.
    """
    key = IsoWeek.of(planner.today())
    if repo is not None and any(one.repo == repo for one in planner.snapshot(key).week(key).sessions):
        learn(planner.folders.data)
    last = 0.0

    def progress(done: int, everything: int, name: str) -> None:
        nonlocal last
        if done == everything or time.monotonic() - last > TOLD_EVERY:
            last = time.monotonic()
            post(Scanning((done, everything, name)))

    found = scan(planner.folders, planner.clock, progress, command_age=COMMANDS_EVERY, at_once=1)
    return known(planner) if found.news else None
