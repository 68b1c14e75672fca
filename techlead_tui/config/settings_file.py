"""The settings read from config.toml, or from the cache where the file has not changed."""

from __future__ import annotations

import os

from techlead_tui.config import compiled
from techlead_tui.config.settings import Settings, settings_path


def load_settings(config_dir: str, cache_dir: str | None = None) -> Settings:
    """The settings; the defaults where there is no file. FileError with every problem of it.

    With a cache folder an unchanged file is not parsed again, so that a shell command does not pay for TOML.
    """
    path = settings_path(config_dir)
    if not os.path.exists(path):
        return Settings()
    folder = os.path.join(cache_dir, "compiled") if cache_dir else None
    made_for = compiled.fingerprint(path)
    known = _from_data(compiled.load(folder, "settings", made_for)) if folder else None
    if known is not None:
        return known
    from techlead_tui.config.files import read_text
    from techlead_tui.config.settings_toml import parse_settings

    settings = parse_settings(read_text(path), file=path)
    if folder:
        compiled.save(folder, "settings", made_for, settings._asdict())
    return settings


def _from_data(data: object) -> Settings | None:
    try:
        if not isinstance(data, dict):
            return None
        return Settings(**{**data, "emails": tuple(data["emails"]), "calendars": tuple(data["calendars"])})
    except (LookupError, TypeError):
        return None
