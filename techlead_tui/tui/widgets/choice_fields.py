"""Fill in one of a few values without typing, or follow a line that leads on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from techlead_tui.render.text import Run, cut, inert, width
from techlead_tui.tui.widgets.fields import GAP, LABEL, FormField


class ShownField(FormField[str]):
    """Hold a value that is not typed, between the signs for left and right."""

    signs = ("  ", "  ")  # of GAP cells each, while it has the focus

    @property
    def shown(self) -> str:
        """Return how the value reads."""
        return self.value

    def read(self) -> str:
        return self.value

    def value_runs(self, cells: int, front: bool) -> list[Run]:
        left, right = self.signs if front else ("  ", "  ")
        ground = "input" if front else self.ground
        text = cut(inert(self.shown), max(0, cells - 2 * GAP))
        return [(left, f"key/{ground}"), (text, f"strong/{ground}"), (right, f"key/{ground}")]

    def side(self, cell: int) -> int:
        """Return -1 for a click on the sign at the left, 1 for one on the rest of the value, else 0."""
        at = cell - LABEL
        if not 0 <= at < width(inert(self.shown)) + 2 * GAP:
            return 0
        return -1 if at < GAP else 1


class ChoiceField(ShownField):
    """Hold one of a few values; left and right go through them, and so do clicks."""

    signs = ("‹ ", " ›")

    def __init__(
        self, name: str, label: str, values: Sequence[tuple[str, str]], value: str, *, note_below: int = 0
    ) -> None:
        """Take pairs of a value and how it reads."""
        super().__init__(name, label, note_below=note_below)
        self._values = list(values)
        self._at = self._index(value)

    def _index(self, value: str) -> int:
        return next((n for n, (one, _) in enumerate(self._values) if one == value), 0)

    @property
    def value(self) -> str:
        return self._values[self._at][0]

    @property
    def shown(self) -> str:
        return self._values[self._at][1]

    def put(self, value: str) -> None:
        self._at = self._index(value)
        self.paint()

    def offer(self, values: Sequence[tuple[str, str]]) -> None:
        """Take other values; the one that is chosen stays so where it is among them."""
        value = self.value
        self._values = list(values)
        self.put(value)

    def rename(self, value: str, text: str) -> None:
        """Let one of the values read otherwise."""
        self.offer([(one, text if one == value else shown) for one, shown in self._values])

    def turn(self, step: int) -> None:
        self._at = (self._at + step) % len(self._values)
        self.paint()
        self.tell(self.Changed(self))

    def clicked(self, cell: int) -> None:
        """Go back by the sign at the left, on by the rest of the value."""
        if step := self.side(cell):
            self.turn(step)


class LinkField(ShownField):
    """Lead on to something; Enter or a click opens it."""

    class Opened(Message):
        """Tell that the line is followed."""

    def __init__(self, name: str, label: str, value: str) -> None:
        super().__init__(name, label)
        self._value = value

    @property
    def value(self) -> str:
        return self._value

    def put(self, value: str) -> None:
        self._value = value
        self.paint()

    def clicked(self, cell: int) -> None:
        if self.side(cell):
            self.tell(self.Opened())
