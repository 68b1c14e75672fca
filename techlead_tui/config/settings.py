"""The user's own settings (config.toml), as a value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

DAYS = (5, 7)
ZOOMS = (0, 15, 30, 60)  # minutes a row; 0: as fine as shows the working day whole


class Settings(NamedTuple):
    name: str = ""
    emails: tuple[str, ...] = ()  # as they stand in commits and invitations
    week_theme: str = "maker-week"
    color_theme: str = "auto"  # of the screen; auto: as the terminal says
    days: int = 5  # shown in a week
    zoom: int = 0
    keys: Mapping[str, str] = {}  # binding id to key, where the user has remapped one
    calendars: tuple[str, ...] = ()  # where meetings are to be read from: files, folders, addresses
    decisions_folder: str = ""  # for new decision documents; relative to the folder of config.toml
    zones: Mapping[str, str] = {}  # IANA names of people's time zones, by person
    first_run_done: bool = False


def settings_path(config_dir: str) -> str:
    return os.path.join(config_dir, "config.toml")
