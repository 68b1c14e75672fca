"""Keep decision documents: find their folder, write them, and read them as they are now (M7).

The file is the truth, the record says that it is ours. A file is written before its change is committed, so
that a crash leaves at most a document that nobody has acknowledged; undo writes the state back, and leaves
the file of a document that it takes off the list.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date

from techlead_tui import fs
from techlead_tui.config.files import read_text
from techlead_tui.config.paths import make_folder, settings_path
from techlead_tui.core.edits import AddItem, Edit
from techlead_tui.core.front_matter import front_matter, with_values
from techlead_tui.core.items.decision import (
    DAYS,
    KIND,
    PEOPLE,
    body,
    front_values,
    state_of,
    title_of,
    with_title,
)
from techlead_tui.core.items.kit import Item
from techlead_tui.core.records import Change, Record
from techlead_tui.core.words.units import in_reach
from techlead_tui.errors import DataError, UserError, WordsError, not_saved
from techlead_tui.planner.reader import Reader

IN_REPOSITORY = ("docs/decisions", "docs/adr", "doc/adr")
LONGEST = 60  # characters of a title in a file name
_NUMBERED = r"(?i)(?:(?P<day>\d{4}-\d\d-\d\d)|(?P<number>\d{1,6}))(?P<sign>[-_. ]).*\.md"


def folder_of(reader: Reader, given: str | None = None) -> str:
    """Return the folder of new documents as the settings of a reader have it."""
    folders = reader.folders
    return folder_for(folders.data, folders.config, reader.settings.decisions_folder, given)


def folder_for(data: str, config: str, chosen: str, given: str | None) -> str:
    """Return the folder for new documents: given, chosen in config.toml, the repository's, or ours."""
    if given:
        return os.path.abspath(os.path.expanduser(given))
    if chosen:
        return os.path.abspath(
            os.path.join(os.path.dirname(settings_path(config)), os.path.expanduser(chosen))
        )
    at = os.getcwd()
    while not os.path.exists(os.path.join(at, ".git")):
        above = os.path.dirname(at)
        if above == at:
            return os.path.join(data, "decisions")
        at = above
    own = (os.path.join(at, *name.split("/")) for name in IN_REPOSITORY)
    return next(filter(os.path.isdir, own), os.path.join(data, "decisions"))


def documents(folder: str) -> list[str]:
    """Return the paths of the Markdown files of a folder that may be decisions, in order. DataError."""
    try:
        names = fs.names(folder)
    except OSError as wrong:
        raise DataError(f"{folder}: {(wrong.strerror or str(wrong)).lower()}", "name another --dir") from None
    other = ("readme.md", "index.md")
    return [
        os.path.join(folder, name)
        for name in names
        if name.lower().endswith(".md") and name.lower() not in other and "template" not in name.lower()
    ]


def slug_of(title: str) -> str:
    """Return a title as part of a file name: `can-postgres-carry-it`; empty where nothing is left."""
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-_")[:LONGEST].strip("-_")


def file_name(title: str, others: Sequence[str], today: date) -> str:
    """Return the name of a new document, numbered as the others: `0007-`, `7_`, by date, or not at all."""
    slug = slug_of(title) or "decision"
    found = [match for name in others if (match := re.fullmatch(_NUMBERED, name))]
    if others and not found:
        plain, count = slug, 1
        while f"{slug}.md" in others:
            count += 1
            slug = f"{plain}-{count}"
        return f"{slug}.md"
    if found and all(match["day"] for match in found):
        return f"{today.isoformat()}{found[-1]['sign']}{slug}.md"
    numbers = [match for match in found if match["number"]]
    last = max(numbers, key=lambda match: int(match["number"]), default=None)
    if last is None:
        return f"0001-{slug}.md"
    number = str(int(last["number"]) + 1).zfill(len(last["number"]))
    return f"{number}{last['sign']}{slug}.md"


def placed(edit: AddItem, folder: str, today: date) -> AddItem:
    """Return the edit with the path of the new document, or of the one that it takes into the list."""
    given = edit.fields.get("path")
    if given:
        path = os.path.abspath(os.path.expanduser(str(given)))
        return edit._replace(fields={**edit.fields, "path": path, "folder": os.path.dirname(path)})
    names = [os.path.basename(path) for path in documents(folder)]
    path = os.path.join(folder, file_name(edit.summary, names, today))
    dated = {"folder": folder, "path": path, "dated": today.isoformat()}
    return edit._replace(fields={**edit.fields, **dated})


def as_told(record: Record) -> Record:
    """Return a record as its file tells it now. DataError when the file cannot be read so."""
    return _read(record)[0]


