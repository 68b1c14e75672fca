"""Read the settings from config.toml, and write them into it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from techlead_tui.config.files import is_there, read_text, write_text
from techlead_tui.config.paths import settings_path
from techlead_tui.config.problems import shown
from techlead_tui.config.settings import (
    DAYS,
    EVIDENCE_LISTS,
    ZOOMS,
    EvidenceCommand,
    Machines,
    Settings,
)
from techlead_tui.config.toml_reader import Document, Table
from techlead_tui.core.events import EVENTS
from techlead_tui.core.hook import Hook
from techlead_tui.core.one_line import is_one_line
from techlead_tui.core.source import PLACES, Publish, Source, free_name, is_name
from techlead_tui.errors import DataError


def parse_settings(text: str, *, file: str) -> Settings:
    """The settings of a TOML text. Keys that we do not know are left alone: they may be a newer version's."""
    document = Document(text, file)
    root = document.root
    base = Settings()
    name = root.text("name", "your name") if root.data.get("name") != "" else ""
    emails = root.texts("emails", None, "e-mail addresses")
    for index, email in enumerate(emails or ()):
        if "@" not in email or not email.isprintable():
            document.add(("emails", index), "is not an e-mail address", 'one such as "ada@example.org"')
    week_theme = root.text("week_theme", "the id of a week theme")
    color_theme = root.text("color_theme", "the name of a color theme")
    days = _one_of(root, "days", DAYS)
    zoom = _one_of(root, "zoom", ZOOMS)
    sources = _sources(root)
    publish = root.table("publish")
    to = publish.text("path", "a folder or an .ics file")
    title = publish.text("title", "the title of every box, or nothing for each one's own")
    machines = root.table("machines")
    meeting = machines.text("folder", "a folder that a file sync carries")
    called = machines.text("name", "what this machine is called")
    decisions = root.text("decisions_folder", "a folder")
    done = root.flag("first_run_done", default=False)
    keys = _keys(root.table("keys"))
    evidence = root.table("evidence")
    found = {name: evidence.texts(key, None, "folders") for name, key in EVIDENCE_LISTS.items()}
    for key in EVIDENCE_LISTS.values():
        _check_texts(evidence, key)
    depth = evidence.number("depth", 1, 8)
    commands = _commands(evidence)
    zones = _zones(root.table("zones"))
    hooks = _hooks(root)
    document.check()
    return Settings(
        zones=zones,
        name=name or base.name,
        emails=emails or base.emails,
        week_theme=week_theme or base.week_theme,
        color_theme=color_theme or base.color_theme,
        days=days or base.days,
        zoom=zoom or base.zoom,
        sources=sources,
        publish=Publish(to or "", title or ""),
        machines=Machines(meeting or "", called or ""),
        keys=keys,
        decisions_folder=decisions or base.decisions_folder,
        first_run_done=done,
        repository_depth=depth or base.repository_depth,
        evidence_commands=commands,
        hooks=hooks,
        **{name: texts or () for name, texts in found.items()},
    )


def _check_texts(table: Table, key: str) -> None:
    """Note each text of a list that could not be a folder or a word of a command."""
    values = table.data.get(key)
    for index, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, str) and not (value.strip() and is_one_line(value)):
            table.document.add((*table.path, key, index), "is empty or holds a control character")


def _commands(evidence: Table) -> tuple[EvidenceCommand, ...]:
    """Return what [[evidence.command]] says."""
    out: list[EvidenceCommand] = []
    for table in evidence.tables("command"):
        name = table.text("name", 'a name, such as "reviews"', required=True)
        args = table.texts("command", None, "words: the program, then its arguments")
        seconds = table.number("seconds", 1, 300)
        if name is None and "name" not in table:
            table.add(None, "has no name", 'name = "reviews"')
        if not args and not isinstance(table.data.get("command"), str):
            table.add(None, "has no command", 'command = ["gh", "search", "prs"]')
        if name is not None and name in [one.name for one in out]:
            table.add("name", f"there are two commands “{name}”", "a name of its own for each")
        if name and args:
            out.append(EvidenceCommand(name, args, seconds or EvidenceCommand._field_defaults["seconds"]))
    return tuple(out)


