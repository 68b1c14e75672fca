"""Every test that starts a process, at the moments and in the zones where clocks are awkward."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "-p", "no:cacheprovider"]
MOMENTS = {
    "Monday after midnight": ("2026-11-23T00:05", "UTC"),
    "Thursday before work": ("2026-11-26T05:00", "UTC"),
    "Friday before midnight": ("2026-11-27T23:58", "UTC"),
    "the last minute of a week": ("2026-11-29T23:59", "UTC"),
    "the end of a year": ("2026-12-31T23:50", "UTC"),
    "before an hour that comes twice": ("2026-10-25T02:58+02:00", "Europe/Berlin"),
    "before an hour that is left out": ("2027-03-14T01:58", "America/New_York"),
}


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("name", MOMENTS)
def test_processes_do_the_same_at_any_moment(name: str) -> None:
    moment, zone = MOMENTS[name]
    done = subprocess.run(
        [*PYTEST, "-m", "process and not slow and not benchmark"],
        cwd=ROOT,
        env=os.environ | {"TECHLEAD_TEST_NOW": moment, "TECHLEAD_TEST_ZONE": zone, "TECHLEAD_CASES": "each"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
