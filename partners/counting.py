"""Counting in the cache for a while: how often something was tried, asked or refused."""

from django.core.cache import cache


def count(bucket: str, *, seconds: int) -> int:
    """Counts one more in `bucket` and says how many that makes; the first opens so many seconds."""
    cache.add(bucket, 0, seconds)
    try:
        return cache.incr(bucket)
    except ValueError:  # its time ended in between
        cache.set(bucket, 1, seconds)
        return 1
