"""List what is about people: all that exists with one, who waits for the lead, and the boundaries kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from textual.binding import BindingType

from techlead_tui.core.rules import RULES
from techlead_tui.core.text import day_text, number_of
from techlead_tui.planner.people import BoundaryMoment, Owed, agenda, all_names, boundary, owed, person
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Run
from techlead_tui.tui.clipboard import copy_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.dialogs.list_dialog import ListDialog
from techlead_tui.tui.dialogs.row_list import Heading, Lines, columns
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks

OF_LIST = frozenset(("people.copy", "owed.take"))
FORMS = {"proxy": ("proxy", "proxies")}
TITLES = {rule.ID: rule.TITLE for rule in RULES}


class PeopleList(ListDialog[None]):
    """Show rows that can be copied as text."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("people")
    mode = "people list-filter list"
    loads = True
    wide = 100
    card_rows = 3

    def line(self, item: Any) -> str:
        """Return an item as one line of the text that is copied."""
        return self.words(item)

    def as_text(self) -> str:
        """Return the text that is copied."""
        return "\n".join(map(self.line, self.everything))

    def resting(self) -> frozenset[str]:
        return super().resting() | (OF_LIST if self.loaded and not self.everything else frozenset())

    async def action_copy(self) -> None:
        text = self.as_text()
        if text:
            self.say(await copy_text(self.app, text), "accent")


class PersonDialog(PeopleList):
    """Show all that exists with one person, as the agenda of a 1:1."""

    card_rows = 0  # the list has them until there is something to say
    never = frozenset(("list.take",))

    def __init__(self, desk: Desk, looks: Looks, name: str) -> None:
        super().__init__(desk, looks)
        self.heading = f"With {name}"
        self.name_of = name
        self._agenda: Sequence[str] = ()

    def load(self, planner: Planner) -> Sequence[str | Heading]:
        self._agenda = agenda(person(planner, self.name_of))[2:]
        return [
            Heading(line.removeprefix("## ")) if line.startswith("## ") else line
            for line in self._agenda
            if line
        ]

    def draw(self, item: str, _cells: int, _picked: bool) -> Lines:
        return [[(item, "ink")]]

    def say(self, text: str, ink: str = "hint") -> None:
        self.card_rows = 1
        self.set_sizes(self.size)
        super().say(text, ink)

    def as_text(self) -> str:
        return "\n".join(self._agenda)


class WhoDialog(ListDialog[None]):
    """Pick one of all people that are named anywhere; Enter shows what there is with them."""

    heading = "With whom?"
    mode = "list-filter list"
    empty = "nobody has been named yet: @ana in a title names ana"
    loads = True
    wide = 60

    def load(self, planner: Planner) -> Sequence[str]:
        names = sorted(all_names(planner) - {planner.settings.name}, reverse=True)
        return sorted({name.casefold(): name for name in names}.values(), key=str.casefold)

    def draw(self, item: str, _cells: int, _picked: bool) -> Lines:
        return [[(f"@{item}", "ink")]]

    async def action_take(self) -> None:
        if self.list.item is not None:
            await self.app.push_screen(PersonDialog(self.desk, self.looks, self.list.item))


class OwedDialog(PeopleList):
    """List who has waited for two working days or more, the longest first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("owed")
    heading = "Who waits for you"
    mode = "people owed list-filter list"
    never = frozenset(("list.take",))  # Enter opens
    empty = "nobody has waited for you for two working days"

    def load(self, planner: Planner) -> Sequence[Owed]:
        return owed(planner)

    def draw(self, item: Owed, cells: int, _picked: bool) -> Lines:
        ages = (f"{item.days} d", 5, "warn")
        return [columns(cells, ages, (item.summary, 0), (", ".join(item.people), 16, "hint"))]

    def card(self, item: Owed) -> Sequence[Run]:
        return [(f"{item.kind}: {item.why}", "ink"), (f"since {day_text(item.since)}", "hint")]

    async def action_take(self) -> None:
        """Open the list in which it is answered, with the cursor on it."""
        item: Owed | None = self.list.item
        if item is None:
            return
        from techlead_tui.tui.dialogs.list_of_kind import dialog_of

        async def back(_result: None) -> None:
            await self.reload()

        dialog = dialog_of(item.kind)(self.desk, self.looks)
        dialog.about = item.uid
        await self.app.push_screen(dialog, back)


class BoundaryDialog(PeopleList):
    """List overrides, declines, proxies and trades, the latest first."""

    heading = "Boundaries kept"
    empty = "nothing was overridden, declined or traded"
    never = frozenset(("list.take",))

    def aside(self) -> str:
        counts = Counter(item.what for item in self.everything)
        return ", ".join(number_of(count, *FORMS.get(what, (what,))) for what, count in counts.most_common())

    def load(self, planner: Planner) -> Sequence[BoundaryMoment]:
        return boundary(planner)[::-1]

    def draw(self, item: BoundaryMoment, cells: int, _picked: bool) -> Lines:
        day = (day_text(date.fromisoformat(item.day)), 10, "hint")
        return [columns(cells, day, (item.what, 9, "strong"), (item.summary, 0))]

    def line(self, item: BoundaryMoment) -> str:
        return f"{item.day}  {item.what}  {item.summary}"

    def card(self, item: BoundaryMoment) -> Sequence[Run]:
        rules = " · ".join(TITLES.get(rule, rule.replace("-", " ")) for rule in item.rules)
        return [run for run in ((item.reason, "ink"), (rules, "hint")) if run[0]]


LISTS: dict[str, type[ListDialog[None]]] = {
    "who": WhoDialog,
    "owed": OwedDialog,
    "boundary": BoundaryDialog,
}
