"""Make the file system calls of store and configuration, one thin function each, so that tests can break any.

Files are made 0600 and folders 0700. Every function raises OSError as the system gives it.
"""

import errno
import os
import stat

NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)  # a regular file does not care
BINARY: int = getattr(os, "O_BINARY", 0)  # Windows opens as text otherwise
READ = os.O_RDONLY | BINARY
APPEND = os.O_RDWR | os.O_APPEND | os.O_CREAT | BINARY
REPLACE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY


def open_file(path: str, flags: int) -> int:
    """Open a regular file; anything else is refused at once, a pipe without waiting for its other end."""
    fd = os.open(path, flags | NO_WAIT, 0o600)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, "not a file", path)
    return fd


def close(fd: int) -> None:
    os.close(fd)


def is_at(fd: int, path: str) -> bool:
    """Tell whether a path still leads to an open file: it may have been removed or replaced meanwhile."""
    try:
        there, ours = os.stat(path), os.fstat(fd)
    except OSError:
        return False
    return there.st_ino == ours.st_ino and there.st_dev == ours.st_dev


def same(one: str, other: str) -> bool:
    """Tell whether two paths lead to one file."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def size(fd: int) -> int:
    return os.fstat(fd).st_size


def read_at(fd: int, length: int, at: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(fd, length, at)
    os.lseek(fd, at, os.SEEK_SET)
    return os.read(fd, length)


def write(fd: int, data: bytes) -> int:
    return os.write(fd, data)


def sync(fd: int) -> None:
    os.fsync(fd)


def truncate(fd: int, length: int) -> None:
    os.ftruncate(fd, length)


def rename(old: str, new: str) -> None:
    os.replace(old, new)


def link(old: str, new: str) -> None:
    """Give a file a second name, under which it lives on when the first one goes."""
    os.link(os.path.realpath(old), new)


def remove(path: str) -> None:
    os.unlink(path)


def make_folder(path: str) -> None:
    os.mkdir(path, 0o700)


def make_private(path: str) -> None:
    """Takes a file or folder away from everyone but its owner."""
    os.chmod(path, 0o700 if os.path.isdir(path) else 0o600)


def sync_folder(path: str) -> None:
    """Puts a folder's entries on the disk; Windows neither needs nor allows it."""
    if os.name == "nt":
        return
    fd = os.open(path or ".", os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def names(folder: str) -> list[str]:
    """Return the names in a folder, sorted; none when it does not exist."""
    try:
        return sorted(os.listdir(folder))
    except FileNotFoundError:
        return []


# Made of the calls above.


def write_all(fd: int, data: bytes) -> None:
    """Writes everything, or raises with a part of it written."""
    while data:
        data = data[write(fd, data) :]


def read_from(fd: int, at: int = 0, end: int | None = None) -> bytes:
    """The bytes of an open file from `at` to `end` (its present end)."""
    end = size(fd) if end is None else end
    parts = []
    while at < end and (part := read_at(fd, end - at, at)):
        parts.append(part)
        at += len(part)
    return b"".join(parts)


def read_file(path: str, most: int | None = None) -> bytes | None:
    """Return a file's bytes, the first `most` of them; None when there is no such file.

    A link that leads nowhere is an empty file: something should be there.
    """
    try:
        fd = open_file(path, READ)
    except FileNotFoundError:
        return b"" if os.path.islink(path) else None
    try:
        return read_from(fd, 0, most if most is None else min(most, size(fd)))
    finally:
        close(fd)


def read_head(path: str, length: int = 64) -> bytes | None:
    """Return a file's first bytes; None when there is no such file."""
    try:
        fd = open_file(path, READ)
    except FileNotFoundError:
        return None
    try:
        return read_at(fd, length, 0)
    finally:
        close(fd)


def make_folders(path: str) -> None:
    """Makes a folder and those above it, each on the disk before the next."""
    above = os.path.dirname(path)
    if above and not os.path.isdir(above):
        make_folders(above)
    try:
        make_folder(path)
    except FileExistsError:
        return
    sync_folder(above)


def create_file(path: str, data: bytes) -> None:
    """Write a file that is not there yet, on the disk at return; one that cannot be written whole goes."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o666)
    try:
        write_all(fd, data)
        sync(fd)
    except OSError:
        remove(path)
        raise
    finally:
        close(fd)
    sync_folder(os.path.dirname(path))


def replace_file(path: str, data: bytes, *, ending: str = ".new", durable: bool = True) -> None:
    """Put `data` in the place of a file, all of it or nothing; if `durable`, on the disk at return.

    A symbolic link stays one, and what it points to is replaced; one that leads nowhere is replaced itself.
    `ending` names the temporary file beside it: the holder of the store's lock needs but one, so a crashed
    writer's left-over is written over.
    """
    behind = os.path.realpath(path)
    path = behind if os.path.isdir(os.path.dirname(behind)) else path
    new = path + ending
    try:
        fd = open_file(new, REPLACE)
        try:
            write_all(fd, data)
            if durable:
                sync(fd)
        finally:
            close(fd)
        rename(new, path)
    except OSError:
        try:  # noqa: SIM105  contextlib is dear to import
            remove(new)
        except OSError:
            pass
        raise
    if durable:
        sync_folder(os.path.dirname(path))


def replace_unlocked(path: str, data: bytes, *, durable: bool = True) -> None:
    """Put `data` in the place of a file that no lock guards: the temporary file is the process's own."""
    replace_file(path, data, ending=f".{os.getpid()}.tmp", durable=durable)
