"""“My updates” as a browser reads it and fills it in."""

import re
from html import unescape

from actionplans.models import Action, ProgressUpdate

PAGE = "/staff/plans/updates/"
FIELD = re.compile(
    r'<input[^>]*?name="(?P<input>a-[0-9]+-[a-z_0-9-]+|sending)"[^>]*>'
    r'|<textarea[^>]*?name="(?P<area>[^"]+)"[^>]*>(?P<words>.*?)</textarea>',
    re.S,
)


def filled_in(text: str) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    sent: dict[str, str] = {}
    for match in FIELD.finditer(text):
        if match["area"]:
            sent[match["area"]] = unescape(match["words"].removeprefix("\n"))
            continue
        tag = match[0]
        value = re.search(r'value="([^"]*)"', tag)
        chosen = not re.search(r'type="(radio|checkbox)"', tag) or " checked" in tag
        if chosen:
            sent[match["input"]] = unescape(value[1]) if value else ""
    return sent


def of(ref: str, name: str) -> str:
    return f"a-{Action.objects.get(ref=ref).pk}-{name}"


def told() -> int:
    return ProgressUpdate.objects.filter(by__isnull=False).count()
