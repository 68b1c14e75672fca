"""Keep the files of a store private, as the program does."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def private_files() -> Iterator[None]:
    """Make what a test puts into a data folder as private as what the store puts there."""
    before = os.umask(0o077)
    yield
    os.umask(before)
