"""Reading a TOML file key by key, gathering every problem instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from techlead_tui.config.problems import FileError, Problem, shown
from techlead_tui.core.calendar import DAY
from techlead_tui.core.one_line import is_one_line
from techlead_tui.core.words.args import nearest, read_length
from techlead_tui.core.words.units import read_time
from techlead_tui.errors import WordsError

Path = tuple[str | int, ...]  # keys, and indexes into arrays from zero: ("box", 3, "start")


def key_lines(text: str) -> dict[Path, int]:
    """Return the line, from one, of each table and key of valid TOML, and of each element of a key's list.

    What stands deeper within a value is not listed. Each statement is read alone, and so is what a list over
    several lines holds up to a line, closed there.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}  # of arrays of tables so far
    table: Path = ()
    statement, begun = "", 0
    ends: list[tuple[int, int]] = []  # how many elements the list of the statement has up to a line
    for number, line in enumerate(text.split("\n"), 1):
        begun = begun if statement else number
        statement += line + "\n"
        value = _parsed(statement)
        if value is None:
            ends.append((_elements(_parsed(statement + "]")), number))
            continue
        header = statement.lstrip().startswith("[")
        ends, statement, known = [], "", [*ends, (_elements(value), number)]
        path = () if header else table
        while isinstance(value, dict) and len(value) == 1:
            ((key, value),) = value.items()
            path += (key,)
            lines.setdefault(path, begun)
            if header and isinstance(value, list):
                counts[path] = counts.get(path, 0) + 1
            if header and path in counts:
                path += (counts[path] - 1,)
                lines.setdefault(path, begun)
        if header:
            table = path
            lines[path] = begun  # rather the table's own header than that of a part of it
        elif isinstance(value, list):
            for index in range(len(value)):
                lines[*path, index] = next(line for count, line in known if count > index)
    return lines


def _parsed(statement: str) -> Any:
    """Return what a piece of TOML says, or None when it is not whole."""
    import tomllib  # dear, and nothing to read on most starts

    try:
        return tomllib.loads(statement)
    except ValueError:
        return None


def _elements(value: Any) -> int:
    """Return the length of the list that a statement gives to its key; 0 when it gives none."""
    while isinstance(value, dict) and len(value) == 1:
        (value,) = value.values()
    return len(value) if isinstance(value, list) else 0


TIME = 'a time of day from 00:00 to 23:59 in quotes, such as "09:30"'
SPAN = 'two times of day in quotes, such as "09:00-17:00"'
LENGTH = 'a length in quotes, such as "45m", "2h" or "1h30"'


class Document:
    """A TOML text, its tables and the problems found in them so far."""

    def __init__(self, text: str, file: str) -> None:
        """Raises FileError at once where the text is no TOML."""
        import tomllib  # dear, and nothing to read on most starts

        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.known: dict[Path, list[str]] = {}  # the keys that were asked for, by table
        self._lines: dict[Path, int] | None = None
        try:
            data = tomllib.loads(text)
        except ValueError as wrong:  # TOMLDecodeError, and what int() says of thousands of digits
            raise FileError([_syntax_problem(text, file, str(wrong))]) from None
        except RecursionError:
            raise FileError([Problem(file, "", None, "is nested too deeply", "plain tables", None)]) from None
        self.root = Table(self, (), data)

    def line(self, path: Path) -> int | None:
        """The line of a key, or of the nearest table around a key that is missing."""
        if self._lines is None:
            try:
                self._lines = key_lines(self.text)
            except RecursionError:
                self._lines = {}
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)

    def add(self, path: Path, message: str, expected: str = "", meant: str | None = None) -> None:
        self.problems.append(Problem(self.file, dotted(path), self.line(path), message, expected, meant))

    def check(self) -> None:
        """Raises all problems, if there are any."""
        if self.problems:
            raise FileError(self.problems)


