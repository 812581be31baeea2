"""Services for a test run, wherever it was started from: what is there is used, what is missing is started."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from llr_hate.up.postgres import APP_KEY
from llr_hate.up.running import already_running, throwaway_services


@contextlib.contextmanager
def environment_for_tests() -> Iterator[None]:
    """The process's environment names live services for the block; workers of the run inherit it.

    An exported DATABASE_URL wins, then the services of a portal that runs in the data folder, then throw-away ones.
    """
    with contextlib.ExitStack() as stack:
        here = Path(os.environ.get("LLR_DATA_DIR") or ".data")
        if not os.environ.get(APP_KEY) and not already_running(here):
            os.environ.update(stack.enter_context(throwaway_services()))
        os.environ["LLR_MODE"] = "test"
        yield
