"""One house for all proofs: its processes take longer to start than the proofs to run."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from proofs.house import House, open_house

# Nobody waits two seconds for a new key to be known, nor for a web server that believes whose network it is.
QUICK = {"LLR_KEYS_LOOK_EVERY_SECONDS": "0.5", "LLR_BEHIND_PROXY": "true"}


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """A portal of its own, with its own PostgreSQL: the tests' own must not be killed."""
    with (
        tempfile.TemporaryDirectory(prefix="llr-proof-", dir="/tmp") as place,
        open_house(Path(place) / "data", **QUICK) as opened,
    ):
        yield opened
