"""Every edit is read back from its own words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.calendar import NTH, IsoWeek, first_from, into, stretch
from techlead_tui.core.edits import (
    AddBlock,
    AnswerCheck,
    Edit,
    EditBlock,
    EditSession,
    FinishBlock,
    MergeSessions,
    MoveBlock,
    RemoveBlock,
    RemoveSession,
    SetDay,
    SplitSession,
    UseTheme,
)
from techlead_tui.core.running import StartSession, StopSession
from techlead_tui.core.selfcheck import QUESTIONS
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import CATEGORIES, PATTERNS, LogSession
from techlead_tui.core.span import Span
from techlead_tui.core.theme import DAY_KINDS, KINDS, BlockType
from techlead_tui.core.words.args import read_options
from techlead_tui.core.words.timing import START, STOP, check_stop, start_of
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ReadingContext, Target
from tests.core.words.calls import read_call
from tests.strategies import LETTERS

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 11, 30, tzinfo=BERLIN)
TYPES = {
    "status": BlockType("status", "Status update", "meeting", "communication", False),
    "code": BlockType("code", "Coding", "deep_work", "hands_on", True),
    "pairing": BlockType("pairing", "Pairing", "meeting", "mentorship", True),
}
days = st.dates(date(1999, 1, 1), date(2099, 12, 31))
weeks = days.map(IsoWeek.of)
uids = st.text("abcdefgh0123456789", min_size=4, max_size=12).map(lambda text: "k" + text)
odd = st.sampled_from(
    ["wed", "wedd", "14-16", "9", "+code", "#123", "+1", "@ana", "?", "--", "-p", "every", "45m", "doc:x"]
)
texts = st.one_of(
    st.text(LETTERS, min_size=1, max_size=12).filter(str.strip),
    st.lists(st.one_of(odd, st.text(LETTERS, max_size=4)), min_size=1, max_size=4)
    .map(" ".join)
    .filter(str.strip),
)
names = st.one_of(st.from_regex(r"[a-z][a-z.\-]{0,8}", fullmatch=True, alphabet=LETTERS), st.just("Ana Bo"))
people = st.lists(names, max_size=3, unique=True).map(tuple)
reasons = st.none() | texts


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    """From four in the morning on: clocks change before."""
    start = draw(st.integers(240, 1439))
    return start, draw(st.integers(start + 1, 1440))


@st.composite
def adds(draw: st.DrawFn) -> AddBlock:
    day = draw(days)
    start, end = draw(spans())
    nth = draw(st.none() | st.sampled_from(NTH))
    if nth is not None:
        day = first_from(day, nth)
    untils = st.none() | st.integers(0, 500).map(lambda n: day + timedelta(days=n))
    weeks = st.just(1) if nth else st.integers(1, 52)
    several = st.just(()) if nth else st.just(()) | st.sets(st.integers(1, 7), min_size=1)
    days_of_week = {*draw(several), day.isoweekday()}
    days_of_week = days_of_week if len(days_of_week) > 1 else set()
    repeat = None
    if nth or draw(st.booleans()):
        repeat = Repeat(draw(weeks), draw(untils), nth, tuple(sorted(days_of_week)))
    return AddBlock(
        summary=draw(texts),
        day=day,
        start=start,
        end=end,
        kind=draw(st.sampled_from(KINDS)),
        type=draw(st.none() | st.sampled_from(sorted(TYPES))),
        people=draw(people),
        optional=draw(st.booleans()),
        doc=draw(st.none() | texts),
        repeat=repeat,
        override=draw(reasons),
        note=draw(st.none() | texts),
    )


@st.composite
def moves(draw: st.DrawFn) -> MoveBlock:
    start, end = draw(spans())
    keep = draw(st.booleans())
    return MoveBlock(
        draw(uids),
        draw(days),
        draw(days),
        min(start, 1380) if keep else start,
        None if keep else end,
        draw(reasons),
        draw(st.booleans()),
    )


block_fields = st.fixed_dictionaries(
    {},
    optional={
        "summary": texts,
        "kind": st.sampled_from(KINDS),
        "type": st.none() | st.sampled_from(sorted(TYPES)),
        "people": people.map(list),
        "optional": st.booleans(),
        "doc": st.none() | texts,
        "note": st.none() | texts,
        "status": st.sampled_from(["planned", "done", "skipped"]),
        "category": st.none() | st.sampled_from(CATEGORIES),
    },
).filter(bool)
instants = st.datetimes(datetime(1999, 1, 1), datetime(2099, 1, 1), timezones=st.just(ZoneInfo("UTC"))).map(
    lambda moment: into(moment.replace(second=0, microsecond=0), BERLIN)
)
session_fields = st.fixed_dictionaries(
    {},
    optional={
        "summary": texts,
        "pattern": st.none() | st.sampled_from(PATTERNS),
        "category": st.sampled_from(CATEGORIES),
        "note": st.none() | texts,
        "start": instants.map(datetime.isoformat),
        "end": instants.map(datetime.isoformat),
        "result": st.none() | texts,
    },
).filter(bool)


@st.composite
def logs(draw: st.DrawFn) -> LogSession:
    start = draw(instants)
    return LogSession(
        summary=draw(st.just("") | texts),
        start=start.isoformat(),
        end=into(start + timedelta(minutes=draw(st.integers(1, 1440))), BERLIN).isoformat(),
        week=str(IsoWeek.of(start.date())),
        zone="Europe/Berlin",
        pattern=draw(st.none() | st.sampled_from(PATTERNS)),
        category=draw(st.sampled_from(CATEGORIES)),
        repo=draw(st.none() | st.sampled_from(["api", "my repo", "-x"])),
        branch=draw(st.none() | st.sampled_from(["main", "fix/pool"])),
        result=draw(st.none() | texts),
        note=draw(st.none() | texts),
    )


@st.composite
def edits_elsewhere(draw: st.DrawFn) -> EditBlock:
    move = draw(moves())._replace(override=None, onward=False)
    return EditBlock(move.uid, move.day, draw(block_fields), draw(reasons), move)


answers = st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from([True, False, None]), min_size=1)
edits = st.one_of(
    adds(),
    moves(),
    st.builds(EditBlock, uids, days, block_fields, reasons, st.none(), st.booleans()),
    edits_elsewhere(),
    st.builds(FinishBlock, uids, days, st.sampled_from(["done", "skipped", "planned"])),
    st.builds(RemoveBlock, uids, days, st.booleans()),
    st.builds(EditSession, uids, weeks, session_fields),
    st.builds(RemoveSession, uids, weeks),
    st.builds(SplitSession, uids, weeks, instants, instants),
    st.builds(lambda uid, week, other: MergeSessions(uid, week, other, week), uids, weeks, uids),
    st.builds(SetDay, days, st.sampled_from(DAY_KINDS), st.just("") | texts.map(str.strip).filter(bool)),
    st.builds(UseTheme, st.sampled_from(["maker-week", "on-call"]), weeks, st.booleans()),
    st.builds(AnswerCheck, weeks, answers),
    logs(),
)


def context_of(edit: Edit) -> ReadingContext:
    """A context in which the edit's ID names what it is about."""
    day = getattr(edit, "day", None) or NOW.date()
    week, table = IsoWeek.of(day), "blocks"
    if isinstance(edit, EditSession | RemoveSession | SplitSession | MergeSessions):
        week, table = edit.week, "sessions"
    span = Span(*stretch(day, 600, 660, BERLIN))
    return ReadingContext(NOW, BERLIN, TYPES, lambda uid: Target(table, uid, week, span))


