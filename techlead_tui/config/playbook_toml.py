"""Read the playbook: the shipped texts, and the user's own files, which win by id (M11 to M17)."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping

from techlead_tui.config.files import read_text
from techlead_tui.config.playbook_files import SHIPPED, files_in, own_folder
from techlead_tui.config.problems import FileError, Problem, shown
from techlead_tui.config.theme_toml import ID, is_id, parse_theme
from techlead_tui.config.toml_reader import Document, Path, Table
from techlead_tui.core.playbook import (
    FIGURES,
    KINDS,
    METHOD,
    OPENS,
    PLACEHOLDERS,
    TONES,
    Entry,
    Playbook,
    placeholders_of,
)
from techlead_tui.core.theme import Types, WeekTheme
from techlead_tui.core.words.args import nearest
from techlead_tui.errors import DataError

PROSE = "text in quotes, without control characters"


def check_playbook(config_dir: str) -> tuple[Problem, ...]:
    """Return everything that is wrong with the user's files (`techlead playbook check`, `doctor`)."""
    return read_playbook(config_dir)[1]


def read_playbook(config_dir: str) -> tuple[Playbook, tuple[Problem, ...]]:
    """Return the entries that can be read, and what is wrong with the others."""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for folder in (SHIPPED, own_folder(config_dir)):
        base, seen = dict(entries), dict[str, tuple[Document, Path]]()
        for file in files_in(folder):
            try:
                document = Document(read_text(file), file)
            except FileError as wrong:
                problems += wrong.problems
                continue
            except DataError as wrong:
                problems.append(_unreadable(file, wrong))
                continue
            entries |= _Reader(document, base, seen).run()
            problems += FileError(document.problems).problems if document.problems else ()
    order = list(KINDS)
    ranked = sorted(entries.values(), key=lambda entry: order.index(entry.kind))
    return {entry.id: entry for entry in ranked}, tuple(problems)


def load_example_week(config_dir: str, week: str, types: Types) -> WeekTheme:
    """Return the week theme that an anti-pattern draws. DataError."""
    for folder in (own_folder(config_dir), SHIPPED):
        file = os.path.join(folder, "weeks", f"{week}.toml")
        if is_id(week) and os.path.isfile(file):
            return parse_theme(read_text(file), theme_id=week, file=file, types=types)
    raise DataError(
        f'there is no example week "{shown(week)}"', f"it would be {own_folder('')}/weeks/ID.toml"
    )


def rule_ids() -> tuple[str, ...]:
    """Return the ids of everything that refuses or warns: the rules of the week, and those of items."""
    from techlead_tui.core.items.delegation import RULE  # dear, and only a file that has changed asks
    from techlead_tui.core.rules import RULES

    return (*(rule.ID for rule in RULES), RULE)


def _unreadable(file: str, wrong: DataError) -> Problem:
    """Return the problem of a file as a whole; its line stands in front of the message."""
    place, _, said = wrong.message.removeprefix(file).partition(": ")
    line = int(place[1:]) if place[1:].isdigit() else None
    return Problem(file, "", line, said, "a text file in UTF-8, at most 4 MB", None)


