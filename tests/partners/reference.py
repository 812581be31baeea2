"""What tests of kept reference data share."""

from collections.abc import Iterator
from contextlib import contextmanager

from partners import edited
from partners.models.reference import refresh


@contextmanager
def another_process() -> Iterator[None]:
    """Within it this process has read what was published, as another does within fifteen seconds."""
    refresh()
    try:
        yield
    finally:
        edited.forget()
