"""`techlead demo`: a believable lead's quarter in a throw-away folder."""

import os
import shutil
import signal
import tempfile
from bisect import insort
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from operator import itemgetter
from typing import NamedTuple

from techlead_tui.cli.command import Command
from techlead_tui.cli.demo_data import CHAPTERS, NOTED, Chapter, Noted, Turns
from techlead_tui.cli.help import asked
from techlead_tui.cli.output import tell
from techlead_tui.cli.shell import Shell
from techlead_tui.config.clock import StillClock
from techlead_tui.config.files import write_text
from techlead_tui.config.paths import Folders, settings_path
from techlead_tui.core.calendar import IsoWeek, at, into
from techlead_tui.core.edits import (
    AddBlock,
    AddItem,
    AnswerCheck,
    Edit,
    EditItem,
    FinishBlock,
    MoveBlock,
    SetDay,
    TurnItem,
    UseTheme,
)
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import LogSession
from techlead_tui.core.words.args import Option
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import WordsError
from techlead_tui.planner.items import item_named, moment_of
from techlead_tui.planner.planner import Planner

WEEKS, AHEAD = 12, 2
SETTINGS = 'name = "Robin Vega"\nemails = ["robin@example.org"]\nfirst_run_done = true\n'


QUESTIONS = ("code", "meetings", "depth", "team", "stress")


def write_quarter(folders: Folders, moment: datetime, zone: tzinfo | None = None) -> None:
    """Fills the folders as the lead would have by now: week by week, each change at its time."""
    write_text(settings_path(folders.config), SETTINGS)
    clock = StillClock(moment)
    planner = Planner(folders, clock, "cli", zone)
    this = IsoWeek.of(moment.date())
    chapters = [chapter for chapter in CHAPTERS for _ in range(chapter.weeks)]
    left: list[Dated] = []
    for number, chapter in enumerate(chapters):
        left += _Week(planner, this.shift(number - WEEKS + 1), number, chapter, moment).edits()
    left.sort(key=itemgetter(0))
    while left:
        when, edit, turns = left.pop(0)
        clock.now = min(when, moment)
        uid = _apply(planner, edit)
        if isinstance(edit, AddBlock) and edit.kind == "deep_work":  # the work of the week gets done
            end = at(edit.day, edit.end, planner.zone)
            if end <= moment:
                insort(left, Dated(end, FinishBlock(uid, edit.day, "done")), key=itemgetter(0))
        for days, turn, fields in turns:
            later = when + timedelta(days=days, minutes=5)
            if later <= moment and isinstance(edit, AddItem):
                insort(left, Dated(later, TurnItem(edit.kind, uid, turn, fields)), key=itemgetter(0))
    clock.now = moment
    for ahead in range(1, AHEAD + 1):
        for dated in _Week(planner, this.shift(ahead), WEEKS + ahead, chapters[-1], moment).planned():
            _apply(planner, dated.edit)
    from techlead_tui.cli.demo_commits import write_commits  # what starts programs is dear to import

    write_commits(folders, planner, [this.shift(number - WEEKS + 1) for number in range(WEEKS)], moment)


def _apply(planner: Planner, edit: Edit) -> str:
    """Write an edit with what goes along with it, and return the uid of what it made."""
    if not isinstance(edit, TurnItem):
        return planner.apply(edit, words_of(edit)).uid
    item = item_named(planner, kind_of(edit.kind), edit.uid)
    edits = edits_of(item, edit._replace(bucket=item.bucket), moment_of(planner, [item]))
    return planner.apply_all(edits, words_of(edit))[0].uid


