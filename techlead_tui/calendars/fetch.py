"""Fetch the bytes of a calendar: from a file, a folder of files (vdir), a secret address, or a command.

An address is a secret: no error, state or log names more of it than its host.
"""

import os
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from techlead_tui import fs
from techlead_tui.core.source import Source
from techlead_tui.errors import UserError

UNREACHABLE = 5  # exit code
LARGEST = 100_000_000  # bytes, unpacked
SECONDS = 60.0  # for a whole answer of a server, or a command
STILL = 15.0  # seconds without a byte
FILES = 200_000  # of a folder
CHUNK = 1 << 16


class SourceError(UserError):
    """Tell why a calendar could not be reached, or is none."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint or "what was read last is kept", UNREACHABLE)


def kind_of(source: Source) -> str:
    """Return what a source is: file, folder, address or command."""
    if source.path:
        return "folder" if os.path.isdir(os.path.expanduser(source.path)) else "file"
    return "command" if source.command else "address"


def shown(source: Source) -> str:
    """Return where a source is, without what is secret."""
    if source.path:
        return source.path
    if source.url_command:
        return f"the address that {source.url_command[0]} prints"
    if source.command:
        return without_addresses(" ".join(source.command))
    return host_of(source.url)


def without_addresses(text: str) -> str:
    """Return a text with no more than the host of every address in it."""
    import re

    return re.sub(r"\w+://\S+", lambda found: host_of(found.group()), text)


class Fetched(NamedTuple):
    """Hold what a source gave; `files` is None where nothing has changed since."""

    files: Iterator[tuple[str, bytes | None]] | None  # name and bytes of each; no bytes: it cannot be read
    state: Mapping[str, Any]  # to be handed in the next time
    secret: bool = False  # it is to be kept: it cannot be read again without the network


def fetch(source: Source, known: Mapping[str, Any]) -> Fetched:
    """Fetch a source; `known` is the state of the last time. SourceError."""
    if source.path:
        path = os.path.expanduser(source.path)
        return _folder(path, known) if os.path.isdir(path) else _file(path, known)
    if source.command:
        data = run(source.command, source.name)
        return _whole(data, known, {})
    url = source.url
    if source.url_command:
        lines = run(source.url_command, source.name, quiet=True).decode("utf-8", "replace").split()
        if not lines:
            raise SourceError(f"{source.url_command[0]} printed no address")
        url = lines[0]
    return _address(url, known)


# files


def _file(path: str, known: Mapping[str, Any]) -> Fetched:
    try:
        found = os.stat(path)
        state = {"signature": [found.st_mtime_ns, found.st_size, found.st_ino]}
        if known.get("signature") == state["signature"]:
            return Fetched(None, state)
        if found.st_size > LARGEST:
            raise SourceError(f"{path} is larger than {LARGEST // 1_000_000} MB")
        data = fs.read_file(path, LARGEST)
    except OSError as wrong:
        raise SourceError(f"{path}: {(wrong.strerror or str(wrong)).lower()}") from None
    return Fetched(iter([(path, data or b"")]), state)


def _folder(path: str, known: Mapping[str, Any]) -> Fetched:
    try:
        found = sorted(_entries(path))
    except OSError as wrong:
        where = f" ({wrong.filename})" if wrong.filename and wrong.filename != path else ""
        raise SourceError(f"{path}: {(wrong.strerror or str(wrong)).lower()}{where}") from None
    if len(found) > FILES:
        raise SourceError(f"{path} holds more than {FILES} files", "name the folder of one calendar")
    check = 0
    for one in found:
        check = zlib.crc32(repr(one).encode("utf-8", "surrogatepass"), check)
    state = {"signature": [len(found), check]}
    if known.get("signature") == state["signature"]:
        return Fetched(None, state)
    return Fetched(_files(path, [one[0] for one in found]), state)


def _entries(path: str, deep: bool = True) -> Iterator[tuple[str, int, int]]:
    """Yield path, time and size of the calendar files in a folder and in those right below it."""
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                if entry.name.endswith(".ics") and entry.is_file():
                    stat = entry.stat()
                    yield entry.path, stat.st_mtime_ns, stat.st_size
                    continue
            except FileNotFoundError:
                continue  # a sync has just renamed it
            if deep and entry.is_dir():
                yield from _entries(entry.path, deep=False)


def _files(folder: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield the files; those that a sync renames meanwhile are looked for again."""
    gone = set()
    for path in paths:
        try:
            data = fs.read_file(path, LARGEST)
        except OSError:
            yield os.path.basename(path), None
            continue
        if data is None:
            gone.add(path)
        else:
            yield os.path.basename(path), data
    if gone:
        known = set(paths) - gone
        with suppress(OSError):
            for path, _, _ in sorted(_entries(folder)):
                if path not in known and (data := fs.read_file(path, LARGEST)) is not None:
                    yield os.path.basename(path), data


# commands


def run(command: Sequence[str], name: str, *, quiet: bool = False) -> bytes:
    """Return what a command prints; `quiet` keeps what it says in an error to itself. SourceError."""
    from techlead_tui import process  # dear, and few sources are commands

    program = os.path.expanduser(command[0])
    done = process.run([program, *command[1:]], os.environ, SECONDS, LARGEST)
    if done.failure is not None:
        raise SourceError(f"the command of {name}, {command[0]}, {done.failure}")
    if done.code:
        lines = done.err.strip().splitlines()
        why = f": {without_addresses(lines[-1])[:200]}" if lines and not quiet else ""
        raise SourceError(f"the command of {name}, {command[0]}, failed with exit code {done.code}{why}")
    return done.out


