"""One line of words at the bottom of the screen with what they mean above it, before Enter."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Rule

from techlead_tui.render.footer import Spots
from techlead_tui.render.text import Row, Run, cut_parts, exactly, fit, inert, row_width, width
from techlead_tui.render.viewport import Ghost
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.widgets.row_input import RowInput
from techlead_tui.tui.widgets.rows_view import Choices, RowsView

WORDY = 50  # cells of a line that says what its keys do
CHIP_KEYS = ("f2", "f3", "f4", "f5")  # those that a chip may have
ROWS = 5  # of the screen that the line takes at most
PAUSE = 0.05  # seconds after the last letter until the words are weighed


class Said(NamedTuple):
    """Hold what the words mean and what the week says to it."""

    read: str  # what was read; "" when it made no sense
    verdict: str
    ink: str  # good, warn or refuse
    hint: str = ""
    ghost: Ghost | None = None  # where the block of the words would stand


class Chip(NamedTuple):
    """One field filled in from where the user is; a key of its own goes through its values."""

    key: str  # as Textual names it
    shown: str
    label: str
    value: str


class QuickLine(Vertical):
    """Asks `weigh` on every pause in typing; Enter sends `Entered`, escape `Left`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", show=False),
        Binding("tab", "complete", "complete", show=False),
        *(Binding(key, f"turn('{key}')", "next", show=False, priority=True) for key in CHIP_KEYS),
    ]

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
        self,
        looks: Looks,
        prompt: str,
        example: str,
        text: str = "",
        chips: Sequence[Chip] = (),
        complete: Callable[[str], Sequence[str]] = lambda _text: (),
    ) -> None:
        super().__init__(id="line")
        self.looks = looks
        self.prompt = prompt
        self.example = example
        self.chips = tuple(chips)
        self._complete = complete
        self._text = text
        self._said: Said | None = None
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        if is_native(self.looks.palette):  # no ground of its own sets it off
            yield Rule(id="line-rule")
        yield Choices(self.looks, id="line-said")
        with Horizontal(id="line-words"):
            yield RowsView(self.looks, id="line-prompt")
            yield RowInput(self._text, self.example, id="line-input")

    def on_mount(self) -> None:
        prompt = f" {self.prompt} "
        view = self.query_one("#line-prompt", RowsView)
        view.styles.width = width(prompt)
        view.show_rows([((prompt, "accent/input"),)])
        self.query_one(Input).focus()
        self._paint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys of chips rest that the line does not have."""
        if action == "turn" and parameters[0] not in {chip.key for chip in self.chips}:
            return False
        return super().check_action(action, parameters)

    def on_resize(self) -> None:
        self._paint()

    def show_said(self, said: Said | None) -> None:
        self._said = said
        self._paint()

    def show_chips(self, chips: Sequence[Chip]) -> None:
        self.chips = tuple(chips)
        self._paint()

    def weigh_again(self) -> None:
        """Weigh the same words anew: they mean something else now."""
        self.post_message(self.Typed(self.query_one(Input).value))

    def _paint(self) -> None:
        cells = self.size.width
        if cells:
            (read, chips), (hint, ways) = self._read_row(cells), self._hint_row(cells)
            rows = [read, self._verdict_row(cells), hint]
            self.query_one("#line-said", Choices).offer(rows, {0: chips, 2: ways})

    def _read_row(self, cells: int) -> tuple[Row, Spots]:
        """Draw what was read, and the chips; a click turns one."""
        said = self._said
        runs: list[Run] = []
        if said is not None and said.read:
            runs.append((f" {cut_parts(inert(said.read), cells - 2)}", "strong/bar"))
        spots = []
        for chip in self.chips:
            start = row_width(runs)
            runs += [
                (f"  {chip.shown} ", "key/bar"),
                (f"{chip.label} ", "hint/bar"),
                (inert(chip.value), "strong/bar"),
            ]
            spots.append((start, row_width(runs), f"turn('{chip.key}')"))
        return exactly(runs, cells, "ink/bar"), tuple(spots)

    def _verdict_row(self, cells: int) -> Row:
        said = self._said
        if said is None:
            return exactly((), cells, "ink/bar")
        return exactly(
            [(f" {cut_parts(inert(said.verdict), cells - 2)}", f"{said.ink}/bar")], cells, "ink/bar"
        )

    def _hint_row(self, cells: int) -> tuple[Row, Spots]:
        """Say how to go on; at the right the two ways out of the line."""
        text = self._said.hint if self._said is not None else ""
        take, leave = ("take", "leave") if cells >= WORDY else ("", "")
        ways: tuple[Run, ...] = (
            ("  ⏎ ", "key/bar"),
            (take, "hint/bar"),
            ("  esc ", "key/bar"),
            (f"{leave} ", "hint/bar"),
        )
        at, turn = cells - row_width(ways), cells - row_width(ways[2:])
        way = text.startswith("instead: ")  # of which the name of the place is the first to go
        between = (", ",) if way else (" · ", "; ")
        hint = fit(cut_parts(f" {inert(text)}", max(0, at), between), max(0, at))
        row = exactly([(hint, "hint/bar"), *ways], cells, "ink/bar")
        return row, ((at, turn, "take"), (turn, cells, "leave"))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        text = event.value
        self._pause = self.set_timer(PAUSE, lambda: self.post_message(self.Typed(text)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        await self.run_action(event.action)

    def action_take(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self.post_message(self.Entered(self.query_one(Input).value))

    def action_complete(self) -> None:
        """Take the first of what the last word may become."""
        line = self.query_one(Input)
        names = self._complete(line.value)
        if names:
            line.value = (
                f"{line.value[: line.value.rfind(' ') + 1]}{names[0]}{'' if names[0].endswith(':') else ' '}"
            )
            line.cursor_position = len(line.value)

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_turn(self, key: str) -> None:
        self.post_message(self.ChipTurned(key))
