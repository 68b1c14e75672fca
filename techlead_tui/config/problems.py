"""Describe what is wrong with a file of the user's: file, key, line and what would be right."""

from collections.abc import Iterable
from typing import NamedTuple

from techlead_tui.errors import DataError


class Problem(NamedTuple):
    """One thing that is wrong in a TOML file."""

    file: str
    key: str  # dotted, boxes counted from one: `box[3].start`; empty for the file as a whole
    line: int | None  # from one
    message: str
    expected: str
    nearest: str | None  # the known key or value that was probably meant

    @property
    def where(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}" if self.key else place

    @property
    def hint(self) -> str:
        meant = f"did you mean {self.nearest}?" if self.nearest else ""
        wanted = f"expected {self.expected}" if self.expected else ""
        return "; ".join(part for part in (wanted, meant) if part)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class FileError(DataError):
    """Tell every problem of a TOML file, in order of their lines; those of the whole file come last."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line is None, problem.line)))
        first = self.problems[0]
        more = len(self.problems) - 1
        rest = f" (and {more} more problem{'s' if more > 1 else ''})" if more else ""
        super().__init__(f"{first}{rest}", first.hint or "fix the file, or move it away")


def shown(value: str) -> str:
    """A text from a file or the command line, safe on a terminal and not too long."""
    safe = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value)
    return safe if len(safe) <= 40 else safe[:39] + "…"
