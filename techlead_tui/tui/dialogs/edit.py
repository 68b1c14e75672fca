"""All that a block says of itself, in one form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from techlead_tui.core.calendar import IsoWeek, clock
from techlead_tui.core.edits import Edit, EditBlock, MoveBlock
from techlead_tui.core.lengths import short_length
from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.theme import KINDS, category_of
from techlead_tui.core.week import Block
from techlead_tui.core.words.args import did_you_mean
from techlead_tui.core.words.planning import kind_tag
from techlead_tui.core.words.units import full_date
from techlead_tui.errors import FieldError
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.recent_names import RecentNames, recent_names
from techlead_tui.render.lanes import minutes_of
from techlead_tui.tui.dialogs.form import FormDialog, day_in, end_in, time_in
from techlead_tui.tui.dialogs.suggestions import docs_like, people_like, read_people, show_people, types_like
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.fields import Field, TextField, TurnField

COUNTS = {
    "hands_on": "hands-on",
    "mentorship": "mentorship",
    "communication": "communication",
    "other": "other",
}


class EditDialog(FormDialog):
    """Other fields and another time, saved as one change."""

    heading = "Edit"

    def __init__(self, desk: Desk, looks: Looks, block: Block) -> None:
        super().__init__(desk, looks)
        self.block = block
        self.about = block.summary
        self._types = desk.planner.library.types()
        self._start, self._end = minutes_of(block, block.day)
        self._own_count = block.category != category_of(block.kind, block.type, self._types)
        self._last_type = block.type or ""
        self._put_end = clock(self._end)  # the end that follows the start
        self._known = RecentNames((), ())

    def aside(self) -> str:
        block = self.block
        what = "box of the week theme" if block.source == "theme" else "occurrence" if block.recurring else ""
        state = block.status if block.status != "planned" else ""
        fixed = "fixed" if block.fixed else ""
        return " · ".join(part for part in (what, fixed, state, str(IsoWeek.of(block.day))) if part)

    def fields(self) -> Sequence[Field]:
        block, looks = self.block, self.looks
        return (
            TextField(looks, "summary", "title", block.summary, example="what it is about"),
            TextField(
                looks,
                "type",
                "type",
                block.type or "",
                example="none",
                complete=types_like(self._types),
                noted=True,
            ),
            TurnField(
                looks,
                "kind",
                "kind",
                [(kind, kind_tag(kind).replace("-", " ")) for kind in KINDS],
                block.kind,
            ),
            TextField(looks, "day", "day", f"{block.start:%a}".lower(), example="wed", noted=True),
            TextField(looks, "start", "start", clock(self._start), example="14:00", noted=True),
            TextField(looks, "end", "end", clock(self._end), example="15:30 or 45m", noted=True),
            TextField(
                looks,
                "people",
                "people",
                show_people(block.people),
                example="@ana @ben",
                complete=people_like(()),
            ),
            TextField(
                looks,
                "doc",
                "document",
                block.doc or "",
                example="path, link or place",
                complete=docs_like(()),
            ),
            TurnField(
                looks,
                "optional",
                "optional",
                [("no", "no"), ("yes", "yes, if needed")],
                "yes" if block.optional else "no",
            ),
            TurnField(
                looks,
                "category",
                "counts as",
                [("", ""), *((category, COUNTS[category]) for category in CATEGORIES)],
                block.category if self._own_count else "",
            ),
        )

    def prepare(self, planner: Planner) -> None:
        self._known = recent_names(planner)

    def prepared(self) -> None:
        for name, complete in (
            ("people", people_like(self._known.people)),
            ("doc", docs_like(self._known.docs)),
        ):
            field = self.field(name)
            assert isinstance(field, TextField)
            field.complete_with(complete)

    # what the fields mean

    def _type(self) -> str | None:
        name = self.text("type").lstrip("+").lower()
        if name and name not in self._types:
            raise FieldError("type", f"unknown type “{name[:40]}”", did_you_mean(name, self._types))
        return name or None

    def _when(self) -> tuple[date, int, int]:
        """Day, start and end. FieldError."""
        day = day_in("day", self.text("day"), self.desk.planner.today(), IsoWeek.of(self.block.day))
        start = time_in("start", self.text("start"))
        end = end_in("end", self.text("end"), start)
        if end <= start:
            raise FieldError(
                "end", f"{clock(end)} is not after {clock(start)}", "say when it ends, or how long: 45m"
            )
        return day, start, end

    def looked_at(self) -> None:
        """Notes beside the fields; another type brings its kind with it."""
        try:
            name = self._type() or ""
        except FieldError:
            self.field("type").set_note("unknown", "warn")
        else:
            known_type = self._types.get(name)
            if known_type is None:
                self.field("type").set_note("")
            elif known_type.worth_it:
                self.field("type").set_note(known_type.title)
            else:
                self.field("type").set_note(f"{known_type.title} · not worth it", "warn")
            if name != self._last_type:
                self._last_type = name
                if known_type is not None:
                    kind = self.field("kind")
                    assert isinstance(kind, TurnField)
                    kind.put(known_type.kind)
            count = self.field("category")
            assert isinstance(count, TurnField)
            usual = category_of(self.field("kind").value, name or None, self._types)
            count.rename("", f"{COUNTS[usual]}, as usual")
        for field in ("day", "end"):
            self.field(field).set_note("")
        self._take_end_along()
        try:
            day = day_in("day", self.text("day"), self.desk.planner.today(), IsoWeek.of(self.block.day))
            self.field("day").set_note(full_date(day))
            start = time_in("start", self.text("start"))
            end = end_in("end", self.text("end"), start)
            self.field("end").set_note(f"to {clock(end)}, {short_length(end - start)}" if end > start else "")
        except FieldError:
            pass

    def _take_end_along(self) -> None:
        """Another start keeps the length while nobody has typed an end."""
        end = self.field("end")
        assert isinstance(end, TextField)
        if end.value != self._put_end:
            return
        try:
            start = time_in("start", self.text("start"))
        except FieldError:
            return
        text = clock(min(24 * 60, start + self._end - self._start))
        if text != self._put_end:
            self._put_end = text
            end.put(text)

    def edits(self) -> list[Edit]:
        block = self.block
        fields: dict[str, object] = {}
        summary = self.field("summary").value.strip()
        if not summary:
            raise FieldError("summary", "it needs a title", "a few words")
        if summary != block.summary.strip():
            fields["summary"] = summary
        type_id, kind = self._type(), self.field("kind").value
        if type_id != block.type:
            fields["type"] = type_id
        usual = self._types[type_id].kind if type_id and type_id != block.type else block.kind
        if kind != usual:
            fields["kind"] = kind
        category = self.field("category").value or None
        if category != (block.category if self._own_count else None):
            fields["category"] = category
        people = self.field("people").value
        if people != show_people(block.people):
            fields["people"] = list(read_people(people))
        doc = self.field("doc").value.strip() or None
        if doc != (block.doc or None):
            fields["doc"] = doc
        optional = self.field("optional").value == "yes"
        if optional != block.optional:
            fields["optional"] = optional
        day, start, end = self._when()
        out: list[Edit] = [EditBlock(block.uid, block.day, fields)] if fields else []
        if (day, start, end) != (block.day, self._start, self._end):
            until = None if end - start == self._end - self._start else end
            out.append(MoveBlock(block.uid, block.day, day, start, until))
        return out
