"""Change the pure core, one place at a time, and count what no test of `tests/core/` notices.

    python -m tests.mutation [--every 1|2|5|10] [MODULE ...]

MODULE such as `lint` or `rules`, beneath core/; without one it is all of core/. Each module is changed
alone, by mutmut, in a copy of the checkout: changed code is slow, and where all of core/ is changed at once
the tests take long before the first change is tried. `--every` tries only every so many, for a sample.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORE = "techlead_tui/core"
ENDS = {1: "*", 2: "*[13579]", 5: "*[27]", 10: "*3"}  # of the number that mutmut gives a change
CAUGHT = {1, 3, 24, -24, 36, 152, 255}  # a test fails, or does not come to its end
SURVIVED, UNTESTED = 0, 33  # what mutmut calls so
FEW = {"TECHLEAD_EXAMPLES": "3"}  # random examples of a property: more find more, at the cost of each change


def modules(names: list[str]) -> list[str]:
    """Return the files to change, as paths from the root."""
    found = []
    for name in names or [""]:
        path = ROOT / CORE / name
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
        found += [str(file.relative_to(ROOT)) for file in files if file.name != "__init__.py"]
    return found


def copy(folder: Path) -> None:
    """Copy what git knows of the checkout, as it lies there now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def try_changes(folder: Path, module: str, every: int) -> tuple[Counter[str], list[str]]:
    """Return how the changes of a module ended, and those that no test notices."""
    shutil.rmtree(folder / "mutants", ignore_errors=True)
    text = (ROOT / "pyproject.toml").read_text()
    (folder / "pyproject.toml").write_text(
        f'{text}\nonly_mutate = ["{module}"]\n'
    )  # [tool.mutmut] is the last
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    wanted = module.removesuffix(".py").replace("/", ".") + "." + ENDS[every]
    call = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", wanted]
    done = subprocess.run(call, cwd=folder, env=bare | FEW, capture_output=True, text=True)
    try:
        found = json.loads((folder / "mutants" / f"{module}.meta").read_text())["exit_code_by_key"]
    except OSError:
        found = {}
    tried = {name: code for name, code in found.items() if code is not None}
    if found and not tried and done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    ends: Counter[str] = Counter()
    for code in tried.values():
        ends["caught" if code in CAUGHT else "untested" if code == UNTESTED else "survived"] += 1
    left = sorted(name for name, code in tried.items() if code in (SURVIVED, UNTESTED))
    return ends, [shown(folder, name) for name in left]


def shown(folder: Path, name: str) -> str:
    """Return the name of a change and its lines."""
    call = [sys.executable, "-m", "mutmut", "show", name]
    lines = subprocess.run(call, cwd=folder, capture_output=True, text=True).stdout.splitlines()
    changed = [line for line in lines if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]
    return "\n        ".join([name, *changed])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--every", type=int, choices=ENDS, default=1)
    asked.add_argument("modules", nargs="*", metavar="MODULE")
    wanted = asked.parse_args()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        copy(Path(name))
        for module in modules(wanted.modules):
            ends, left = try_changes(Path(name), module, wanted.every)
            total += ends
            print(f"{score(ends)}  {module}", *left, sep="\n    ", flush=True)
    print(f"{score(total)}  in all: {dict(total)}")


def score(ends: Counter[str]) -> str:
    """Return the share that is caught, of how many."""
    return f"{100 * ends['caught'] / max(1, ends.total()):5.1f} % of {ends.total():4d}"


if __name__ == "__main__":
    main()
