"""A line of a form with a few values that are gone through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Blur, Click, Focus, MouseDown, MouseEvent, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.widgets import Input

from techlead_tui.render.text import Row, cut, exactly, fit, inert, width
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.rows_view import RowsView

LABEL = 13  # cells of a label, with the mark of the line that is being filled in
SHORT = 30  # cells of a value that has a note beside it


class Field(Vertical):
    """What all lines of a form have in common. Its id is `field-<name>`."""

    class Changed(Message):
        """Another value stands in it."""

    def __init__(self, looks: Looks, name: str, label: str) -> None:
        super().__init__(id=f"field-{name}", classes="field")
        self.looks = looks
        self.field = name
        self._label = label
        self._focused = False
        self._note: tuple[str, str] = ("", "hint")

    @property
    def value(self) -> str:
        raise NotImplementedError

    def take_focus(self) -> None:
        raise NotImplementedError

    def show_focus(self, focused: bool) -> None:
        self._focused = focused
        self._paint_label()

    def set_note(self, text: str, ink: str = "hint") -> None:
        """A few words beside the value: what it means."""
        if (text, ink) != self._note:
            self._note = (text, ink)
            self._paint_note()

    def on_click(self, event: Click) -> None:
        """Also beside its value a line is gone to."""
        if event.widget is not None and event.widget.classes & {"label", "note"}:
            self.take_focus()

    def _paint_label(self) -> None:
        mark, ink = ("▸ ", "accent") if self._focused else ("  ", "hint")
        self.query_one(".label", RowsView).show_rows([((fit(f"{mark}{self._label}", LABEL), f"{ink}/bar"),)])

    def _paint_note(self) -> None:
        view = self.query_one(".note", RowsView)
        cells = view.size.width or max(0, self.size.width - LABEL - SHORT)
        text = cut(inert(self._note[0]), cells - 2)
        view.show_rows([exactly([(f"  {text}", f"{self._note[1]}/bar")], cells, "ink/bar")])

    def on_resize(self) -> None:
        self._paint_label()
        self._paint_note()


MOST = 6  # completions shown at once


class Choice(NamedTuple):
    """One way to complete what is typed."""

    value: str  # the whole value that it makes
    text: str
    detail: str = ""
    ink: str = "ink"


Complete = Callable[[str], Sequence[Choice]]  # what a value may become; nothing where there is no need


class RowInput(Input):
    """An input of one row that keeps the arrows up and down to its form.

    `whole`: what is typed first takes the place of the value; in names and titles it goes on from its end.
    """

    def __init__(
        self,
        value: str,
        placeholder: str,
        *,
        whole: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            value, placeholder=placeholder, compact=True, select_on_focus=whole, id=id, classes=classes
        )


class TextField(Field):
    """A value that is typed, with completions below it while it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "pick(1)", show=False),
        Binding("up", "pick(-1)", show=False),
        Binding("tab", "complete", show=False),
        Binding("escape", "close", show=False),
        Binding("f2", "choices", show=False),
    ]

    def __init__(
        self,
        looks: Looks,
        name: str,
        label: str,
        value: str = "",
        *,
        example: str = "",
        complete: Complete | None = None,
        noted: bool = False,
    ) -> None:
        super().__init__(looks, name, label)
        self.set_class(noted, "-noted")
        self.shown = inert(value)  # a stored text may hold what no terminal should see
        self._stored = value
        self._example = example
        self._complete = complete
        self._choices: Sequence[Choice] = ()
        self._at = -1
        self._first = 0  # the choice at the top
        self._taken = self.shown

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-row"):
            yield RowsView(self.looks, classes="label")
            yield RowInput(self.shown, self._example, whole=self.has_class("-noted"))
            yield RowsView(self.looks, classes="note")
        if self._complete is not None:
            yield RowsView(self.looks, classes="choices")

    @property
    def entry(self) -> RowInput:
        return self.query_one(RowInput)

    @property
    def value(self) -> str:
        """What is typed; the stored text itself while nothing is."""
        typed = self.entry.value if self.is_mounted and self.query(RowInput) else self.shown
        return self._stored if typed == self.shown else typed

    def put(self, text: str) -> None:
        """Another value, without asking for completions."""
        self._taken = text
        self.entry.value = text
        self.entry.cursor_position = len(text)

    def take_focus(self) -> None:
        self.entry.focus()

    def complete_with(self, complete: Complete) -> None:
        self._complete = complete

    # completions

    @property
    def is_open(self) -> bool:
        return bool(self._choices)

    def open_choices(self, text: str) -> None:
        found = self._complete(text) if self._complete is not None else ()
        self._choices = () if any(choice.value == text for choice in found[:1]) and text else found
        self._at = -1
        self._paint_choices()

    def close(self) -> None:
        self._choices = ()
        self._paint_choices()

    def _paint_choices(self) -> None:
        if self._complete is None:
            return
        view = self.query_one(".choices", RowsView)
        view.display = self.is_open
        if not self.is_open:
            return
        self._first = first = max(0, min(self._at - MOST + 1, len(self._choices) - MOST))
        shown = self._choices[first : first + MOST]
        cells = max(12, self.size.width - LABEL)
        rows = [self._choice_row(choice, first + n == self._at, cells) for n, choice in enumerate(shown)]
        more = len(self._choices) - len(shown)
        tail = f"{more} more · " if more > 0 else ""
        help_text = f" {tail}tab takes the first, ↓ picks"
        rows.append(exactly([("│", "accent/input"), (help_text, "hint/input")], cells, "ink/input"))
        view.styles.width = cells
        view.styles.height = len(rows)
        view.show_rows(rows)

    def _choice_row(self, choice: Choice, picked: bool, cells: int) -> Row:
        ground = "cursor" if picked else "input"
        text = fit(inert(choice.text), min(22, cells // 2))
        ink, detail = ("cursor", "cursor") if picked else ("strong", choice.ink)
        runs = [
            ("│", "accent/input"),
            ("▸ " if picked else "  ", f"{ink}/{ground}"),
            (text, f"{ink}/{ground}"),
        ]
        runs.append((f" {inert(choice.detail)}", f"{detail}/{ground}"))
        return exactly(runs, cells, f"{ink}/{ground}")

    def _take(self, at: int) -> None:
        choice = self._choices[at]
        self.close()
        self.put(choice.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("pick", "complete", "close"):
            return self.is_open
        return super().check_action(action, parameters)

    def action_pick(self, step: int) -> None:
        self._at = max(-1, min(len(self._choices) - 1, self._at + step))
        self._paint_choices()

    def action_complete(self) -> None:
        self._take(max(0, self._at))

    def action_close(self) -> None:
        self.close()

    def action_choices(self) -> None:
        self.open_choices("")

    def on_mouse_down(self, event: MouseDown) -> None:
        """A choice is taken at once: the focus, which would close the list, goes with the button."""
        if not self.is_open:
            return
        shown = self.query_one(".choices").region
        at = self._first + event.screen_y - shown.y
        if shown.contains(event.screen_x, event.screen_y) and at < min(
            len(self._choices), self._first + MOST
        ):
            event.stop()
            event.prevent_default()
            self._take(at)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._scrolled(event, -1)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._scrolled(event, 1)

    def _scrolled(self, event: MouseEvent, step: int) -> None:
        """Over the choices the wheel goes through them, else it is the form's."""
        if self.is_open:
            event.stop()
            self.action_pick(step)

    # what the input says

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._taken and self.entry.has_focus:
            self.open_choices(event.value)
        self._taken = event.value
        self.post_message(self.Changed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the completion that is picked; else it is the form's."""
        if self.is_open and self._at >= 0:
            event.stop()
            self._take(self._at)
        else:
            self.close()

    def on_descendant_focus(self) -> None:
        self.show_focus(True)

    def on_descendant_blur(self) -> None:
        self.show_focus(False)
        self.close()


class Turner(RowsView, can_focus=True):
    """The value of a TurnField; a click turns it on."""

    def on_focus(self, _event: Focus) -> None:
        assert isinstance(self.parent, Horizontal)
        field = self.parent.parent
        assert isinstance(field, TurnField)
        field.show_focus(True)

    def on_blur(self, _event: Blur) -> None:
        assert isinstance(self.parent, Horizontal)
        field = self.parent.parent
        assert isinstance(field, TurnField)
        field.show_focus(False)

    def on_click(self, _event: Click) -> None:
        assert isinstance(self.parent, Horizontal)
        field = self.parent.parent
        assert isinstance(field, TurnField)
        field.turn(1)


class TurnField(Field):
    """One of a few values; left and right go through them."""

    def __init__(
        self, looks: Looks, name: str, label: str, values: Sequence[tuple[str, str]], value: str
    ) -> None:
        super().__init__(looks, name, label)
        self._values = list(values)  # value and how it reads
        self._at = next((n for n, (one, _) in enumerate(values) if one == value), 0)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-row"):
            yield RowsView(self.looks, classes="label")
            yield Turner(self.looks, classes="turner")
            yield RowsView(self.looks, classes="note")

    @property
    def value(self) -> str:
        return self._values[self._at][0]

    def put(self, value: str) -> None:
        self._at = next((n for n, (one, _) in enumerate(self._values) if one == value), self._at)
        self._paint_value()

    def rename(self, value: str, text: str) -> None:
        """Another reading of one of the values."""
        self._values = [(one, text if one == value else read) for one, read in self._values]
        self._paint_value()

    def turn(self, step: int) -> None:
        self._at = (self._at + step) % len(self._values)
        self._paint_value()
        self.post_message(self.Changed())

    def take_focus(self) -> None:
        self.query_one(Turner).focus()

    def show_focus(self, focused: bool) -> None:
        super().show_focus(focused)
        self._paint_value()

    def on_resize(self) -> None:
        super().on_resize()
        self._paint_value()

    def _paint_value(self) -> None:
        text = inert(self._values[self._at][1])
        cells = max(0, self.size.width - LABEL)
        left, right = ("‹", "›") if self._focused else (" ", " ")
        ground = "input" if self._focused else "bar"
        runs = [(left, f"accent/{ground}"), (text, f"strong/{ground}"), (right, f"accent/{ground}")]
        if self.query(Turner):
            view = self.query_one(Turner)
            view.styles.width = min(cells, width(text) + 2)
            view.show_rows([exactly(runs, min(cells, width(text) + 2), "ink/bar")])
