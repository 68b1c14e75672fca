"""Load the settings: from the cache where config.toml has not changed since it was read."""

from __future__ import annotations

from techlead_tui.config import compiled
from techlead_tui.config.files import is_there
from techlead_tui.config.paths import settings_path
from techlead_tui.config.settings import EVIDENCE_LISTS, EvidenceCommand, Machines, Settings
from techlead_tui.core.hook import Hook
from techlead_tui.core.source import Publish, Source


def load_settings(config_dir: str, cache_dir: str | None = None) -> Settings:
    """The settings; the defaults where there is no file. FileError with every problem of it.

    With a cache folder an unchanged file is not parsed again, so that a shell command does not pay for TOML.
    """
    path = settings_path(config_dir)
    if not is_there(path):
        return Settings()
    folder = compiled.folder_of(cache_dir) if cache_dir else None
    made_for = compiled.fingerprint(path)
    known = _from_data(compiled.load(folder, "settings", made_for)) if folder else None
    if known is not None:
        return known
    from techlead_tui.config.files import read_text
    from techlead_tui.config.settings_file import parse_settings  # dear, and nothing to read on most starts

    settings = parse_settings(read_text(path), file=path)
    if folder:
        compiled.save(folder, "settings", made_for, _to_data(settings))
    return settings


def _to_data(settings: Settings) -> dict[str, object]:
    """Return what the cache keeps: everything but the addresses of calendars, which are secrets."""
    commands = [[one.name, list(one.args), one.seconds] for one in settings.evidence_commands]
    sources = [source._replace(url="")._asdict() for source in settings.sources]
    return {
        **settings._asdict(),
        "evidence_commands": commands,
        "sources": sources,
        "publish": settings.publish._asdict(),
        "machines": settings.machines._asdict(),
        "hooks": [list(hook) for hook in settings.hooks],
    }


def _from_data(data: object) -> Settings | None:
    try:
        if not isinstance(data, dict):
            return None
        words = ("url_command", "command")
        sources = tuple(
            Source(**{**one, **{key: tuple(one[key]) for key in words}}) for one in data["sources"]
        )
        commands = tuple(
            EvidenceCommand(name, tuple(args), seconds) for name, args, seconds in data["evidence_commands"]
        )
        more = {name: tuple(data[name]) for name in ("emails", *EVIDENCE_LISTS)}
        more |= {"sources": sources, "publish": Publish(**data["publish"]), "evidence_commands": commands}
        more["machines"] = Machines(**data["machines"])
        more["hooks"] = tuple(Hook(on, tuple(args), seconds) for on, args, seconds in data["hooks"])
        return Settings(**{**data, **more})
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
