"""Django's own backend, which knows without asking whether a kept connection still stands."""

from select import POLLIN, poll
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL


class DatabaseWrapper(PostgreSQL):
    """A server that restarts, and one that is lost, ends its connections, and the end of one can be read."""

    # From typeshed's view the connection of a wrapper is anything.
    connection: Any

    def is_usable(self) -> bool:
        """Whether the connection of an earlier request can be used.

        Nothing is sent by a server that was asked nothing: what can be read is a goodbye. Whoever finds
        something asks aloud, as Django does before each request, which makes everybody wait for the answer.
        """
        return not self._can_be_read() or super().is_usable()

    def _can_be_read(self) -> bool:
        if self.connection.closed:
            return True
        listening = poll()
        # What is broken is told whether it was asked for or not.
        listening.register(self.connection.fileno(), POLLIN)
        return bool(listening.poll(0))
