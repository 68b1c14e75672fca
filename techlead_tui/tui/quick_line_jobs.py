"""Define what the line at the bottom can do: plan a block, log a session, give a reason.

A line job reads words and weighs them in the planner's thread; the widget knows none of this.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import cast

from techlead_tui.core.calendar import DAY, IsoWeek, at, clock, into, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import AddBlock, Edit, with_reason
from techlead_tui.core.records import Record
from techlead_tui.core.running import StartSession, block_at
from techlead_tui.core.session import PATTERNS, LogSession
from techlead_tui.core.span import Span, subtract
from techlead_tui.core.text import number_of, place
from techlead_tui.core.theme import KINDS
from techlead_tui.core.week import Block, Session
from techlead_tui.core.words.args import read_options
from techlead_tui.core.words.commands import read_line, read_log_line
from techlead_tui.core.words.past import read_start
from techlead_tui.core.words.planning import FLAGS, kind_tag
from techlead_tui.core.words.timing import NONE, START, infer, start_of
from techlead_tui.core.words.units import WEEKDAYS, day_of, full_date, in_reach, read_day, read_week
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ParsedEdit as Words
from techlead_tui.core.words.when import ReadingContext
from techlead_tui.errors import WordsError
from techlead_tui.planner.day_end import after_the_last
from techlead_tui.planner.overlaps import Overlap, overlaps
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.recent_names import recent_names
from techlead_tui.planner.running import spots_of, started
from techlead_tui.render.text import cut, inert, wrap
from techlead_tui.render.viewport import STEP, Viewport
from techlead_tui.render.week_page import Scene, goes_on
from techlead_tui.tui.completion import types_like
from techlead_tui.tui.decision_text import focus_text, verdict_text
from techlead_tui.tui.move import ghost_of
from techlead_tui.tui.week_data import load_now
from techlead_tui.tui.widgets.quick_line import Chip, Said

HOUR = 60
EVERY = ("weekday", "day", "week", "other", "first", "last", *(name[:3] for name in WEEKDAYS))
KEYWORDS = ("today", "tomorrow", "every", "until", "doc:")  # what else the line knows
LISTED = 76  # cells of a line of completions


class LineJob(ABC):
    prompt: str
    example: str
    text = ""  # that the line starts with
    bare = False  # whether no words at all mean something
    back: Viewport | None = None  # where to go when the line is left without a word

    def chips(self) -> Sequence[Chip]:
        return ()

    def turn(self, key: str) -> None:  # noqa: B027  most lines have no chips
        """A chip's key: its next value."""

    def complete(self, text: str) -> Sequence[str]:  # noqa: ARG002  most lines complete nothing
        """Return what the last word may become, the likeliest first."""
        return ()

    @abstractmethod
    def edit(self, planner: Planner, text: str) -> Edit:
        """Return the edit that the words want. WordsError."""

    def edits(self, planner: Planner, text: str) -> list[Edit]:
        """Return the edits that are one wish; most lines want one."""
        return [self.edit(planner, text)]

    def words(self, edit: Edit, planner: Planner) -> list[str]:
        """The call that history shows."""
        return list(words_of(edit, planner.library.types()))

    @abstractmethod
    def weigh(self, planner: Planner, text: str) -> Said | None:
        """Return what the words mean and what the week says; None while there are none."""


def not_understood(error: WordsError) -> Said:
    return Said("", error.message, "warn", error.hint)


