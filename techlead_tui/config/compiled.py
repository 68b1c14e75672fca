"""Keep in the cache what was read from files of the user's, for as long as those have not changed.

Imports nothing dear: a quick command that needs a setting does not pay for TOML.
"""

from __future__ import annotations

import os
from binascii import crc32

from techlead_tui import __version__, fs
from techlead_tui.config.paths import make_folder, settings_path
from techlead_tui.core.json_text import decode, encode

FORMAT = 2  # raised when what is kept changes its shape

Fingerprint = list[object]


def folder_of(cache_dir: str) -> str:
    return os.path.join(cache_dir, "compiled")


def fingerprint(*paths: str) -> Fingerprint:
    """Return a value that changes when one of the files does, or the program."""
    out: Fingerprint = [FORMAT, __version__]
    for path in paths:
        try:
            stat = os.stat(path)
        except OSError:
            out.append([path, None, os.path.islink(path) or os.path.islink(os.path.dirname(path))])
        else:
            out.append([path, stat.st_mtime_ns, stat.st_size])
    return out


def load(folder: str, name: str, wanted: Fingerprint | None) -> object:
    """The data kept under a name for exactly this fingerprint, or for any; None where there is none."""
    try:
        raw = fs.read_file(os.path.join(folder, f"{name}.json")) or b""
        head, checksum, body = raw.split(b"\n", 2)
        if (wanted is not None and head != encode(wanted).encode()) or int(checksum) != crc32(body):
            return None
        return decode(body.decode())
    except (OSError, ValueError):
        return None


def save(folder: str, name: str, made_for: Fingerprint, data: object) -> None:
    """Keeps data, unless the folder cannot be written: then the next start is slower, no more."""
    head, body = encode(made_for).encode(), encode(data).encode()
    target = os.path.join(folder, f"{name}.json")
    raw = b"\n".join((head, str(crc32(body)).encode(), body))
    try:
        make_folder(folder)
        fs.replace_unlocked(target, raw, durable=False)
    except OSError:
        return


def settings(config_dir: str, cache_dir: str) -> dict[str, object] | None:
    """Return the settings by name, those that differ from the defaults at least; None where config.toml must
    be read."""
    path = settings_path(config_dir)
    if not os.path.lexists(path) and not os.path.islink(config_dir):
        return {}
    found = load(folder_of(cache_dir), "settings", fingerprint(path))
    return found if isinstance(found, dict) else None
