"""Tell of the actions in the table what key bar, bindings, help, search and the keys reference need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from techlead_tui.core.items.kinds import listed_kinds
from techlead_tui.tui import keys as spelled
from techlead_tui.tui.action_table import OPENING, OWN
from techlead_tui.tui.action_table import Action as Action
from techlead_tui.tui.keys import shown as shown


def _turns() -> Iterator[Action]:
    """Yield the keys of the transitions of items."""
    for kind in listed_kinds():
        for turn in kind.transitions:
            name, call = f"{kind.plural}.{turn.name.replace('-', '_')}", f"turn('{turn.name}')"
            yield Action(name, turn.key, turn.label, turn.text, kind.title, kind.plural, call)


_TURNS = tuple(_turns())
ACTIONS: tuple[Action, ...] = (*OWN, *_TURNS)

# these keys came after many a config.toml was written: a key of the user's own wins
_GIVES_WAY = {"week.start_stop", *(action.id for action in (*OPENING, *_TURNS))}
_BY_ID = {action.id: action for action in ACTIONS}


def call_of(action_id: str) -> str:
    """Return what runs an action on its screen; those of the program itself say so."""
    method = _BY_ID[action_id].method
    return f"app.{method}" if action_id.startswith("app.") else method


def of_screen(screen: str) -> tuple[Action, ...]:
    return tuple(action for action in ACTIONS if action.id.startswith(f"{screen}."))


def bound(screen: str) -> tuple[Action, ...]:
    """Return the actions of a screen that have keys; the others are reached by the menu and the search."""
    return tuple(action for action in of_screen(screen) if action.keys)


def rooms() -> tuple[str, ...]:
    """Return the screens that have keys, apart from the program itself."""
    return tuple(name for name in dict.fromkeys(a.id.partition(".")[0] for a in ACTIONS) if name != "app")


RESERVED = {
    "escape": "esc cancels whatever is open",
    "ctrl+c": "ctrl+c cancels a line or a dialog",
    "ctrl+i": "terminals send it for tab",
    "ctrl+m": "terminals send it for enter",
}


def clash(keys: Mapping[str, str], action_id: str, key: str) -> str | None:
    """Return why an action cannot have a key, or None; `keys` are the user's own."""
    if key in RESERVED:
        return f"{shown(key)} stays as it is: {RESERVED[key]}"
    room = action_id.partition(".")[0]
    if key.isdigit() and room in ("week", "form", "app"):
        return f"{key} stays as it is: the digits take the fixes of a refusal"
    beside = rooms() if room == "app" else (room,)
    for other in (action for name in (*beside, "app") for action in of_screen(name)):
        if other.id == action_id:
            continue
        if key in other.bound(keys):
            return f"{shown(key)} is taken: {other.text.rstrip('.').lower()} ({other.id})"
    return None


def problems(keys: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the user's own keys (id to key): unknown ids, two actions on one key."""
    known = {action.id for action in ACTIONS}
    out = [f"{name} is not an action" for name in keys if name not in known]
    for screen in rooms():
        taken: dict[str, str] = {}
        for action in (*of_screen(screen), *of_screen("app")):
            for key in action.bound(keys):
                other = taken.setdefault(key, action.id)
                both = {other, action.id}
                if len(both) > 1 and both & set(keys) and not both & _GIVES_WAY:
                    out.append(f"{key} is both {other} and {action.id}")
    return out


def bar(mode: str, own: Mapping[str, str] = spelled.NO_KEYS) -> tuple[tuple[str, str, str], ...]:
    """Return key, label and id for the key bar of a mode, the keys of items among them."""
    return spelled.bar(mode, own, ACTIONS)


def reference() -> str:
    """Return docs/reference/keys.md."""
    out = ["# Keys", "", "Made from the table of actions; `?` shows the same inside the program.", ""]
    groups: dict[str, list[Action]] = {}
    for action in ACTIONS:
        groups.setdefault(action.group, []).append(action)
    for group, actions in groups.items():
        out += [f"## {group}", "", "| key | does | id |", "|---|---|---|"]
        for action in actions:
            keys = " ".join(f"`{shown(key)}`" for key in action.keys.split(",") if key) or "menu"
            out.append(f"| {keys} | {action.text} | `{action.id}` |")
        out.append("")
    return "\n".join(out)


if __name__ == "__main__":
    print(reference(), end="")
