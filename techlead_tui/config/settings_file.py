"""The settings read from config.toml, or from the cache where the file has not changed."""

from __future__ import annotations

import os
from collections.abc import Mapping

from techlead_tui.config import catalog
from techlead_tui.config.files import read_text, write_text
from techlead_tui.config.settings import DAYS, ZOOMS, Settings, settings_path
from techlead_tui.config.toml_reader import Document, Table


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
    done = root.flag("first_run_done", default=False)
    keys = _keys(root.table("keys"))
    document.check()
    return Settings(
        name=name or base.name,
        emails=emails or base.emails,
        week_theme=week_theme or base.week_theme,
        color_theme=color_theme or base.color_theme,
        days=days or base.days,
        zoom=zoom or base.zoom,
        calendars=tuple(source for source in calendars if source),
        keys=keys,
        first_run_done=done,
    )


def change_settings(config_dir: str, **changes: object) -> Settings:
    """Writes the settings named (fields of Settings) into config.toml and gives all of them as they now are.

    Keys that we do not know stay; comments do not survive, as TOML writers drop them. FileError where
    the file is not right as it is, DataError where it cannot be written: nothing has changed then.
    """
    import tomli_w  # reading needs none of it

    path = settings_path(config_dir)
    import tomllib

    text = read_text(path) if os.path.exists(path) else ""
    parse_settings(text, file=path)
    data = tomllib.loads(text)
    for key, value in changes.items():
        if key not in Settings._fields:
            raise KeyError(key)
        data[key] = _calendars(data.get(key), value) if key == "calendars" else _plain(value)
    text = tomli_w.dumps(data, multiline_strings=False)
    settings = parse_settings(text, file=path)
    write_text(path, text)
    return settings


def _calendars(known: object, sources: object) -> list[dict[str, object]]:
    """Tables by source; what else stands in a table that is kept stays."""
    tables = {str(table.get("source")): table for table in known} if isinstance(known, list) else {}
    wanted = list(sources) if isinstance(sources, tuple | list) else []
    return [tables.get(source) or {"source": source} for source in wanted]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _one_of(root: Table, key: str, options: tuple[int, ...]) -> int | None:
    value = root.number(key, min(options), max(options))
    if value is not None and value not in options:
        choices = " or ".join(str(option) for option in options)
        root.add(key, f"{value} is not one of {choices}", choices)
    return None if value is None else value


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
    if not os.path.exists(path):
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
