"""Describe a command: its name, words and options, for help, completion and the reference.

Imports nothing dear: on the path of `techlead log`.
"""

from __future__ import annotations

from techlead_tui.core.words.args import Option

JSON = Option(("--json",), "answer as JSON")
HELP = Option(("--help", "-h"), "show this help")


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
