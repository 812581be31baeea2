"""A data folder that another system user can pass through, as the one in a checkout usually is."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="llr-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "data"
