"""Define what is read from a calendar: one occurrence of an event, and what it means for the week."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

MEETING, OWN, BUSY = "meeting", "own", "busy"
UNANSWERED = ("tentative", "unanswered")  # answers that are none yet


class Occurrence(NamedTuple):
    """Hold one occurrence of an event that takes time. Times are UTC, cut to the minute."""

    uid: str  # of the event, as its calendar names it
    start: datetime
    end: datetime
    summary: str
    meaning: str  # meeting, own or busy (nobody tells what with)
    answer: str = ""  # mine to a meeting: accepted, tentative, unanswered; "" where nobody asks
    all_day: bool = False
    recurring: bool = False
    private: bool = False  # its title is not kept
    away: bool = False  # out of office, as its calendar says
    organizer: str = ""  # name; "" for none
    people: tuple[str, ...] = ()  # names of the others
    taking_part: int = 0  # of those who take part, me included
    address: str = ""  # of the organizer, to answer to
    sequence: int = 0  # its version
    note: str = ""  # what was assumed of it
    source: str = ""  # name of the calendar that it is from

    def row(self) -> list[Any]:
        """Return it as JSON."""
        times = [int(self.start.timestamp()) // 60, int(self.end.timestamp()) // 60]
        return [self.uid, *times, *(list(v) if isinstance(v, tuple) else v for v in self[3:-1])]

    @classmethod
    def of_row(cls, row: Sequence[Any], source: str) -> "Occurrence":
        """Return the occurrence that a row tells, also one of an earlier version, which said less.

        LookupError, TypeError or ValueError for another row.
        """
        uid, start, end, *rest = row
        rest += [cls._field_defaults[name] for name in cls._fields[len(row) : -1]]
        rest[PEOPLE] = tuple(rest[PEOPLE])
        begin, until = (datetime.fromtimestamp(minutes * 60, UTC) for minutes in (start, end))
        return cls._make((uid, begin, until, *rest[: len(cls._fields) - 4], source))


PEOPLE = Occurrence._fields.index("people") - 3  # in a row, after uid and times


class GuessRule(NamedTuple):
    """Guess what an event is about: all that is said must hold."""

    type: str | None = None
    kind: str | None = None
    words: tuple[str, ...] = ()  # one of them stands in the title; none: any title
    organizer: str = ""  # part of a name; "" for anybody
    people_least: int = 0
    people_most: int = 0  # 0: any number
    origin: str = "shipped"  # or the file that it stands in

    def fits(self, occurrence: Occurrence) -> bool:
        """Tell whether the rule is about an occurrence."""
        if self.words and not self._named(_words(occurrence.summary)):
            return False
        if self.organizer and self.organizer.casefold() not in occurrence.organizer.casefold():
            return False
        if occurrence.taking_part < self.people_least:
            return False
        return not self.people_most or occurrence.taking_part <= self.people_most

    def _named(self, title: str) -> bool:
        return any(word in title for word in _all_words(self.words))


@lru_cache(1024)
def _all_words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_words, words))


@lru_cache(4096)
def _words(text: str) -> str:
    """Return a text in which whole words are found: case-folded, signs between words as single blanks."""
    clean = "".join(char if char.isalnum() or char in "+&" else " " for char in text.casefold())
    return f" {' '.join(clean.split())} "


class _Calendar(NamedTuple):
    weeks: Mapping[str, Sequence[Occurrence]] = {}
    rules: tuple[GuessRule, ...] = ()


class Calendar(_Calendar):
    """Hold what the user's calendars say: occurrences by the week that they touch, and rules to guess by."""

    @cached_property
    def _guessed(self) -> dict[tuple[str, str, int], GuessRule | None]:
        return {}

    def guess(self, occurrence: Occurrence) -> GuessRule | None:
        """Return the first rule that is about an occurrence."""
        about = (occurrence.summary, occurrence.organizer, occurrence.taking_part)
        if about not in self._guessed:
            self._guessed[about] = next((rule for rule in self.rules if rule.fits(occurrence)), None)
        return self._guessed[about]


NONE = Calendar()