class Dated(NamedTuple):
    """Hold when something was done, and what; of an item also what became of it."""

    when: datetime
    edit: Edit
    turns: Turns = ()


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
        for noted in NOTED:
            when = self.at(noted.weekday, noted.minute)
            if noted.back == WEEKS - 1 - self.number and when <= self.moment:
                yield Dated(when, _noted(self.planner, noted, when, self.moment), noted.turns)
        friday = self.at(5, 990)
        if friday <= self.moment:
            given = zip(QUESTIONS, self.chapter.answers, strict=True)
            answers = {name: letter == "y" for name, letter in given}
            yield Dated(friday, AnswerCheck(self.week, answers))

    def planned(self) -> Iterator[Dated]:
        """Blocks that were planned on Monday morning, and what came in between."""
        morning = self.at(1, 530)
        for weekday, start, end, summary, type_id in (
            (2, 540, 720, self.chapter.focus, "code"),
            (3, 780, 960, self.chapter.focus, "code"),
            (4, 540, 720, "Design: what the next service owns", "design"),
        ):
            yield Dated(morning, AddBlock(summary, self.week.day(weekday), start, end, "deep_work", type_id))
        people = ("ana", "bo", "chidi")[self.number % 3]
        yield Dated(morning, AddBlock("Pairing", self.week.day(2), 960, 990, "meeting", "pairing", (people,)))
        if self.number == 0:
            yield Dated(
                morning,
                AddBlock(
                    "Office hours", self.week.day(5), 840, 900, "meeting", "pairing", repeat=Repeat(weeks=2)
                ),
            )
        if self.number % 3 == 1:
            yield Dated(
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
            yield Dated(
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
            yield Dated(
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
            yield Dated(morning, SetDay(self.week.day(5), "leave"))
        if self.number == 9:
            box = f"cross-team@{self.week.day(1)}"
            yield Dated(morning, FinishBlock(box, self.week.day(1), "skipped"))
        if self.number == 10:
            box = f"wed-messages@{self.week.day(3)}"
            yield Dated(morning, MoveBlock(box, self.week.day(3), self.week.day(3), 540))
        if self.number in (11, WEEKS + 1):
            yield from self.swapped()
        if self.number == 11:
            yield Dated(
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
            yield Dated(
                morning,
                AddBlock("Hiring sync", self.week.day(1), 960, 990, "meeting", "cross-team", ("gita",)),
            )

    def swapped(self) -> Iterator[Dated]:
        """A meeting planned when the week was to be on call; then the pager was swapped with a colleague,
        and the meeting stands where the maker week has no room for it: always still ahead, if it can be."""
        early, late = self.at(1, 520), self.at(1, 525)
        ahead = [day for day in (2, 3, 4) if self.at(day, 870) > self.moment]
        weekday, start = (ahead[0], 870) if ahead else (5, 900)
        yield Dated(early, UseTheme("on-call", self.week, only=True))
        yield Dated(
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
        yield Dated(late, UseTheme("maker-week", self.week, only=True))

    def sessions(self) -> Iterator[Dated]:
        for weekday, start, minutes, summary, pattern in self.chapter.sessions:
            begun = self.at(weekday, start + (self.number + 1) * 7 % 20)
            end = into(begun + timedelta(minutes=minutes), self.planner.zone)
            if begun + timedelta(minutes=25) <= self.moment < end:  # the day is running
                end = into(self.moment - timedelta(minutes=4), self.planner.zone)
            if end > self.moment or (self.number == 7 and weekday == 5):
                continue
            yield Dated(
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


def _noted(planner: Planner, noted: Noted, when: datetime, moment: datetime) -> AddItem | EditItem:
    """Return what is written down at a moment, with its times, its folder, and a reminder that comes up."""
    edit = noted.edit
    if isinstance(edit, EditItem):
        return edit
    fields: dict[str, object] = {}
    if edit.kind == "delegation":  # as it stands after its reminders: what is older comes up sooner
        fields["follow_up"] = (moment.date() + timedelta(days=max(0, 3 - noted.back))).isoformat()
    if edit.kind == "decision":  # never in a repository of the user's
        fields["folder"] = os.path.join(planner.folders.data, "decisions")
    if noted.asked is not None:
        weeks, weekday, start, minutes = noted.asked
        day = IsoWeek.of(when.date()).shift(weeks).day(weekday)
        for name, minute in (("start", start), ("end", start + minutes)):
            fields[name] = at(day, minute, planner.zone).isoformat(timespec="minutes")
    return edit._replace(fields={**edit.fields, **fields})


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
        there = os.path.isdir(kept)
        try:
            write_quarter(Folders.under(kept), shell.now(), shell.zone)
        except BaseException:  # half a quarter is none
            for name in os.listdir(kept) if os.path.isdir(kept) else ():
                shutil.rmtree(os.path.join(kept, name), ignore_errors=True)
            if not there and os.path.isdir(kept):
                os.rmdir(kept)
            raise
        return _show(kept, shell, as_json=call.has("json"))
    folder = tempfile.mkdtemp(prefix="techlead-demo-")

    def told_to_end(number: int, _frame: object) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), told_to_end)  # the screen calls it, too
    try:
        write_quarter(Folders.under(folder), shell.now(), shell.zone)
        return _show(folder, shell, as_json=call.has("json"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _show(folder: str, shell: Shell, *, as_json: bool) -> int:
    folders = Folders.under(folder)
    if shell.open_screen is not None and not as_json:
        code = shell.open_screen(folders, shell.clock, "demo")
        tell("note: that was a demonstration; nothing of yours was read or changed")
        return code
    from techlead_tui.cli.week import run as week

    if not as_json:
        tell("note: this is a demonstration; techlead week shows your own week")
    return week("week", ["--json"] if as_json else [], Shell(folders, shell.clock, shell.zone))
