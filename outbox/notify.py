"""GOV.UK Notify, which sends texts and letters for public bodies.

Its templates hold no words of their own, so that all words are the portal's (docs/DEPLOY.md): a text's is
`((text))`; a letter's has `((heading))` and `((text))`.
"""

import re

from django.conf import settings
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

SECONDS = 10
BAD_REQUEST = 400
FEWEST_LINES, MOST_LINES = 3, 7
# What Notify says of its own states; anything else is still on its way.
ARRIVED = {"delivered", "received"}
FAILED = {
    "permanent-failure",
    "temporary-failure",
    "technical-failure",
    "validation-failed",
    "cancelled",
}


class NotAnAddress(Exception):
    """Notify says that this is no number or address to which it can send."""


def has_template(channel: str) -> bool:
    """Whether it is set up for texts, or for letters."""
    return bool(settings.NOTIFY["api_key"] and settings.NOTIFY[channel])


def send(channel: str, reference: str, to: str, heading: str, text: str) -> None:
    """Hands a text or a letter over once: what Notify has under this reference already is not sent again."""
    client = _client()
    if _known(client, reference):
        return
    template = settings.NOTIFY[channel]
    try:
        if channel == "text":
            client.send_sms_notification(to, template, {"text": text}, reference)
        else:
            said = {"heading": heading, "text": text, **address_lines(to)}
            client.send_letter_notification(template, said, reference)
    except HTTPError as error:
        if error.status_code == BAD_REQUEST and _is_about_the_address(error):
            raise NotAnAddress("GOV.UK Notify can't send to this number or address") from None
        # Its words may quote what was sent, and must not come into a log.
        raise ConnectionError(f"GOV.UK Notify answered {error.status_code}") from None


def fate(reference: str) -> str:
    """'arrived', 'failed' or 'on its way'."""
    found = _known(_client(), reference)
    status = found[0]["status"] if found else ""
    if status in ARRIVED:
        return "arrived"
    return "failed" if status in FAILED else "on its way"


def address_lines(address: str) -> dict[str, str]:
    """Notify's lines of an address, from lines or from parts between commas; the last is the postcode.

    Raises NotAnAddress when there are too few or too many.
    """
    lines = [line.strip(" ,") for line in re.split(r"[\n\r]+", address) if line.strip(" ,")]
    if len(lines) < FEWEST_LINES:
        lines = [part.strip() for part in re.split(r"[\n\r,]+", address) if part.strip()]
    if not FEWEST_LINES <= len(lines) <= MOST_LINES:
        raise NotAnAddress("an address for a letter has three to seven lines, and ends in a postcode")
    return {f"address_line_{number}": line for number, line in enumerate(lines, start=1)}


def _known(client: NotificationsAPIClient, reference: str) -> list[dict[str, str]]:
    try:
        return client.get_all_notifications(reference=reference)["notifications"]
    except HTTPError as error:
        raise ConnectionError(f"GOV.UK Notify answered {error.status_code}") from None


def _is_about_the_address(error: HTTPError) -> bool:
    said = error.message if isinstance(error.message, list) else []
    return any(
        each.get("error") == "ValidationError"
        and re.search(r"phone_number|address|postcode", str(each.get("message", "")), re.IGNORECASE)
        for each in said
    )


def _client() -> NotificationsAPIClient:
    return NotificationsAPIClient(settings.NOTIFY["api_key"], settings.NOTIFY["url"], timeout=SECONDS)