class AddLine(LineJob):
    """`a`: day, time and length default to the cursor."""

    prompt = "plan"
    example = "wed 14-16 connection pool +code @ana"

    def __init__(self, scene: Scene, view: Viewport, text: str = "") -> None:
        self.text = text
        self._scene = scene
        self._view = view
        self._types = scene.week.types
        self._people: Sequence[str] = ()

    def _read(self, planner: Planner, text: str) -> Words:
        return read_line(text, self._context(planner))

    def _context(self, planner: Planner) -> ReadingContext:
        """Return what the words are read against: the week shown and the cursor, unless that is past.

        In the week of now a weekday is the next one, as in the shell.
        """
        now, shown = planner.now(), self._scene.week.key
        day, start = self._view.cursor_day, self._view.cursor
        if at(day, start + STEP, planner.zone) <= now:
            scene = load_now(planner).scene
            day, start = goes_on(scene.week, now) or (day, start)
            if at(day, start, planner.zone) < now:
                start = min(start + STEP, DAY - STEP)
        return ReadingContext(
            now=now,
            zone=planner.zone,
            types=planner.library.types(),
            shown=None if shown == IsoWeek.of(now.date()) else shown,
            day=day,
            start=start,
            length=HOUR,
        )

    def complete(self, text: str) -> Sequence[str]:
        word = text.split(" ")[-1].lower()
        sign, part = word[:1], word[1:]
        if text.lower().split(" ")[-2:-1] == ["every"]:
            return [name for name in EVERY if name.startswith(word) and name != word]
        if sign == "+":
            kinds = [name for name in (*map(kind_tag, KINDS), *FLAGS) if name.startswith(part)]
            types = [found.text for found in types_like(self._types)(part) if part not in kinds]
            types.sort(key=lambda name: self._types[name].kind != "deep_work")  # own work first
            names = list(dict.fromkeys([*types, *kinds]))
        elif sign == "@":
            names = [name for name in self._people if name.lower().startswith(part) and " " not in name]
        else:
            known = [name for name in KEYWORDS if len(word) > 1 and name.startswith(word) and name != word]
            return [name for name in known if name != "until" or "every" in text.lower().split()]
        return () if part in map(str.lower, names) else [f"{sign}{name}" for name in names]

    def edit(self, planner: Planner, text: str) -> Edit:
        return self._read(planner, text).edit

    def weigh(self, planner: Planner, text: str) -> Said | None:
        if not text.strip():
            return None
        if text.split(" ")[-1].startswith("@") and not self._people:
            self._people = recent_names(planner).people
        names = self.complete(text)
        if names and names[0] not in KEYWORDS:
            first, *more = wrap(inert(" ".join(names)), LISTED, 9)
            left = sum(len(line.split()) for line in more[1:])
            rest = f" · {left} more, a letter narrows them" if left else ""
            return Said(first, "".join(more[:1]), "strong", f"tab takes {names[0]}{rest}")
        try:
            words = self._read(planner, text)
            edit = words.edit
            assert isinstance(edit, AddBlock)
            decision = planner.preview(edit)
            note = focus_text(decision.focus_delta_minutes)
            said = said_of(words.said, decision, place(edit.summary, edit.day, edit.start, edit.end))
            if names:
                said = said._replace(hint=f"tab takes {names[0]}")
            return said._replace(ghost=ghost_of(edit, None, note, not decision.refused))
        except WordsError as error:
            return not_understood(error)


def said_of(read: Sequence[str], decision: Decision, about: str) -> Said:
    """A decision as the two lines over the words."""
    verdict = verdict_text(
        decision.refused, decision.violations, decision.focus_delta_minutes, decision.notes, about
    )
    ink = "refuse" if decision.refused else "warn" if decision.violations else "good"
    hint = ""
    if decision.violations and decision.violations[0].fixes:
        hint = f"instead: {decision.violations[0].fixes[0].title}"
    return Said(" · ".join(read), verdict, ink, hint)


PATTERN_HINT = f"the pattern says how: {', '.join(PATTERNS[:-1])} or {PATTERNS[-1]}"


