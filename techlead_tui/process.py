"""Run programs in process groups of their own, without a shell: others for at most so long and so much."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

READ = 1 << 16  # bytes at once
QUIET = 0.25  # seconds without a word after which a program that has ended has said all
MOST_ERRORS = 1 << 16  # bytes of stderr that are kept


class Finished(NamedTuple):
    """Hold what a program wrote until it ended or was ended."""

    out: bytes
    err: str
    code: int | None  # None where it was ended
    failure: str | None  # why it was ended, or could not begin

    @property
    def good(self) -> bool:
        return self.failure is None and self.code == 0


def run(
    args: Sequence[str],
    environ: Mapping[str, str],
    seconds: float,
    most: int,
    folder: str | None = None,
    given: bytes = b"",
) -> Finished:
    """Run a program and return what it wrote to stdout: at most `most` bytes, within `seconds`.

    Its whole process group is ended at the limit, and once it has ended itself. On stdin it finds what is
    `given`.
    """
    import tempfile  # dear, and what is started of our own is given nothing

    try:
        with (
            tempfile.TemporaryFile() if given else open(os.devnull, "rb") as read
        ):  # a pipe would wait for one who never reads
            if given:
                read.write(given)
                read.seek(0)
            process = subprocess.Popen(
                list(args),
                stdin=read,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=dict(environ),
                cwd=folder,
                start_new_session=True,
            )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Finished(b"", "", None, f"cannot be run: {str(reason).lower()}")
    try:
        if os.name == "nt":  # which cannot wait for two pipes at once
            return _waited(process, seconds, most)
        return _watched(process, time.monotonic() + seconds, seconds, most)
    finally:
        _end(process)


def told_by(module: str, *args: str) -> Iterator[Any]:
    """Start a module of our own, and yield what it tells until it ends: JSON texts, one a line.

    It outlives this process. Nothing where it does not start.
    """
    # -P: a folder that the user happens to be in must not lend its modules
    call = [sys.executable, "-P", "-m", module, *args]
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            call, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, start_new_session=True
        )
    except OSError:
        return
    assert process.stdout is not None
    with process:
        for line in process.stdout:
            import json  # dear, and mostly nothing is told

            try:
                yield json.loads(line)
            except ValueError:
                continue


def detach() -> bool:
    """Go on in a process that nobody waits for or listens to; True in the one that is to end now."""
    if hasattr(os, "fork") and os.fork():
        return True
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return False


def step_back() -> None:
    """Let everything else on the machine go first."""
    if hasattr(os, "nice"):
        os.nice(19)


def _waited(process: subprocess.Popen[bytes], seconds: float, most: int) -> Finished:
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return Finished(b"", "", None, _too_long(seconds))
    return _finished(out, err, process.returncode, _too_much(most) if len(out) > most else None, most)


def _too_long(seconds: float) -> str:
    return f"took longer than {seconds:g} second{'' if seconds == 1 else 's'}"


def _too_much(most: int) -> str:
    return f"wrote more than {most / 1_000_000:g} MB"


def _finished(out: bytes, err: bytes, code: int | None, failure: str | None, most: int) -> Finished:
    return Finished(out[:most], err.decode("utf-8", "replace"), None if failure else code, failure)


def _watched(process: subprocess.Popen[bytes], deadline: float, seconds: float, most: int) -> Finished:
    assert process.stdout is not None
    assert process.stderr is not None
    parts: dict[object, list[bytes]] = {process.stdout: [], process.stderr: []}
    size, failure = 0, None
    with selectors.DefaultSelector() as selector:
        for stream in (process.stdout, process.stderr):
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            ready = selector.select(min(left, QUIET)) if left > 0 else []
            if not ready and process.poll() is not None:
                break  # what it left behind in the background holds its pipes
            if not ready and left > QUIET:
                continue
            if not ready:
                failure = _too_long(seconds)
                break
            for key, _ in ready:
                raw = os.read(key.fd, READ)
                if not raw:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stdout:
                    size += len(raw)
                    parts[key.fileobj].append(raw)
                elif sum(map(len, parts[key.fileobj])) < MOST_ERRORS:
                    parts[key.fileobj].append(raw)
            if size > most:
                failure = _too_much(most)
                break
    if failure is None:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            failure = _too_long(seconds)
    out, err = b"".join(parts[process.stdout]), b"".join(parts[process.stderr])
    return _finished(out, err, process.returncode, failure, most)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the group: what a program leaves behind in the background goes with it."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:  # nothing is left
        pass
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:  # in a call to a dead mount: nobody waits for it
        return
