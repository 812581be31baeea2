"""The shared cache that counts tries. When its server is away, each process counts for itself until it is back:
limits hold less tightly for a while, and no page fails."""

import contextlib
import logging
import time
from collections.abc import Iterator
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("llr.cache")

AWAY_SECONDS = 5.0
# Longer than a server on the same network needs, and short enough that a page can wait for it.
ANSWER_WITHIN_SECONDS = 0.3


class SharedOrOwnCache(RedisCache):
    """A Redis or Valkey cache with a store of this process's own behind it."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        limits = {"socket_connect_timeout": ANSWER_WITHIN_SECONDS, "socket_timeout": ANSWER_WITHIN_SECONDS}
        options = {**limits, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._own = LocMemCache("while-the-server-is-away", {})
        self._away_until = 0.0

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("incr", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("has_key", *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get_many", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete_many", *args, **kwargs)

    def clear(self) -> Any:
        self._own.clear()
        return self._ask("clear")

    def _ask(self, act: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            with self._noticing_it_is_away():
                return getattr(super(), act)(*args, **kwargs)
        return getattr(self._own, act)(*args, **kwargs)

    @contextlib.contextmanager
    def _noticing_it_is_away(self) -> Iterator[None]:
        try:
            yield
        except (RedisError, OSError) as trouble:
            self._away_until = time.monotonic() + AWAY_SECONDS
            log.warning("the cache's server is away", extra={"trouble": type(trouble).__name__})
