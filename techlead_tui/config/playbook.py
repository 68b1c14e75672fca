"""Load the playbook: the shipped texts, and the user's own files, which win by id (M11 to M17)."""

from __future__ import annotations

from typing import Any

from techlead_tui.config.compiled import fingerprint, folder_of, load, save
from techlead_tui.config.playbook_files import SHIPPED, files_in, own_folder
from techlead_tui.config.problems import FileError
from techlead_tui.core.playbook import Playbook, from_data, to_data


def load_playbook(config_dir: str, cache_dir: str) -> Playbook:
    """Return every entry by id. FileError with every problem of the files."""
    files = [*files_in(SHIPPED), *files_in(own_folder(config_dir))]
    made_for, cache = fingerprint(*files), folder_of(cache_dir)
    known: Any = load(cache, "playbook", made_for)
    try:
        return {entry.id: entry for entry in map(from_data, known)}
    except (TypeError, LookupError):
        from techlead_tui.config.playbook_toml import read_playbook  # dear, and files seldom change

        playbook, problems = read_playbook(config_dir)
        if problems:
            raise FileError(problems) from None
        save(cache, "playbook", made_for, [to_data(entry) for entry in playbook.values()])
        return playbook
