"""Read the YAML front matter of a Markdown text, and change values in it; all else stays to the letter."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from techlead_tui.core.json_text import encode_text
from techlead_tui.errors import DataError

Value = str | list[str]
MARK = "\ufeff"  # of the byte order, which some editors write first
_PLAIN = r"[A-Za-z][\w./-]*(?: [\w./-]+)*|\d{4}-\d\d-\d\d|\d[\w-]*\.md"
_WORDS = {"y", "n", "yes", "no", "true", "false", "on", "off", "null"}
_FENCE = re.compile(r"^---[ \t]*\r?$", re.M)


class PlacedValue(NamedTuple):
    """Hold a value and where it stands: `start` to `end` of the text, on `line` (from 1)."""

    value: Value
    start: int
    end: int
    line: int


class FrontMatter(NamedTuple):
    """Hold the entries that are texts or lists of texts, and the offset at which new ones go."""

    entries: Mapping[str, PlacedValue]
    end: int


def front_matter(text: str, file: str) -> FrontMatter | None:
    """Return what stands between the first two lines `---`, or None. DataError names file, line and key."""
    text = text.removeprefix(MARK)
    first = _FENCE.match(text)
    if first is None:
        return None
    last = _FENCE.search(text, first.end())
    if last is None:
        raise DataError(f"{file}:1: the front matter has no end", "close it with a line of ---")
    import yaml  # dear, and only a document with front matter needs it

    begin = first.end() + 1
    try:
        found = yaml.compose(text[begin : last.start()], Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        at = wrong.problem_mark or wrong.context_mark
        raise DataError(
            f"{file}:{at.line + 2 if at else 2}: the front matter is not YAML: {wrong.problem}",
            "fix this line; nothing was written",
        ) from None
    except yaml.YAMLError as wrong:
        said = str(wrong).splitlines()[0]
        raise DataError(f"{file}:2: the front matter is not YAML: {said}", "nothing was written") from None
    if found is None:
        return FrontMatter({}, last.start())
    if not isinstance(found, yaml.MappingNode):
        raise DataError(f"{file}:2: the front matter has no keys", "write it as status: proposed")
    entries: dict[str, PlacedValue] = {}
    for key, node in found.value:
        line = key.start_mark.line + 2
        start, end = node.start_mark.index + begin, node.end_mark.index + begin
        if isinstance(node, yaml.ScalarNode):
            value: Value = node.value
            if not node.value and node.style is None:  # `date:` and nothing after it
                start = end = text.index(":", key.end_mark.index + begin) + 1
        elif isinstance(node, yaml.SequenceNode) and all(
            isinstance(one, yaml.ScalarNode) for one in node.value
        ):
            value = [one.value for one in node.value]
            if not node.flow_style and node.value:
                start = text.index(":", key.end_mark.index + begin) + 1  # a list may stand under its key
                end = node.value[-1].end_mark.index + begin
        else:
            continue
        entries[str(key.value)] = PlacedValue(value, start, max(start, len(text[:end].rstrip())), line)
    return FrontMatter(entries, last.start())


def with_values(text: str, values: Mapping[str, Value], file: str) -> str:
    """Return the text with these values in its front matter, which is made where there is none. DataError."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    if text[:1] == MARK:
        return MARK + with_values(text[1:], values, file)
    known = front_matter(text, file)
    if known is None:
        lines = [f"{key}: {spell(value)}".rstrip() for key, value in values.items()]
        return line_end.join(["---", *lines, "---", "", ""]) + text
    added = "".join(
        f"{key}: {spell(value)}{line_end}" for key, value in values.items() if key not in known.entries
    )
    text = text[: known.end] + added + text[known.end :]
    for key, entry in sorted(known.entries.items(), key=lambda one: -one[1].start):
        if key in values and values[key] != entry.value:
            before, said = text[: entry.start], spell(values[key])
            if before.rstrip(" ").endswith(":"):
                before = before.rstrip(" ") + (" " if said else "")
            text = before + said + text[entry.end :]
    return text


def spell(value: Value) -> str:
    """Return a value as YAML, in quotes where it would be taken for something else."""
    if isinstance(value, list):
        return f"[{', '.join(spell(one) or encode_text(one) for one in value)}]"
    plain = re.fullmatch(_PLAIN, value) and value.lower() not in _WORDS
    return value if plain or not value else encode_text(value)
