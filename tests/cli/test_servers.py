"""A server on this machine, vdirsyncer and khal, from PyPI: in goes what it has, and out what is planned."""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.calendars.files import ME, calendar, event
from tests.cli.conftest import Techlead
from tests.conftest import environment

pytestmark = [pytest.mark.slow, pytest.mark.process]
TOOLS = {"radicale": "3.9.0", "vdirsyncer": "0.21.0", "khal": "0.14.1"}
OTHERS = (
    "ORGANIZER;CN=Ana:mailto:ana@example.org",
    f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{ME}",
)
KHAL = """
[calendars]
[[focus]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a folder for each tool, downloaded now; skip without a network."""
    folder = tmp_path_factory.mktemp("tools")
    for name, version in TOOLS.items():
        call = [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", str(folder / name)]
        done = subprocess.run(
            [*call, f"{name}=={version}"], env=environment(HOME=str(folder)), capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip(f"{name} cannot be downloaded")
    return folder


class Server:
    """Radicale on loopback, with calendars of one user, and vdirsyncer beside it."""

    def __init__(self, tools: Path, home: Path) -> None:
        self.tools, self.home = tools, home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.process: subprocess.Popen[bytes] | None = None
        config = home / ".config" / "vdirsyncer"
        config.mkdir(parents=True)
        page = Path(__file__).parents[2] / "docs" / "how-to" / "read-calendars.md"
        shown = page.read_text(encoding="utf-8").partition("```\n[general]")[2].partition("```")[0]
        shown = shown.replace('["command", "pass", "show", "calendar/fastmail"]', '["command", "echo", "x"]')
        assert "https://caldav.fastmail.com/" in shown
        (config / "config").write_text("[general]" + shown.replace("https://caldav.fastmail.com/", self.url))

    def start(self) -> None:
        args = ("--server-hosts", f"127.0.0.1:{self.port}", "--auth-type", "none")
        store = ("--storage-filesystem-folder", str(self.home / "server"))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "radicale", *args, *store],
            env=self.environ("radicale"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail("the server does not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def environ(self, tool: str) -> dict[str, str]:
        return environment(HOME=str(self.home), PYTHONPATH=str(self.tools / tool), no_proxy="*")

    def call(self, method: str, path: str, data: bytes = b"") -> bytes:
        request = urllib.request.Request(f"{self.url}ada%40example.org/{path}", data, method=method)
        request.add_header("Authorization", "Basic " + base64.b64encode(b"ada@example.org:x").decode())
        request.add_header("Content-Type", "text/calendar")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=20) as answer:
            found: bytes = answer.read()
        return found

    def vdirsyncer(self, word: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "vdirsyncer", word],
            env=self.environ("vdirsyncer"),
            input=b"y\n" * 9,
            capture_output=True,
            check=False,
        ).returncode

    def khal(self, folder: Path) -> list[str]:
        config = self.home / "khal.conf"
        config.write_text(KHAL.format(folder=folder))
        code = "import sys; from khal.cli import main_khal; sys.exit(main_khal())"
        words = (
            "-c",
            str(config),
            "list",
            "--format",
            "{start-date} {start-time} {title}",
            "2026-11-24",
            "60d",
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            env=self.environ("khal"),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()


@pytest.fixture
def server(tools: Path, tmp_path: Path) -> Iterator[Server]:
    made = Server(tools, tmp_path)
    made.start()
    for name in ("work", "focus"):
        made.call("MKCALENDAR", f"{name}/")
    yield made
    made.stop()


def meeting(start: str = "20261126T100000Z") -> bytes:
    return calendar(event(*OTHERS, uid="budget", start=f"DTSTART:{start}", title="Budget sync"))


def met(techlead: Techlead) -> list[tuple[str, str]]:
    blocks = techlead("week", "--json").json["blocks"]
    return [(block["summary"], block["start"][:16]) for block in blocks if block["source"] == "calendar"]


def test_a_server_is_read_and_published_to_and_may_be_unplugged(
    techlead: Techlead, server: Server, tmp_path: Path
) -> None:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'emails = ["{ME}"]\n')
    server.call("PUT", "work/budget.ics", meeting())
    assert (server.vdirsyncer("discover"), server.vdirsyncer("sync")) == (0, 0)
    local = tmp_path / "calendars"
    assert techlead("source", "add", str(local / "work")).code == 0
    assert met(techlead) == [("Budget sync", "2026-11-26T10:00")]
    (request,) = techlead("triage", "--json").json["requests"]
    assert (request["summary"], request["focus_cost_minutes"] > 0) == ("Budget sync", True)

    assert techlead("source", "publish", str(local / "focus"), "--title", "Focus time").code == 0
    made = techlead("sync", "--json").json["sync"]["published"]
    assert server.vdirsyncer("sync") == 0
    there = [
        event
        for event in icalendar.Calendar.from_ical(server.call("GET", "focus/")).walk("VEVENT")
        if event["SUMMARY"] == "Focus time"
    ]
    assert len(there) == made["events"] > 80
    listed = [line for line in server.khal(local / "focus") if line.endswith("Focus time")]
    assert sorted(listed) == sorted(f"{one['DTSTART'].dt:%Y-%m-%d %H:%M} Focus time" for one in there)

    server.call("PUT", "work/budget.ics", meeting("20261126T160000Z"))
    assert server.vdirsyncer("sync") == 0
    (news,) = techlead("sync", "--json").json["sync"]["news"]
    assert (news["what"], news["focus_minutes"]) == ("moved", 180)

    before = {path: path.read_bytes() for path in local.rglob("*.ics")}
    server.stop()
    assert server.vdirsyncer("sync") != 0
    done = techlead("sync", "--json")
    assert (done.code, done.json["sync"]["removed"], done.json["sync"]["published"]["removed"]) == (0, 0, 0)
    assert met(techlead) == [("Budget sync", "2026-11-26T16:00")]
    assert {path: path.read_bytes() for path in local.rglob("*.ics")} == before
    server.start()
    assert server.vdirsyncer("sync") == 0
    assert {path: path.read_bytes() for path in local.rglob("*.ics")} == before


CHECK = """
import sys
import gi
gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib
for path in sys.argv[1:]:
    found = ICalGLib.Component.new_from_string(open(path, newline="", encoding="utf-8").read())
    good = ICalGLib.restriction_check(found)
    print(path if not good or found.count_errors() else "good")
"""


@pytest.fixture(scope="module")
def libical() -> Callable[..., list[str]]:
    """Return what checks files by libical, as Debian has it (gir1.2-ical-3.0, python3-gi); skip without."""
    python = shutil.which("python3", path=os.defpath)
    probe = "import gi; gi.require_version('ICalGLib', '3.0')"
    environ: dict[str, Any] = environment()
    del environ["PYTHONPATH"]
    if python is None or subprocess.run([python, "-c", probe], env=environ, capture_output=True).returncode:
        pytest.skip("libical is not installed")

    def check(*paths: Path) -> list[str]:
        call = [python, "-c", CHECK, *map(str, paths)]
        done = subprocess.run(call, env=environ, capture_output=True, text=True, check=True)
        return done.stdout.split()

    return check


def test_libical_accepts_all_that_is_written(
    techlead: Techlead, tmp_path: Path, libical: Callable[..., list[str]]
) -> None:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'name = "Ada Lovelace"\nemails = ["{ME}"]\n')
    (tmp_path / "exported.ics").write_bytes(techlead("export", "--ics").out.encode())
    (tmp_path / "boxes").mkdir()
    for place in ("boxes", "one.ics"):
        title = '[b]Fokus\\n, ; "zäh" 👩 ' + "lang " * 30
        assert techlead("source", "publish", str(tmp_path / place), "--title", title).code == 0
        assert techlead("sync").code == 0
    invitation = tmp_path / "invitation.ics"
    invitation.write_bytes(meeting())
    for turn in ("decline", "accept", "notes", "propose"):
        techlead("invite", str(invitation))
        more = ("--override", "x") if turn == "accept" else ()
        assert techlead("triage", "budget", turn, *more, "--draft", "drafts").code == 0
        techlead("triage", "budget", "rm")
    files = [tmp_path / "exported.ics", *(tmp_path / "boxes").iterdir(), tmp_path / "one.ics"]
    drafts = sorted((tmp_path / "drafts").glob("*.ics"))
    methods = {str(icalendar.Calendar.from_ical(path.read_bytes())["METHOD"]) for path in drafts}
    assert methods == {"REPLY", "COUNTER"}
    assert set(libical(*files, *drafts)) == {"good"}
    broken = tmp_path / "broken.ics"
    broken.write_bytes(calendar("BEGIN:VEVENT\nUID:1\nDTSTART:soon\nEND:VEVENT"))
    assert libical(broken) == [str(broken)]  # it can tell
