"""The files that a week is made from, beside the data."""

from __future__ import annotations

import os
from collections.abc import Iterable

from techlead_tui.config.catalog import SHIPPED_TYPES
from techlead_tui.config.settings import settings_path
from techlead_tui.planner.reader import Reader


def files_of(reader: Reader, themes: Iterable[str]) -> list[str]:
    """Settings, block types and these week themes; those of the user's that are not there, too."""
    config = reader.folders.config
    names = sorted(set(themes))
    own = [os.path.join(config, "themes", f"{name}.toml") for name in names]
    used = [reader.library.path_of(name) for name in names]
    types = os.path.join(config, "playbook", "types.toml")
    return list(dict.fromkeys([settings_path(config), types, SHIPPED_TYPES, *own, *used]))