def plain(edit: Edit) -> object:
    return {name: getattr(edit, name) for name in edit.__slots__} if isinstance(edit, LogSession) else edit


@given(edits)
def test_an_edit_is_read_back_from_its_words(edit: Edit) -> None:
    for types in (None, TYPES):
        words = words_of(edit, types)
        assert all(isinstance(word, str) for word in words)
        assert plain(read_call(list(words), context_of(edit)).edit) == plain(edit), words


@st.composite
def starts(draw: st.DrawFn) -> StartSession:
    logged = draw(logs())
    told = ("summary", "pattern", "category", "repo", "branch", "result", "start", "week", "zone")
    return StartSession(**{name: getattr(logged, name) for name in told}, until=logged.end)


@given(starts())
def test_what_a_start_says_is_read_back_from_its_words(edit: StartSession) -> None:
    verb, *args = words_of(edit)
    words = start_of(read_options(args, START))
    assert verb == "start"
    for name in ("summary", "category", "result"):
        assert getattr(words, name) == getattr(edit, name)
    assert (words.repo, words.branch) == (edit.repo or "", edit.branch or "")
    assert words.pattern == edit.pattern
    assert words.at == edit.start


@given(instants, st.booleans(), st.booleans(), st.none() | texts)
def test_what_a_stop_says_is_read_back_from_its_words(
    end: datetime, pause: bool, drop: bool, result: str | None
) -> None:
    edit = StopSession(end=end.isoformat(), week="2026-W48", pause=pause, drop=drop, result=result)
    call = read_options(list(words_of(edit)[1:]), STOP)
    check_stop(call)
    assert call.has("drop") == drop
    if not drop:
        assert (call.value("at"), call.value("result"), call.has("pause")) == (edit.end, result, pause)