def _whole(data: bytes, known: Mapping[str, Any], more: Mapping[str, Any]) -> Fetched:
    """Return data that came in one piece; None for the same as the last time.

    Servers write the moment of the request into every event: that is no change.
    """
    import re

    body = re.sub(rb"(?m)^(DTSTAMP|PRODID|X-PUBLISHED-TTL)[;:].*$", b"", data)
    state = {"signature": [len(body), zlib.crc32(body)], **more}
    if known.get("signature") == state["signature"]:
        return Fetched(None, state)
    return Fetched(iter([("", data)]), state, secret=True)


# addresses


def host_of(url: str) -> str:
    """Return scheme and host of an address, which is all of it that may be shown."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url.strip())
        return f"{parts.scheme}://{parts.hostname}/…" if parts.hostname else "an address"
    except ValueError:
        return "an address"


def _address(url: str, known: Mapping[str, Any]) -> Fetched:
    answer: list[tuple[bytes, Mapping[str, Any]] | None] = []
    failed: list[Exception] = []
    ends = time.monotonic() + SECONDS

    def ask() -> None:
        try:
            answer.append(_download(url, known, ends))
        except Exception as wrong:
            failed.append(wrong)

    # a server may send its head one byte a second, for ever; the thread is left to itself then
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(SECONDS + 1)
    host = host_of(url)
    if failed:
        raise failed[0] if isinstance(failed[0], SourceError) else SourceError(_said(failed[0], host))
    if not answer:
        raise SourceError(f"{host} did not answer within {SECONDS:.0f} seconds")
    if answer[0] is None:
        return Fetched(None, dict(known))
    data, more = answer[0]
    return _whole(data, known, more)


def _download(url: str, known: Mapping[str, Any], ends: float) -> tuple[bytes, Mapping[str, Any]] | None:
    """Return the body and what to say the next time; None where the server says that nothing has changed."""
    import base64
    import urllib.request
    from urllib.error import HTTPError
    from urllib.parse import unquote, urlsplit, urlunsplit

    parts = urlsplit(url.strip().replace("webcal://", "https://", 1))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError(
            "its address is not one: it must begin with https://", "techlead source add names another"
        )
    netloc = parts.netloc.rpartition("@")[2]
    request = urllib.request.Request(urlunsplit(parts._replace(netloc=netloc, fragment="")))
    request.add_header("User-Agent", "techlead-tui")
    request.add_header("Accept", "text/calendar, */*;q=0.5")
    request.add_header("Accept-Encoding", "gzip")
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_unredirected_header(
            "Authorization", "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        )
    if known.get("etag"):
        request.add_header("If-None-Match", str(known["etag"]))
    if known.get("last_modified"):
        request.add_header("If-Modified-Since", str(known["last_modified"]))
    opener = urllib.request.build_opener(_redirects(netloc, parts.scheme))
    try:
        with opener.open(request, timeout=STILL) as response:
            data = _body(response, ends, host_of(url))
            more = {
                "etag": response.headers.get("ETag"),
                "last_modified": response.headers.get("Last-Modified"),
            }
            return data, more
    except HTTPError as wrong:
        wrong.close()
        if wrong.code == 304:
            return None
        raise


def _body(response: Any, ends: float, host: str) -> bytes:
    packed = str(response.headers.get("Content-Encoding", "")).lower() in ("gzip", "x-gzip")
    unpack = zlib.decompressobj(31) if packed else None
    out = bytearray()
    while chunk := response.read1(CHUNK):
        if time.monotonic() > ends:
            raise SourceError(f"{host} did not answer within {SECONDS:.0f} seconds")
        out += chunk if unpack is None else unpack.decompress(chunk, LARGEST + 1 - len(out))
        if len(out) > LARGEST or (unpack is not None and unpack.unconsumed_tail):
            raise SourceError(f"{host} sent more than {LARGEST // 1_000_000} MB")
    return bytes(out)


def _redirects(netloc: str, scheme: str) -> Any:
    """Return a handler that follows redirects on the same host alone, and never away from https."""
    import urllib.request
    from urllib.parse import urlsplit

    class Redirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
            there = urlsplit(newurl)
            same = there.netloc.rpartition("@")[2].lower() == netloc.lower()
            up = (
                scheme == "http"
                and there.scheme == "https"
                and there.hostname == urlsplit(f"//{netloc}").hostname
            )
            if not ((same and there.scheme == scheme) or up):
                fp.close()
                raise SourceError(
                    f"{scheme}://{netloc}/… redirects to {host_of(newurl)}, which is not followed",
                    "copy the address from your calendar's settings again",
                )
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    return Redirects()


def _said(wrong: Exception, host: str) -> str:
    """Return what went wrong with a server, without its address."""
    from http.client import HTTPException
    from ssl import SSLError
    from urllib.error import HTTPError, URLError

    if isinstance(wrong, HTTPError):
        if wrong.code in (301, 302, 303, 307, 308):
            return f"{host} redirects in circles, or to what is no web address, and is not followed"
        hints = {401: "it asks for a password", 403: "it denies access", 404: "there is no such calendar"}
        return f"{host} answered {wrong.code}" + (f": {hints[wrong.code]}" if wrong.code in hints else "")
    reason = wrong.reason if isinstance(wrong, URLError) else wrong
    if isinstance(reason, SSLError):
        return f"the certificate of {host} is not valid"
    if isinstance(reason, TimeoutError):
        return f"{host} did not answer within {STILL:.0f} seconds"
    if isinstance(reason, zlib.error | HTTPException | EOFError | ValueError):
        return f"the answer of {host} cannot be read"
    if isinstance(reason, OSError):
        return f"{host} cannot be reached: {(reason.strerror or 'no answer').lower()}"
    return f"{host} cannot be reached"