def _read(record: Record) -> tuple[Record, bool]:
    """Return a record as its file tells it, and whether it has front matter. DataError."""
    path = str(record.get("path") or "")
    text = read_text(path)
    found, out = front_matter(text, path), {**record}
    out["summary"] = title_of(text) or record["summary"]
    for key, entry in (found.entries if found else {}).items():
        value, where = entry.value, f"{path}:{entry.line}: {key}"
        if key == "status" and value:
            state = state_of(value, str(record["status"])) if isinstance(value, str) else None
            if state is None:
                known = "proposed, accepted, rejected, deprecated or superseded by ..."
                raise DataError(f"{where} is not known", f"it is one of {known}")
            out["status"], by = state
            out["superseded_by"] = by or None
        for name, theirs in PEOPLE.items():
            if key == theirs:
                names = value if isinstance(value, list) else value.split(",")
                out[name] = [one.strip() for one in names if one.strip()]
        for name, theirs in (*DAYS.items(), ("dated", "date")):
            if key == theirs:
                try:
                    out[name] = in_reach(date.fromisoformat(str(value)[:10])).isoformat() if value else None
                except ValueError:
                    raise DataError(f"{where} is not a date", "write it as 2026-12-03") from None
                except WordsError as wrong:
                    raise DataError(f"{where} is out of range", wrong.hint) from None
        if key == "supersedes":
            out["supersedes"] = (value if isinstance(value, str) else ", ".join(value)) or None
    return out, found is not None


def told(item: Item) -> Item:
    """Return a document of the list as its file is; what is wrong with the file is its `problem`."""
    path = str(item.get("path") or "")
    try:
        record, has_front = _read(item.record)
        if not has_front and item.uid != path:  # a document that is not in the list needs none
            said = f"{path}:1: there is no front matter, so its state is the one that is listed"
            record = {**record, "problem": said}
        return item._replace(record=record)
    except DataError as wrong:
        problem = wrong.message if os.path.lexists(path) else f"{path}: the file is gone"
        return item._replace(record={**item.record, "problem": problem})


def others(folder: str, known: Iterable[Item], now: str) -> list[Item]:
    """Return the documents of a folder that are not in the list; their id is the file's path. DataError."""
    ours = {os.path.realpath(str(item.get("path"))) for item in known}
    return [told(stray(path, now)) for path in documents(folder) if os.path.realpath(path) not in ours]


def stray(path: str, now: str) -> Item:
    """Return the record of a document that is not in the list, before its file is read."""
    fields = {field.key: field.nothing for field in KIND.fields}
    title = os.path.splitext(os.path.basename(path))[0]
    own = {"uid": path, "summary": title, "status": "open", "created": now, "closed": None, "override": None}
    return Item(KIND, {**fields, **own, "path": path, "folder": os.path.dirname(path)})


def write(changes: Sequence[Change], *, create: bool = True) -> None:
    """Write what changes of the documents into their files. DataError: then nothing has changed.

    A new document is created, unless its file is there: then it is taken into the list as it is.
    """
    first: dict[str, Record | None] = {}
    last: dict[str, Record | None] = {}
    for change in changes:
        if change.table != KIND.table:
            continue
        first[change.uid] = first.get(change.uid) or change.before
        last[change.uid] = change.after or (last.get(change.uid) if change.before is None else None)
    texts: dict[str, str] = {}  # all of them are read before the first is written
    for uid, after in last.items():
        if after is None or not after.get("path"):
            continue
        before, path = first[uid], str(after["path"])
        if before is not None:
            text = _changed(path, before, after)
            if text is not None:
                texts[path] = text
        elif create and not os.path.lexists(path):
            create_file(path, with_values(body(after), _filled(after), path))
    for path, text in texts.items():
        _replace(path, text)


def _filled(record: Record) -> dict[str, str | list[str]]:
    keys = ("status", "date")
    return {
        key: value
        for key, value in front_values(record).items()
        if key in keys or value or key in DAYS.values() or key in PEOPLE.values()
    }


def _changed(path: str, before: Record, after: Record) -> str | None:
    """Return the text of a file with the values that differ, or None; the rest stays. DataError."""
    old, new = front_values(before), front_values(after)
    wanted = {key: value for key, value in new.items() if value != old.get(key)}
    if not wanted and before["summary"] == after["summary"]:
        return None
    if not os.path.lexists(path):
        raise DataError(f"{path}: the file is gone", "`techlead decisions ID rm` takes it off the list")
    read_text(path)  # says what is wrong with it
    with open(path, "rb") as file:
        text = with_values(file.read().decode("utf-8"), wanted, path)
    return with_title(text, str(after["summary"])) if before["summary"] != after["summary"] else text


def _replace(path: str, text: str) -> None:
    """Put a text in the place of a file, whose mode stays. DataError."""
    try:
        mode = os.stat(path).st_mode & 0o7777
        fs.replace_unlocked(path, text.encode())
        os.chmod(path, mode)
    except OSError as wrong:
        raise not_saved(wrong) from None


def create_file(path: str, text: str) -> None:
    """Make a file that is not there yet, with its folder. DataError."""
    try:
        make_folder(os.path.dirname(path))
        fs.create_file(path, text.encode())
    except OSError as wrong:
        raise not_saved(wrong) from None


def prepared(edits: Sequence[Edit], data: str, config: str, chosen: str, today: date) -> list[Edit]:
    """Return the edits with a path for each new document. UserError for a file that is not there."""
    out: list[Edit] = []
    for edit in edits:
        if isinstance(edit, AddItem) and edit.kind == KIND.id:
            given = edit.fields.get("folder")
            edit = placed(edit, folder_for(data, config, chosen, str(given) if given else None), today)
            if "dated" not in edit.fields and not os.path.isfile(str(edit.fields["path"])):
                raise UserError(f"there is no file {edit.fields['path']}", "without --file one is written")
        out.append(edit)
    return out