class LogLine(LineJob):
    """`L`: words as of `techlead log`; pattern, repository and time are chips."""

    prompt = "log"
    example = "45m pool fix · yesterday 2h … · mon 9-11 …"

    def __init__(
        self, scene: Scene, here: Block | None, now: datetime, repo: str | None, branch: str | None
    ) -> None:
        sessions = (scene.current or scene.week).sessions
        last = sessions[-1] if sessions else None
        self._pattern: str | None = last.pattern if last is not None else None
        self._repos = [repo, None] if repo else [None]
        self._branch = branch
        self._block = here if here is not None and here.kind == "deep_work" and here.start < now else None
        inside = self._block is not None and self._block.span.holds(now)
        self._at_block = self._block is not None and not inside
        self._over: list[Overlap] = []  # what the session at hand lies over
        self._trims = False
        self._named: str | None = None  # the pattern that the words name
        self._timed = False  # whether the words name a day or a time

    def chips(self) -> Sequence[Chip]:
        out = [Chip("f2", "F2", "pattern", self._named or self._pattern or "none")]
        if len(self._repos) > 1:
            out.append(Chip("f3", "F3", "repo", self._repos[0] or "none"))
        if self._block is not None and not self._timed:
            start = f"{self._block.start:%a} {clock(minute_of(self._block.start))}"
            when = f"{cut(self._block.summary, 24)}, from {start}" if self._at_block else "ended now"
            out.append(Chip("f4", "F4", "when", when))
        if self._over:
            out.append(Chip("f5", "F5", "overlap", "cut off" if self._trims else "kept"))
        return out

    def turn(self, key: str) -> None:
        if key == "f2":
            values = (None, *PATTERNS)
            self._pattern = values[(values.index(self._pattern) + 1) % len(values)]
        elif key == "f3":
            self._repos.reverse()
        elif key == "f4":
            self._at_block = not self._at_block
        elif key == "f5":
            self._trims = not self._trims

    def edit(self, planner: Planner, text: str) -> Edit:
        return self._session(planner, text)[0]

    def edits(self, planner: Planner, text: str) -> list[Edit]:
        """Return the session, or what is left of it beside those that it lies over."""
        session = self._session(planner, text)[0]
        over = self._look(planner, session)
        return list(_beside(session, over)) or [session] if self._trims else [session]

    def _look(self, planner: Planner, session: LogSession) -> list[Overlap]:
        weeks = [IsoWeek.parse(session.week), IsoWeek.parse(session.week).shift(-1)]
        snapshot = planner.snapshot(*weeks)
        others = [_here(record, planner.zone) for week in weeks for record in snapshot.session_records(week)]
        now = int(planner.now().timestamp())
        self._over = overlaps("", session.start, session.end, others, now)
        return self._over

    def _session(self, planner: Planner, text: str) -> tuple[LogSession, tuple[str, ...]]:
        context = ReadingContext(now=planner.now(), zone=planner.zone, types=planner.library.types())
        words = read_log_line(text, context, lambda day: after_the_last(planner, day))
        session = words.edit
        assert isinstance(session, LogSession)
        self._named, self._timed = session.pattern, not session_ends_now(session, context)
        if session.pattern is None:
            session.pattern = self._pattern
        session.repo = self._repos[0]
        session.branch = self._branch if session.repo else None
        said = words.said
        if self._at_block and self._block is not None and not self._timed:
            start = self._block.start
            length = datetime.fromisoformat(session.end) - datetime.fromisoformat(session.start)
            end = start + timedelta(seconds=length.total_seconds())
            session.start, session.end = (
                start.isoformat(timespec="seconds"),
                end.isoformat(timespec="seconds"),
            )
            session.week = "{:04}-W{:02}".format(*start.isocalendar()[:2])
            span = f"{clock(minute_of(start))}–{clock(minute_of(end))}"
            said = (f"{start:%a %d %b}, {span}", *said[1:])
        return session, said

    def weigh(self, planner: Planner, text: str) -> Said | None:
        if not text.strip():
            return None
        try:
            session, said = self._session(planner, text)
        except WordsError as error:
            return not_understood(error)
        over = self._look(planner, session)
        if not over:
            return Said("", " · ".join(said), "good", "" if session.pattern else PATTERN_HINT)
        hint = over[0].message + (f", and {len(over) - 1} more" if len(over) > 1 else "")
        if self._trims:
            left = [f"{part.start[11:16]}–{part.end[11:16]}" for part in _beside(session, over)]
            return Said("", " · ".join((", ".join(left) or said[0], *said[1:])), "good", hint)
        return Said("", " · ".join(said), "warn", f"{hint} · F5 cuts that off")


def _here(record: Record, zone: tzinfo) -> Record:
    """Return the record of a session with its times by the clocks of a zone."""
    times = {name: str(record[name]) for name in ("start", "end") if record.get(name)}
    there = {name: into(datetime.fromisoformat(text), zone) for name, text in times.items()}
    return {**record, **{name: time.isoformat(timespec="seconds") for name, time in there.items()}}


def _beside(session: LogSession, over: Sequence[Overlap]) -> Iterator[LogSession]:
    """Yield what is left of a session beside others, as sessions."""
    zone = datetime.fromisoformat(session.start).tzinfo
    others = []
    for record in (one.record for one in over):
        end = str(record.get("end") or session.end)
        others.append(Span(*(datetime.fromisoformat(text) for text in (str(record["start"]), end))))
    whole = Span(datetime.fromisoformat(session.start), datetime.fromisoformat(session.end))
    for part in subtract([whole], others):
        start, end = (moment.astimezone(zone).isoformat(timespec="seconds") for moment in part)
        kept = {name: getattr(session, name) for name in LogSession.__slots__}
        yield LogSession(**{**kept, "start": start, "end": end})


