"""No acknowledged record is lost or doubled, whatever stops the store in the middle."""

import random
import shutil
from pathlib import Path

import pytest

from techlead_tui.store.store import Store
from tests.store.harness import (
    apply,
    check,
    commit,
    cut_everywhere,
    cut_steps,
    fill_everywhere,
    kill_everywhere,
    kill_twice,
    made,
    run,
    scenario,
    state,
)

DAMAGED = ("journal.jsonl", "recent.jsonl", "open.json", "weeks/2026-W47.json")
KINDS = ("cut", "overwrite", "zeros", "empty", "longer", "block")


def test_a_kill_before_any_file_operation_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kill_everywhere(tmp_path, monkeypatch) > 50


def test_a_power_cut_after_any_file_operation_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cut_everywhere(tmp_path, monkeypatch) > 100


@pytest.mark.slow
def test_a_kill_of_the_repair_loses_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kill_twice(tmp_path, monkeypatch) > 300


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.slow
def test_a_power_cut_in_a_repair_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    steps = scenario()
    folder = tmp_path / "base" / "data"
    folder.parent.mkdir()
    run(Store(str(folder)), steps[:-1])
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[:60] + b"\xff" * 200 + data[260:])
    before = steps[-1][1]
    after = apply(before, made("open", "last"))
    work = [(Store.repair, before), (lambda store: commit(store, made("open", "last")), after)]
    assert cut_steps(tmp_path, monkeypatch, before, work) > 20


@pytest.mark.parametrize("how", ["full", "short"])
@pytest.mark.slow
def test_a_full_disk_refuses_whole_transactions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    assert fill_everywhere(tmp_path, monkeypatch, how) > 50


def damage(data: bytes, kind: str, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    if kind == "cut":
        return data[:at]
    if kind == "overwrite":
        return data[:at] + dice.randbytes(min(dice.choice((1, 4, 64)), len(data) - at)) + data[at:][64:]
    if kind == "zeros":
        return data[:at] + bytes(len(data) - at)
    if kind == "empty":
        return b""
    if kind == "longer":
        return data + dice.randbytes(dice.randrange(1, 200))
    return data[:at] + dice.randbytes(min(512, len(data) - at)) + data[at + 512 :]


def damage_rounds(tmp_path: Path, rounds: int) -> None:
    steps = scenario()
    healthy = tmp_path / "healthy"
    run(Store(str(healthy)), steps[:-1])
    commit(Store(str(healthy)), made("2026-W47", "late"))
    expected = apply(steps[-1][1], made("2026-W47", "late"))
    files = [p for p in sorted(healthy.rglob("*.json*")) if p.stat().st_size]
    dice = random.Random(7)
    for i in range(rounds):
        folder = tmp_path / "damaged"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(healthy, folder)
        target = folder / dice.choice(files).relative_to(healthy)
        data = damage(target.read_bytes(), KINDS[i % len(KINDS)], dice)
        target.write_bytes(data)
        store = Store(str(folder))
        assert state(store) == expected, (i, target)
        after = made("2026-W48", "after")
        commit(store, after)
        store.repair()
        assert state(store) == apply(expected, after), (i, target)
        assert [f for f in store.verify() if f.serious] == []


def test_a_damaged_file_is_read_from_what_else_there_is(tmp_path: Path) -> None:
    damage_rounds(tmp_path, 36)


@pytest.mark.slow
def test_many_damaged_files(tmp_path: Path) -> None:
    damage_rounds(tmp_path, 3000)


def test_a_torn_first_transaction_is_no_damage(tmp_path: Path) -> None:
    commit(Store(str(tmp_path / "whole")), made("2026-W47", "a"))
    one = (tmp_path / "whole" / "journal.jsonl").read_bytes()
    for cut in (0, 5, 40, len(one) - 1):
        for name in ("journal.jsonl", "recent.jsonl"):
            folder = tmp_path / f"{name}{cut}"
            folder.mkdir()
            (folder / name).write_bytes(one[:cut])
            check(folder, [{}, {("2026-W47", "sessions", "a"): dict(made("2026-W47", "a").after or {})}])
