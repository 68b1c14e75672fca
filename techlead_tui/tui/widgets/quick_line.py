"""One line of words at the bottom of the screen with what they mean above it, before Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Rule

from techlead_tui.render.cells import cut, inert, width
from techlead_tui.render.runs import Row, Run, exactly
from techlead_tui.tui.looks import Looks, is_native
from techlead_tui.tui.widgets.rows_view import RowsView

PAUSE = 0.05  # seconds after the last letter until the words are weighed


class Said(NamedTuple):
    """What the words mean and what the week says to it."""

    read: str  # what was read; "" when it made no sense
    verdict: str
    ink: str  # good, warn or refuse
    hint: str = ""


class Chip(NamedTuple):
    """One field filled in from where the user is; a key of its own goes through its values."""

    key: str  # as Textual names it
    shown: str
    label: str
    value: str


class QuickLine(Vertical):
    """Asks `weigh` on every pause in typing; Enter sends `Entered`, escape `Left`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back", show=False)]

    class Typed(Message):
        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Entered(Message):
        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Nothing is wanted after all."""

    class ChipTurned(Message):
        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(
        self, looks: Looks, prompt: str, example: str, text: str = "", chips: Sequence[Chip] = ()
    ) -> None:
        super().__init__(id="line")
        self.looks = looks
        self.prompt = prompt
        self.example = example
        self.chips = tuple(chips)
        self._text = text
        self._said: Said | None = None
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        if is_native(self.looks.palette):  # no ground of its own sets it off
            yield Rule(id="line-rule")
        yield RowsView(self.looks, id="line-said")
        with Horizontal(id="line-words"):
            yield RowsView(self.looks, id="line-prompt")
            yield Input(self._text, placeholder=self.example, select_on_focus=False, id="line-input")

    def on_mount(self) -> None:
        prompt = f" {self.prompt} "
        view = self.query_one("#line-prompt", RowsView)
        view.styles.width = width(prompt)
        view.show_rows([((prompt, "accent/input"),)])
        self.query_one(Input).focus()
        for chip in self.chips:
            self._bindings.bind(chip.key, f"turn('{chip.key}')", chip.label, show=False, priority=True)
        self._paint()

    def on_resize(self) -> None:
        self._paint()

    def show_said(self, said: Said | None) -> None:
        self._said = said
        self._paint()

    def show_chips(self, chips: Sequence[Chip]) -> None:
        self.chips = tuple(chips)
        self._paint()

    def weigh_again(self) -> None:
        """The same words mean something else now."""
        self.post_message(self.Typed(self.query_one(Input).value))

    def _paint(self) -> None:
        cells = self.size.width
        if cells:
            self.query_one("#line-said", RowsView).show_rows(
                [self._read_row(cells), self._verdict_row(cells), self._hint_row(cells)]
            )

    def _read_row(self, cells: int) -> Row:
        said = self._said
        runs: list[Run] = []
        if said is not None and said.read:
            runs.append((f" {cut(inert(said.read), cells - 2)}", "strong/bar"))
        for chip in self.chips:
            runs += [
                (f"  {chip.shown} ", "key/bar"),
                (f"{chip.label} ", "hint/bar"),
                (inert(chip.value), "strong/bar"),
            ]
        return exactly(runs, cells, "ink/bar")

    def _verdict_row(self, cells: int) -> Row:
        said = self._said
        if said is None:
            return exactly((), cells, "ink/bar")
        return exactly([(f" {cut(inert(said.verdict), cells - 2)}", f"{said.ink}/bar")], cells, "ink/bar")

    def _hint_row(self, cells: int) -> Row:
        text = self._said.hint if self._said is not None else ""
        return exactly(
            [(f" {cut(inert(text or 'enter takes it, esc leaves'), cells - 2)}", "hint/bar")],
            cells,
            "ink/bar",
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        text = event.value
        self._pause = self.set_timer(PAUSE, lambda: self.post_message(self.Typed(text)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self.post_message(self.Entered(event.value))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_turn(self, key: str) -> None:
        self.post_message(self.ChipTurned(key))
