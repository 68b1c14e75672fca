"""A cache of what was read from TOML, as JSON: a warm start then needs no TOML parser and no validation.

An entry holds a fingerprint of the files it came from, a checksum, and the data, one line each.
Whatever is wrong with an entry, it is as if it were not there.
"""

from __future__ import annotations

import os
from binascii import crc32
from typing import Any

from techlead_tui import __version__
from techlead_tui.config.files import replace
from techlead_tui.config.paths import make_folder
from techlead_tui.core.json_scan import decode
from techlead_tui.core.json_text import encode

FORMAT = 1  # raised when what is kept changes its shape

Fingerprint = list[Any]


def fingerprint(*paths: str) -> Fingerprint:
    """What changes when one of the files does, or the program."""
    out: Fingerprint = [FORMAT, __version__]
    for path in paths:
        try:
            stat = os.stat(path)
        except OSError:
            out.append([path, None, None])
        else:
            out.append([path, stat.st_mtime_ns, stat.st_size])
    return out


def load(folder: str, name: str, wanted: Fingerprint | None) -> Any:
    """The data kept under a name for exactly this fingerprint, or for any; None where there is none."""
    try:
        with open(os.path.join(folder, f"{name}.json"), "rb") as file:
            head, checksum, body = file.read().split(b"\n", 2)
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
        replace(target, f"{target}.{os.getpid()}.tmp", raw, durable=False)
    except OSError:
        return
