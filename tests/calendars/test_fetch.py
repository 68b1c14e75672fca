"""Calendars are fetched from files, folders, commands and addresses, and no address is ever shown."""

from __future__ import annotations

import gzip
import http.server
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from techlead_tui import fs
from techlead_tui.calendars import fetch
from techlead_tui.calendars.fetch import SourceError
from techlead_tui.calendars.fetch import fetch as fetched
from techlead_tui.core.source import Source
from tests.calendars.files import calendar, event
from tests.conftest import environment

DATA = calendar(event())
SECRET = "s3cr3t"


def files(source: Source, known: dict[str, Any] | None = None) -> list[bytes] | None:
    found = fetched(source, known or {})
    return None if found.files is None else [data for _, data in found.files]


def test_a_file_is_read_once_until_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(DATA)
    source = Source("a", path=str(path))
    found = fetched(source, {})
    assert [data for _, data in found.files or ()] == [DATA]
    assert files(source, dict(found.state)) is None
    os.utime(path, (1, 1))
    assert files(source, dict(found.state)) == [DATA]


def test_a_folder_is_read_with_those_below_it_until_a_file_changes(tmp_path: Path) -> None:
    for name in ("b.ics", "work/a.ics", ".hidden/x.ics", "work/deep/y.ics", "work/notes.txt", "c.ics.tmp"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(DATA)
    source = Source("a", path=str(tmp_path))
    found = fetched(source, {})
    assert len(list(found.files or ())) == 2
    assert files(source, dict(found.state)) is None
    (tmp_path / "work" / "a.ics").unlink()
    assert len(files(source, dict(found.state)) or ()) == 1


def test_a_file_that_is_renamed_while_the_folder_is_read_is_passed_over(tmp_path: Path) -> None:
    for name in ("a.ics", "b.ics"):
        (tmp_path / name).write_bytes(DATA)
    found = fetched(Source("a", path=str(tmp_path)), {})
    assert found.files is not None
    (tmp_path / "b.ics").rename(tmp_path / "b.ics.tmp")
    assert [name for name, _ in found.files] == ["a.ics"]


def test_what_is_under_another_name_once_the_folder_was_read_is_read_too(tmp_path: Path) -> None:
    for name in ("a.ics", "b.ics", "c.ics"):
        (tmp_path / name).write_bytes(DATA)
    found = fetched(Source("a", path=str(tmp_path)), {})
    assert found.files is not None
    (tmp_path / "a.ics").rename(tmp_path / "z.ics")
    (tmp_path / "b.ics").rename(tmp_path / "b.ics.tmp")
    names = []
    for name, _ in found.files:
        names.append(name)
        if name == "c.ics":
            (tmp_path / "b.ics.tmp").rename(tmp_path / "b.ics")
    assert names == ["c.ics", "b.ics", "z.ics"]


def test_a_file_in_a_folder_that_cannot_be_read_comes_without_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.ics", "b.ics"):
        (tmp_path / name).write_bytes(DATA)
    read = fs.read_file

    def refused(path: str, most: int) -> bytes | None:
        if path.endswith("a.ics"):
            raise PermissionError(13, "Permission denied", path)
        return read(path, most)

    monkeypatch.setattr(fs, "read_file", refused)
    found = fetched(Source("a", path=str(tmp_path)), {})
    assert list(found.files or ()) == [("a.ics", None), ("b.ics", DATA)]


@pytest.mark.parametrize("make", ["missing", "fifo", "large"])
def test_a_place_that_cannot_be_read_is_told_at_once(
    tmp_path: Path, make: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ics"
    if make == "fifo":
        os.mkfifo(path)
    if make == "large":
        path.write_bytes(DATA)
        monkeypatch.setattr(fetch, "LARGEST", 10)
    with pytest.raises(SourceError, match=r"a\.ics") as wrong:
        files(Source("a", path=str(path)))
    assert wrong.value.exit_code == 5


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may enter every folder")
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "cal"
    folder.mkdir()
    folder.chmod(0)
    with pytest.raises(SourceError, match="permission denied"):
        files(Source("a", path=str(folder)))
    folder.chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: str) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "inner"))

    monkeypatch.setattr("os.scandir", refused)
    with pytest.raises(SourceError, match=r"permission denied .*inner"):
        files(Source("a", path=str(tmp_path)))


