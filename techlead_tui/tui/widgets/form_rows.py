"""Show the fields of a form, and let the one in front be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click, MouseDown, MouseEvent, MouseScrollDown, MouseScrollUp, Paste
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.input import Selection

from techlead_tui.render.text import split_at
from techlead_tui.tui.completion import Completion
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.completion_list import CompletionList
from techlead_tui.tui.widgets.fields import GAP, LABEL, SHORT, FormField, LineField, LongTextField
from techlead_tui.tui.widgets.row_input import RowInput
from techlead_tui.tui.widgets.rows_view import RowsView, with_bar


def rows_of(fields: Sequence[FormField[Any]]) -> int:
    """Return how many rows fields take below each other."""
    return sum(field.rows for field in fields)


class FieldInput(RowInput):
    """Take the words of the field in front."""

    of: LineField[Any] | None = None

    def __init__(self, field: LineField[Any]) -> None:
        super().__init__(field.typed, field.example, classes="entry")
        self.of = field

    def hold(self, field: LineField[Any], *, whole: bool = False) -> None:
        """Hold the text of a field; `whole` where what is typed first takes its place."""
        self.of = None  # what comes next was not typed
        self.placeholder = field.example
        self.value = field.typed
        end = len(self.value)
        self.selection = Selection(0, end) if whole else Selection.cursor(end)
        self.of = field

    def watch_value(self) -> None:
        super().watch_value()
        form = self.parent
        if self.of is not None and self.value != self.of.typed and isinstance(form, FormRows):
            form.take_words(self.of, self.value)

    def on_paste(self, event: Paste) -> None:
        if self.of is not None and self.of.pasted(event.text):
            event.stop()
            event.prevent_default()


class FormRows(RowsView, can_focus=True):
    """Show the fields of a form below each other, with one line to write in over the field in front.

    It is one widget, for a form with one for each field is slow to open.
    """

    DEFAULT_CSS = """
    FormRows {
        overflow: hidden;
        .entry {
            border: none;
            padding: 0 1 0 2;
            background: $surface;
            &:focus { background-tint: $foreground 0%; }
        }
        &.-page .entry { background: transparent; &:focus { background: $surface; } }
        .choices { offset-x: 13; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "pick(1)", show=False),
        Binding("up", "pick(-1)", show=False),
        Binding("tab", "complete", show=False),
        Binding("escape", "close", show=False),
        Binding("f2", "choices", show=False),
    ]

    class FieldLeft(Message):
        """Tell that a field was left for another, which is in front now."""

        def __init__(self, field: FormField[Any]) -> None:
            super().__init__()
            self.field = field

    def __init__(
        self, looks: Looks, fields: Sequence[FormField[Any]], *, page: bool = False, id: str | None = None
    ) -> None:
        """Take the fields, in order; `page` where they stand on the page itself, and not in a box."""
        super().__init__(looks, id=id, classes="-page" if page else None)
        self.fields = fields
        self.front = fields[0]
        self._line: FieldInput | None = None  # made when the first line is gone to
        self._choices: CompletionList | None = None  # the list below it, once there was one
        self._first = 0  # the row at the top
        for field in fields:
            field.form = self

    def compose(self) -> ComposeResult:
        if isinstance(self.front, LineField):
            yield self._new_line(self.front)

    def _new_line(self, field: LineField[Any]) -> FieldInput:
        self._line = FieldInput(field)
        return self._line

    @property
    def line(self) -> FieldInput:
        """Return the widget in which the line in front is written."""
        assert isinstance(self.front, LineField)
        if self._line is None:
            self.mount(self._new_line(self.front))
        assert self._line is not None
        return self._line

    @property
    def shown(self) -> list[FormField[Any]]:
        return [field for field in self.fields if field.display]

    @property
    def active(self) -> FormField[Any] | None:
        """Return the field in front while the form has the focus."""
        focused = self.screen.focused
        return self.front if focused is not None and self in (focused, focused.parent) else None

    # going from one to the next

    def step(self, count: int) -> bool:
        """Go to the next field by `count`; return False where there is none."""
        shown = self.shown
        at = shown.index(self.front) + count
        if 0 <= at < len(shown):
            self.go_to(shown[at])
        return 0 <= at < len(shown)

    def go_to(self, field: FormField[Any], letter: int | None = None) -> None:
        """Let a field be filled in; a click in a line says from which letter on."""
        left, self.front = self.front, field
        if left is not field:
            self.close()
        editor = self._editor()
        self.can_focus = editor is self  # else a click on a completion would take the focus from the line
        for one in self.query(".entry"):
            one.display = one is editor
        if isinstance(editor, FieldInput) and isinstance(field, LineField):
            editor.hold(field, whole=field.noted)
            if letter is not None:
                editor.cursor_position = letter
        self._place(editor)
        self.screen.set_focus(editor, scroll_visible=False)
        self.post_message(self.FieldLeft(left))
        self.paint()

    def _editor(self) -> Widget:
        """Return the widget in which the field in front is filled in."""
        if isinstance(self.front, LineField):
            return self.line
        if isinstance(self.front, LongTextField):
            if self.front.area is None:
                self.mount(self.front.new_area())
            assert self.front.area is not None
            return self.front.area
        return self

    def _place(self, editor: Widget) -> None:
        """Scroll to the field in front, and lay what it is written in over its value."""
        shown, height = self.shown, self.size.height
        top = rows_of(shown[: shown.index(self.front)])
        if height:
            most = max(0, rows_of(shown) - height)  # rows that have no room
            self._first = max(top + self.front.rows - height, min(self._first, top, most))
        self._lay(editor, top)

    def _lay(self, editor: Widget, top: int) -> None:
        """Lay an editor over a row; below the last one where the wheel has taken that out of sight."""
        if editor is self:
            return
        y = top - self._first
        editor.styles.margin = (y if y >= 0 else self.size.height, 0, 0, LABEL)
        editor.styles.width = SHORT if self.front.noted else "1fr"

    def take_words(self, field: LineField[Any], text: str) -> None:
        """Take what is typed in the line."""
        field.typed = text
        self._place(self.line)
        if self.line.has_focus:
            self._offer(field.completions(text))
        self.post_message(FormField.Changed(field))

    def rewrite(self, field: FormField[Any]) -> None:
        """Show another value that was written for a field."""
        if field is self.front and isinstance(field, LineField):
            self.line.hold(field)
        self.paint()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()  # the line itself has told

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(FormField.Changed(self.front))

    def on_focus(self) -> None:
        self.paint()

    def on_blur(self) -> None:
        self.paint()

    def on_descendant_focus(self) -> None:
        self.paint()

    def on_descendant_blur(self) -> None:
        self.close()
        self.paint()

    # painting

    def fit_into(self, most: int) -> None:
        """Take as many rows as the fields have, up to a number."""
        self.styles.height = max(1, min(most, rows_of(self.shown)))

    def on_resize(self) -> None:
        self._place(self._editor())
        self.paint()

    def paint(self, cells: int = 0) -> None:
        """Show the fields that are in sight; `cells` are given before the screen is laid out."""
        cells, height = self.size.width or cells, self.size.height
        if not cells:
            return
        shown, active = self.shown, self.active
        count = rows_of(shown)
        barred = 0 < height < count
        rows = [row for field in shown for row in field.draw(cells - barred, field is active)]
        if barred:
            last = self._first + height
            rows = with_bar(rows[self._first : last], cells, self._first, last, count)
        self.show_rows(rows)

    # completions

    @property
    def is_open(self) -> bool:
        return self._choices is not None and self._choices.display

    def close(self) -> None:
        if self.is_open:
            self._offer(())

    def _offer(self, found: Sequence[Completion]) -> None:
        if self._choices is None and found:  # few fields ever have any
            self._choices = CompletionList(self.looks)
            self.mount(self._choices)
        if self._choices is not None:
            self._choices.offer(found, max(12, self.size.width - LABEL))

    def _take(self, at: int) -> None:
        if self._choices is not None and isinstance(self.front, LineField):
            one = self._choices.found[at]
            self.close()
            self.front.put(one.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("pick", "complete", "close"):
            return self.is_open
        return super().check_action(action, parameters)

    def action_pick(self, step: int) -> None:
        if self._choices is not None:
            self._choices.pick(step)

    def action_complete(self) -> None:
        if self._choices is not None:
            self._take(max(0, self._choices.at))

    def action_close(self) -> None:
        self.close()

    def action_choices(self) -> None:
        """List all completions of the line in front."""
        if isinstance(self.front, LineField):
            self._offer(self.front.completions(""))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the completion that is picked by Enter; else Enter is the form's."""
        if self.is_open and self._choices is not None and self._choices.at >= 0:
            event.stop()
            self._take(self._choices.at)
        else:
            self.close()

    # the mouse

    def _under(self, y: int) -> FormField[Any] | None:
        """Return the field that a row shows."""
        owners = [field for field in self.shown for _ in range(field.rows)]
        return owners[self._first + y] if self._first + y < len(owners) else None

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take a completion, or go to the field that is under the pointer, in a line to its letter."""
        at = event.screen_offset
        over = next((one for one in self.children if one.display and one.region.contains(*at)), None)
        if over is not None:
            if over is self._choices and self._choices.under(at.y) >= 0:
                self._take(self._choices.under(at.y))
            return
        field = self._under(event.y)
        if field is None:
            return
        letter = None
        if isinstance(field, LineField) and not field.noted and event.x >= LABEL:
            letter = len(split_at(field.typed, max(0, event.x - LABEL - GAP))[0])
        self.go_to(field, letter)

    def on_click(self, event: Click) -> None:
        field = self._under(event.y) if event.widget is self else None
        if field is not None and field is self.front:
            field.clicked(event.x)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._scrolled(event, -1)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._scrolled(event, 1)

    def _scrolled(self, event: MouseEvent, step: int) -> None:
        """Go through the completions by the wheel, else through the rows that have no room."""
        event.stop()
        if self.is_open:
            self.action_pick(step)
            return
        shown = self.shown
        count = rows_of(shown)
        self._first = max(0, min(self._first + step, count - self.size.height))
        self._lay(self._editor(), rows_of(shown[: shown.index(self.front)]))
        self.paint()
