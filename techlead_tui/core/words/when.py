"""Read a WHEN: a day and a span of it, seen from now or from the week on the screen."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from techlead_tui.core.calendar import DAY, IsoWeek, NoSuchTimeError, at, clock, into, minute_of
from techlead_tui.core.edits import Edit
from techlead_tui.core.series import Repeat
from techlead_tui.core.span import Span, end_of
from techlead_tui.core.theme import Types
from techlead_tui.core.words.args import Token, from_line
from techlead_tui.core.words.scan import Scan, WhenPieces
from techlead_tui.core.words.units import (
    DAY_HINT,
    DayWord,
    check_range,
    day_of,
    in_reach,
    misspelt_day,
    read_day,
    read_range,
)
from techlead_tui.errors import WordsError


class Target(NamedTuple):
    """Something that an ID names, and where it stands now."""

    table: str  # "blocks" or "sessions"
    uid: str
    week: IsoWeek
    span: Span  # on the user's clock

    @property
    def day(self) -> date:
        return self.span.start.date()


def _nothing(text: str) -> Target:
    raise LookupError(text)


class ReadingContext(NamedTuple):
    """Hold what words are read against; but for the last one, what has a default is the screen's: its week
    and its cursor."""

    now: datetime  # aware, on the user's clock
    zone: tzinfo  # the user's; its `key` is its IANA name
    types: Types
    locate: Callable[[str], Target] = _nothing  # what an ID names
    shown: IsoWeek | None = None  # a weekday is the one of this week
    day: date | None = None  # where no day is named, unless that is over
    start: int | None = None  # where no time is named
    length: int | None = None  # where neither an end nor a length is named
    crosses: bool = False  # whether what a length says may end on the next day

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def minute(self) -> int:
        """Minutes since midnight."""
        return minute_of(self.now)

    def moment(self, day: date, minute: int) -> datetime:
        """A wall-clock time in the user's zone."""
        return at(day, minute, self.zone)

    @property
    def zone_name(self) -> str:
        return str(getattr(self.zone, "key", "UTC"))


class ParsedEdit(NamedTuple):
    """An edit, and in short phrases what was read, for a preview before it is applied."""

    edit: Edit
    said: tuple[str, ...]


def find_when(tokens: list[Token], *, bare: bool = False) -> tuple[WhenPieces, list[Token]]:
    """The WHEN that stands first or last among the words, and the other words.

    `bare` says that no text is expected beside it. A WHEN in the middle of text is none.
    """
    found, rest = _first_or_last(tokens, bare)
    if found.weeks is not None and found.until is None:
        return _until_last(found, rest)
    return found, rest


def _until_last(found: WhenPieces, rest: list[Token]) -> tuple[WhenPieces, list[Token]]:
    """`until 2027-01-31` after the text of a series ends it too; quoted it is text."""
    if len(rest) < 2 or rest[-2].literal or rest[-1].literal or rest[-2].text.lower() != "until":
        return found, rest
    scan = Scan(rest[-2:], False)
    scan.found = found
    ended, left = scan.run()
    return ended, [*rest[:-2], *left]


def _first_or_last(tokens: list[Token], bare: bool) -> tuple[WhenPieces, list[Token]]:
    found, rest = Scan(tokens, bare).run()
    if found.start is not None or found.ago is not None or not rest:
        return found, rest
    trouble: WordsError | None = None
    for begin in range(max(0, len(rest) - 10), len(rest)):
        try:
            last, left = Scan(rest[begin:], bare).run()
        except WordsError as error:
            trouble = trouble or error
            continue
        twice = (found.day and last.day) or (found.length and (last.end or last.length))
        if left or twice or (last.start is None and last.ago is None):
            continue
        merged = {name: mine for name, mine in found._asdict().items() if mine not in (None, "", -1, ())}
        return last._replace(**merged), rest[:begin]
    if trouble is not None:
        raise trouble
    return found, rest


class DaySpan(NamedTuple):
    """A day and a span of it, in minutes since midnight."""

    day: date
    start: int
    end: int


def slot_of(found: WhenPieces, rest: list[Token], context: ReadingContext) -> DaySpan:
    """The day and span that a WHEN ahead means; `rest` are the other words, for errors and to find out
    whether one of them was meant as the day. WordsError when something is missing or cannot be."""
    if found.ago is not None:
        day, start = _back(found.ago, context)
    else:
        if found.start is None and context.start is None:
            raise _no_time(rest)
        if found.start is None:
            _no_hidden_time(rest)
        begin = context.start if found.start is None else found.start
        assert begin is not None
        start = begin
        if found.day is None and not found.days and context.day is None:
            _no_hidden_day(rest)
        day = _day_ahead(found, start, context)
    end = found.end
    if end is None:
        minutes = found.length or context.length
        if minutes is None:
            later = clock(min(start + 60, DAY))
            raise WordsError(
                f"when does it end? only {clock(start)} was understood",
                f"say its end or a length: {clock(start)}-{later} or {clock(start)} 45m",
                found.word,
                found.position,
            )
        if start >= DAY:
            check_range(start, start, found.word, found.position)
        exists(day, start, context, found.word, found.position)
        end = _end(day, start, minutes, context, found)
    check_range(start, end, found.word, found.position, crosses=context.crosses)
    exists(day, start, context, found.word, found.position)
    exists(day, end, context, found.word, found.position)
    return DaySpan(day, start, end)


