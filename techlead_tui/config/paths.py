"""Where the program keeps things: data, configuration, cache. Only the environment is read."""

from __future__ import annotations

import os
import sys

NAME = "techlead"


def data_dir() -> str:
    """The store, its journal and backups; an absolute path."""
    return _folder("TECHLEAD_DATA", "data", "XDG_DATA_HOME", ".local/share")


def config_dir() -> str:
    """config.toml, themes/ and playbook/; an absolute path."""
    return _folder("TECHLEAD_CONFIG", "config", "XDG_CONFIG_HOME", ".config")


def cache_dir() -> str:
    """What can be made again, so it may be deleted at any time; an absolute path."""
    return _folder("TECHLEAD_CACHE", "cache", "XDG_CACHE_HOME", ".cache")


def make_folder(path: str) -> None:
    """Makes a folder and those above it that are missing, for the user alone (0700). OSError as it comes."""
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    if parent and parent != path:
        make_folder(parent)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:  # another process was quicker, or a file stands there
        if not os.path.isdir(path):
            raise


def _folder(variable: str, part: str, xdg: str, below_home: str) -> str:
    environ = os.environ
    own = environ.get(variable)
    if own:
        return os.path.abspath(os.path.expanduser(own))
    home = environ.get("TECHLEAD_HOME")
    if home:
        return os.path.join(os.path.abspath(os.path.expanduser(home)), part)
    base = environ.get(xdg, "")
    if os.path.isabs(base):  # the XDG specification has relative ones ignored
        return os.path.join(base, NAME)
    if os.name == "nt":
        return _on_windows(part)
    if sys.platform == "darwin":
        library = os.path.expanduser("~/Library")
        if part == "cache":
            return os.path.join(library, "Caches", NAME)
        return os.path.join(library, "Application Support", NAME, part)
    return os.path.join(os.path.expanduser("~"), below_home, NAME)


def _on_windows(part: str) -> str:
    """Configuration roams with the user, data and cache stay on the machine."""
    roaming = part == "config"
    base = os.environ.get("APPDATA" if roaming else "LOCALAPPDATA")
    if not base:
        base = os.path.join(os.path.expanduser("~"), "AppData", "Roaming" if roaming else "Local")
    return os.path.join(base, NAME, part)