def _hooks(root: Table) -> tuple[Hook, ...]:
    """Return the commands of [[hooks]]."""
    out: list[Hook] = []
    for table in root.tables("hooks"):
        on = table.choice("on", tuple(EVENTS), "one of", required=True)
        args = table.texts("command", None, "words: the program, then its arguments")
        seconds = table.number("seconds", 1, 60)
        _check_texts(table, "command")
        if "on" not in table:
            table.add(None, "does not say when", 'on = "focus-start"')
        if not args and not isinstance(table.data.get("command"), str):
            table.add(None, "has no command", 'command = ["notify-send", "Focus"]')
        if on and args:
            out.append(Hook(on, args, seconds or Hook._field_defaults["seconds"]))
    return tuple(out)


def change_settings(config_dir: str, **changes: object) -> Settings:
    """Write the settings named (fields of Settings) into config.toml and return all as they now are.

    Comments, order and keys that we do not know stay as they are. FileError where the file is not right
    as it is, DataError where it cannot be written: nothing has changed then.
    """
    import tomlkit  # dear, and only a change needs it

    path = settings_path(config_dir)
    try:
        text = read_text(path) if is_there(path) else ""
    except DataError as wrong:
        raise DataError(f"not saved: {wrong.message}", wrong.hint) from None
    parse_settings(text, file=path)
    document = tomlkit.parse(text)
    for key, value in changes.items():
        if key not in Settings._fields:
            raise KeyError(key)
        if key == "sources" and isinstance(value, tuple | list):
            _write_sources(document, value)
        elif key == "publish" and isinstance(value, Publish):
            document["publish"] = {name: text for name, text in value._asdict().items() if text}
        elif key == "keys" and isinstance(value, Mapping):
            _write_keys(document, value)
        elif key in EVIDENCE_LISTS and isinstance(value, tuple):
            _write_list(document, "evidence", EVIDENCE_LISTS[key], value)
        elif key == "zones" and isinstance(value, Mapping):
            table = document.setdefault("zones", tomlkit.table())
            table.update({name: zone for name, zone in value.items() if table.get(name) != zone})
        else:
            document[key] = list(value) if isinstance(value, tuple) else value
    text = tomlkit.dumps(document)
    settings = parse_settings(text, file=path)
    write_text(path, text)
    return settings


def _sources(root: Table) -> tuple[Source, ...]:
    """Return the calendars that are read: `[[source]]`, and `[[calendars]]` as older versions wrote it."""
    out: list[Source] = []
    for table in root.tables("source"):
        texts = {key: table.text(key, about) for key, about in PLACES.items() if not key.endswith("command")}
        words = {key: table.texts(key, None, "words of a command") for key in PLACES if key not in texts}
        given = [key for key in PLACES if key in table]
        if len(given) != 1:
            table.add(None, f"names {len(given)} places", f"one of {', '.join(PLACES)}")
        elif words.get(given[0]) == ():
            table.add(given[0], "is empty", "a command and its words")
        taken = [source.name for source in out]
        name = table.text("name", "a name of letters, digits and dashes")
        if name is not None and not is_name(name):
            table.add("name", f'"{shown(name)}" cannot be a name', "letters, digits and dashes")
        elif name is not None and name in taken:
            table.add("name", f'"{name}" is there twice', "another name")
        first = texts["path"] or texts["url"] or next((found[0] for found in words.values() if found), "")
        plain = source_of(first, taken, name or "")
        out.append(
            Source(plain.name, texts["path"] or "", texts["url"] or "", *(v or () for v in words.values()))
        )
    for table in root.tables("calendars"):
        where = table.text("source", "a file, a folder or an address")
        if where:
            out.append(source_of(where, [source.name for source in out]))
    return tuple(out)


