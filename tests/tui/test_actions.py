"""One table for all keys: nothing twice, nothing without its method, the reference up to date."""

from pathlib import Path

from techlead_tui.core.items.kinds import all_kinds, listed_kinds
from techlead_tui.tui import actions
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.dialogs.items import ItemListDialog, list_of
from techlead_tui.tui.dialogs.key_bindings import OwnKeysDialog
from techlead_tui.tui.dialogs.ledger import LedgerDialog
from techlead_tui.tui.dialogs.people import OwedDialog, PeopleList
from techlead_tui.tui.dialogs.playbook import PlaybookDialog, TrapDialog
from techlead_tui.tui.dialogs.say_no import SayNoDialog
from techlead_tui.tui.dialogs.session import SessionDialog
from techlead_tui.tui.dialogs.settings import SettingsDialog
from techlead_tui.tui.dialogs.side_list import SideList
from techlead_tui.tui.dialogs.theme_editor import ThemeEditor
from techlead_tui.tui.dialogs.triage import TriageDialog
from techlead_tui.tui.screens.cadence import CadenceScreen
from techlead_tui.tui.screens.first_run import FirstRunScreen
from techlead_tui.tui.screens.friday import (
    BeginningScreen,
    DirectionScreen,
    FridayScreen,
    NextWeekScreen,
    UpdateScreen,
)
from techlead_tui.tui.screens.report import ReportScreen
from techlead_tui.tui.screens.week.screen import WeekScreen

ROOMS = {
    "app": TechleadApp,
    "week": WeekScreen,
    "theme": ThemeEditor,
    "friday": FridayScreen,
    "direction": DirectionScreen,
    "update": UpdateScreen,
    "ahead": NextWeekScreen,
    "beginning": BeginningScreen,
    "cadence": CadenceScreen,
    "report": ReportScreen,
    "form": SessionDialog,
    "list": SideList,
    "first": FirstRunScreen,
    "settings": SettingsDialog,
    "own_keys": OwnKeysDialog,
    "items": ItemListDialog,
    "documents": ItemListDialog,
    "people": PeopleList,
    "owed": OwedDialog,
    "triage": TriageDialog,
    **{kind.plural: list_of(kind.id) for kind in all_kinds()},
    "series": LedgerDialog,
    "ledger": LedgerDialog,
    "say_no": SayNoDialog,
    "playbook": PlaybookDialog,
    "trap": TrapDialog,
}


def test_every_action_has_its_method() -> None:
    assert actions.ACTIONS
    for action in actions.ACTIONS:
        method = action.method.partition("(")[0]
        assert hasattr(ROOMS[action.id.partition(".")[0]], f"action_{method}"), action.id


def test_ids_are_unique() -> None:
    ids = [action.id for action in actions.ACTIONS]
    assert len(ids) == len(set(ids))


def test_a_key_means_one_thing_on_a_screen() -> None:
    for room in ROOMS:
        keys = [key for a in actions.bound(room) for key in a.keys.split(",")]
        if room != "app":
            keys += [key for a in actions.of_screen("app") for key in a.keys.split(",") if room == "week"]
        assert len(keys) == len(set(keys)), room


def test_the_keys_of_a_list_of_items_mean_one_thing() -> None:
    for kind in listed_kinds():
        own = {"request": "triage", "series": "ledger"}.get(kind.id, "")
        rooms = ("list", "items", kind.plural, own)
        keys = [key for room in rooms for a in actions.of_screen(room) for key in a.keys.split(",")]
        twice = {key for key in keys if keys.count(key) > 1}
        assert twice <= {"tab"}, kind.id  # `other` of a list is `other` of its items


def test_the_reference_of_keys_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "keys.md"
    assert page.read_text(encoding="utf-8") == actions.reference(), "python -m techlead_tui.tui.actions"


def test_own_keys_are_shown_and_those_that_clash_are_named() -> None:
    assert ("Q", "add", "week.quick_add") in actions.bar("look", {"week.quick_add": "Q"})
    assert actions.problems({"week.quick_add": "Q"}) == []
    assert actions.problems({"week.quick_add": "m"}) == ["m is both week.quick_add and week.move"]
    assert actions.problems({"week.nothing": "m"}) == ["week.nothing is not an action"]
    assert actions.problems({}) == []
