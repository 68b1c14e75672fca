"""What only a process shows: pipes, terminals, disks, bytes, and what is imported."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.blackbox.conftest import Run
from tests.calendars.files import calendar, event
from tests.conftest import NOW

pytestmark = pytest.mark.process
DEAR = {
    "textual",
    "rich",
    "icalendar",
    "subprocess",
    "argparse",
    "dataclasses",
    "zoneinfo",
    "tomllib",
    "tinydb",
}
NEVER_QUICK = DEAR | {"json", "typing", "re", "datetime", "collections", "pathlib", "contextlib", "shutil"}


def loaded(techlead_environment: dict[str, str], *args: str) -> set[str]:
    """Modules that a call has loaded at its end, beyond those of a bare Python."""
    show = "import sys\nbare = set(sys.modules)\nfrom techlead_tui.entry import main\n"
    show += f"main({list(args)!r})\n"
    show += "print(*(set(sys.modules) - bare))"
    done = subprocess.run(
        [sys.executable, "-c", show], env=techlead_environment, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("args", "never"),
    [
        (("--version",), NEVER_QUICK | {"fcntl"}),
        (("log", "5m", "x"), NEVER_QUICK),
        (("start", "x"), NEVER_QUICK),
        (("start", "--resume"), NEVER_QUICK),
        (("stop",), NEVER_QUICK),
        (("stop", "--pause", "--json"), NEVER_QUICK),
        (("now",), NEVER_QUICK),
        (("tick",), NEVER_QUICK),
        (("week", "--json"), DEAR),
        (("week",), DEAR),
        (("today", "--json"), DEAR),
        (("sessions", "--json"), DEAR | {"datetime", "typing"}),
        (("sessions",), DEAR | {"datetime", "typing"}),
        (("check", "--json"), DEAR),
        (("add", "2031-03-05", "14-16", "x", "+code"), DEAR),
        (("lint", "--json"), DEAR),
        (("history", "--json"), DEAR),
        (("undo",), DEAR),
        (("help",), DEAR),
    ],
)
@pytest.mark.few(3)
def test_a_command_loads_what_it_needs(
    techlead: Run, environment: dict[str, str], args: tuple[str, ...], never: set[str]
) -> None:
    techlead("log", "5m", "x")
    if args[0] == "stop":
        techlead("start", "x")
    techlead("now")  # the caches are there, as on any day but the first
    assert not loaded(environment, *args) & never


def test_the_screen_loads_what_few_use_only_with_it(environment: dict[str, str]) -> None:
    show = "import sys, techlead_tui.tui.app, techlead_tui.tui.driver; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", show], env=environment, capture_output=True, text=True, check=True
    )
    found = set(done.stdout.split())
    assert {"techlead_tui.tui.screens.week.screen", "textual.widgets._input"} <= found
    few = ("core.playbook", "core.selfcheck", "planner.tick", "process", "tui.widgets.fields")
    assert not found & {
        "textual.widgets._text_area",
        "json",
        "tinydb",
        *(f"techlead_tui.{name}" for name in few),
    }


def test_a_tick_at_which_nothing_is_due_loads_nothing_dear(environment: dict[str, str]) -> None:
    config = Path(environment["TECHLEAD_HOME"]) / "config" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[[hooks]]\non = "friday"\ncommand = ["true"]\n')
    for minute, never in (("00", DEAR - {"tomllib"}), ("01", NEVER_QUICK)):  # a first look, and none after it
        assert not loaded({**environment, "TECHLEAD_NOW": f"2031-03-05T03:{minute}"}, "tick") & never


@pytest.mark.few(0)
def test_a_scan_that_finds_nothing_new_loads_nothing_dear(
    techlead: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path / "billing"], env=environment, check=True)
    assert techlead("repos", "add", str(tmp_path / "billing")).returncode == 0
    assert techlead("repos", "scan").returncode == 0
    later = {**environment, "TECHLEAD_NOW": (NOW + timedelta(minutes=1)).isoformat()}
    assert not loaded(later, "repos", "scan", "--json") & (NEVER_QUICK | {"threading"})


@pytest.mark.few(0)
def test_twelve_calendars_bring_nothing_dear_along(
    techlead: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "work.ics").write_bytes(calendar(event()))
    for number in range(12):
        added = techlead("source", "add", str(tmp_path / "work.ics"), "--name", f"c{number}")
        assert added.returncode == 0
    techlead("now")
    for call, never in (("log 5m x", NEVER_QUICK), ("now", DEAR | {"datetime"}), ("week --json", DEAR)):
        found = loaded(environment, *call.split())
        assert not found & (never | {"icalendar", "recurring_ical_events"}), call
        techlead("now")


@pytest.mark.parametrize(
    ("call", "never"),
    [
        ("week next --json", "core.decide"),
        ("week", "core.edits"),
        ("week", "core.words.when"),
        ("week", "render.palette"),
        ("week", "evidence"),
        ("check", "cli.week"),
        ("check", "core.words.commands"),
        ("delegations", "core.edits"),
        ("delegations", "core.words.items"),
        ("delegations", "core.items.question"),
        ("triage", "core.decide"),
        ("series", "core.decide"),
        ("decisions", "core.edits"),
        ("owed", "config.toml_reader"),
        ("owed", "core.words.items"),
        ("series", "config.playbook"),
        ("balance", "core.edits"),
        ("update", "hooks"),
        ("update", "core.drift"),
        ("history", "core.decide"),
        ("check", "core.decide"),
        ("themes", "core.decide"),
        ("day today", "core.decide"),
        ("add 2031-03-03 16:00-17:00 sync +cross-team", "core.fixes"),
    ],
)
@pytest.mark.few(3)
def test_what_changes_or_draws_something_is_loaded_only_where_that_is_done(
    techlead: Run, environment: dict[str, str], call: str, never: str
) -> None:
    techlead("now")
    found = loaded(environment, *call.split())
    assert "techlead_tui.core.snapshot" in found
    assert f"techlead_tui.{never}" not in found


@pytest.mark.few(0)
def test_the_list_of_done_when(techlead: Run) -> None:
    week = json.loads(techlead("week", "2026-W48", "--json").stdout)
    assert len(week["blocks"]) == 22
    refused = techlead("add", "tue", "14-15", "budget", "sync", "+status", "--json")
    assert refused.returncode == 3
    assert any(violation["fixes"] for violation in json.loads(refused.stdout)["violations"])
    words = ("add", "tue", "14-15", "budget", "sync", "+status", "--override", "CFO visit", "--json")
    assert json.loads(techlead(*words).stdout)["block"]["overridden"] is True
    assert techlead("undo").returncode == 0
    assert techlead("redo").returncode == 0
    assert len(json.loads(techlead("history", "--json").stdout)["history"]) == 3
    assert techlead("log", "45m", "pool", "fix", "-p", "spike", "--json").returncode == 0
    assert len(json.loads(techlead("sessions", "all", "--json").stdout)["sessions"]) == 1
    assert techlead("check", "--json").returncode == 0
    assert techlead("lint", "--json").returncode in (0, 1)
    assert techlead("doctor").returncode == 0
    assert techlead("demo").returncode == 0


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("wek",), 2, "week"),
        (("--verison",), 2, "--version"),
        (("week", "2026-W54"), 2, "2026-W53"),
        (("week", "soon"), 2, "soon"),
        (("week", "--jsn"), 2, "--json"),
        (("week", "this", "that"), 2, "that"),
        (("add", "wed", "25:00", "x"), 2, "25:00"),
        (("add", "wed", "16-14", "x"), 2, "before"),
        (("add", "wed", "22-2", "x"), 2, "one day"),
        (("add", "wed", "14-16", "x", "+statsu"), 2, "+status"),
        (("add", "2031-03-30", "2:30-4", "x"), 2, "does not exist"),
        (("log", "lots"), 2, "lots"),
        (("log", "45m", "-p", "spyke"), 2, "spike"),
        (("move", "nothing", "tue"), 2, "nothing"),
        (("theme", "use", "makr-week"), 2, "maker-week"),
        (("theme", "check", "/nowhere.toml"), 4, "/nowhere.toml"),
        (("completions", "tcsh"), 2, "bash"),
        (("undo",), 2, "nothing to undo"),
    ],
)
@pytest.mark.few(4)
def test_bad_words_are_named(techlead: Run, args: tuple[str, ...], code: int, says: str) -> None:
    done = techlead(*args, TZ="Europe/Berlin")
    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (code, b"")
    assert told.startswith("error: ")
    assert says in told
    assert "Traceback" not in told


@pytest.mark.few(0)
def test_a_closed_pipe_ends_quietly(environment: dict[str, str], techlead: Run) -> None:
    for args in (["week"], ["help"], ["log", "5m", "x"], []):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "techlead_tui", *args],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            timeout=60,
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")
    assert b"5 min" in techlead("sessions", "all").stdout


def test_a_full_disk_refuses(techlead: Run, home: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    (home / "data").mkdir(parents=True)
    (home / "data" / "journal.jsonl").symlink_to("/dev/full")
    done = techlead("log", "5m", "x")
    assert done.returncode == 4
    assert done.stderr.startswith(b"error: ")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_home_can_be_read(techlead: Run, home: Path) -> None:
    techlead("log", "5m", "x")
    for folder in (home / "data", home / "cache", home):
        folder.chmod(0o500)
    try:
        assert techlead("sessions", "all").returncode == 0
        assert techlead("log", "5m", "y").returncode == 4
    finally:
        for folder in (home, home / "data", home / "cache"):
            folder.chmod(0o700)


def test_an_answer_that_cannot_be_written_says_what_was_saved(
    techlead: Run, environment: dict[str, str]
) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "techlead_tui", "log", "5m", "x"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 4
    assert b"has been saved" in done.stderr
    assert b"5 min" in techlead("sessions", "all").stdout


def test_a_store_of_a_newer_version_is_left_alone(techlead: Run, home: Path) -> None:
    techlead("log", "5m", "x")
    journal = home / "data" / "journal.jsonl"
    newer = journal.read_bytes().replace(b'"format":1', b'"format":99')
    for name in ("journal.jsonl", "recent.jsonl"):
        (home / "data" / name).write_bytes(newer)
    for args in (("log", "5m", "y"), ("add", "2031-03-05", "14-16", "x", "+code")):
        done = techlead(*args)
        assert done.returncode == 4
        assert b"Traceback" not in done.stderr
    assert journal.read_bytes() == newer


def test_without_a_terminal_the_week_is_text(techlead: Run) -> None:
    done = techlead()
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"Maker week" in done.stdout


def test_bytes_that_are_no_text_are_cleaned(techlead: Run) -> None:
    assert techlead("log", "5m", b"caf\xe9").returncode == 0
    shown = json.loads(techlead("sessions", "all", "--json").stdout)
    assert shown["sessions"][0]["summary"] == "caf\ufffd"


def at_a_terminal(environment: dict[str, str], *args: str) -> bytes:
    """Return what a call writes to a terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "techlead_tui", *args],
        env=environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    out = b""
    while True:
        if not select.select([master], [], [], 30)[0]:
            process.kill()
            break
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        out += piece
    process.wait(30)
    os.close(master)
    return out


