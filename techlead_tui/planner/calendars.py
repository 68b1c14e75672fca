"""Refresh what calendars say: fetch each source, read it, keep what it says, and tell what has changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any, NamedTuple

from techlead_tui import __version__
from techlead_tui.config.paths import Folders
from techlead_tui.config.settings_cache import load_settings
from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.lengths import length, short_length
from techlead_tui.core.occurrence import MEETING, Occurrence
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.source import Source
from techlead_tui.core.span import Span
from techlead_tui.core.text import when
from techlead_tui.errors import DataError, UserError, not_saved
from techlead_tui.planner.calendar_cache import AHEAD, BACK, CachedSource
from techlead_tui.planner.reader import Reader

FORMAT = 1
UNREAD = "is in a file that may not be read"
LONGEST_ERROR = 1000  # letters: a head that is too long would not be read again, and the error not be told
Progress = Callable[[int, int, str], None]  # how many of how many are done, and the one that is next


class News(NamedTuple):
    """Tell that a meeting was moved or cancelled by others."""

    what: str  # moved or cancelled
    summary: str
    before: Span
    after: Span | None

    @property
    def text(self) -> str:
        """Return a sentence: what, when it was, and when it is now."""
        if self.after is None:
            return f"“{self.summary}” on {when(self.before)} is cancelled"
        return f"“{self.summary}” has moved from {when(self.before)} to {when(self.after)}"


class SourceState(NamedTuple):
    """Hold what is known about a source after it was read, or could not be."""

    source: Source
    read: datetime | None  # when it could be read last, in UTC
    events: int  # in the whole calendar
    occurrences: int  # that take time in the weeks that are kept
    problems: tuple[tuple[str, int, str], ...]  # what is wrong, how often, and an example
    left_out: Mapping[str, int]  # events that take no time, by why
    error: str = ""  # why it could not be read the last time
    hint: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0
    news: tuple[News, ...] = ()


def problem_text(what: str, count: int, example: str) -> str:
    """Return what is wrong with so many events as a sentence."""
    about = [f"{count} times"] if count > 1 else []
    about += [f"“{example}”"] if example else []
    return f"an event {what}" + (f" ({', '.join(about)})" if about else "")


def state_of(folders: Folders, source: Source) -> SourceState:
    """Return what is known about a source without reading it."""
    kept = CachedSource(folders.cache, source.name)
    head = kept.head()
    read = kept.checked() if head.get("read") else None
    return SourceState(
        source,
        None if read is None else datetime.fromtimestamp(read, UTC),
        int(head.get("events", 0)),
        int(head.get("occurrences", 0)),
        tuple((str(what), int(count), str(example)) for what, count, example in head.get("problems", ())),
        {str(why): int(count) for why, count in dict(head.get("left_out", {})).items()},
        str(head.get("error", "")),
        str(head.get("hint", "")),
    )


def refresh(
    folders: Folders,
    sources: Sequence[Source],
    emails: Iterable[str],
    now: datetime,
    zone: tzinfo,
    progress: Progress = lambda _done, _all, _name: None,
) -> list[SourceState]:
    """Read the sources, each by itself: one that fails keeps what was read last. DataError when the cache
    cannot be written."""
    out = []
    me = tuple(sorted(emails))
    for number, source in enumerate(sources):
        progress(number, len(sources), source.name)
        try:
            out.append(_refreshed(folders, source, me, now, zone))
        except OSError as wrong:
            raise not_saved(wrong) from None
    progress(len(sources), len(sources), "")
    return out


def _refreshed(
    folders: Folders, source: Source, me: tuple[str, ...], now: datetime, zone: tzinfo
) -> SourceState:
    from techlead_tui.calendars.fetch import fetch  # dear, and only what refreshes needs it

    kept = CachedSource(folders.cache, source.name)
    head = kept.head()
    this = IsoWeek.of(now.date())
    made_for = [
        FORMAT,
        __version__,
        str(getattr(zone, "key", None) or zone),
        str(this),
        *me,
        *_places(source),
    ]
    same = head.get("made_for") == made_for
    known: Mapping[str, Any] = head.get("state", {}) if head.get("where") == _places(source) else {}
    if not same and source.path:
        known = {}
    try:
        found = fetch(source, known)
        if found.files is None and same and not head.get("error"):
            kept.touch(now.timestamp())
            return state_of(folders, source)
        files = found.files
        if files is None:
            raw = kept.raw()
            if raw is None:  # the cache was swept
                found = fetch(source, {})
                files = found.files
            else:
                files = iter([("", raw)])
        return _read(folders, source, files, found, made_for, me, now, zone)
    except UserError as wrong:
        if isinstance(wrong, DataError):
            raise
        told = {"error": wrong.message[:LONGEST_ERROR], "hint": wrong.hint[:LONGEST_ERROR]}
        if (head.get("error"), head.get("hint")) != tuple(told.values()):
            kept.write_head({**head, **told})
        return state_of(folders, source)


def _places(source: Source) -> list[str]:
    """Return what tells one place from another without telling it: it may be a secret."""
    from zlib import crc32

    return [f"{crc32(repr(source[1:]).encode('utf-8', 'surrogatepass')):08x}"]


def _read(
    folders: Folders,
    source: Source,
    files: Any,
    found: Any,
    made_for: list[Any],
    me: tuple[str, ...],
    now: datetime,
    zone: tzinfo,
) -> SourceState:
    from techlead_tui.calendars.fetch import SourceError, kind_of, shown
    from techlead_tui.calendars.reading import CalendarReader

    this = IsoWeek.of(now.date())
    first, last = this.shift(-BACK).monday, this.shift(AHEAD).day(7)
    reading = CalendarReader(first, last, zone, me)
    whole = b""
    many = kind_of(source) == "folder"
    unread = False
    for name, data in files:
        if data is None:
            reading.problem(UNREAD, name)
            unread = True
            continue
        good = reading.add(data, name if many else "")
        if not many:
            whole = data
            if not good:
                begin = data[:200].decode("utf-8", "replace").strip().splitlines()
                said = f": it begins with “{begin[0][:40]}”" if begin else ": it is empty"
                raise SourceError(
                    f"{shown(source)} is not a calendar{said}",
                    "what was read last is kept; for a login page, copy the address from your calendar again",
                )
    read = reading.finish()
    kept = CachedSource(folders.cache, source.name)
    before, known = kept.occurrences(), kept.head().get("until")
    until = date.fromisoformat(known) if known else last
    if found.secret and whole and found.files is not None:
        kept.keep_raw(whole)
    head = {
        "made_for": made_for,
        "where": _places(source),
        "state": {} if unread else dict(found.state),  # rights come back without a trace
        "read": now.isoformat(timespec="seconds"),
        "until": last.isoformat(),
        "events": read.events,
        "occurrences": len(read.occurrences),
        "problems": [list(problem) for problem in read.problems],
        "left_out": read.left_out,
    }
    kept.write(head, read.occurrences, zone, now.timestamp())
    state = compare(state_of(folders, source), before, read.occurrences, until, now, zone)
    if unread:  # what is in there may still stand
        return state._replace(news=tuple(one for one in state.news if one.what != "cancelled"))
    return state


def compare(
    state: SourceState,
    before: Sequence[Occurrence],
    after: Sequence[Occurrence],
    until: date,
    now: datetime,
    zone: tzinfo,
) -> SourceState:
    """Return a state with how many occurrences were added, changed and removed, and which meetings to come
    were moved or cancelled; `until` is the last day that `before` knows of."""
    old = {(one.uid, one.start): one for one in before}
    new = {(one.uid, one.start): one for one in after}
    gone = [one for key, one in old.items() if key not in new and one.start > now]
    come = [one for key, one in new.items() if key not in old and into(one.start, zone).date() <= until]
    changed, removed = sum(old[key][:-1] != new[key][:-1] for key in old.keys() & new.keys()), 0
    news: list[News] = []
    for one in sorted(gone, key=lambda one: one.start):
        same = [other for other in come if other.uid == one.uid]
        nearest = min(same, key=lambda other: abs(other.start - one.start), default=None)
        if nearest is not None:
            come.remove(nearest)
        changed, removed = changed + (nearest is not None), removed + (nearest is None)
        if one.meaning == MEETING:
            there = None if nearest is None else _span(nearest, zone)
            what = "cancelled" if nearest is None else "moved"
            news.append(News(what, one.summary, _span(one, zone), there))
    return state._replace(added=len(come), changed=changed, removed=removed, news=tuple(news))


def _span(one: Occurrence, zone: tzinfo) -> Span:
    return Span(into(one.start, zone), into(one.end, zone))


OLD = 24 * 60  # minutes after which the age of what a calendar said is worth telling


def ages(reader: Reader) -> tuple[str, ...]:
    """Return a text for each calendar that was not read lately or could not be: its name and its age."""
    out = []
    for source in reader.settings.sources:
        state = state_of(reader.folders, source)
        if state.read is None:
            out.append(f"{source.name}: not read yet")
            continue
        old = int((reader.now() - state.read).total_seconds()) // 60
        days = old // OLD
        if days:
            out.append(f"{source.name}: as of {days} {'day' if days == 1 else 'days'} ago")
        elif state.error:
            out.append(f"{source.name}: as of {short_length(max(old, 1))} ago")
    return tuple(out)


class Synced(NamedTuple):
    """Hold what a sync did: the sources as they are now, and news with the focus time that each week won."""

    states: tuple[SourceState, ...]
    news: tuple[tuple[News, int], ...] = ()

    @property
    def told(self) -> list[str]:
        """Return the news as sentences."""
        return [_told(news, won) for news, won in self.news]


def _told(news: News, won: int) -> str:
    if not won:
        return news.text
    return f"{news.text}: {'+' if won > 0 else '-'}{length(abs(won))} of focus time"


def sync(planner: Reader, *, dry: bool = False, progress: Progress | None = None) -> Synced:
    """Read every source again and weigh what has changed. DataError."""
    sources = planner.settings.sources
    if any(not any(source[1:]) for source in sources):
        sources = load_settings(planner.folders.config).sources  # addresses are in the file alone
    if dry:
        return Synced(tuple(state_of(planner.folders, source) for source in sources))
    before = planner.snapshot()
    states = refresh(
        planner.folders,
        sources,
        planner.settings.emails,
        planner.now(),
        planner.zone,
        progress or (lambda _done, _all, _name: None),
    )
    news = [one for state in states for one in state.news]
    return Synced(tuple(states), tuple(_weighed(planner, before, news)))


def _weighed(planner: Reader, before: Snapshot, news: Sequence[News]) -> Iterator[tuple[News, int]]:
    """Yield each with the focus time that the weeks it touches won; several of one week share it."""
    named = {span for one in news for span in (one.before, one.after) if span is not None}
    weeks = sorted({IsoWeek.of(span.start.date()) for span in named})
    after = planner.snapshot(*weeks)
    won = {
        week: focus_minutes(after.week(week))
        - focus_minutes(after._replace(calendar=before.calendar).week(week))
        for week in weeks
    }
    for one in news:
        touched = {IsoWeek.of(span.start.date()) for span in (one.before, one.after) if span is not None}
        yield one, sum(won.pop(week, 0) for week in touched)