def source_of(where: str, taken: Iterable[str], name: str = "") -> Source:
    """Return the source that a file, a folder or an address is, under a name that no other has."""
    where = where.strip()
    if "://" in where:
        host = where.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
        return Source(name or free_name(host, taken), url=where)
    base = os.path.basename(where.rstrip("/\\")).removesuffix(".ics")
    return Source(name or free_name(base, taken), path=where)


def _write_sources(document: MutableMapping[str, Any], sources: Sequence[Source]) -> None:
    """Keep the tables whose source is still wanted, with all that stands in them; add the others."""
    import tomlkit

    kept = {str(table.get("name")): table for table in document.get("source", ())}
    document.pop("source", None)
    document.pop("calendars", None)
    if sources:
        document["source"] = tomlkit.aot()
    for source in sources:
        table = kept.get(source.name, tomlkit.table())
        if not any(source[1:]):  # as the cache has it: the secret is in the file alone
            document["source"].append(table)
            continue
        for key, value in source._asdict().items():
            if not value:
                table.pop(key, None)
            elif table.get(key) != (list(value) if isinstance(value, tuple) else value):
                table[key] = list(value) if isinstance(value, tuple) else value
        document["source"].append(table)


def _write_list(document: MutableMapping[str, Any], room: str, key: str, wanted: Sequence[str]) -> None:
    """Take out of a list what is no longer wanted and add what is new; the rest stays as it is."""
    import tomlkit

    if room not in document:
        document[room] = tomlkit.table()
    table = document[room]
    if key not in table:
        table[key] = []
    values = table[key]
    for value in [one for one in values if one not in wanted]:
        values.remove(value)
    for value in wanted:
        if value not in values:
            values.append(value)


def _write_keys(document: MutableMapping[str, Any], wanted: Mapping[str, str]) -> None:
    """Change the keys that differ where they stand: `"week.zoom" = "Z"`, or `zoom = "Z"` in a table."""
    import tomlkit

    if "keys" not in document and wanted:
        document["keys"] = tomlkit.table()
    _write_key_table(document.get("keys", {}), "", dict(wanted), _flat(document.get("keys", {})))


def _write_key_table(
    table: MutableMapping[str, Any], room: str, wanted: dict[str, str], known: dict[str, str]
) -> None:
    for name in list(table):
        whole = f"{room}{name}"
        if isinstance(table[name], dict):
            _write_key_table(table[name], f"{whole}.", wanted, known)
        elif whole not in wanted:
            del table[name]
        elif wanted[whole] != known[whole]:
            table[name] = wanted[whole]
    if not room:
        table.update({whole: value for whole, value in wanted.items() if whole not in known})


def _flat(table: Mapping[str, Any], room: str = "") -> dict[str, str]:
    """Return the remapped keys by binding id."""
    out: dict[str, str] = {}
    for name, value in table.items():
        out |= _flat(value, f"{room}{name}.") if isinstance(value, dict) else {f"{room}{name}": str(value)}
    return out


def _one_of(root: Table, key: str, options: tuple[int, ...]) -> int | None:
    value = root.number(key, min(options), max(options))
    if value is not None and value not in options:
        choices = " or ".join(str(option) for option in options)
        root.add(key, f"{value} is not one of {choices}", choices)
    return None if value is None else value


def _zones(table: Table) -> dict[str, str]:
    """Return the time zones by person."""
    out = {}
    for name in table.data:
        zone = table.text(name, "a time zone, such as Europe/Berlin")
        if zone is None:
            continue
        from zoneinfo import ZoneInfo  # dear, and few people's zones are known

        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            table.add(name, f"{zone[:60]} is not a time zone", "a time zone, such as Europe/Berlin")
        else:
            out[name] = zone
    return out


def _keys(table: Table) -> dict[str, str]:
    """Remapped keys by binding id; `week.move_later = "J"` and `"week.move_later" = "J"` are the same."""
    out = {}
    for key, value in table.data.items():
        if type(value) is dict:
            inner = table.table(key)
            out.update({f"{key}.{rest}": wanted for rest, wanted in _keys(inner).items()})
        else:
            wanted = table.text(key, 'a key in quotes, such as "J" or "ctrl+n"')
            if wanted is not None:
                out[key] = wanted
    return out