@pytest.mark.process
def test_a_command_prints_a_calendar_without_a_shell(tmp_path: Path) -> None:
    code = "import sys; sys.stdout.write(sys.argv[1])"
    source = Source("a", command=(sys.executable, "-c", code, "$(echo x); `y` BEGIN"))
    assert files(source) == [b"$(echo x); `y` BEGIN"]
    assert (tmp_path / "x").exists() is False


@pytest.mark.process
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import sys; sys.exit('no such calendar')", "failed with exit code 1: no such calendar"),
        ("import time; time.sleep(60)", "took longer than 0.4 seconds"),
        ("print('x' * 100_000)", "wrote more than 0.001 MB"),
    ],
)
def test_a_command_that_fails_is_told(code: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.4)
    monkeypatch.setattr(fetch, "LARGEST", 1000)
    if "sleep" not in code:
        monkeypatch.setattr(fetch, "SECONDS", 30)
    with pytest.raises(SourceError, match=said):
        files(Source("a", command=(sys.executable, "-c", code)))


@pytest.mark.process
@pytest.mark.skipif(os.name == "nt", reason="has no sh")
def test_a_command_that_leaves_another_one_behind_is_not_waited_for() -> None:
    begun = time.monotonic()
    assert files(Source("a", command=("sh", "-c", "sleep 60 & printf BEGIN"))) == [b"BEGIN"]
    assert time.monotonic() - begun < 30


@pytest.mark.process
def test_a_command_that_is_not_there_is_told() -> None:
    with pytest.raises(SourceError, match="cannot be run"):
        files(Source("a", command=("no-such-command-anywhere",)))


@pytest.mark.process
def test_what_a_command_says_about_an_address_stays_with_it() -> None:
    code = f"import sys; sys.exit('bad address https://x/{SECRET}')"
    with pytest.raises(SourceError) as wrong:
        files(Source("a", url_command=(sys.executable, "-c", code)))
    assert SECRET not in f"{wrong.value.message} {wrong.value.hint}"


@pytest.mark.process
def test_an_address_among_the_words_of_a_command_is_not_shown_either() -> None:
    code = f"import sys; sys.exit('cannot read https://x.org/{SECRET}/y')"
    source = Source("a", command=(sys.executable, "-c", code, f"https://x.org/{SECRET}"))
    with pytest.raises(SourceError, match=r"cannot read https://x\.org/…") as wrong:
        files(source)
    assert SECRET not in f"{wrong.value.message} {wrong.value.hint}"
    assert SECRET not in fetch.shown(source._replace(command=("curl", f"https://x.org/{SECRET}")))


@pytest.mark.parametrize(
    "url", [f"file:///etc/{SECRET}", f"ftp://x/{SECRET}", f"{SECRET}://", f"http:///{SECRET}"]
)
def test_an_address_of_another_sort_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(SourceError) as wrong:
        files(Source("a", url=url))
    assert SECRET not in f"{wrong.value.message} {wrong.value.hint}"


# a server on this machine

Handle = Callable[[http.server.BaseHTTPRequestHandler], None]


@contextmanager
def server(handle: Handle, context: ssl.SSLContext | None = None) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            handle(self)

        def log_message(self, *_: object) -> None:
            return

    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.daemon_threads = True
    if context is not None:
        found.socket = context.wrap_socket(found.socket, server_side=True)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{found.server_port}/{SECRET}/basic.ics"
    finally:
        found.shutdown()
        found.server_close()


def answer(one: http.server.BaseHTTPRequestHandler, data: bytes, code: int = 200, **heads: str) -> None:
    one.send_response(code)
    for name, value in heads.items():
        one.send_header(name.replace("_", "-"), value)
    one.send_header("Content-Length", str(len(data)))
    one.end_headers()
    one.wfile.write(data)


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.slow
@pytest.mark.usefixtures("direct")
def test_a_server_is_asked_only_for_what_has_changed() -> None:
    asked: list[str | None] = []

    def handle(one: http.server.BaseHTTPRequestHandler) -> None:
        asked.append(one.headers.get("If-None-Match"))
        if asked[-1] == '"1"':
            answer(one, b"", 304)
        else:
            answer(one, gzip.compress(DATA), ETag='"1"', Content_Encoding="gzip")

    with server(handle) as url:
        first = fetched(Source("a", url=url), {})
        assert [data for _, data in first.files or ()] == [DATA]
        second = fetched(Source("a", url=url), dict(first.state))
        assert second.files is None
        third = fetched(Source("a", url=url), dict(second.state))
    assert third.files is None
    assert asked == [None, '"1"', '"1"']


