"""Fill in the lines of a form: text in one line or several, one of a few values, or what is read from words.

A field knows how its value is read from words and what to say beside it; a form only lists its fields.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click, MouseDown, MouseEvent, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from techlead_tui.errors import FieldError, WordsError
from techlead_tui.planner.recent_names import RecentNames
from techlead_tui.render.text import Row, Run, cut, exactly, fit, inert, split_at
from techlead_tui.tui.completion import Complete, Completion
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.row_input import RowInput
from techlead_tui.tui.widgets.rows_view import RowsView

T = TypeVar("T")
LABEL = 13  # cells of a label, with the mark of the line that is being filled in
SHORT = 31  # cells of a value that has a note beside it
GAP = 2  # cells between label and value
MOST = 6  # completions shown at once


class FormField(RowsView, Generic[T]):
    """Hold one value of type T, and draw label, value and note itself: a widget for each of them is dear.

    Its id is `field-<name>`; the form sets its looks first.
    """

    DEFAULT_CSS = """
    FormField {
        height: 1;
        Input.entry, TextArea {
            width: 1fr;
            height: 1;
            margin: 0 0 0 13;
            border: none;
            padding: 0 1 0 2;
            background: $surface;
            &:focus { background-tint: $foreground 0%; }
        }
        TextArea { height: 100%; }
        &.-noted Input.entry { width: 31; }
        &.-below Input.entry { background: transparent; &:focus { background: $surface; } }
        .choices {
            display: none;
            overlay: screen;
            constrain: none inside;
            offset-x: 13;
            &.-open { display: block; }
        }
    }
    """

    class Changed(Message):
        """Tell that another value stands in the field."""

        def __init__(self, field: "FormField[Any]") -> None:
            super().__init__()
            self.field = field

    looks: Looks
    noted: ClassVar[bool] = False  # a note stands beside the value

    def __init__(self, name: str, label: str, *, note_below: int = 0) -> None:
        """Take a name and a label; `note_below` is the rows of a field whose note stands under its value."""
        Widget.__init__(self, id=f"field-{name}")
        self.rows: list[Row] = []
        self.field = name
        self._label = label
        self._below = note_below
        self._focused = False
        self._note: tuple[str, str] = ("", "hint")
        if note_below:
            self.set_rows(note_below)
            self.add_class("-below")

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

    def take_focus(self) -> None:
        self.focus()

    def holds(self, widget: Widget | None) -> bool:
        """Tell whether a widget is the field, or part of it."""
        return widget is not None and self in (widget, widget.parent)

    def was_left(self, blurred: Widget, focused: Widget | None) -> bool:
        """Tell whether the focus went from the field to something that is no part of it."""
        return self.holds(blurred) and not self.holds(focused)

    def set_rows(self, rows: int) -> None:
        """Take so many rows, with the note in the second one."""
        self.styles.height = rows

    def set_note(self, text: str, ink: str = "hint") -> None:
        """Say a few words about the value."""
        if (text, ink) != self._note:
            self._note = (text, ink)
            self.paint()

    def on_focus(self) -> None:
        self._show_focus(True)

    def on_blur(self) -> None:
        self._show_focus(False)

    def on_descendant_focus(self) -> None:
        self._show_focus(True)

    def on_descendant_blur(self) -> None:
        self._show_focus(False)

    def _show_focus(self, focused: bool) -> None:
        self._focused = focused
        self.paint()

    def on_click(self, event: Click) -> None:
        """Go to the line also by a click beside its value."""
        if event.widget is self:
            self.take_focus()

    def on_resize(self) -> None:
        self.paint()

    def value_runs(self, _cells: int) -> list[Run]:
        """Return the value as it is drawn, in at most so many cells."""
        return []

    @property
    def ground(self) -> str:
        return "page" if self._below else "bar"

    def paint(self) -> None:
        """Show label, value and note."""
        cells, ground = self.size.width, self.ground
        if not cells:
            return
        mark, ink = ("▸ ", "accent") if self._focused else ("  ", "hint")
        head = (fit(f"{mark}{self._label}", LABEL), f"{ink}/{ground}")
        wide = min(SHORT, max(0, cells - LABEL)) if self.noted else max(0, cells - LABEL)
        value = exactly(self.value_runs(wide), wide, f"ink/{ground}")
        text, ink = inert(self._note[0]), f"{self._note[1]}/{ground}"
        if self._below:
            note = (" " * (LABEL + GAP) + cut(text, max(0, cells - LABEL - GAP - 1)), ink)
            rows = [exactly([head, *value], cells, f"ink/{ground}")]
            rows += [exactly([note], cells, f"ink/{ground}")] if self.size.height > 1 else []
        else:
            room = max(0, cells - LABEL - wide - GAP)
            note = (" " * GAP + cut(text, room), ink)
            rows = [exactly([head, *value, *([note] if self.noted else [])], cells, f"ink/{ground}")]
        blank = exactly((), cells, f"ink/{ground}")
        self.show_rows([*rows, *[blank] * (self.size.height - len(rows))])


class LineField(FormField[T], can_focus=True):
    """Hold a value that is typed, with completions below it meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "pick(1)", show=False),
        Binding("up", "pick(-1)", show=False),
        Binding("tab", "complete", show=False),
        Binding("escape", "close", show=False),
        Binding("f2", "choices", show=False),
    ]

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
        self.set_class(self.noted, "-noted")
        self.shown = inert(value)  # a stored text may hold what no terminal should see
        self._stored = value
        self.in_front = False  # whether its form begins with it
        self._line: RowInput | None = None  # made when it takes the focus: most lines are never written in
        self._example = example
        self._needed = needed
        self._complete = complete
        self._found: Sequence[Completion] = ()
        self._at = -1  # of the completions
        self._first = 0  # the completion at the top
        self._taken = self.shown
        self._choices: RowsView | None = None  # the list below the line, once there was one

    def new_line(self) -> RowInput:
        """Make the widget that the value is typed in."""
        return RowInput(self._taken, self._example, whole=self.noted)

    def compose(self) -> ComposeResult:
        if self.in_front:
            yield self._made_line()

    @property
    def entry(self) -> RowInput:
        """Return the widget that the value is typed in."""
        if self._line is None:
            self.mount(self._made_line())
        assert self._line is not None
        return self._line

    def _made_line(self) -> RowInput:
        self._line = self.new_line()
        self._line.add_class("entry")
        self.can_focus = False
        return self._line

    @property
    def value(self) -> str:
        """Return what is typed; the stored text itself while nothing is."""
        typed = self._taken if self._line is None else self._line.value
        return self._stored if typed == self.shown else typed

    def read(self) -> T:
        if not self.text and self._needed:
            raise FieldError(self.field, self._needed, f"such as {self._example}" if self._example else "")
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
        self._taken = text
        if self._line is not None:
            self._line.value = text
            self._line.cursor_position = len(text)
        self.paint()
        self.post_message(self.Changed(self))

    def take_focus(self) -> None:
        self.entry.focus()

    def _go_to(self, letter: int) -> None:
        self.entry.cursor_position = letter

    def on_focus(self) -> None:
        self.scroll_visible(animate=False)
        self.take_focus()

    def value_runs(self, cells: int) -> list[Run]:
        """Return the value on the ground of a line to write in, else an example of one."""
        ground = "page" if self._below else "input"
        text, ink = (inert(self._taken), "ink") if self._taken else (inert(self._example), "faint")
        runs = [("  ", f"ink/{ground}"), (cut(text, max(0, cells - GAP - 1)), f"{ink}/{ground}")]
        return list(exactly(runs, cells, f"ink/{ground}"))

    # completions

    @property
    def completes(self) -> bool:
        """Return whether completions are known for what is typed."""
        return self._complete is not None

    @property
    def is_open(self) -> bool:
        return bool(self._found)

    def open_choices(self, text: str) -> None:
        found = self._complete(text) if self._complete is not None else ()
        self._found = () if any(one.value == text for one in found[:1]) and text else found
        self._at = -1
        self._paint_choices()

    def close(self) -> None:
        self._found = ()
        self._paint_choices()

    def _paint_choices(self) -> None:
        view = self._choices
        if view is None and self.is_open:  # few fields ever list any
            view = self._choices = RowsView(self.looks, classes="choices")
            self.mount(view)
        if view is None:
            return
        view.set_class(self.is_open, "-open")
        if not self.is_open:
            return
        self._first = first = max(0, min(self._at - MOST + 1, len(self._found) - MOST))
        shown = self._found[first : first + MOST]
        cells = max(12, self.size.width - LABEL)
        rows = [self._choice_row(one, first + n == self._at, cells) for n, one in enumerate(shown)]
        more = len(self._found) - len(shown)
        tail = f"{more} more · " if more > 0 else ""
        help_text = f" {tail}tab takes the first, ↓ picks"
        rows.append(exactly([("│", "accent/input"), (help_text, "hint/input")], cells, "ink/input"))
        view.styles.width, view.styles.height = cells, len(rows)
        view.show_rows(rows)

    def _choice_row(self, one: Completion, picked: bool, cells: int) -> Row:
        ground = "cursor" if picked else "input"
        ink, detail = ("cursor", "cursor") if picked else ("strong", one.ink)
        runs = [
            ("│", "accent/input"),
            ("▸ " if picked else "  ", f"{ink}/{ground}"),
            (fit(inert(one.text), min(22, cells // 2)), f"{ink}/{ground}"),
            (f" {inert(one.detail)}", f"{detail}/{ground}"),
        ]
        return exactly(runs, cells, f"{ink}/{ground}")

    def _take(self, at: int) -> None:
        one = self._found[at]
        self.close()
        self.put(one.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("pick", "complete", "close"):
            return self.is_open
        return super().check_action(action, parameters)

    def action_pick(self, step: int) -> None:
        self._at = max(-1, min(len(self._found) - 1, self._at + step))
        self._paint_choices()

    def action_complete(self) -> None:
        self._take(max(0, self._at))

    def action_close(self) -> None:
        self.close()

    def action_choices(self) -> None:
        self.open_choices("")

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take a completion at once: the focus, which would close the list, goes with the button.

        In a line that nobody has written in yet, go to the letter that is under the pointer.
        """
        unseen = self._line is None or not self._line.size.width
        if unseen and not self.noted and event.y == 0:
            before, _ = split_at(self._taken, max(0, event.x - LABEL - GAP))
            self.call_after_refresh(self._go_to, len(before))
        if not self.is_open or self._choices is None:
            return
        shown = self._choices.region
        at = self._first + event.screen_y - shown.y
        last = min(len(self._found), self._first + MOST)
        if shown.contains(event.screen_x, event.screen_y) and at < last:
            event.stop()
            event.prevent_default()
            self._take(at)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._scrolled(event, -1)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._scrolled(event, 1)

    def _scrolled(self, event: MouseEvent, step: int) -> None:
        """Go through the completions by the wheel; else the wheel is the form's."""
        if self.is_open:
            event.stop()
            self.action_pick(step)

    # what the input says

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self._taken:
            return
        if event.input.has_focus:
            self.open_choices(event.value)
        self._taken = event.value
        self.post_message(self.Changed(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the completion that is picked by Enter; else Enter is the form's."""
        if self.is_open and self._at >= 0:
            event.stop()
            self._take(self._at)
        else:
            self.close()

    def on_descendant_blur(self) -> None:
        self.close()


class TextField(LineField[str]):
    """Hold a line of text."""

    def parse(self, text: str) -> str:
        return text


class LongTextField(FormField[str]):
    """Hold several lines of text; Enter is a new line in it."""

    def __init__(self, name: str, label: str, value: str = "", *, rows: int = 4) -> None:
        super().__init__(name, label)
        self._value = value
        self._rows = rows

    def compose(self) -> ComposeResult:
        self.styles.height = self._rows
        area = TextArea(self._value, soft_wrap=True, tab_behavior="focus", compact=True)
        area.move_cursor(area.document.end)  # to go on from there
        yield area

    @property
    def value(self) -> str:
        return self.query_one(TextArea).text if self.query(TextArea) else self._value

    def read(self) -> str:
        return self.text

    def take_focus(self) -> None:
        self.query_one(TextArea).focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self))
