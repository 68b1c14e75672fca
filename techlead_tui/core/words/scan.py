"""Finds a WHEN among words: the pieces of a day and of times, in the order that people write them.

`wed 14-16`, `14:00 2h tomorrow`, `every 2 weeks tue 9:30-10 until 2027-01-31`,
`every first tue 9-10`, `25m ago`, `-25m`.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from techlead_tui.core.words.clocktime import DASHES, read_range, read_time
from techlead_tui.core.words.days import DayWord, read_day, weekday
from techlead_tui.core.words.length import read_length
from techlead_tui.core.words.tokens import Token
from techlead_tui.errors import WordsError

NTH = {"first": 1, "1st": 1, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
FILLERS = ("at", "on", "from", "for")
JOINS = ("to", "till", *DASHES)


class Found(NamedTuple):
    """The pieces of a WHEN as they were typed."""

    day: DayWord | None = None
    start: int | None = None
    end: int | None = None
    length: int | None = None
    ago: int | None = None  # minutes before now
    weeks: int | None = None  # of `every`
    nth: int | None = None  # of `every first tue`
    until: date | None = None
    word: str = ""  # the word of the time, for errors
    position: int = -1


class Scan:
    """Reads one piece after another from the front of some tokens."""

    def __init__(self, tokens: list[Token], bare: bool) -> None:
        self.tokens = tokens
        self.bare = bare  # whether an hour may stand alone: there is no text beside the words
        self.at = 0
        self.found = Found()

    def run(self) -> tuple[Found, list[Token]]:
        """What was found, and the tokens after it."""
        while self.at < len(self.tokens) and self._piece():
            pass
        return self.found, self.tokens[self.at :]

    def _word(self, ahead: int = 0) -> str:
        index = self.at + ahead
        if index >= len(self.tokens) or self.tokens[index].literal:
            return ""
        return self.tokens[index].text

    def _take(self, count: int, **pieces: object) -> bool:
        self.found = self.found._replace(**pieces)  # type: ignore[arg-type]  # each field by its name
        self.at += count
        return True

    def _piece(self) -> bool:
        word = self._word().lower()
        if not word:
            return False
        token = self.tokens[self.at]
        try:
            return (
                self._every(word)
                or self._day(word)
                or self._ago(word)
                or self._time(word)
                or self._filler(word)
            )
        except WordsError as error:
            if error.position < 0:  # at fault is this word, or one soon after it
                near = [other for other in self.tokens[self.at : self.at + 3] if other.text == error.word]
                error.position = (near[0] if near else token).position
            raise

    def _filler(self, word: str) -> bool:
        if word not in FILLERS:
            return False
        begun, before = self.at, self.found
        self.at += 1
        bare, self.bare = self.bare, self.bare or word in ("at", "from")
        if self._word() and self._word() not in FILLERS and self._piece():
            self.bare = bare
            return True
        self.at, self.found, self.bare = begun, before, bare
        return False

    def _every(self, word: str) -> bool:
        found = self.found
        if word == "until" and found.weeks is not None and found.until is None:
            day = read_day(self._word(1)) if self._word(1) else None
            if day is None or day.date is None:
                raise WordsError(
                    "“until” needs a date", "every tue 10-11 until 2027-01-31", self._word(1) or word
                )
            return self._take(2, until=day.date)
        if word != "every" or found.weeks is not None:
            return False
        number, unit = self._word(1).lower(), self._word(2).lower()
        if number.isascii() and number.isdigit() and unit in ("week", "weeks"):
            if not 1 <= int(number[:4]) <= 52:
                raise WordsError(
                    f"every {number[:9]} weeks is too rare", "1 to 52 weeks can be repeated", number
                )
            return self._take(3, weeks=int(number))
        if number in ("other", "second"):
            return self._take(3 if unit == "week" else 2, weeks=2)
        if number == "week":
            return self._take(2, weeks=1)
        if number in NTH and unit and read_day(unit) is not None:
            return self._take(2, weeks=1, nth=NTH[number])
        if number and read_day(number) is not None:
            return self._take(1, weeks=1)
        raise WordsError(
            f"“every {number}” is not understood" if number else "“every” what?",
            "every tue 10-11, every 2 weeks tue 10-11, or every first tue 10-11",
            number or word,
        )

    def _day(self, word: str) -> bool:
        if self.found.day is not None:
            return False
        if word in ("next", "last", "this") and (number := weekday(self._word(1))) is not None:
            return self._take(2, day=DayWord(weekday=number, weeks={"next": 1, "last": -1, "this": 0}[word]))
        if (moment := _moment(word)) is not None and self.found.start is None:
            day, start = moment
            return self._take(
                1, day=DayWord(date=day), start=start, word=word, position=self.tokens[self.at].position
            )
        day_word = read_day(word)
        return day_word is not None and self._take(1, day=day_word)

    def _ago(self, word: str) -> bool:
        if self.found.ago is not None or self.found.start is not None or self.found.day is not None:
            return False
        if word == "now":
            return self._take(1, ago=0)
        if word[:1] == "-" and (minutes := read_length(word[1:])) is not None:
            return self._take(1, ago=minutes)
        if self._word(1).lower() == "ago" and (minutes := read_length(word)) is not None:
            return self._take(2, ago=minutes)
        return False

    def _time(self, word: str) -> bool:
        found = self.found
        if found.end is None and found.length is None and (minutes := read_length(word)) is not None:
            return self._take(1, length=minutes)
        if found.start is not None or found.ago is not None:
            return False
        here = {"word": word, "position": self.tokens[self.at].position}
        if found.length is None and (span := read_range(word)) is not None:
            return self._take(1, start=span[0], end=span[1], **here)
        start = read_time(word)
        if start is None:
            return False
        join, last = self._word(1).lower(), self._word(2)
        if join in JOINS and found.length is None and last and (end := read_time(last)) is not None:
            return self._take(3, start=start, end=end, **here)
        clear = ":" in word or found.day is not None or found.length is not None or self.bare
        if clear or (join and (read_length(join) is not None or read_day(join) is not None)):
            return self._take(1, start=start, **here)
        return False


def _moment(word: str) -> tuple[date, int] | None:
    """`2026-11-24T14:00`, with or without seconds that are naught."""
    day, t, time = word.partition("t")
    if not t or len(day) != 10 or (read := read_day(day)) is None or read.date is None:
        return None
    start = read_time(time.removesuffix(":00") if time.count(":") == 2 else time)
    return None if start is None else (read.date, start)


def find_when(tokens: list[Token], *, bare: bool = False) -> tuple[Found, list[Token]]:
    """The WHEN that stands first or last among the words, and the other words.

    `bare` says that no text is expected beside it. A WHEN in the middle of text is none.
    """
    found, rest = _first_or_last(tokens, bare)
    if found.weeks is not None and found.until is None:
        return _until_last(found, rest)
    return found, rest


def _until_last(found: Found, rest: list[Token]) -> tuple[Found, list[Token]]:
    """`until 2027-01-31` after the text of a series ends it too; quoted it is text."""
    if len(rest) < 2 or rest[-2].literal or rest[-1].literal or rest[-2].text.lower() != "until":
        return found, rest
    scan = Scan(rest[-2:], False)
    scan.found = found
    ended, left = scan.run()
    return ended, [*rest[:-2], *left]


def _first_or_last(tokens: list[Token], bare: bool) -> tuple[Found, list[Token]]:
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
        merged = {name: mine for name, mine in found._asdict().items() if mine not in (None, "", -1)}
        return last._replace(**merged), rest[:begin]
    if trouble is not None:
        raise trouble
    return found, rest
