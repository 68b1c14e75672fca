"""Fill in the lines of a form: text in one line or several, one of a few values, or what is read from words.

A field knows how its value is read from words and what to say beside it; a form only lists its fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from textual.message import Message
from textual.widgets import TextArea

from techlead_tui.errors import FieldError, WordsError
from techlead_tui.planner.recent_names import RecentNames
from techlead_tui.render.text import Row, Run, cut, exactly, fit, inert
from techlead_tui.tui.completion import Complete, Completion

T = TypeVar("T")
LABEL = 13  # cells of a label, with the mark of the line that is being filled in
SHORT = 31  # cells of a value that has a note beside it
GAP = 2  # cells between label and value


class Holder(Protocol):
    """Show fields, and let the one in front be filled in."""

    def go_to(self, field: FormField[Any]) -> None: ...

    def rewrite(self, field: FormField[Any]) -> None: ...

    def paint(self) -> None: ...

    def post_message(self, message: Message) -> bool: ...


class FormField(Generic[T]):
    """Hold one value of type T, and draw label, value and note; `FormRows` shows it."""

    class Changed(Message):
        """Tell that another value stands in the field."""

        def __init__(self, field: FormField[Any]) -> None:
            super().__init__()
            self.field = field

    noted: bool = False  # a note stands beside the value
    form: Holder | None = None  # that shows it

    def __init__(self, name: str, label: str, *, note_below: int = 0) -> None:
        """Take a name and a label; `note_below` is the rows of a field whose note stands under its value."""
        self.field = name
        self.display = True
        self.rows = note_below or 1
        self._label = label
        self._below = bool(note_below)
        self._note: tuple[str, str] = ("", "hint")

    @property
    def value(self) -> str:
        """Return the value as it is written."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        return self.value.strip()

    def read(self) -> T:
        """Return what the value means. FieldError."""
        raise NotImplementedError

    def meaning(self) -> tuple[str, str]:
        """Return what to say beside the value, and its ink."""
        return self._note

    def learn(self, names: RecentNames) -> None:
        """Take the people and documents that were named lately, to complete with."""

    def set_note(self, text: str, ink: str = "hint") -> None:
        """Say a few words about the value."""
        if (text, ink) != self._note:
            self._note = (text, ink)
            self.paint()

    def take_focus(self) -> None:
        if self.form is not None:
            self.form.go_to(self)

    def clicked(self, cell: int) -> None:
        """Do what a click does, at a cell of the line."""

    def tell(self, message: Message) -> None:
        if self.form is not None:
            self.form.post_message(message)

    # painting

    def paint(self) -> None:
        if self.form is not None:
            self.form.paint()

    @property
    def ground(self) -> str:
        return "page" if self._below else "bar"

    def value_runs(self, _cells: int, _front: bool) -> list[Run]:
        """Return the value as it is drawn, in at most so many cells; `front` while it is filled in."""
        return []

    def draw(self, cells: int, front: bool) -> list[Row]:
        """Return the rows of label, value and note."""
        ground = self.ground
        mark, ink = ("▸ ", "accent") if front else ("  ", "hint")
        head = (fit(f"{mark}{self._label}", LABEL), f"{ink}/{ground}")
        wide = min(SHORT, max(0, cells - LABEL)) if self.noted else max(0, cells - LABEL)
        value = exactly(self.value_runs(wide, front), wide, f"ink/{ground}")
        room = max(0, cells - LABEL - GAP - (1 if self._below else wide))
        note = (cut(inert(self._note[0]), room), f"{self._note[1]}/{ground}")
        lines: list[list[Run]] = [[head, *value], *([] for _ in range(1, self.rows))]
        if self._below and self.rows > 1:
            lines[1] = [(" " * (LABEL + GAP), note[1]), note]
        elif self.noted:
            lines[0] += [(" " * GAP, note[1]), note]
        return [exactly(line, cells, f"ink/{ground}") for line in lines]


class LineField(FormField[T]):
    """Hold a value that is typed, with completions below it meanwhile."""

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        example: str = "",
        needed: str = "",
        complete: Complete | None = None,
        note_below: int = 0,
    ) -> None:
        """Take the stored value; `needed` is what is said where nothing is written but must be."""
        super().__init__(name, label, note_below=note_below)
        self.shown = inert(value)  # a stored text may hold what no terminal should see
        self.typed = self.shown
        self.example = example
        self._stored = value
        self._needed = needed
        self._complete = complete

    @property
    def value(self) -> str:
        """Return what is typed; the stored text itself while nothing is."""
        return self._stored if self.typed == self.shown else self.typed

    def read(self) -> T:
        if not self.text and self._needed:
            raise FieldError(self.field, self._needed, f"such as {self.example}" if self.example else "")
        try:
            return self.parse(self.text)
        except WordsError as error:
            raise FieldError(self.field, error.message, error.hint) from None

    def parse(self, text: str) -> T:
        """Return what a text means. WordsError."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Write another value, without asking for completions."""
        if text == self.value:
            return
        self.typed = text
        if self.form is not None:
            self.form.rewrite(self)
        self.tell(self.Changed(self))

    def pasted(self, _text: str) -> bool:
        """Take what is pasted in place of the line; False where the line takes it itself."""
        return False

    @property
    def completes(self) -> bool:
        """Return whether completions are known for what is typed."""
        return self._complete is not None

    def completions(self, text: str) -> Sequence[Completion]:
        """Return what a text may become; nothing where it is complete."""
        found = self._complete(text) if self._complete is not None else ()
        return () if any(one.value == text for one in found[:1]) and text else found

    def value_runs(self, cells: int, _front: bool) -> list[Run]:
        """Return the value on the ground of a line to write in, else an example of one."""
        ground = "page" if self._below else "input"
        text, ink = (inert(self.typed), "ink") if self.typed else (inert(self.example), "faint")
        runs = [("  ", f"ink/{ground}"), (cut(text, max(0, cells - GAP - 1)), f"{ink}/{ground}")]
        return list(exactly(runs, cells, f"ink/{ground}"))


class TextField(LineField[str]):
    """Hold a line of text."""

    def parse(self, text: str) -> str:
        return text


class LongTextField(FormField[str]):
    """Hold several lines of text; Enter is a new line in it."""

    area: TextArea | None = None  # made when it is gone to

    def __init__(self, name: str, label: str, value: str = "", *, rows: int = 4) -> None:
        super().__init__(name, label)
        self.rows = rows
        self._value = value

    def new_area(self) -> TextArea:
        """Make the widget that the text is typed in."""
        area = self.area = TextArea(
            self._value, soft_wrap=True, tab_behavior="focus", compact=True, classes="entry"
        )
        area.styles.height = self.rows
        area.move_cursor(area.document.end)  # to go on from there
        return area

    @property
    def value(self) -> str:
        return self._value if self.area is None else self.area.text

    def read(self) -> str:
        return self.text

    def value_runs(self, cells: int, _front: bool) -> list[Run]:
        return self._line(0, cells)

    def _line(self, n: int, cells: int) -> list[Run]:
        lines = self.value.split("\n")
        text = inert(lines[n]) if n < len(lines) else ""
        return [(fit(f"  {text}", max(0, cells)), "ink/input")]

    def draw(self, cells: int, front: bool) -> list[Row]:
        """Return the rows of label and text, as far as there is room for it."""
        first, *_ = super().draw(cells, front)
        head = (" " * LABEL, f"ink/{self.ground}")
        more = ([head, *self._line(n, cells - LABEL)] for n in range(1, self.rows))
        return [first, *(exactly(row, cells, f"ink/{self.ground}") for row in more)]
