"""Block types from TOML: the shipped playbook with the user's own changes on top (M1, M10)."""

from __future__ import annotations

from techlead_tui.config.problems import shown
from techlead_tui.config.theme_toml import ID, is_id
from techlead_tui.config.toml_file import Document, Table
from techlead_tui.core.kinds import BUCKETS, CATEGORIES, CATEGORY_OF_KIND, KINDS, BlockType
from techlead_tui.core.theme import ANY, WORTH_IT


def parse_types(text: str, *, file: str, base: dict[str, BlockType]) -> dict[str, BlockType]:
    """The types of `base` with those of a TOML text added; a type known already changes key by key.

    FileError with every problem of the text.
    """
    document = Document(text, file)
    root = document.root
    out = dict(base)
    for name in root.data:
        table = root.table(name)
        if type(root.data[name]) is not dict:
            continue
        if not is_id(name) or name in KINDS or name in (ANY, WORTH_IT):
            root.add(name, f'"{shown(name)}" cannot name a type', f"{ID}, and no kind's name")
        found = _type(table, name, base.get(name))
        if found is not None:
            out[name] = found
    document.check()
    return out


def _type(table: Table, name: str, base: BlockType | None) -> BlockType | None:
    title = table.text("title", "what people read", required=base is None)
    kind = table.choice("kind", KINDS, "a kind", required=base is None)
    category = table.choice("category", CATEGORIES, "a category")
    worth_it = table.flag("worth_it", default=base.worth_it if base else True)
    bucket = table.choice("bucket", BUCKETS, "a bucket")
    table.finish()
    if base is None:
        if title is None or kind is None:
            return None
        return BlockType(name, title, kind, category or CATEGORY_OF_KIND[kind], worth_it, bucket)
    if category is None:
        category = CATEGORY_OF_KIND[kind] if kind and kind != base.kind else base.category
    return BlockType(name, title or base.title, kind or base.kind, category, worth_it, bucket or base.bucket)
