"""The user's own settings (config.toml), as a value."""

from collections.abc import Mapping
from typing import NamedTuple

from techlead_tui.core.hook import Hook
from techlead_tui.core.source import Publish, Source

DAYS = (5, 7)
ZOOMS = (0, 15, 30, 60)  # minutes a row; 0: as fine as shows the working day whole

EVIDENCE_LISTS = {  # fields of Settings, and their keys in [evidence]
    "repositories": "repositories",
    "repository_roots": "roots",
    "repositories_ignored": "ignore",
}


class EvidenceCommand(NamedTuple):
    """A command that tells of events, JSON line by JSON line."""

    name: str
    args: tuple[str, ...]  # the program first; no shell reads them
    seconds: int = 20


class Machines(NamedTuple):
    """Say where several machines of one user meet, and what this one is called there."""

    folder: str = ""  # that a file sync carries; relative to the folder of config.toml; "" for one machine
    name: str = ""  # "" for the host's


class Settings(NamedTuple):
    name: str = ""
    emails: tuple[str, ...] = ()  # as they stand in commits and invitations
    week_theme: str = "maker-week"
    color_theme: str = "auto"  # of the screen; auto: as the terminal says
    days: int = 5  # shown in a week
    zoom: int = 0
    keys: Mapping[str, str] = {}  # binding id to key, where the user has remapped one
    sources: tuple[Source, ...] = ()  # where meetings are read from
    publish: Publish = Publish()
    machines: Machines = Machines()
    decisions_folder: str = ""  # for new decision documents; relative to the folder of config.toml
    zones: Mapping[str, str] = {}  # IANA names of people's time zones, by person
    first_run_done: bool = False
    repositories: tuple[str, ...] = ()  # with evidence; relative to the folder of config.toml
    repository_roots: tuple[str, ...] = ()  # folders below which repositories are looked for
    repository_depth: int = 3  # levels below a root
    repositories_ignored: tuple[str, ...] = ()  # found below a root, and not wanted
    evidence_commands: tuple[EvidenceCommand, ...] = ()
    hooks: tuple[Hook, ...] = ()  # commands that are run at moments of the week
