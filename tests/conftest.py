"""Set the present that tests live in, and every process that they start: one moment, one zone, one locale.

TECHLEAD_TEST_NOW and TECHLEAD_TEST_ZONE choose another moment and zone for the whole run, TECHLEAD_EXAMPLES
how many random examples a property is tried with.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import time
import tomllib
from collections.abc import Generator
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOW = datetime.fromisoformat(os.environ.get("TECHLEAD_TEST_NOW", "2026-11-24T11:37"))
EXAMPLES = int(os.environ.get("TECHLEAD_EXAMPLES", "8"))  # a property; .ci/run tries 100
PRESENT = {
    "TECHLEAD_NOW": NOW.isoformat(),
    "TZ": os.environ.get("TECHLEAD_TEST_ZONE", "UTC"),
    "LC_ALL": "C.UTF-8",
}
_NEEDED = ("PATH", "SYSTEMROOT", "TMPDIR")
_running: list[pytest.Item] = []
_numbers = count(1)
_loads = tomllib.loads


def environment(**more: str) -> dict[str, str]:
    """Return all variables of a process: the tests' present and code, nothing else of the machine's."""
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return kept | PRESENT | {"PYTHONPATH": str(ROOT)} | more


def pytest_configure(config: pytest.Config) -> None:
    sys.dont_write_bytecode = False  # or each run compiles all tests anew, which is a tenth of it
    gc.set_threshold(200_000, 50, 50)  # a screen has many objects; looking through all of them often is dear
    for name in ("TECHLEAD_HOME", "TECHLEAD_DATA", "TECHLEAD_CONFIG", "TECHLEAD_CACHE", "LANG", "LANGUAGE"):
        os.environ.pop(name, None)
    os.environ.update(PRESENT)
    if hasattr(time, "tzset"):
        time.tzset()
    os.fsync = lambda _: None  # no test here cuts real power, so none waits for a real disk
    tomllib.loads = lambda text: pickle.loads(_pickled(text))  # each fresh home reads the shipped files anew
    sys.addaudithook(_check_processes)
    if not config.option.numprocesses:  # else this process runs no test
        _set_examples()


def _set_examples() -> None:
    from hypothesis import HealthCheck, settings

    # how long an example takes is the machine's business, and mutmut runs each test often in one process
    unasked = [HealthCheck.too_slow, HealthCheck.differing_executors]
    settings.register_profile("busy", deadline=None, suppress_health_check=unasked, max_examples=EXAMPLES)
    settings.load_profile("busy")


@cache
def _pickled(text: str) -> bytes:
    """Return the data of TOML, to be copied."""
    return pickle.dumps(_loads(text))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Begin at the last file in every second process, so that in a fresh checkout each compiles one half."""
    report = yield
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if isinstance(collector, pytest.Directory) and worker.endswith(tuple("13579")):
        report.result.reverse()
    return report


@pytest.hookimpl(tryfirst=True)  # before those that are marked are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow all but the first size of a test's screens, and all but as many cases as `few` says.

    TECHLEAD_CASES=all leaves them as they are, to try every case by hand; `each` leaves one of each test.
    """
    items.sort(key=lambda item: item.path)  # in whichever order they were found
    if os.environ.get("TECHLEAD_CASES") == "all":
        return
    cases: dict[str, list[pytest.Item]] = {}
    sizes: dict[object, object] = {}
    for item in items:
        case = getattr(item, "callspec", None)
        name = item.nodeid.partition("[")[0]
        if case is not None and "size" in case.params:
            rest = (name, *(str(value) for key, value in case.params.items() if key != "size"))
            if sizes.setdefault(rest, case.params["size"]) != case.params["size"]:
                item.add_marker("slow")
                continue
        cases.setdefault(name, []).append(item)
    for each in cases.values():
        few = each[0].get_closest_marker("few")
        if few is not None:
            least = int(os.environ.get("TECHLEAD_CASES") == "each")
            count, most = len(each), min(max(few.args[0], least), len(each))
            kept = {number * count // most for number in range(most)}  # spread over all of them
            for number, item in enumerate(each):
                if number not in kept:
                    item.add_marker("slow")


def pytest_collection_finish() -> None:
    gc.freeze()  # what was imported stays to the end, and is not looked through there


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of the test's own; pytest's looks at those of all tests before it for a name."""
    folder = tmp_path_factory.getbasetemp() / str(next(_numbers))
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(autouse=True)
def _noted(request: pytest.FixtureRequest) -> object:
    _running.append(request.node)
    yield
    _running.pop()


def _check_processes(event: str, args: tuple[object, ...]) -> None:
    """Fail a test that is not marked and starts a process, or one that would live at another moment."""
    if event != "subprocess.Popen" or not _running:
        return
    environ = args[3]
    if _running[-1].get_closest_marker("process") is None:
        pytest.fail("a test that starts processes is to be marked `process`")
    if isinstance(environ, dict) and not PRESENT.keys() <= environ.keys():
        pytest.fail("a process takes its variables from tests.conftest.environment")
