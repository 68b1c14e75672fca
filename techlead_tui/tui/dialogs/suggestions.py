"""What was used before, to complete what is typed: types, people, documents and places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from techlead_tui.core.theme import Types
from techlead_tui.core.words.args import nearest
from techlead_tui.tui.widgets.fields import Choice


def types_like(types: Types) -> Callable[[str], list[Choice]]:
    """Types by the beginning of their id, by any part of their title, else the nearest; worth it first."""

    def complete(text: str) -> list[Choice]:
        word = text.strip().lstrip("+").casefold()
        found = [one for one in types.values() if one.id.startswith(word)]
        found += [one for one in types.values() if one not in found and word in one.title.casefold()]
        if not found and (near := nearest(word, types)):
            found = [types[near]]
        found.sort(key=lambda one: (not one.worth_it, not one.id.startswith(word)))
        return [
            Choice(
                one.id,
                one.id,
                one.title if one.worth_it else f"{one.title} · not worth it",
                _ink(one.worth_it),
            )
            for one in found
        ]

    return complete


def _ink(worth_it: bool) -> str:
    return "ink" if worth_it else "warn"


def people_like(names: Sequence[str]) -> Callable[[str], list[Choice]]:
    """Completes the last name of a list of them."""

    def complete(text: str) -> list[Choice]:
        head, word = last_name(text)
        there = read_people(head)
        found = [name for name in names if name.casefold().startswith(word.casefold()) and name not in there]
        return [Choice(f"{head}{_written(name)}", _written(name)) for name in found]

    return complete


def docs_like(docs: Sequence[str]) -> Callable[[str], list[Choice]]:
    def complete(text: str) -> list[Choice]:
        word = text.strip().casefold()
        return [Choice(doc, doc) for doc in docs if word in doc.casefold()]

    return complete


def last_name(text: str) -> tuple[str, str]:
    """A list of names up to the one that is being typed, and that one."""
    at = max(text.rfind(","), text.rfind(" ") if "," not in text else -1) + 1
    gap = len(text[at:]) - len(text[at:].lstrip())
    return text[: at + gap], text[at + gap :].lstrip("@")


def read_people(text: str) -> tuple[str, ...]:
    """`@ana @ben`, or `Ana Lee, ben` where a name has blanks."""
    parts = text.split(",") if "," in text else text.split()
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip().lstrip("@").strip())))


def show_people(names: Sequence[str]) -> str:
    """As `read_people` reads it."""
    if any(len(name.split()) != 1 for name in names):
        return ", ".join(names) + ("," if len(names) == 1 else "")
    return " ".join(map(_written, names))


def _written(name: str) -> str:
    return f"@{name}" if len(name.split()) == 1 else name
