"""Looking for what could name a person in a few words that should name nobody.

Addresses and numbers are never right there, and are refused. What looks like a name may be a street or a group, so
whoever writes decides: they are asked once, and may send it as it is.
"""

import re

from partners.models import District
from partners.postcodes import POSTCODE

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# Seven digits or more, however they are grouped: a telephone number, an account, a date of birth.
_NUMBER = re.compile(r"\+?\d(?:[\s().\-/]?\d){6,}")
_ACCOUNT = re.compile(r"(?<![\w@])@\w{2,}")
_POSTCODE = re.compile(rf"\b{POSTCODE.pattern.replace('([0-9]', ' ?([0-9]')}\b", re.IGNORECASE)

_NAME = r"[A-Z][a-zà-öø-ÿ'’-]+"
_AFTER_A_TITLE = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Imam|Rev|Councillor|Cllr)\.?\s+({_NAME})")
_SAID_TO_BE = re.compile(rf"\b(?:called|named|name is|named as|known as)\s+({_NAME})")
_FULL_NAME = re.compile(rf"\b({_NAME})\s+({_NAME})\b")
# What two large letters together often are, and no person.
_OFTEN_LARGE = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december year class form key stage school primary secondary academy college university street road
lane avenue close drive park square court house hall centre station bus church mosque temple gurdwara library market
north south east west county city council police front party league group united kingdom great britain england english
british asian black white muslim islam christian jewish hindu sikh roma traveller travellers patriotic alternative
national nazi on in at the a an and some two three several our we they this that there last most many snapchat
instagram facebook whatsapp tiktok discord telegram nothing someone somebody pupils children boys girls tenants
residents neighbours staff teacher teachers
"""
_NO_PERSON = frozenset(_OFTEN_LARGE.split())


def refused_in(words: str) -> str:
    """What must not be sent, as one sentence for who wrote it; "" where there is nothing of the kind."""
    if _EMAIL.search(words):
        return "Please take the e-mail address out."
    if _NUMBER.search(words):
        return "Please take the long number out: it could be a telephone number or a date of birth."
    if _ACCOUNT.search(words):
        return "Please take the account name (@…) out."
    return ""


def perhaps_naming(words: str) -> list[str]:
    """What looks like a person's name or home, in the order of the text."""
    known = _NO_PERSON | {part.lower() for each in _names_of_areas() for part in each.split()}
    found: dict[int, str] = {}
    for pattern in (_AFTER_A_TITLE, _SAID_TO_BE):
        for hit in pattern.finditer(words):
            found.setdefault(hit.start(), hit[0])
    for hit in _FULL_NAME.finditer(words):
        if hit[1].lower() not in known and hit[2].lower() not in known and not _inside(hit.start(), found):
            found[hit.start()] = hit[0]
    for hit in _POSTCODE.finditer(words):
        found.setdefault(hit.start(), hit[0])
    return [found[place] for place in sorted(found)]


def _inside(place: int, found: dict[int, str]) -> bool:
    return any(start <= place < start + len(said) for start, said in found.items())


def _names_of_areas() -> list[str]:
    return list(District.objects.values_list("name", flat=True))
