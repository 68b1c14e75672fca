"""Tags and people: `+status` (a type), `+async` (a kind), `+optional`, `@ana`."""

from __future__ import annotations

from typing import NamedTuple

from techlead_tui.core.kinds import KINDS, Types
from techlead_tui.core.words.near import nearest
from techlead_tui.core.words.tokens import Token, is_tag
from techlead_tui.errors import WordsError

FLAGS = {"optional": True, "required": False}


class Tags(NamedTuple):
    """What the tags among some words say; None where they say nothing."""

    kind: str | None = None
    type: str | None = None
    people: tuple[str, ...] = ()
    optional: bool | None = None
    doc: str | None = None


def kind_tag(kind: str) -> str:
    """`deep-work` for `deep_work`."""
    return kind.replace("_", "-")


def read_tags(tokens: list[Token], types: Types) -> tuple[Tags, list[Token]]:
    """Takes tags, people and `doc:` out of the words. WordsError names the nearest tag for an unknown one."""
    tags, rest = Tags(), []
    for token in tokens:
        word = token.text
        if token.literal:
            rest.append(token)
        elif is_tag(word):
            tags = _tag(tags, token, types)
        elif word[:1] == "@" and word[1:2].isalpha():
            if word[1:] not in tags.people:
                tags = tags._replace(people=(*tags.people, word[1:]))
        elif word[:4] == "doc:" and word[4:]:
            tags = tags._replace(doc=word[4:])
        else:
            rest.append(token)
    return tags, rest


def _tag(tags: Tags, token: Token, types: Types) -> Tags:
    name = token.text[1:].lower()
    if name in FLAGS:
        return tags._replace(optional=FLAGS[name])
    if name in types:
        if tags.type not in (None, name):
            raise WordsError(
                f"two types: {tags.type} and {name}", "a block has one type", token.text, token.position
            )
        return tags._replace(type=name)
    kind = name.replace("-", "_")
    if kind in KINDS:
        if tags.kind not in (None, kind):
            raise WordsError(
                f"two kinds: {kind_tag(tags.kind or '')} and {name}",
                "a block has one kind",
                token.text,
                token.position,
            )
        return tags._replace(kind=kind)
    known = [*types, *map(kind_tag, KINDS), *FLAGS]
    near = nearest(name, known)
    hint = f"did you mean +{near}?" if near else "types are " + ", ".join(types)
    raise WordsError(
        f"unknown type “{token.text[:60]}”",
        f"{hint}; after -- everything is text",
        token.text,
        token.position,
    )
