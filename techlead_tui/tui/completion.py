"""Complete what is typed, by the types there are and by people and documents that were named lately."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from techlead_tui.core.theme import BlockType, Types
from techlead_tui.core.words.args import nearest


class Completion(NamedTuple):
    """Offer one way to complete what is typed."""

    value: str  # the whole value that it makes
    text: str
    detail: str = ""
    ink: str = "ink"


Complete = Callable[[str], Sequence[Completion]]  # what a text may become; nothing where it needs nothing


def types_like(types: Types) -> Complete:
    """Complete types by the beginning of their id, by any part of their title, else by the nearest id.

    Types that are worth the time come first.
    """

    def complete(text: str) -> list[Completion]:
        word = text.strip().lstrip("+").casefold()
        found = [one for one in types.values() if one.id.startswith(word)]
        found += [one for one in types.values() if one not in found and word in one.title.casefold()]
        if not found and (near := nearest(word, types)):
            found = [types[near]]
        found.sort(key=lambda one: (not one.worth_it, not one.id.startswith(word)))
        return [Completion(one.id, one.id, *about_type(one)) for one in found]

    return complete


def about_type(one: BlockType) -> tuple[str, str]:
    """Return a type's title, and the ink that says whether it is worth the time."""
    return (one.title, "ink") if one.worth_it else (f"{one.title} · on your avoid list", "warn")


def people_like(names: Sequence[str]) -> Complete:
    """Complete the last of several names."""

    def complete(text: str) -> list[Completion]:
        head, word = last_name(text)
        there = read_people(head)
        found = [name for name in names if name.casefold().startswith(word.casefold()) and name not in there]
        return [Completion(f"{head}{_written(name)}", _written(name)) for name in found]

    return complete


def docs_like(docs: Sequence[str]) -> Complete:
    """Complete a document or place by any part of it."""

    def complete(text: str) -> list[Completion]:
        word = text.strip().casefold()
        return [Completion(doc, doc) for doc in docs if word in doc.casefold()]

    return complete


def last_name(text: str) -> tuple[str, str]:
    """Split a list of names before the one that is being typed."""
    at = max(text.rfind(","), text.rfind(" ") if "," not in text else -1) + 1
    gap = len(text[at:]) - len(text[at:].lstrip())
    return text[: at + gap], text[at + gap :].lstrip("@")


def read_people(text: str) -> tuple[str, ...]:
    """Return the names in `@ana @ben`, or in `Ana Lee, ben` where a name has blanks."""
    parts = text.split(",") if "," in text else text.split()
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip().lstrip("@").strip())))


def show_people(names: Sequence[str]) -> str:
    """Return names in the spelling that `read_people` reads."""
    if any(len(name.split()) != 1 for name in names):
        return ", ".join(names) + ("," if len(names) == 1 else "")
    return " ".join(map(_written, names))


def _written(name: str) -> str:
    return f"@{name}" if len(name.split()) == 1 else name