def _end(day: date, start: int, minutes: int, context: ReadingContext, found: WhenPieces) -> int:
    try:
        return end_of(day, start, minutes, context.zone)
    except NoSuchTimeError as twice:
        raise WordsError(str(twice), "say when it ends", found.word, found.position) from None


def last_of(found: WhenPieces, context: ReadingContext) -> tuple[date, int | None]:
    """The day and start that a WHEN in the past means (`log --at`); no start where none was named."""
    if found.ago is not None:
        return _back(found.ago, context)
    start = found.start
    if found.day is None:
        day = context.day or context.today
        if context.day is None and start is not None and start > context.minute:
            day -= timedelta(days=1)
        return day, start
    day = day_of(found.day, context.today, back=True, shown=context.shown)
    again = found.day.weekday is not None and found.day.weeks is None and context.shown is None
    if again and day == context.today and start is not None and start > context.minute:
        day -= timedelta(days=7)
    return in_reach(day), start


def exists(day: date, minute: int, context: ReadingContext, word: str = "", position: int = -1) -> None:
    """WordsError when the clocks skip that time (a DST gap)."""
    try:
        at(day, minute, context.zone, strict=True)
    except NoSuchTimeError as gap:
        raise WordsError(
            str(gap), "take a time before or after the change of the clocks", word, position
        ) from None


def _back(minutes: int, context: ReadingContext) -> tuple[date, int]:
    then = into(context.now - timedelta(minutes=minutes), context.zone)
    return then.date(), minute_of(then)


def _day_ahead(found: WhenPieces, start: int, context: ReadingContext) -> date:
    if found.days:
        return _first_of(found, start, context)
    over = (start if found.end is None else found.end) <= context.minute
    today = context.today
    if found.day is None:
        if context.day is not None and (context.day > today or (context.day == today and not over)):
            return context.day
        return today + timedelta(days=1) if over else today
    day = day_of(found.day, today, shown=context.shown)
    if (
        day == today
        and over
        and found.day.weekday is not None
        and found.day.weeks is None
        and context.shown is None
    ):
        day += timedelta(days=7)
    return in_reach(day)


def _first_of(found: WhenPieces, start: int, context: ReadingContext) -> date:
    """The first of several weekdays, from the day named or from now on."""
    plain = found._replace(days=())
    if found.day is None:
        ahead = (plain._replace(day=DayWord(weekday=number)) for number in found.days)
        return min(_day_ahead(one, start, context) for one in ahead)
    begin = _day_ahead(plain, start, context)
    return next(day for n in range(7) if (day := begin + timedelta(n)).isoweekday() in found.days)


def _no_time(rest: list[Token]) -> WordsError:
    """Return the word that kept the time from being found: quoted, or a misspelt day; else None."""
    for token in rest:
        if token.literal and _says_when(token.text):
            return WordsError(
                f"“{token.text[:60]}” is in quotes, and quoted words are text",
                "leave the day and the time out of the quotes: wed 14-16 'connection pool' +code",
                token.text,
                token.position,
            )
    for token in rest:
        if not token.literal and (near := misspelt_day(token.text)) and read_day(token.text) is None:
            return WordsError(
                f"“{token.text}” is not understood", f"did you mean {near}?", token.text, token.position
            )
    hint = "the day and the time come first or last: wed 14-16 connection pool +code"
    if rest and not rest[0].literal:
        first = rest[0]
        if first.text[:1].isdigit() and any(sign in first.text for sign in "./"):  # 25.11. or 25/11
            hint = DAY_HINT
        return WordsError(
            f"no time was understood; the first unknown word is “{first.text[:60]}”",
            hint,
            first.text,
            first.position,
        )
    return WordsError("no time was understood", hint)


def _says_when(text: str) -> bool:
    try:
        return find_when(from_line(text), bare=True)[0].start is not None
    except WordsError:
        return False


def _no_hidden_day(rest: list[Token]) -> None:
    """WordsError when a word of the text may have been meant as the day, and no day was understood."""
    for token in rest:
        if token.literal:
            continue
        if read_day(token.text) is not None:
            raise WordsError(
                f"is “{token.text}” the day, or part of the text?",
                f"put the day first, {token.text} 14-16 …, or name another one: today 14-16 …",
                token.text,
                token.position,
            )
    for token in [token for token in (*rest[:1], *rest[-1:]) if not token.literal]:
        if near := misspelt_day(token.text):
            raise WordsError(
                f"is “{token.text}” a day, or part of the text?",
                f"did you mean {near}? otherwise name the day: today 14-16 …",
                token.text,
                token.position,
            )


def _no_hidden_time(rest: list[Token]) -> None:
    """WordsError for a range of times within the text, which nobody means as text where no time was read."""
    for number, token in enumerate(rest):
        if not token.literal and read_range(token.text) is not None:
            before = rest[max(0, number - 1)]
            near = misspelt_day(before.text)
            hint = "the day and the time come first or last: wed 14-16 connection pool +code"
            raise WordsError(
                f"“{before.text[:60]}” before {token.text} is not understood",
                f"did you mean {near}?" if near else hint,
                before.text,
                before.position,
            )


def repeat_of(found: WhenPieces) -> Repeat | None:
    return None if found.weeks is None else Repeat(found.weeks, found.until, found.nth, found.days)
