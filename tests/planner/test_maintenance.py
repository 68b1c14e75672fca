"""The store is tended by a process of its own, which outlives nobody's patience and trusts no folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from techlead_tui.config.local_time import Clock
from techlead_tui.config.paths import Folders
from techlead_tui.core.session import LogSession
from techlead_tui.planner.maintenance import MODULE
from techlead_tui.planner.quick_log import QuickLog

pytestmark = pytest.mark.process
SESSION = LogSession(
    summary="fix",
    start="2026-11-24T10:00:00+00:00",
    end="2026-11-24T10:45:00+00:00",
    week="2026-W48",
    zone="UTC",
)


@pytest.mark.slow
def test_tending_folds_and_backs_up_and_ignores_the_folder_it_runs_in(tmp_path: Path) -> None:
    folders = Folders.under(str(tmp_path / "home"))
    QuickLog(folders, Clock()).log(SESSION, ["log"])
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    for name in ("zipfile.py", "tinydb.py", "techlead_tui.py"):
        (hostile / name).write_text("raise SystemExit('ran')")
    # the same as `begin`, but with a pipe that closes when the last process behind it has ended
    call = [sys.executable, "-P", "-m", MODULE, folders.data]
    done = subprocess.run(call, cwd=hostile, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(list(Path(folders.data, "backups").iterdir())) == 1
    assert Path(folders.data, "weeks", "2026-W48.json").exists()


def test_tending_nothing_makes_nothing_up(tmp_path: Path) -> None:
    call = [sys.executable, "-P", "-m", MODULE, str(tmp_path / "data")]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert done.stderr == ""
    assert not (tmp_path / "data" / "backups").exists()
