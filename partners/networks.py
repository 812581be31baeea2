"""Which network asks, as a bucket to count in: no address can be read from it, and it changes every day."""

from datetime import date

from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.http import HttpRequest
from django.utils import timezone

from vault.sealing import digest


def network_of(request: HttpRequest) -> str:
    """The bucket of whoever asks; all who come without an address are one."""
    return bucket_of(get_client_ip(request) or "", today=timezone.now().date())


def bucket_of(address: str, *, today: date) -> str:
    """The bucket that tries from a network are counted in on one day.

    One line to the internet has 2^64 addresses of the newer kind (IPv6): they are one network.
    """
    return digest("link", f"network {today.isoformat()} {truncate_ip(address)}").hex()