def test_at_a_terminal_words_and_commands_stay_whole(environment: dict[str, str]) -> None:
    call = ("add", "2031-03-04", "14-15", "budget", "sync", "+status")
    narrow = {**environment, "TERM": "xterm", "COLUMNS": "72"}
    assert at_a_terminal(narrow, *call).decode().splitlines() == [
        "error: refused: budget sync, Tue 4 Mar 14:00–15:00: 13:00–16:00 is",
        "       reserved for deep work; costs 3 h of focus time (deep-work)",
        "also: a “Deep” day has no room for a meeting of type “Status update”",
        "      (day-theme)",
        "also: “Status update” is on your avoid list (not-worth-it)",
        "hint: instead, best first, with the focus won or lost:",
        "  1  techlead add 2031-03-03 16:00-17:00 'budget sync' +status",
        "  2  techlead add 2031-03-05 10:30-11:00 'budget sync' +async +status",
        "  3  techlead add 2031-03-07 09:00-10:00 'budget sync' +async +status",
        "  4  techlead add 2031-03-07 14:00-15:00 'budget sync' +status",
        "hint: or keep it, and say why: --override 'REASON'",
    ]


@pytest.mark.few(0)
def test_colour_is_for_terminals_that_show_it(environment: dict[str, str]) -> None:
    assert b"\x1b[" in at_a_terminal({**environment, "TERM": "xterm-256color"}, "week")
    assert b"\x1b[" not in at_a_terminal({**environment, "TERM": "xterm-256color", "NO_COLOR": "1"}, "week")
    assert b"\x1b[" not in at_a_terminal({**environment, "TERM": "dumb"}, "week")
    assert b"Maker week" in at_a_terminal({**environment, "TERM": "dumb"})


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.few(1)
def test_a_process_lives_at_the_moment_that_is_given(techlead: Run, zone: str) -> None:
    then = {"TECHLEAD_NOW": "2031-03-05T10:00", "TZ": zone}
    logged = json.loads(techlead("log", "45m", "x", "--json", **then).stdout)["session"]
    assert (logged["start"][:16], logged["end"][:16]) == ("2031-03-05T09:15", "2031-03-05T10:00")
    assert json.loads(techlead("now", "--json", **then).stdout)["now"]["ends"][:16] == "2031-03-05T10:30"
    for call in (
        ("sessions", "--json"),
        ("sessions", "+0", "--json"),
        ("week", "--json"),
        ("check", "--json"),
    ):
        assert json.loads(techlead(*call, **then).stdout)["week"] == "2031-W10"
    planned = techlead("add", "today", "14-15", "pool", "+code", "--json", **then)
    assert json.loads(planned.stdout)["block"]["start"][:16] == "2031-03-05T14:00"
    (last, *_) = json.loads(techlead("history", "--json").stdout)["history"]
    assert last["at"][:13] == "2031-03-05T10"


@pytest.mark.parametrize("args", [("log", "5m"), ("now",), ("week",), ("sessions",), ()])
def test_a_moment_that_is_none_is_named(techlead: Run, args: tuple[str, ...], home: Path) -> None:
    done = techlead(*args, TECHLEAD_NOW="tomorrow")
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.startswith(b"error: TECHLEAD_NOW is not a moment: 'tomorrow'\nhint: ")
    assert not home.exists()
