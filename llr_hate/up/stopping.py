"""Being asked to stop, at a moment when stopping leaves nothing behind."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from llr_hate.up.problem import Stopped

REQUESTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequests:
    """Turns Ctrl-C and TERM into Stopped: at once, or as soon as nothing is held."""

    def __init__(self) -> None:
        self.holding = 0
        self.asked = False

    def listen(self) -> None:
        """Take the signals over; one that was ignored from outside (nohup) stays ignored, except Ctrl-C and TERM."""
        for number in REQUESTS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self.ask)

    def ask(self, number: int, frame: FrameType | None) -> None:
        """A second request changes nothing: the first is already stopping everything."""
        for each in REQUESTS:
            signal.signal(each, signal.SIG_IGN)
        if not self.holding:
            raise Stopped
        self.asked = True

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Let the block end before a request takes effect, so that no process is started and then forgotten."""
        self.holding += 1
        try:
            yield
        finally:
            self.holding -= 1
            if self.asked and not self.holding:
                self.asked = False
                raise Stopped


STOP = StopRequests()