class _Reader:
    """Read the entries of one file; `base` are those that it may change, `seen` the ids of its folder."""

    def __init__(
        self, document: Document, base: Mapping[str, Entry], seen: dict[str, tuple[Document, Path]]
    ) -> None:
        self.document = document
        self.base = base
        self.seen = seen

    def run(self) -> dict[str, Entry]:
        root = self.document.root
        out = {}
        for kind in root.named_keys(KINDS, f"a kind of entry: {', '.join(KINDS)}"):
            for table in root.tables(kind):
                entry = self._entry(kind, table)
                if entry is not None:
                    out[entry.id] = entry
        return out

    def _entry(self, kind: str, table: Table) -> Entry | None:
        expected = f"an id of {ID}"
        name = table.text("id", expected, required=True)
        if name is not None and not is_id(name):
            table.add("id", f'"{shown(name)}" cannot be an id', expected)
        if name is not None and name in self.seen:
            first, path = self.seen[name]
            place = f"{first.file}:{first.line(path)}"
            table.add("id", f'"{name}" is there twice, first at {place}', "another id")
        elif name is not None:
            self.seen[name] = (self.document, (*table.path, "id"))
        base = self.base.get(name or "")
        if base is not None and base.kind != kind:
            table.add("id", f'"{name}" is the id of another kind: [[{base.kind}]]', "another id")
            base = None
        title = table.text("title", "text in quotes: what people read", required=base is None)
        method = self._method(table)
        figure = table.choice("figure", FIGURES, "a figure")
        opens = table.choice("opens", OPENS, "a command")
        rules = table.texts("rules", rule_ids(), "ids of rules") or ()
        types = table.texts("types", None, "ids of block types") or ()
        fields = self._fields(kind, table, base)
        self._check_week(table, fields)
        parts, options, tones = base[7:10] if base else ((), {}, {})
        if KINDS[kind].said:
            parts, options, tones = self._said(kind, table, base)
        table.finish()
        if name is None or (title is None and base is None):
            return None
        return Entry(
            kind,
            name,
            title or (base.title if base else ""),
            method or (base.method if base else ()),
            figure or (base.figure if base else ""),
            opens or (base.opens if base else ""),
            fields,
            parts,
            options,
            tones,
            self.document.file,
            rules or (base.rules if base else ()),
            types or (base.types if base else ()),
        )

    def _check_week(self, table: Table, fields: Mapping[str, tuple[str, ...]]) -> None:
        """Note an example week that no file draws."""
        folders = [
            os.path.join(folder, "weeks") for folder in (SHIPPED, os.path.dirname(table.document.file))
        ]
        known = [os.path.basename(file)[:-5] for folder in folders for file in files_in(folder)]
        for week in fields.get("week", ()):
            if week not in known:
                there = "a file in playbook/weeks"
                table.add("week", f'there is no example week "{shown(week)}"', there, nearest(week, known))

    def _method(self, table: Table) -> tuple[str, ...]:
        return table.texts("method", METHOD, "parts of the method, M1 to M17,") or ()

    def _fields(self, kind: str, table: Table, base: Entry | None) -> dict[str, tuple[str, ...]]:
        out = dict(base.fields) if base else {}
        for key, field in KINDS[kind].fields.items():
            if field.type == "flag":
                known = out.get(key, ("no",)) == ("yes",)
                out[key] = ("yes" if table.flag(key, default=known) else "no",)
            elif field.type == "texts":
                found = table.texts(key, None, "texts")
                good = tuple(
                    text.strip()
                    for n, text in enumerate(found or ())
                    if self._is_prose((*table.path, key, n), text)
                )
                if good:
                    out[key] = good
            else:
                text = self._prose(table, key, required=field.required and key not in out)
                if text is not None:
                    out[key] = (text,)
        return out

    def _said(
        self, kind: str, table: Table, base: Entry | None
    ) -> tuple[tuple[str, ...], dict[str, str], dict[str, dict[str, str]]]:
        parts = table.texts("parts", None, "names of parts") or (base.parts if base else ())
        parts = parts or (("answer",) if kind == "objection" else ())
        if not parts:
            table.missing["parts"] = 'the parts of the reply in order, such as ["opening", "question"]'
        options = dict(base.options) if base else {}
        if "options" in table:
            choices = table.table("options")
            options = {}
            for letter in choices.named_keys("abcd", "a letter: a, b, c or d"):
                part = choices.choice(letter, parts, "a part")
                if part is not None:
                    options[letter] = part
        tones = {tone: dict(texts) for tone, texts in base.tones.items()} if base else {}
        for tone in TONES:
            if tone not in table:
                continue
            texts = table.table(tone)
            for part in parts:
                text = self._prose(texts, part)
                if text is not None:
                    tones.setdefault(tone, {})[part] = text
            texts.finish()
        written = table.data.get("plain")
        for part in parts:
            if part not in tones.get("plain", {}) and not (isinstance(written, dict) and part in written):
                table.add("plain", f'the part "{shown(part)}" has no text', "a text for each part of `parts`")
        table.known += TONES
        return parts, options, tones

    def _prose(self, table: Table, key: str, *, required: bool = False) -> str | None:
        """Return a text of one or more lines; its placeholders are known ones."""
        value = table.value(key, str, PROSE, required=required)
        return value.strip() if value is not None and self._is_prose((*table.path, key), value) else None

    def _is_prose(self, path: Path, text: str) -> bool:
        if not text.strip():
            self.document.add(path, "is empty", PROSE)
            return False
        if any(char != "\n" and unicodedata.category(char) in ("Cc", "Cs") for char in text):
            self.document.add(path, "holds a control character", PROSE)
            return False
        good = True
        for name in placeholders_of(text):
            if name not in PLACEHOLDERS:
                near = nearest(name, PLACEHOLDERS)
                known = f"one of {', '.join(PLACEHOLDERS)}"
                self.document.add(path, f"there is no placeholder {{{shown(name)}}}", known, near)
                good = False
        return good
