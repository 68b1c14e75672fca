"""`techlead demo`: a believable lead's quarter in a throw-away folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from bisect import insort
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from operator import itemgetter
from typing import NamedTuple

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.output import tell
from techlead_tui.cli.shell import Shell
from techlead_tui.config.clock import StillClock
from techlead_tui.config.files import write_text
from techlead_tui.config.paths import Folders
from techlead_tui.config.settings import settings_path
from techlead_tui.core.calendar import IsoWeek, at, into
from techlead_tui.core.edits import (
    AddBlock,
    AddItem,
    AnswerCheck,
    Edit,
    FinishBlock,
    MoveBlock,
    Repeat,
    SetDay,
    UseTheme,
)
from techlead_tui.core.session import LogSession
from techlead_tui.core.words.args import Option
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import WordsError
from techlead_tui.planner.planner import Planner

WEEKS, AHEAD = 12, 2
SETTINGS = 'name = "Robin Vega"\nemails = ["robin@example.org"]\nfirst_run_done = true\n'


class Chapter(NamedTuple):
    """Hold what some weeks were about; sessions are (weekday, start, minutes, summary, pattern)."""

    weeks: int
    focus: str
    repo: str
    branch: str
    sessions: tuple[tuple[int, int, int, str, str | None], ...]
    answers: str  # five letters, y or n: code, meetings, depth, team, stress


CHAPTERS = (
    Chapter(
        2,
        "Payment retries: idempotency keys",
        "payments",
        "retries",
        (
            (2, 545, 150, "retry state machine, first cut", "lead"),
            (2, 785, 170, "idempotency keys in the ledger", "lead"),
            (3, 660, 55, "review of the webhook consumer", None),
            (3, 780, 200, "backoff that survives a restart", "lead"),
            (4, 550, 140, "property tests for double charges", "lead"),
            (5, 605, 100, "pairing with Ana on the outbox", "pair"),
        ),
        "yyyyy",
    ),
    Chapter(
        1,
        "Spike: can Postgres carry the queue?",
        "queue-spike",
        "main",
        (
            (2, 540, 175, "load test: 4 000 jobs a second", "spike"),
            (3, 790, 180, "skip locked against advisory locks", "spike"),
            (4, 545, 160, "findings written up", "spike"),
        ),
        "yyyyn",
    ),
    Chapter(
        3,
        "Quarter planning and two escalations",
        "payments",
        "main",
        ((2, 780, 60, "hotfix: refund rounding", None), (4, 545, 45, "review of the audit log", None)),
        "nnyyn",
    ),
    Chapter(
        3,
        "Untangle the invoice module",
        "billing",
        "untangle",
        (
            (1, 845, 110, "characterisation tests for invoices", "refactor"),
            (2, 545, 170, "split tax from totals", "refactor"),
            (2, 790, 120, "drop the currency globals", "refactor"),
            (3, 785, 190, "money as a type of its own", "refactor"),
            (4, 550, 120, "migration, dry run", "refactor"),
            (5, 845, 80, "pairing with Bo on the importer", "pair"),
        ),
        "ynyyy",
    ),
    Chapter(
        3,
        "Connection pool: no more stalls",
        "payments",
        "pool",
        (
            (1, 840, 100, "reproduce the stall under load", "lead"),
            (2, 545, 170, "pool with fair waiting", "lead"),
            (2, 785, 150, "metrics for the time spent waiting", "lead"),
            (3, 785, 210, "timeouts that name the query", "lead"),
            (4, 545, 165, "roll-out behind a flag", "lead"),
            (5, 610, 95, "pairing with Chidi on the flag", "pair"),
        ),
        "yyyyy",
    ),
)
# weeks before this one, weekday, minute, and what was written down then
ITEMS: tuple[tuple[int, int, int, AddItem], ...] = (
    (6, 1, 610, AddItem("delegation", "status tracking of payments", {"owner": "ana", "frees": 120})),
    (3, 2, 700, AddItem("delegation", "runbook for the queue", {"owner": "bo", "grows": "operations"})),
    (
        2,
        1,
        620,
        AddItem(
            "delegation",
            "tests for the importer",
            {"owner": "chidi", "frees": 90, "grows": "test design", "authority": "decide"},
        ),
    ),
    (
        1,
        4,
        900,
        AddItem(
            "delegation",
            "design of the ledger's API",
            {"owner": "dana", "authority": "propose"},
            "she designs it, the decision stays here",
        ),
    ),
    (
        1,
        1,
        530,
        AddItem("campaign", "Connection pool: no more stalls", {"repo": "payments", "prs": 3, "reviewed": 3}),
    ),
    (1, 3, 700, AddItem("pair", "tests for the importer", {"who": "chidi"})),
    (0, 1, 610, AddItem("pair", "the flag's roll-out", {"who": "bo"})),
    (0, 1, 640, AddItem("question", "why do we keep two caches?", {"people": ["chidi"]})),
    (0, 1, 700, AddItem("question", "who owns the retry queue at night?", {"people": ["ana"]})),
)
QUESTIONS = ("code", "meetings", "depth", "team", "stress")


def write_quarter(folders: Folders, moment: datetime, zone: tzinfo | None = None) -> None:
    """Fills the folders as the lead would have by now: week by week, each change at its time."""
    write_text(settings_path(folders.config), SETTINGS)
    clock = StillClock(moment)
    planner = Planner(folders, clock, "cli", zone)
    this = IsoWeek.of(moment.date())
    chapters = [chapter for chapter in CHAPTERS for _ in range(chapter.weeks)]
    for number, chapter in enumerate(chapters):
        week = this.shift(number - WEEKS + 1)
        left = sorted(_Week(planner, week, number, chapter, moment).edits(), key=itemgetter(0))
        while left:
            when, edit = left.pop(0)
            clock.now = min(when, moment)
            uid = planner.apply(edit, words_of(edit)).uid
            if isinstance(edit, AddBlock) and edit.kind == "deep_work":  # the work of the week gets done
                end = at(edit.day, edit.end, planner.zone)
                if end <= moment:
                    insort(left, (end, FinishBlock(uid, edit.day, "done")), key=itemgetter(0))
    clock.now = moment
    for ahead in range(1, AHEAD + 1):
        for _, edit in _Week(planner, this.shift(ahead), WEEKS + ahead, chapters[-1], moment).planned():
            planner.apply(edit, words_of(edit))
    from techlead_tui.cli.demo_commits import write_commits  # what starts programs is dear to import

    write_commits(folders, planner, [this.shift(number - WEEKS + 1) for number in range(WEEKS)], moment)


Dated = tuple[datetime, Edit]  # when it was done, and what


class _Week:
    """Write what happens in one week. Edits that the week refuses are not written: as in life."""

    def __init__(
        self, planner: Planner, week: IsoWeek, number: int, chapter: Chapter, moment: datetime
    ) -> None:
        self.planner = planner
        self.week = week
        self.number = number
        self.chapter = chapter
        self.moment = moment

    def at(self, weekday: int, minute: int) -> datetime:
        return at(self.week.day(weekday), minute, self.planner.zone)

    def edits(self) -> Iterator[Dated]:
        """Yield the edits of a week that is over, or has begun."""
        yield from self.planned()
        yield from self.sessions()
        for back, weekday, minute, item in ITEMS:
            when = self.at(weekday, minute)
            if back == WEEKS - 1 - self.number and when <= self.moment:
                yield when, _reminded(item, back, self.moment)
        friday = self.at(5, 990)
        if friday <= self.moment:
            given = zip(QUESTIONS, self.chapter.answers, strict=True)
            answers = {name: letter == "y" for name, letter in given}
            yield friday, AnswerCheck(self.week, answers)

    def planned(self) -> Iterator[Dated]:
        """Blocks that were planned on Monday morning, and what came in between."""
        morning = self.at(1, 530)
        for weekday, start, end, summary, type_id in (
            (2, 540, 720, self.chapter.focus, "code"),
            (3, 780, 960, self.chapter.focus, "code"),
            (4, 540, 720, "Design: what the next service owns", "design"),
        ):
            yield morning, AddBlock(summary, self.week.day(weekday), start, end, "deep_work", type_id)
        people = ("ana", "bo", "chidi")[self.number % 3]
        yield morning, AddBlock("Pairing", self.week.day(2), 960, 990, "meeting", "pairing", (people,))
        if self.number == 0:
            yield (
                morning,
                AddBlock(
                    "Office hours", self.week.day(5), 840, 900, "meeting", "pairing", repeat=Repeat(weeks=2)
                ),
            )
        if self.number % 3 == 1:
            yield (
                morning,
                AddBlock(
                    "Cache design with platform",
                    self.week.day(1),
                    780,
                    825,
                    "meeting",
                    "architecture-review",
                    ("dana", "emeka"),
                    doc="docs/decisions/cache.md",
                ),
            )
        if self.number in (3, 4, 5):
            yield (
                self.at(1, 600),
                AddBlock(
                    "Budget sync",
                    self.week.day(2),
                    870,
                    900,
                    "meeting",
                    "status",
                    ("the CFO",),
                    override="the CFO decides this week",
                ),
            )
        if self.number in (4, 5):
            yield (
                self.at(2, 700),
                AddBlock(
                    "Roadmap alignment",
                    self.week.day(3),
                    600,
                    660,
                    "meeting",
                    "alignment",
                    ("fatima",),
                    override="escalated by the head of product",
                ),
            )
        if self.number == 7:
            yield morning, SetDay(self.week.day(5), "leave")
        if self.number == 9:
            box = f"cross-team@{self.week.day(1)}"
            yield morning, FinishBlock(box, self.week.day(1), "skipped")
        if self.number == 10:
            box = f"wed-messages@{self.week.day(3)}"
            yield morning, MoveBlock(box, self.week.day(3), self.week.day(3), 540)
        if self.number in (11, WEEKS + 1):
            yield from self.swapped()
        if self.number == 11:
            yield (
                morning,
                AddBlock(
                    "Card network call",
                    self.week.day(4),
                    960,
                    990,
                    "meeting",
                    "stakeholder",
                    ("hana",),
                    override="the network's people are nine hours ahead",
                ),
            )
            yield (
                morning,
                AddBlock("Hiring sync", self.week.day(1), 960, 990, "meeting", "cross-team", ("gita",)),
            )

    def swapped(self) -> Iterator[Dated]:
        """A meeting planned when the week was to be on call; then the pager was swapped with a colleague,
        and the meeting stands where the maker week has no room for it: always still ahead, if it can be."""
        early, late = self.at(1, 520), self.at(1, 525)
        ahead = [day for day in (2, 3, 4) if self.at(day, 870) > self.moment]
        weekday, start = (ahead[0], 870) if ahead else (5, 900)
        yield early, UseTheme("on-call", self.week, only=True)
        yield (
            early,
            AddBlock(
                "Budget sync",
                self.week.day(weekday),
                start,
                start + 30,
                "meeting",
                "decision",
                ("mira",),
                doc="docs/decisions/budget.md",
            ),
        )
        yield late, UseTheme("maker-week", self.week, only=True)

    def sessions(self) -> Iterator[Dated]:
        for weekday, start, minutes, summary, pattern in self.chapter.sessions:
            begun = self.at(weekday, start + (self.number + 1) * 7 % 20)
            end = into(begun + timedelta(minutes=minutes), self.planner.zone)
            if begun + timedelta(minutes=25) <= self.moment < end:  # the day is running
                end = into(self.moment - timedelta(minutes=4), self.planner.zone)
            if end > self.moment or (self.number == 7 and weekday == 5):
                continue
            yield (
                end,
                LogSession(
                    summary=summary,
                    start=begun.isoformat(timespec="seconds"),
                    end=end.isoformat(timespec="seconds"),
                    week=str(self.week),
                    zone=str(getattr(self.planner.zone, "key", "UTC")),
                    pattern=pattern,
                    category="mentorship" if pattern == "pair" else "hands_on",
                    repo=self.chapter.repo,
                    branch=self.chapter.branch,
                ),
            )


def _reminded(item: AddItem, weeks: int, moment: datetime) -> AddItem:
    """Return a delegation as it stands after its reminders: what is older comes up sooner."""
    if item.kind != "delegation":
        return item
    day = moment.date() + timedelta(days=max(0, 3 - weeks))
    return item._replace(fields={**item.fields, "follow_up": day.isoformat()})


COMMAND = Command(
    "demo",
    "",
    "Opens a busy lead's quarter in a throw-away folder; nothing of yours is read or written.",
    (Option(("--keep",), "keep it in this new folder, for TECHLEAD_HOME", "FOLDER"),),
    (
        "At a terminal the week opens on the screen; else it is written as text.",
        "With --keep the folder stays: TECHLEAD_HOME=FOLDER techlead week works on it.",
    ),
    ("techlead demo", "techlead demo --keep /tmp/lead && TECHLEAD_HOME=/tmp/lead techlead sessions all"),
)


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args, 0)
    if call is None:
        return 0
    kept = call.value("keep")
    if kept is not None:
        if os.path.lexists(kept) and (not os.path.isdir(kept) or os.listdir(kept)):
            raise WordsError(
                f"{kept} already exists; nothing in it was changed",
                "name a new folder; a demonstration that was kept opens with TECHLEAD_HOME=FOLDER techlead",
                kept,
            )
        return _show(kept, shell, as_json=call.has("json"))
    folder = tempfile.mkdtemp(prefix="techlead-demo-")
    try:
        return _show(folder, shell, as_json=call.has("json"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _show(folder: str, shell: Shell, *, as_json: bool) -> int:
    folders = Folders.under(folder)
    write_quarter(folders, shell.now(), shell.zone)
    if shell.open_screen is not None and not as_json:
        return shell.open_screen(folders, shell.clock)
    from techlead_tui.cli.week import run as week

    if not as_json:
        tell("note: this is a demonstration; techlead week shows your own week")
    return week("week", ["--json"] if as_json else [], Shell(folders, shell.clock, shell.zone))