@pytest.mark.slow
@pytest.mark.usefixtures("direct")
def test_a_server_that_only_writes_the_present_into_events_has_changed_nothing() -> None:
    count = [0]

    def handle(one: http.server.BaseHTTPRequestHandler) -> None:
        count[0] += 1
        answer(one, DATA.replace(b"DTSTAMP:20261101", b"DTSTAMP:202611%02d" % count[0]))

    with server(handle) as url:
        first = fetched(Source("a", url=url), {})
        assert fetched(Source("a", url=url), dict(first.state)).files is None


@pytest.mark.slow
@pytest.mark.usefixtures("direct")
@pytest.mark.parametrize(
    ("handle", "said"),
    [
        (lambda one: answer(one, b"", 401), "answered 401: it asks for a password"),
        (lambda one: answer(one, b"", 500), "answered 500"),
        (
            lambda one: answer(one, b"", 302, Location="http://localhost:1/x"),
            "redirects to http://localhost/",
        ),
        (lambda one: answer(one, b"", 302, Location="file:///etc/passwd"), "no web address"),
        (
            lambda one: answer(one, gzip.compress(bytes(200_000)), Content_Encoding="gzip"),
            "sent more than 0 MB",
        ),
        (lambda one: answer(one, b"no gzip", Content_Encoding="gzip"), "cannot be read"),
        (lambda one: answer(one, DATA * 200), "sent more than 0 MB"),
        (lambda one: one.wfile.write(b"garbage\r\n\r\n"), "cannot be read"),
    ],
)
def test_a_server_that_does_not_behave_is_told_and_its_address_is_not(
    handle: Handle, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 30_000)
    with server(handle) as url, pytest.raises(SourceError, match=said) as wrong:
        files(Source("a", url=url))
    assert SECRET not in f"{wrong.value.message} {wrong.value.hint}"


@pytest.mark.slow
@pytest.mark.usefixtures("direct")
@pytest.mark.parametrize("head", [True, False])
def test_a_server_that_sends_a_byte_a_second_is_given_up(head: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def handle(one: http.server.BaseHTTPRequestHandler) -> None:
        if not head:
            one.send_response(200)
            one.end_headers()
        for _ in range(100):
            one.wfile.write(b"x")
            one.wfile.flush()
            time.sleep(0.1)

    monkeypatch.setattr(fetch, "SECONDS", 0.5)
    begun = time.monotonic()
    with server(handle) as url, pytest.raises(SourceError, match="did not answer within"):
        files(Source("a", url=url))
    assert time.monotonic() - begun < 8


@pytest.mark.slow
@pytest.mark.usefixtures("direct")
def test_a_server_that_is_not_there_and_one_without_a_certificate_are_told() -> None:
    with server(lambda one: answer(one, DATA)) as url:
        assert files(Source("a", url=url)) == [DATA]
        with pytest.raises(SourceError, match=r"certificate|cannot be reached"):
            files(Source("a", url=url.replace("http:", "https:")))
    with pytest.raises(SourceError, match="cannot be reached") as wrong:
        files(Source("a", url=url))
    assert SECRET not in f"{wrong.value.message} {wrong.value.hint}"


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.usefixtures("direct")
def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate")
    pair = tmp_path / "pair.pem"
    call = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "1"]
    subprocess.run(
        [*call, "-keyout", str(pair), "-out", f"{pair}.crt"],
        env=environment(),
        capture_output=True,
        check=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{pair}.crt", str(pair))
    with (
        server(lambda one: answer(one, DATA), context) as url,
        pytest.raises(SourceError, match=r"certificate of .* is not valid") as wrong,
    ):
        files(Source("a", url=url.replace("http:", "https:")))
    assert SECRET not in f"{wrong.value.message} {wrong.value.hint}"


@pytest.mark.slow
@pytest.mark.usefixtures("direct")
def test_a_name_and_a_password_in_an_address_are_handed_over_as_such() -> None:
    seen: list[str | None] = []

    def handle(one: http.server.BaseHTTPRequestHandler) -> None:
        seen.append(one.headers.get("Authorization"))
        answer(one, DATA)

    with server(handle) as url:
        assert files(Source("a", url=url.replace("//", "//ada:p%40w@", 1))) == [DATA]
    assert seen == ["Basic YWRhOnBAdw=="]