class Table:
    """One table of a document. Each getter notes a problem and returns None where a value is not right."""

    def __init__(self, document: Document, path: Path, data: dict[str, Any]) -> None:
        self.document = document
        self.path = path
        self.data = data
        self.known = document.known.setdefault(path, [])
        self.missing: dict[str, str] = {}  # required keys that are not there, and what was expected

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def add(self, key: str | None, message: str, expected: str = "", meant: str | None = None) -> None:
        self.document.add(self.path if key is None else (*self.path, key), message, expected, meant)

    def value(self, key: str, wanted: type, expected: str, *, required: bool = False) -> Any:
        """The value of a key when it is of the type wanted; a bool is no int here."""
        self.known.append(key)
        if key not in self.data:
            if required:
                self.missing[key] = expected
            return None
        value = self.data[key]
        if type(value) is not wanted:
            self.add(key, f"is {named(value)}", expected)
            return None
        return value

    def text(self, key: str, expected: str, *, required: bool = False) -> str | None:
        """One line of text, not empty, without control characters (they must never reach a terminal)."""
        value = self.value(key, str, expected, required=required)
        if value is None:
            return None
        if not value.strip():
            self.add(key, "is empty", expected)
            return None
        if not is_one_line(value):
            self.add(key, "holds a line break or a control character", expected)
            return None
        return str(value).strip()

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.value(key, bool, "true or false")
        return default if value is None else value is True

    def number(self, key: str, low: int, high: int) -> int | None:
        expected = f"a whole number from {low} to {high}"
        value = self.value(key, int, expected)
        if value is not None and not low <= value <= high:
            self.add(key, f"{value} is out of range", expected)
            return None
        return None if value is None else int(value)

    def choice(self, key: str, options: Collection[str], what: str, *, required: bool = False) -> str | None:
        expected = f"{what}: {', '.join(options)}"
        value = self.value(key, str, expected, required=required)
        if value is not None and value not in options:
            self.add(key, f'"{shown(value)}" is not known', expected, nearest(value, options))
            return None
        return None if value is None else str(value)

    def texts(self, key: str, options: Collection[str] | None, what: str) -> tuple[str, ...] | None:
        """A list of texts; with options, each is one of them."""
        expected = f"a list of {what} in quotes"
        value = self.value(key, list, expected)
        if value is None:
            return None
        good = []
        for index, item in enumerate(value):
            path = (*self.path, key, index)
            if type(item) is not str:
                self.document.add(path, f"is {named(item)}", expected)
            elif options is not None and item not in options:
                self.document.add(path, f'"{shown(item)}" is not known', expected, nearest(item, options))
            else:
                good.append(item)
        return tuple(good)

    def time(self, key: str, *, required: bool = False) -> int | None:
        """Minutes since midnight."""
        value = self.value(key, str, TIME, required=required)
        if value is None:
            return None
        minute = time_of(value)
        if minute is None:
            self.add(key, f'"{shown(value)}" is not a time of day', TIME)
        return minute

    def span(self, key: str, *, required: bool = False) -> tuple[int, int] | None:
        """A start and a later end, as minutes since midnight."""
        value = self.value(key, str, SPAN, required=required)
        if value is None:
            return None
        start, _, end = value.partition("-")
        times = time_of(start.strip()), time_of(end.strip())
        if times[0] is None or times[1] is None:
            self.add(key, f'"{shown(value)}" is not a span of time', SPAN)
            return None
        if times[0] >= times[1]:
            self.add(key, f'"{shown(value)}" ends before it starts', "an end after the start")
            return None
        return times[0], times[1]

    def length(self, key: str) -> int | None:
        """Minutes."""
        value = self.value(key, str, LENGTH)
        if value is None:
            return None
        minutes = length_of(value)
        if minutes is None:
            self.add(key, f'"{shown(value)}" is not a length', LENGTH)
        return minutes

    def table(self, key: str) -> Table:
        """A table within; an empty one where it is missing or something else."""
        value = self.value(key, dict, f"a table: [{dotted((*self.path, key))}]")
        return Table(self.document, (*self.path, key), value or {})

    def tables(self, key: str) -> list[Table]:
        """The tables of an array of tables."""
        expected = f"tables that begin with [[{dotted((*self.path, key))}]]"
        value = self.value(key, list, expected)
        out = []
        for index, item in enumerate(value or ()):
            path = (*self.path, key, index)
            if type(item) is dict:
                out.append(Table(self.document, path, item))
            else:
                self.document.add(path, f"is {named(item)}", expected)
        return out

    def named_keys(self, options: Iterable[str] | None, what: str) -> list[str]:
        """The table's own keys where each names one of the options; problems for the others."""
        known = None if options is None else list(options)
        good = []
        for key in self.data:
            self.known.append(key)
            if known is None or key in known:
                good.append(key)
            else:
                self.add(key, f'"{shown(key)}" is not known', what, nearest(key, known))
        return good

    def finish(self) -> None:
        """Notes every key that nobody asked for and every one that is missing, a misspelt key once."""
        for key in self.data:
            if key not in self.known:
                meant = nearest(key, self.known)
                self.add(key, f'"{shown(key)}" is not a key here', "", meant)
                self.missing.pop(meant or "", None)
        for key, expected in self.missing.items():
            self.add(key, f'"{key}" is missing', expected)


def time_of(text: str) -> int | None:
    """Return `9:05` or `09:05` as minutes since midnight; None for anything else, 24:00 included."""
    try:
        minute = read_time(text) if ":" in text else None
    except WordsError:
        return None
    return minute if minute is not None and minute < DAY else None


def length_of(text: str) -> int | None:
    """Return `45m`, `2h`, `1h30`, `1h30m` or `1.5h` as minutes, up to a week; None for anything else."""
    try:
        return read_length(text.strip(), most=7 * DAY, strict=False)  # files may say 1h90
    except WordsError:
        return None


def dotted(path: Path) -> str:
    """A path as people write it, elements counted from one: `box[3].start`."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part + 1}]"
        else:
            bare = part.replace("-", "").replace("_", "").isalnum() and part.isascii()
            out += ("." if out else "") + (part if bare else f'"{shown(part)}"')
    return out


def named(value: object) -> str:
    """Name the kind of a value, with the value where that helps."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'the text "{shown(value)}"'
    if isinstance(value, (int, float)):
        return f"the number {shown(repr(value))}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return f"a date or time without quotes, {value}"


def _syntax_problem(text: str, file: str, wrong: str) -> Problem:
    """tomllib's own words, with the line that it puts into brackets at their end."""
    message, _, place = wrong.partition(" (at ")
    said = f"is not TOML: {message[0].lower()}{message[1:]}"
    if not place:
        return Problem(file, "", None, said, "", None)
    if place.startswith("line "):
        line = int(place[5:].partition(",")[0])
    else:  # at end of document
        line = max(1, text.rstrip().count("\n") + 1)
    lines = text.splitlines()
    value = lines[line - 1].partition("=")[2].strip() if line <= len(lines) else ""
    bare_time = value[:1].isdigit() and ":" in value.partition("#")[0]
    return Problem(file, "", line, said, "times in quotes" if bare_time else "", None)
