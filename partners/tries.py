"""Wrong passwords and wrong codes of staff: counted for account and network together, and for the account alone.

The buckets' names are keyed digests that change every day: no address and no account can be read from the cache.
A guesser on one network has five tries in five minutes. Fifty on one account in an hour, from wherever, leave each
network one an hour: a guesser on many networks gets nowhere, and the person, who comes from a network of their own and
knows the password, still comes in at once.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from partners.counting import count
from partners.networks import network_of
from partners.refusing import note_refused
from vault.sealing import digest

PASSWORD, SECOND_STEP = "password", "second step"
MOST_HERE, HERE_SECONDS = 5, 5 * 60
MOST_ON_THE_ACCOUNT, ACCOUNT_SECONDS = 50, 60 * 60


@dataclass(frozen=True)
class Tries:
    """The tries of one kind on one account from one network."""

    here: str
    here_this_hour: str
    on_the_account: str
    request: HttpRequest

    @classmethod
    def of(cls, kind: str, account: str, request: HttpRequest) -> "Tries":
        network = network_of(request)
        return cls(
            here=_bucket(kind, account, network),
            here_this_hour=_bucket(kind, account, network, "hour"),
            on_the_account=_bucket(kind, account),
            request=request,
        )

    def take(self) -> bool:
        """Counts a try before it is looked at, so that many at the same moment can't all slip through; False when
        there are none left."""
        here = count(self.here, seconds=HERE_SECONDS)
        here_this_hour = count(self.here_this_hour, seconds=ACCOUNT_SECONDS)
        everywhere = count(self.on_the_account, seconds=ACCOUNT_SECONDS)
        is_left = here <= MOST_HERE and (everywhere <= MOST_ON_THE_ACCOUNT or here_this_hour <= 1)
        if not is_left:
            note_refused(self.request)
        return is_left

    def give_back(self) -> None:
        """It was right: nothing was used up."""
        for bucket in (self.here, self.here_this_hour, self.on_the_account):
            try:
                cache.decr(bucket)
            except ValueError:  # its time ended in between
                continue

    def forget(self) -> None:
        """The person has proved themselves in another way: their own slips are forgotten here."""
        cache.delete_many([self.here, self.here_this_hour])


def _bucket(*parts: str) -> str:
    named = " ".join([timezone.now().date().isoformat(), *parts])
    return "tries." + digest("link", named).hex()
