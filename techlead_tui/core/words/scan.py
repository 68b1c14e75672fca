"""Take the pieces of a WHEN off the front of some words: days, times, lengths, `every` and `until`."""

from datetime import date
from typing import NamedTuple

from techlead_tui.core.words.args import Token, read_length, take_length
from techlead_tui.core.words.units import (
    DASHES,
    EACH_DAY,
    DayWord,
    read_day,
    read_range,
    read_time,
    read_weekdays,
    weekday,
)
from techlead_tui.errors import WordsError

NTH = {"first": 1, "1st": 1, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
FILLERS = ("at", "on", "from", "for")
JOINS = ("to", "till", *DASHES)


class WhenPieces(NamedTuple):
    """The pieces of a WHEN as they were typed."""

    day: DayWord | None = None
    start: int | None = None
    end: int | None = None
    length: int | None = None
    ago: int | None = None  # minutes before now
    weeks: int | None = None  # of `every`
    nth: int | None = None  # of `every first tue`
    days: tuple[int, ...] = ()  # of `every tue,thu`
    until: date | None = None
    word: str = ""  # the word of the time, for errors
    position: int = -1


class Scan:
    """Reads one piece after another from the front of some tokens."""

    def __init__(self, tokens: list[Token], bare: bool) -> None:
        self.tokens = tokens
        self.bare = bare  # whether an hour may stand alone: there is no text beside the words
        self.at = 0
        self.found = WhenPieces()

    def run(self) -> tuple[WhenPieces, list[Token]]:
        """Return what was found, and the tokens after it."""
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
            if day is None or day.exact is None:
                raise WordsError(
                    "“until” needs a date", "every tue 10-11 until 2027-01-31", self._word(1) or word
                )
            return self._take(2, until=day.exact)
        if word != "every" or found.weeks is not None:
            return False
        number, unit = self._word(1).lower(), self._word(2).lower()
        if number.isascii() and number.isdigit() and unit in ("week", "weeks"):
            if not 1 <= int(number[:4]) <= 52:
                raise WordsError(
                    f"every {number[:9]} weeks is not possible",
                    "a series repeats every 1 to 52 weeks",
                    number,
                )
            return self._take(3, weeks=int(number))
        if number in ("other", "second"):
            return self._take(3 if unit == "week" else 2, weeks=2)
        if number == "week":
            return self._take(2, weeks=1)
        if number in NTH and unit and read_day(unit) is not None:
            return self._take(2, weeks=1, nth=NTH[number])
        if (each := EACH_DAY.get(number.removesuffix("s"))) is not None:
            return self._take(2, weeks=1, days=each)
        if number and (self._several(1)[0] or read_day(number) is not None):
            return self._take(1, weeks=1)
        raise WordsError(
            f"“every {number}” is not understood" if number else "“every” what?",
            "every tue 10-11, every tue,thu 10-11, every weekday 9-9:15, every 2 weeks tue 10-11",
            number or word,
        )

    def _day(self, word: str) -> bool:
        if self.found.day is not None:
            return False
        days, count = self._several(0)
        if days and not self.found.days and self.found.nth is None:
            return self._take(count, days=days, weeks=self.found.weeks or 1)
        if word in ("next", "last", "this") and (number := weekday(self._word(1))) is not None:
            return self._take(2, day=DayWord(weekday=number, weeks={"next": 1, "last": -1, "this": 0}[word]))
        if (moment := _moment(word)) is not None and self.found.start is None:
            day, start = moment
            return self._take(
                1, day=DayWord(exact=day), start=start, word=word, position=self.tokens[self.at].position
            )
        day_word = read_day(word)
        return day_word is not None and self._take(1, day=day_word)

    def _several(self, ahead: int) -> tuple[tuple[int, ...], int]:
        """Return the weekdays of `tue,thu`, `mon-fri` or `tue and thu`, and how many words name them."""
        days: tuple[int, ...] = ()
        count = 0
        while word := self._word(ahead + count):
            more = read_weekdays(word.removesuffix(","))
            if not more:
                return (), 0
            days, count = (*days, *more), count + 1
            if self._word(ahead + count).lower() == "and" and (ahead or self.found.weeks is not None):
                count += 1
            elif word[-1] != ",":
                break
        several = tuple(sorted(set(days)))
        return (several, count) if len(several) > 1 else ((), 0)

    def _ago(self, word: str) -> bool:
        if self.found.ago is not None or self.found.start is not None or self.found.day is not None:
            return False
        if word == "now":
            return self._take(1, ago=0)
        if word[:1] == "-" and (minutes := read_length(word[1:])) is not None:
            return self._take(1, ago=minutes)
        taken = self._length()
        if taken is not None and self._word(taken[1]).lower() == "ago":
            return self._take(taken[1] + 1, ago=taken[0])
        return False

    def _length(self) -> tuple[int, int] | None:
        """Return the minutes of the length that comes now, and how many words it takes."""
        return take_length([word for ahead in range(4) if (word := self._word(ahead))])

    def _time(self, word: str) -> bool:
        found = self.found
        taken = self._length() if found.end is None and found.length is None else None
        if taken is not None:
            return self._take(taken[1], length=taken[0])
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
    if not t or len(day) != 10 or (read := read_day(day)) is None or read.exact is None:
        return None
    start = read_time(time.removesuffix(":00") if time.count(":") == 2 else time)
    return None if start is None else (read.exact, start)
