"""Change the pure core, one place at a time, and count what no test of `tests/core/` notices.

    python -m tests.mutation [NAME ...] [--every 1|2|5|10] [--tests PATH ...]

NAME is a module or a folder of core/, such as `lint` or `rules`; without one it is all of them. mutmut
changes them in a copy of the checkout: first those of HOT, each on its own, as changed code is slow, then all
others at once. `--every` tries every so many only, as a sample; `--tests` asks those of some paths alone,
which is quick and never flatters.
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
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORE = "techlead_tui/core"
COPIED = ("techlead_tui", "themes", "tests", "docs")
ENDS = {1: "*", 2: "*[13579]", 5: "*[27]", 10: "*3"}  # of the number that mutmut gives a change
CAUGHT = {1, 3, 24, -24, 36, 152, 255}  # a test fails, or does not come to its end
SURVIVED, UNTESTED = 0, 33  # what mutmut calls so
HOT = (
    "calendar",
    "snapshot",
    "span",
    "week",
)  # called so often that nothing is to be changed along with them
FEW = {"TECHLEAD_EXAMPLES": "3"}  # random examples of a property: more find more, at the cost of each change


def parts(names: list[str]) -> list[list[str]]:
    """Return the files to change together, as paths from the root: those of the names."""
    root = ROOT / CORE
    named = [root / name for name in names] or sorted(root.iterdir())
    found = [sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")] for path in named]
    files = [file for part in found for file in part if file.is_file() and file.name != "__init__.py"]
    hot = [[file] for file in files if file.stem in HOT]
    rest = [file for file in files if file.stem not in HOT]
    return [[str(file.relative_to(ROOT)) for file in part] for part in (*hot, rest) if part]


def try_changes(folder: Path, files: list[str], every: int, tests: list[str]) -> Iterator[dict[str, int]]:
    """Yield for each of some files how its changes ended, by their names."""
    shutil.rmtree(folder / "mutants", ignore_errors=True)
    text = (ROOT / "pyproject.toml").read_text()
    only = f"[tool.mutmut]\nonly_mutate = {json.dumps(files)}\n#"
    text = text.replace("[tool.mutmut]", only).replace('["tests/core/"]', json.dumps(tests))
    (folder / "pyproject.toml").write_text(text)
    wanted = [file.removesuffix(".py").replace("/", ".") + "." + ENDS[every] for file in files]
    call = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *wanted]
    done = subprocess.run(call, cwd=folder, env=os.environ | FEW, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    for file in files:
        meta = folder / "mutants" / f"{file}.meta"
        found = json.loads(meta.read_text())["exit_code_by_key"] if meta.is_file() else {}
        yield {name: code for name, code in found.items() if code is not None}


def ends_of(tried: Mapping[str, int]) -> Counter[str]:
    """Return how many changes were caught, survived, or were asked of no test."""
    return Counter(
        "caught" if code in CAUGHT else "untested" if code == UNTESTED else "survived"
        for code in tried.values()
    )


def left_of(folder: Path, tried: Mapping[str, int]) -> list[str]:
    """Return the lines of each change that survived, and the functions that no test calls."""
    silent = {name.rpartition("__mutmut_")[0] for name, code in tried.items() if code == UNTESTED}
    lived = sorted(name for name, code in tried.items() if code == SURVIVED)
    return [
        *(f"{name}: no test calls it" for name in sorted(silent)),
        *(shown(folder, name) for name in lived),
    ]


def shown(folder: Path, name: str) -> str:
    """Return the name of a change and its lines."""
    call = [sys.executable, "-m", "mutmut", "show", name]
    lines = subprocess.run(call, cwd=folder, capture_output=True, text=True).stdout.splitlines()
    changed = [line for line in lines if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]
    return "\n        ".join([name, *changed])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--every", type=int, choices=ENDS, default=1)
    asked.add_argument("--tests", nargs="+", default=["tests/core/"], metavar="PATH")
    asked.add_argument("names", nargs="*", metavar="NAME")
    wanted = asked.parse_args()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        for part in COPIED:
            shutil.copytree(ROOT / part, Path(name) / part)  # with the tests as they are compiled
        shutil.copy2(ROOT / "README.md", name)
        for files in parts(wanted.names):
            found = try_changes(Path(name), files, wanted.every, wanted.tests)
            for file, tried in zip(files, found, strict=True):
                ends = ends_of(tried)
                total += ends
                print(f"{score(ends)}  {file}", *left_of(Path(name), tried), sep="\n    ", flush=True)
    print(f"{score(total)}  in all: {dict(total)}")


def score(ends: Counter[str]) -> str:
    """Return the share that is caught, of how many."""
    return f"{100 * ends['caught'] / max(1, ends.total()):5.1f} % of {ends.total():4d}"


if __name__ == "__main__":
    main()
