"""Practising in the tests, as a volunteer does in a browser without scripts."""

from typing import Any

from django.test import Client

from tests.reporting.walking import (
    AMINA_AT_A_CENTRE,
    CHECK,
    DANGER,
    WHAT,
    WHERE,
    WHY,
    telling,
    url,
    walk,
)

ALL = "/staff/practice/"
AT = f"{ALL}changing_room/"
# Robin of the story “The changing room”, told to somebody who did not listen for the reason.
ROBIN = telling(
    AMINA_AT_A_CENTRE,
    **{
        WHAT: {"Q06": ["refused_service"], "Q07": "This is not for people like you, she said."},
        WHY: {"Q08": ["other"], "Q08a": ["sex_or_gender"]},
        WHERE: {"Q14": "charnwood", "Q13": "shop"},
    },
)


def practised(client: Client, at: str = AT) -> Any:
    """Walks to the end of a practice; gives the page that says what was found."""
    client.post(url(DANGER, at=at), {"Q01": "no"})
    assert walk(client, ROBIN, at=at) == url(CHECK, at=at)
    return client.post(url(CHECK, at=at), follow=True)
