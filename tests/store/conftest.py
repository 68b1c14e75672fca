"""No test here cuts real power, so none waits for a real disk."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def disk_without_waiting() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(autouse=True)
def private_files() -> Iterator[None]:
    """Make what a test puts into a data folder as private as what the store puts there."""
    before = os.umask(0o077)
    yield
    os.umask(before)
