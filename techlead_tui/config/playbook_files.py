"""Find the files of the playbook: the shipped ones, and the user's own."""

from __future__ import annotations

import os

from techlead_tui.config.files import names_in

SHIPPED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "playbook")
READ_APART = ("types.toml", "meetings.toml")  # block types and guesses have readers of their own


def own_folder(config_dir: str) -> str:
    """Return the folder of the user's own files."""
    return os.path.join(config_dir, "playbook")


def files_in(folder: str) -> list[str]:
    """Return the TOML files of a folder in order; none where it is not there. DataError."""
    good = [
        name
        for name in sorted(names_in(folder))
        if name.endswith(".toml") and name not in READ_APART and not name.startswith(".")
    ]
    return [os.path.join(folder, name) for name in good]