class StartLine(LineJob):
    """`S`: words as of `techlead start`; pattern, repository and block are chips. No words: the likely."""

    prompt = "start"
    example = "pool fix · pool fix --at 25m ago · empty: as before"
    bare = True

    def __init__(self, last: Session | None, repo: str | None, branch: str | None) -> None:
        self._last = None if last is None else last._asdict()
        self._repos = [repo, None] if repo else [None]
        self._branch = branch
        self._pattern: str | None = None  # None: as the week and the last session say
        self._found: str | None = None  # what they say
        self._in_block = True
        self._block = ""

    def chips(self) -> Sequence[Chip]:
        out = [Chip("f2", "F2", "pattern", self._pattern or self._found or NONE)]
        if len(self._repos) > 1:
            out.append(Chip("f3", "F3", "repo", self._repos[0] or NONE))
        if self._block:
            out.append(Chip("f4", "F4", "block", cut(self._block, 24) if self._in_block else NONE))
        return out

    def turn(self, key: str) -> None:
        if key == "f2":
            values = (NONE, *PATTERNS)
            now = self._pattern or self._found or NONE
            self._pattern = values[(values.index(now) + 1) % len(values)]
        elif key == "f3":
            self._repos.reverse()
        elif key == "f4":
            self._in_block = not self._in_block

    def edit(self, planner: Planner, text: str) -> StartSession:
        call = read_options(text.split(), OF_LINE)
        words = start_of(call)
        now = planner.now()
        begin = now.replace(second=0)
        if words.at is not None:
            _, begun = read_start(words.at, ReadingContext(now, planner.zone, {}))
            if begun is None or not begun <= now < begun + timedelta(hours=12):
                raise WordsError(
                    f"“{words.at[:60]}” is not a time in the last hours", "--at 25m ago, --at 9:40"
                )
            begin = begun
        week = IsoWeek.of(begin.date())
        spot = block_at(spots_of(planner.snapshot(week), week), int(begin.timestamp()))
        self._block = spot[3] if spot is not None else ""
        spot = spot if self._in_block else None
        repo = self._repos[0]
        if not call.has("pattern"):
            words.pattern = self._pattern
        infer(words, spot, cast("Record | None", self._last), repo, self._branch if repo else None)
        if self._pattern is None:
            self._found = words.pattern
        return started(planner, words, begin, spot)

    def weigh(self, planner: Planner, text: str) -> Said | None:
        try:
            edit = self.edit(planner, text)
        except WordsError as error:
            return not_understood(error)
        said = [f"from {edit.start[11:16]}", f"“{edit.summary}”" if edit.summary else "no note"]
        said += [mark for mark in (edit.pattern, edit.repo, edit.branch) if mark]
        if edit.block is not None:
            said.append(f"in {self._block}, to {edit.until[11:16]}")
        return Said("", " · ".join(said), "good", "S ends it")


OF_LINE = tuple(option for option in START if option.key in ("pattern", "at", "category", "result"))


def session_ends_now(session: LogSession, context: ReadingContext) -> bool:
    """Tell whether the words named no day and no time."""
    return datetime.fromisoformat(session.end) == context.now.replace(second=0, microsecond=0)


class GoLine(LineJob):
    """`:`: a day or a week to go to; a weekday is that of the week shown."""

    prompt = "go to"
    example = "fri · 2026-12-01 · week 49 · next · +2"

    def __init__(self, shown: IsoWeek) -> None:
        self._shown = shown

    def edit(self, _planner: Planner, _text: str) -> Edit:
        raise AssertionError("it changes nothing")

    def goal(self, planner: Planner, text: str) -> tuple[IsoWeek, date | None]:
        """Return the week that the words name, and the day if they name one. WordsError."""
        word, today = " ".join(text.lower().split()).removeprefix("week ").strip(), planner.today()
        found = read_day(word)
        if found is None:
            return read_week(word, today), None
        day = in_reach(day_of(found, today, shown=self._shown), word)
        return IsoWeek.of(day), day

    def weigh(self, planner: Planner, text: str) -> Said | None:
        if not text.strip():
            return None
        try:
            week, day = self.goal(planner, text)
        except WordsError as error:
            return not_understood(error)
        return Said(
            "", f"{full_date(day)}, {week}" if day else f"{week}, from {full_date(week.monday)}", "good"
        )


class ReasonLine(LineJob):
    """`o`: the written reason for going past a refusal (M4)."""

    prompt = "keep it, because"
    bare = True
    example = "the CFO can only come then"

    def __init__(self, refused: Decision) -> None:
        self._refused = refused

    def edit(self, _planner: Planner, text: str) -> Edit:
        reason = text.strip()
        if not reason:
            raise WordsError("a reason is needed", "a few words that make sense next Friday")
        return with_reason(self._refused.edit, reason)

    def weigh(self, _planner: Planner, _text: str) -> Said | None:
        rules = sorted({v.rule for v in self._refused.violations if v.severity == "refuse"})
        what = f"overrides {number_of(len(rules), 'rule')} ({', '.join(rules)}); counted in Friday's check"
        return Said(self._refused.violations[0].message, what, "warn")
