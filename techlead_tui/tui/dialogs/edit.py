"""Edit every field of a block in one form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from techlead_tui.core.calendar import DAY, IsoWeek, clock
from techlead_tui.core.edits import Edit, EditBlock, MoveBlock
from techlead_tui.core.lengths import short_length
from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.theme import KINDS, category_of
from techlead_tui.core.week import Block
from techlead_tui.core.words.planning import kind_tag
from techlead_tui.errors import FieldError
from techlead_tui.tui.dialogs.form import FormDialog
from techlead_tui.tui.move import Move, comes_again
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import FormField, TextField
from techlead_tui.tui.widgets.name_fields import PersonField, PlaceField, TypeField
from techlead_tui.tui.widgets.time_fields import DateField, EndField, TimeField

COUNTS = {name: name.replace("_", "-") for name in CATEGORIES}  # how the categories read


REACH = (("one", "this one"), ("onward", "this one and all after it"))


class EditDialog(FormDialog):
    """Save other fields and another time of a block as one change."""

    heading = "Edit"

    def __init__(self, desk: Desk, looks: Looks, block: Block) -> None:
        super().__init__(desk, looks)
        self.block = block
        self.about = block.summary
        self._types = desk.planner.library.types()
        self._start, self._end = block.span.start_minute, block.span.end_minute
        self._move = Move.of(block, desk.planner.zone)
        self._own_count = block.category != category_of(block.kind, block.type, self._types)
        self._last_type = block.type or ""
        self._put_end = clock(self._end)  # the end that follows the start

    def aside(self) -> str:
        block = self.block
        what = "box of the week theme" if block.source == "theme" else "occurrence" if block.recurring else ""
        if block.source == "calendar":
            what = "from your calendar: type, kind and document are yours"
        state = block.status if block.status != "planned" else ""
        fixed = "fixed" if block.fixed else ""
        return " · ".join(part for part in (what, fixed, state, str(IsoWeek.of(block.day))) if part)

    def fields(self) -> Sequence[FormField[Any]]:
        block = self.block
        today, shown = self.desk.planner.today(), IsoWeek.of(block.day)
        kinds = [(kind, kind_tag(kind).replace("-", " ")) for kind in KINDS]
        self.summary = TextField(
            "summary", "title", block.summary, example="what it is about", needed="it needs a title"
        )
        self.type = TypeField("type", "type", self._types, block.type or "")
        self.kind = ChoiceField("kind", "kind", kinds, block.kind)
        self.day = DateField("day", "day", f"{block.start:%a}".lower(), today=today, shown=shown)
        self.start = TimeField("start", "start", clock(self._start), example="14:00")
        self.end = EndField("end", "end", clock(self._end), example="15:30 or 45m")
        self.people = PersonField("people", "people", block.people)
        self.doc = PlaceField("doc", "document", block.doc or "", example="path, link or place")
        answers = [("no", "no"), ("yes", "yes, if needed")]
        self.optional = ChoiceField("optional", "optional", answers, "yes" if block.optional else "no")
        own_count = block.category if self._own_count else ""
        self.category = ChoiceField("category", "counts as", [("", ""), *COUNTS.items()], own_count)
        self.note = TextField("note", "note", block.note or "", example="what is to be remembered")
        self.reach = ChoiceField("reach", "changes", REACH, "one")
        when = (self.day, self.start, self.end)
        return (
            self.summary,
            self.type,
            self.kind,
            *when,
            self.people,
            self.doc,
            self.optional,
            self.category,
            self.note,
            *([self.reach] if comes_again(block, today) else []),
        )

    def looked_at(self) -> None:
        """Let another type bring its kind with it, and another start take the end along."""
        try:
            name = self.type.read() or ""
        except FieldError:
            pass
        else:
            if name != self._last_type:
                self._last_type = name
                if name:
                    self.kind.put(self._types[name].kind)
            usual = category_of(self.kind.value, name or None, self._types)
            self.category.rename("", f"{COUNTS[usual]}, as usual")
        note = ""
        try:
            start = self.start.read()
            if self.end.value == self._put_end:  # nobody has typed an end
                move = self._move.to(self.day.read(), start)
                self._put_end = clock(move.end if move.start == start else DAY)
                self.end.put(self._put_end)
            end = self._read_end(start)
            if end > start:
                length = self._move.to(self.day.read(), 0).between(start, end).length
                note = f"to {clock(end)}, {short_length(length)}"
        except FieldError:
            pass
        self.end.set_note(note)

    def _read_end(self, start: int) -> int:
        """Return the end, of the next day where the block crosses midnight. FieldError."""
        end = self.end.read_after(start)
        return end + DAY if end <= start and self.block.span.crosses else end

    def edits(self) -> list[Edit]:
        block = self.block
        type_id, kind = self.type.read(), self.kind.value
        usual = self._types[type_id].kind if type_id and type_id != block.type else block.kind
        own_count = block.category if self._own_count else None
        people = self.people.value != self.people.shown
        changes: tuple[tuple[str, object, bool], ...] = (
            ("summary", self.summary.read(), self.summary.text != block.summary.strip()),
            ("type", type_id, type_id != block.type),
            ("kind", kind, kind != usual),
            ("category", self.category.value or None, (self.category.value or None) != own_count),
            ("people", list(self.people.read()), people and self.people.read() != block.people),
            ("doc", self.doc.text or None, (self.doc.text or None) != (block.doc or None)),
            ("note", self.note.text or None, (self.note.text or None) != (block.note or None)),
            ("optional", self.optional.value == "yes", (self.optional.value == "yes") != block.optional),
        )
        fields = {name: value for name, value, changed in changes if changed}
        day, start = self.day.read(), self.start.read()
        end = self._read_end(start)
        if end <= start:
            message = f"{clock(end)} is not after {clock(start)}"
            raise FieldError("end", message, "say when it ends, or how long: 45m")
        onward = self.reach.value == "onward"
        out: list[Edit] = [EditBlock(block.uid, block.day, fields, onward=onward)] if fields else []
        if (day, start, end) != (block.day, self._start, self._end):
            length = self._move.to(day, 0).between(start, end).length
            until = None if length == block.planned_minutes else end
            out.append(MoveBlock(block.uid, block.day, day, start, until, onward=onward))
        return out
