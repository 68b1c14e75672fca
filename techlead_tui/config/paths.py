"""Find the folders of data, configuration and cache. Only the environment is read."""

from __future__ import annotations

import os
import sys

NAME = "techlead"


class Folders:
    """The three folders of one user, absolute paths. Plain slots: it is on the path of `techlead log`."""

    __slots__ = ("cache", "config", "data")

    def __init__(self, data: str, config: str, cache: str) -> None:
        self.data = data  # the store, its journal and backups
        self.config = config  # config.toml, themes/ and playbook/
        self.cache = cache  # what can be made again, so it may be deleted at any time

    @classmethod
    def of_user(cls) -> Folders:
        """Return the folders that TECHLEAD_DATA and the like, TECHLEAD_HOME, XDG or the platform name."""
        return cls(
            _folder("TECHLEAD_DATA", "data", "XDG_DATA_HOME", ".local/share"),
            _folder("TECHLEAD_CONFIG", "config", "XDG_CONFIG_HOME", ".config"),
            _folder("TECHLEAD_CACHE", "cache", "XDG_CACHE_HOME", ".cache"),
        )

    @classmethod
    def under(cls, home: str) -> Folders:
        """All three under one folder, as TECHLEAD_HOME puts them."""
        home = os.path.abspath(os.path.expanduser(home))
        return cls(os.path.join(home, "data"), os.path.join(home, "config"), os.path.join(home, "cache"))


def settings_path(config_dir: str) -> str:
    return os.path.join(config_dir, "config.toml")


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
    return os.path.join(_home(), below_home, NAME)


def _home() -> str:
    """Return the user's home, as the system knows it where HOME is empty."""
    if os.environ.get("HOME") == "":
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir
    return os.path.expanduser("~")


def _on_windows(part: str) -> str:
    """Configuration roams with the user, data and cache stay on the machine."""
    roaming = part == "config"
    base = os.environ.get("APPDATA" if roaming else "LOCALAPPDATA")
    if not base:
        base = os.path.join(os.path.expanduser("~"), "AppData", "Roaming" if roaming else "Local")
    return os.path.join(base, NAME, part)
