"""Describe a command: its name, words and options, for help, completion and the reference.

Imports nothing dear: on the path of `techlead log`.
"""

from __future__ import annotations

from techlead_tui.core.words.args import Option

JSON = Option(("--json",), "answer as JSON")
HELP = Option(("--help", "-h"), "show this help")
ID_HELP = (
    "An ID is what techlead week and techlead sessions show: the id of a box (this week's, else with its",
    "date: cross-team@2026-12-07), or the beginning or the end of another id.",
)
WHEN_HELP = (
    "A WHEN is a day and a time, first or last among the words: wed 14-16, tomorrow 9:30-10, fri 14 45m,",
    "2026-11-24 10:00-11:00, every tue 9-10 until 2027-01-31. Hours are 24-hour. A weekday is the next one",
    "from today on; one whose time is over means next week's.",
)


class Command:
    """A command: `words` is what follows its name in the usage line, `details` and `examples` are lines."""

    __slots__ = ("details", "examples", "name", "options", "summary", "words")

    def __init__(
        self,
        name: str,
        words: str,
        summary: str,
        options: tuple[Option, ...] = (),
        details: tuple[str, ...] = (),
        examples: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.words = words
        self.summary = summary
        self.options = options
        self.details = details
        self.examples = examples

    @property
    def all_options(self) -> tuple[Option, ...]:
        """Its own options and those that every command has."""
        known = {option.key for option in self.options}
        return (*self.options, *(option for option in (JSON, HELP) if option.key not in known))
