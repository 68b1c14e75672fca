"""Say no: fill in a reply while its options are turned, let it be edited, and copy it (M11 to M13, M17)."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.widgets import Input, TextArea

from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit
from techlead_tui.core.one_line import one_line
from techlead_tui.core.playbook import (
    PLACEHOLDERS,
    TONES,
    Entry,
    MissingError,
    Playbook,
    compose,
    missing_in,
    ready,
)
from techlead_tui.core.text import when
from techlead_tui.errors import UserError, WordsError
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.replies import (
    ESCALATE,
    FOCUS,
    SAY_NO,
    Material,
    Offer,
    Subject,
    done_text,
    material,
    offers,
)
from techlead_tui.planner.zones import read_zone
from techlead_tui.render.footer import Spots
from techlead_tui.render.text import Row, Run, cut, exactly, inert, row_width, width
from techlead_tui.render.viewport import Ghost, frame
from techlead_tui.tui.clipboard import copy_text
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.choice import PickDialog, PickedOption, PickOption
from techlead_tui.tui.dialogs.dialog import Dialog, bindings_of, calls_of
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.row_input import RowInput
from techlead_tui.tui.widgets.rows_view import Choices, RowsView

AROUND, LEAST = 7, 5  # rows of the box around the text and the offers, and of the text at least
BESIDE = 2  # cells of the box beside them
ABOVE = 6  # rows of the week that stay in sight
INDENT = 4  # cells of a line of the box that hold no text of the reply
DOES = "puts what is marked on the week"
DECLINES = "declines the request"
HOW = "⏎ goes on, esc leaves it out"
UNDONE = "in one step of undo"
ZONE = "zone"  # asked for like a placeholder

Preview = Callable[[Ghost | None, int], Awaitable[None]]  # a ghost on the grid; rows hidden at the bottom


class ReplyOutcome(NamedTuple):
    """Tell what came of a reply: the decisions about what it promised, and a few words about that."""

    decisions: tuple[Decision, ...]
    text: str = ""


async def no_preview(_ghost: Ghost | None, _hidden: int) -> None:
    """Show nothing on the week, which lies under a list."""


class SayNoDialog(Dialog[object]):
    """Close with ReplyOutcome, once blocks were put on the week, else with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("say_no")
    heading = "Say no"

    def __init__(
        self,
        desk: Desk,
        looks: Looks,
        subject: Subject,
        preview: Preview,
        reply: str = SAY_NO,
        along: Sequence[Edit] = (),
    ) -> None:
        """Take what the reply is about; `along` are the edits that Enter makes whatever is marked."""
        super().__init__(desk, looks)
        self.subject = subject
        self.values: dict[str, str | None] = {}
        self.options: list[str] = []
        self.tone = TONES[0]
        self._preview = preview
        self._along = along
        self._reply = reply
        self._playbook: Playbook = {}
        self._found: Material | None = None
        self._marked: list[str] = []  # titles of the offers that are to be carried out
        self._wanted: list[str] = []  # what is still to be asked for
        self._line: RowInput | None = None  # in which that is answered, once something was asked
        self._turning = ""  # the option that waits for an answer
        self._written = ""  # the text as it was made, to notice what was edited
        self._warned = False
        self._idle: Run = (f"⏎ {DECLINES}, {UNDONE}" if along else "", "hint")
        self._note = self._idle
        self._rows = 0  # of the box
        if subject.summary:
            self.heading = f"Say no · {inert(subject.summary)}"

    # what it is made of

    @property
    def mode(self) -> str:  # type: ignore[override]
        if self._wanted:
            return "say_no-asking"
        return "say_no-editing" if self.editing else "say_no"

    @property
    def entry(self) -> Entry | None:
        """Return the reply that is shown; None while the playbook is being read."""
        return self._playbook.get(self._reply)

    @property
    def area(self) -> TextArea:
        return self.query_one(TextArea)

    @property
    def editing(self) -> bool:
        return bool(self.query(TextArea)) and not self.area.read_only

    @property
    def offered(self) -> list[Offer]:
        """Return what the options that are on can do on the week."""
        if self._found is None:
            return []
        promised = offers(self.subject, self._found, self.values, self._reply)
        return [offer for offer in promised if offer.option in self.options]

    @property
    def marked(self) -> list[Offer]:
        """Return the offers that are to be carried out."""
        return [offer for offer in self.offered if offer.title in self._marked]

    def aside(self) -> str:
        span = self.subject.span
        return f"{when(span)} · {self.tone}" if span is not None else self.tone

    def content(self) -> ComposeResult:
        yield Choices(self.looks, id="options")
        yield TextArea("", read_only=True, soft_wrap=True, tab_behavior="focus", compact=True, id="reply")
        yield Choices(self.looks, id="offers")
        yield RowsView(self.looks, id="note")

    async def on_mount(self) -> None:
        await self.load_early(self._open)

    async def _open(self) -> None:
        try:
            await self.desk.ask(self._load)
        except UserError as error:
            self.say(error_text(error), "warn")
            return
        if self.is_attached:
            self.use(self._reply)
            await self._show_ghost()

    def _load(self, planner: Planner) -> None:
        self._playbook = planner.playbook()
        self._take(material(planner, self.subject))

    def _take(self, found: Material) -> None:
        given = {name: value for name, value in self.values.items() if value}
        self._found = found
        self.values = {**found.values, **given}

    # painting

    def set_sizes(self, size: Size) -> None:
        over_list = self._preview is no_preview
        self.box.styles.width = cells = size.width if over_list else frame(size.width, size.height).grid_width
        self.cells = max(1, cells - BESIDE)
        lines = self.area.text.split("\n") if self.query(TextArea) else []
        text = sum(max(1, -(-width(line) // max(1, cells - INDENT - 2))) for line in lines)
        wanted = AROUND + bool(self._wanted) + len(self.offered) + max(LEAST, text)
        most = max(AROUND + LEAST, size.height - ABOVE)
        self._rows = min(most, max(self._rows, wanted))  # it does not jump while it is open
        self.box.styles.height = min(size.height, self._rows)
        self.box.set_class(wanted > min(most, size.height), "-tight")

    @property
    def low(self) -> int:
        """Return the rows that it takes from the bottom of the week."""
        return min(self.app.size.height, self._rows)

    def say(self, text: str, ink: str = "hint") -> None:
        self._note = (text, ink)
        self.paint()

    def paint(self) -> None:
        super().paint()
        cells = self.query_one("#title").size.width or self.cells
        if not cells:
            return
        self._paint_options(cells)
        self._paint_offers(cells)
        text, ink = self._note
        note = exactly([(cut(inert(text), cells), f"{ink}/bar")], cells, "ink/bar")
        self.query_one("#note", RowsView).show_rows([note])

    def _paint_options(self, cells: int) -> None:
        view, entry = self.query_one("#options", Choices), self.entry
        options = entry.options if entry is not None else {}
        runs: list[Run] = []
        spots: list[tuple[int, int, str]] = []
        for letter, part in options.items():
            on = letter in self.options
            start = row_width(runs)
            runs += [(f"{letter} ", "key/bar"), ("● " if on else "○ ", "accent/bar" if on else "hint/bar")]
            runs += [(part, "strong/bar" if on else "hint/bar"), ("   ", "ink/bar")]
            spots.append((start, row_width(runs) - 3, f"turn({letter!r})"))
        if not options and entry is not None:
            runs = [(cut(inert(entry.title), cells), "strong/bar")]
        view.offer([exactly(runs, cells, "ink/bar")], {0: tuple(spots)})

    def _paint_offers(self, cells: int) -> None:
        view, offered = self.query_one("#offers", Choices), self.offered
        rows: list[Row] = []
        spots: dict[int, Spots] = {}
        for n, offer in enumerate(offered):
            on = offer.title in self._marked
            time = when(offer.span)
            title = cut(inert(offer.title), max(8, cells - width(time) - 9))
            runs = [
                (f"{n + 1} ", "key/bar"),
                ("[x] " if on else "[ ] ", "accent/bar" if on else "hint/bar"),
                (title, "strong/bar" if on else "ink/bar"),
                (f" · {time}", "hint/bar"),
            ]
            spots[n] = ((0, cells, f"offer({n + 1})"),)
            rows.append(exactly(runs, cells, "ink/bar"))
        view.styles.height = len(rows)
        view.display = bool(rows) and not self._wanted
        view.offer(rows, spots)

    # the text

    def use(self, reply: str) -> None:
        """Show another reply, with the options that have all that they need."""
        self._reply = reply
        self._marked, self._warned = [], False
        entry = self.entry
        if entry is None:
            return
        self.options = ready(entry, self.tone, self.values)
        self._make()

    def _make(self) -> None:
        """Make the text anew; ask for what it cannot do without."""
        entry = self.entry
        if entry is None:
            return
        try:
            text = compose(entry, self.options, self.tone, self.values)
        except MissingError as missing:
            self._ask([name for name in missing.names if name in PLACEHOLDERS])
            return
        self._written = text
        self.area.text = text
        self.area.move_cursor((0, 0))
        self._note = self._idle
        self.set_sizes(self.app.size)
        self.call_after_refresh(self.paint)
        self.call_later(self._show_ghost)

    @property
    def edited(self) -> bool:
        return self.area.text != self._written

    def _may_replace(self) -> bool:
        """Return whether the text may be made anew; what was edited goes only at the second try."""
        if not self.edited or self._warned:
            self._warned = False
            return True
        self._warned = True
        self.say("this replaces what you wrote; press it again to do so", "warn")
        return False

    async def _show_ghost(self) -> None:
        """Show on the week the block that was marked last, else the sign-off while it is offered."""
        marked = self.marked
        offer = marked[-1] if marked else next((one for one in self.offered if one.option == "c"), None)
        if offer is None or offer.drops:
            await self._preview(None, self.low)
            return
        span = offer.span
        note = "⏎ puts it there" if marked else "offered"
        ghost = Ghost(None, span.start.date(), span.start_minute, span.end_minute, offer.title, note, True)
        await self._preview(ghost, self.low)

    # asking for what is missing

    def _ask(self, names: Sequence[str]) -> None:
        self._wanted = list(names)
        self._next_question()

    def _next_question(self) -> None:
        line = self._line
        if line is not None:
            line.display = bool(self._wanted)
        if not self._wanted:
            self.set_focus(None)
            return
        if line is None:
            line = self._line = RowInput("", "", id="words")
            self.box.mount(line, before="#offers")
        name = self._wanted[0]
        question = "The other's time zone, such as New_York" if name == ZONE else PLACEHOLDERS[name].asks
        line.value, line.placeholder = "", question
        line.focus()
        self.say(HOW)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the question in sight once an answer stands in its place."""
        event.stop()
        if self._wanted:
            self.say(event.input.placeholder if event.value else HOW)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self._wanted:
            return
        text = one_line(event.value)
        if not text:
            await self.action_leave()
            return
        name = self._wanted[0]
        if name == ZONE:
            if not await self._use_zone(text):
                return
        else:
            self.values[name] = text.removeprefix("@") if name == "engineer" else text
        self._wanted.pop(0)
        self._next_question()
        if not self._wanted:
            self._turned()
            self._make()

    def _turned(self) -> None:
        if self._turning and self.entry is not None:
            self.options = [o for o in self.entry.options if o in (*self.options, self._turning)]
        self._turning = ""

    async def _use_zone(self, text: str) -> bool:
        """Show free time in another zone too."""
        try:
            zone = read_zone(text)
            found = await self.desk.ask(lambda planner: material(planner, self.subject, zone))
        except (WordsError, UserError) as error:
            self.say(error_text(error), "warn")
            return False
        self.values["next_free"] = None
        self._take(found)
        return True

    # keys

    def action_turn(self, letter: str) -> None:
        """Turn an option on or off; ask first for what its text needs."""
        entry = self.entry
        if entry is None or letter not in entry.options or self.editing or self._wanted:
            return
        if not self._may_replace():
            return
        if letter in self.options:
            self.options.remove(letter)
            self._make()
            return
        self._turning = letter
        missing = missing_in(entry, [*self.options, letter], self.tone, self.values)
        if missing:
            self._ask(missing)
        else:
            self._turned()
            self._make()

    def _turn_to(self, reply: str) -> None:
        if not self.editing and not self._wanted and self._may_replace():
            self.use(SAY_NO if self._reply == reply else reply)

    def action_escalate(self) -> None:
        self._turn_to(ESCALATE)

    def action_focus_reply(self) -> None:
        self._turn_to(FOCUS)

    async def action_objections(self) -> None:
        """Pick the answer to an objection, or another reply."""
        if self.editing or self._wanted:
            return
        options = [
            PickOption(entry.id, entry.title, entry.fields.get("claim", ("",))[0])
            for entry in sorted(self._playbook.values(), key=lambda entry: entry.kind != "objection")
            if entry.kind == "objection"
            or (entry.kind == "reply" and entry.id not in (SAY_NO, ESCALATE, FOCUS))
        ]

        def answered(picked: PickedOption | None) -> None:
            if picked is not None and self._may_replace():
                self.use(picked.id)

        await self.app.push_screen(
            PickDialog(self.desk, self.looks, "An objection, or another reply", options), answered
        )

    def action_tone(self) -> None:
        if not self.editing and not self._wanted and self._may_replace():
            self.tone = TONES[(TONES.index(self.tone) + 1) % len(TONES)]
            self._make()

    def action_zone(self) -> None:
        if not self.editing and not self._wanted and self._may_replace():
            self._ask([ZONE])

    def action_edit(self) -> None:
        """Let the text be edited; escape ends it and keeps what was written."""
        if self._wanted:
            return
        self.area.read_only = False
        self.area.focus()
        self.area.move_cursor(self.area.document.end)
        self.say("esc ends editing and keeps what you wrote")

    def action_offer(self, number: int) -> None:
        """Mark a block that an option promises, or no longer."""
        offered = self.offered
        if not 1 <= number <= len(offered) or self.editing or self._wanted:
            return
        title = offered[number - 1].title
        if title in self._marked:
            self._marked.remove(title)
        else:
            self._marked.append(title)
        does = f"{DECLINES} and {DOES}" if self._along else DOES
        if offered[number - 1].drops:
            does = "drops what is marked, and writes the trade down"
        self._note = (f"⏎ {does}, {UNDONE}", "hint") if self._marked else self._idle
        self.paint()
        self.call_later(self._show_ghost)

    async def action_copy(self) -> None:
        if self.area.text.strip():
            self.say(await copy_text(self.app, self.area.text))

    async def action_keep(self) -> None:
        """Put what is marked on the week, and close."""
        if self.editing or self._wanted:
            return
        marked = self.marked
        along = () if any(offer.drops for offer in marked) else self._along  # who drops something attends
        edits = [*along, *(edit for offer in marked for edit in offer.edits)]
        if not edits:
            self.dismiss(None)
            return
        try:
            words = calls_of(edits, self.desk.planner)
            decisions = await self.desk.ask(lambda planner: planner.apply_all(edits, words))
        except UserError as error:
            self.say(error_text(error), "warn")
            return
        if decisions[-1].refused:
            self.say(f"refused: {decisions[-1].violations[0].message}", "warn")
            return
        self.dismiss(ReplyOutcome(tuple(decisions), done_text(marked)))

    async def action_leave(self) -> None:
        """Leave the line, then the editing, then the dialog."""
        if self._wanted:
            self._wanted, self._turning = [], ""
            self._next_question()
            if self.area.text:
                self.say("")
            else:
                self.dismiss(None)
        elif self.editing:
            self.area.read_only = True
            self.set_focus(None)
            self.say("kept as you wrote it; y copies it" if self.edited else "")
        else:
            self.dismiss(None)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.act_soon(event.action)
