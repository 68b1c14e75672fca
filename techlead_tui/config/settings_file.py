"""The settings read from config.toml, or from the cache where the file has not changed."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from techlead_tui.config import catalog
from techlead_tui.config.files import is_there, read_text, write_text
from techlead_tui.config.settings import DAYS, ZOOMS, Settings, settings_path
from techlead_tui.config.toml_reader import Document, Table
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
    calendars = [table.text("source", "a file, a folder or an address") for table in root.tables("calendars")]
    decisions = root.text("decisions_folder", "a folder")
    done = root.flag("first_run_done", default=False)
    keys = _keys(root.table("keys"))
    zones = _zones(root.table("zones"))
    document.check()
    return Settings(
        zones=zones,
        name=name or base.name,
        emails=emails or base.emails,
        week_theme=week_theme or base.week_theme,
        color_theme=color_theme or base.color_theme,
        days=days or base.days,
        zoom=zoom or base.zoom,
        calendars=tuple(source for source in calendars if source),
        keys=keys,
        decisions_folder=decisions or base.decisions_folder,
        first_run_done=done,
    )


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
        if key == "calendars" and isinstance(value, tuple | list):
            _write_calendars(document, value)
        elif key == "keys" and isinstance(value, Mapping):
            _write_keys(document, value)
        elif key == "zones" and isinstance(value, Mapping):
            table = document.setdefault("zones", tomlkit.table())
            table.update({name: zone for name, zone in value.items() if table.get(name) != zone})
        else:
            document[key] = list(value) if isinstance(value, tuple) else value
    text = tomlkit.dumps(document)
    settings = parse_settings(text, file=path)
    write_text(path, text)
    return settings


def _write_calendars(document: MutableMapping[str, Any], sources: Sequence[str]) -> None:
    """Keep the tables whose source is still wanted, with all that stands in them; add the others."""
    import tomlkit

    known = document.get("calendars", ())
    if [table.get("source") for table in known] == list(sources):
        return
    kept = {str(table.get("source")): table for table in known}
    document.pop("calendars", None)
    if sources:
        document["calendars"] = tomlkit.aot()
    for source in sources:
        table = kept.get(source)
        if table is None:
            table = tomlkit.table()
            table["source"] = source
        document["calendars"].append(table)


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
            table.add(name, f"{zone[:60]} is no time zone", "a time zone, such as Europe/Berlin")
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


def load_settings(config_dir: str, cache_dir: str | None = None) -> Settings:
    """The settings; the defaults where there is no file. FileError with every problem of it.

    With a cache folder an unchanged file is not parsed again, so that a shell command does not pay for TOML.
    """
    path = settings_path(config_dir)
    if not is_there(path):
        return Settings()
    folder = os.path.join(cache_dir, "compiled") if cache_dir else None
    made_for = catalog.fingerprint(path)
    known = _from_data(catalog.load(folder, "settings", made_for)) if folder else None
    if known is not None:
        return known
    from techlead_tui.config.files import read_text

    settings = parse_settings(read_text(path), file=path)
    if folder:
        catalog.save(folder, "settings", made_for, settings._asdict())
    return settings


def _from_data(data: object) -> Settings | None:
    try:
        if not isinstance(data, dict):
            return None
        return Settings(**{**data, "emails": tuple(data["emails"]), "calendars": tuple(data["calendars"])})
    except (LookupError, TypeError):
        return None
