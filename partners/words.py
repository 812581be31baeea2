"""The wording that administrators keep: its texts one by one, what each must go on saying, and publishing it.

A document's shape never changes here: texts are reworded, nothing is added or taken away.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from partners import edited
from partners.data import in_folder, installed
from partners.edited import flat
from partners.models import ReferenceKind, ReferenceVersion, User
from partners.models.reference import as_it_stands
from partners.wording import LINK

EMERGENCY = "emergency"
MESSAGES = "messages"
# Whoever reads a message over a shoulder must not learn what it is about, nor where to look for it.
GIVES_AWAY = re.compile(
    r"hate|crime|incident|report|police|council|victim|leicester|llr|safe|threat|witness|race|religio|faith"
    r"|disab|gender|gay|muslim|refer|code|http|www|\.uk|officer|case|told us|what happened|\d|@",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Document:
    """One document of wording: where it is shown, and what has to be known before rewording it."""

    code: str
    title: str
    lead: str
    heed: str = ""


DOCUMENTS = {
    document.code: document
    for document in (
        Document(
            "sharing",
            "Who can see a report",
            "What a person is asked about sharing, online and at a centre, and what is said around it.",
            "Each new wording gets the next version number. Choices that people made before keep the words they "
            "were shown.",
        ),
        Document(
            "status",
            "Coming back with a code",
            "What a person reads about their report when they come back, for each stage it can be at.",
        ),
        Document(
            "contacts",
            "Help and emergency contacts",
            "The numbers and ways to get help on the public pages.",
            "Emergency numbers cannot be taken out. Try every number yourself before you publish it.",
        ),
        Document(
            MESSAGES,
            "Messages that go out",
            "What an e-mail, a text or a letter says to a person when there is something new for them to read, and "
            "when they may be asked how we did.",
            "Somebody else may read it first. It names nobody and no topic, and has no number or code: words that "
            "would give it away are refused. The link of the questions comes where {link} stands.",
        ),
        Document(
            "templates",
            "Messages to begin with",
            "What officers begin from when they tell somebody what has happened. It shows on the person’s own page.",
            "A name in [square brackets] is a blank: a message with a blank left in it is not sent. Somebody else may "
            "see the person’s screen, so no message says what was done to them, or by whom.",
        ),
    )
}

# path, or its last part: (what it is called, the longest it may be, lines of its box; 1 for one line)
CALLED = {
    "question": ("Question", 200, 1),
    "question_without_name": ("Question to somebody who gives no name", 200, 1),
    "intro": ("Words under the question", 300, 2),
    "label": ("Choice", 120, 1),
    "hint": ("Words under the choice", 300, 2),
    "must_not_see.hint": ("Words under the question", 300, 2),
    "title": ("Title", 120, 1),
    "text": ("Text", 500, 3),
    "anyway.text": ("Reasons, one a line", 600, 4),
    "ending": ("Ending", 300, 2),
    "spoken": ("What the volunteer confirms", 300, 2),
    "next": ("What happens next", 500, 2),
    "name": ("Name", 80, 1),
    "number": ("Number", 40, 1),
    "how": ("What to do", 300, 2),
    "when": ("When", 300, 2),
    "told_heading": ("Heading over what we told them", 120, 1),
    "told_none": ("When we told them nothing yet", 300, 2),
    "readers_heading": ("Heading over who has read it", 120, 1),
    "readers_none": ("When nobody has read it", 300, 2),
    "private": ("Warning about the open page", 300, 2),
    "email.heading": ("Subject", 60, 1),
    "email.text": ("Words", 500, 8),
    "text.text": ("Words", 160, 3),
    "letter.heading": ("Heading", 60, 1),
    "letter.text": ("Words", 500, 8),
    "asking_email.heading": ("Subject", 60, 1),
    "asking_email.text": ("Words", 500, 8),
    "asking_text.text": ("Words", 110, 3),
    "wrong_code": ("When reference and code do not match", 300, 3),
}
SECTIONS = {
    "": "The question",
    "recipients": "Choice",
    "must_not_see": "Who must not see it",
    "anyway": "When we may have to share it anyway",
    "record": "At a reporting centre",
    "page": "Words round the status",
    "statuses": "Status",
    "contacts": "Contact",
    "email": "E-mail",
    "text": "Text message",
    "letter": "Letter",
    "asking_email": "E-mail that asks how we did",
    "asking_text": "Text message that asks how we did",
    "templates": "Message",
}
# The templates show these nowhere yet: nobody should spend thought on rewording them.
SHOWN_NOWHERE = {"page.add_heading", "page.add_text", "page.change_sharing", "page.late", "page.danger"}
MAY_BE_EMPTY = {"number"}


@dataclass(frozen=True)
class Text:
    """One text. `must_say` are words that it cannot lose; `lines` is the height of its box, 1 for a single line; with
    `tells_nothing` it must not say what it is about."""

    path: str
    section: str
    label: str
    value: str
    longest: int
    lines: int
    must_say: tuple[str, ...]
    may_be_empty: bool
    tells_nothing: bool = False

    @property
    def field(self) -> str:
        """Its name in a form."""
        return self.path.replace(".", "__")


def words_now(code: str) -> dict[str, Any]:
    """The document as it stands in the database at this moment, or in the folder where nobody edited it."""
    with as_it_stands():
        said = installed(edited.WORDING_FILES[code])
    return {"contacts": said["contacts"]} if code == "contacts" else said


def words_of_folder(code: str) -> dict[str, Any]:
    """What the folder says, whatever was edited."""
    said = in_folder(edited.WORDING_FILES[code])
    return {"contacts": said["contacts"]} if code == "contacts" else said


def texts(code: str, data: Mapping[str, Any]) -> list[Text]:
    """The texts of a document that somebody may reword, in order."""
    kept_numbers = _emergency_numbers() if code == "contacts" else {}
    # The database keeps the texts, the folder their order.
    order = {path: place for place, (path, _) in enumerate(flat(_with_numbers(words_of_folder(code))))}
    found = sorted(_texts(data, kept_numbers), key=lambda text: order.get(text.path, len(order)))
    return [replace(text, tells_nothing=True) for text in found] if code == MESSAGES else found


def _texts(data: Mapping[str, Any], kept_numbers: Mapping[str, str]) -> Iterator[Text]:
    for path, value in flat(_with_numbers(data)):
        last = path.rpartition(".")[2]
        called = CALLED.get(path) or CALLED.get(last)
        if called is None or path in SHOWN_NOWHERE or path in ("version", "from"):
            continue
        label, longest, lines = called
        text = value if isinstance(value, str) else "\n".join(value)
        number = kept_numbers.get(path.split(".")[1], "") if "." in path else ""
        must_say = (number,) if number and last in ("number", "how") and number in text else ()
        must_say = (LINK,) if LINK in text else must_say
        # A telephone dials this field: an emergency number stands in it alone.
        longest = len(text) if must_say and last == "number" else longest
        section = _section(path, data)
        yield Text(
            path, section, label, text, longest, lines, must_say, last in MAY_BE_EMPTY and not must_say
        )


def _with_numbers(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A contact without a number has one to fill in."""
    if "contacts" not in data:
        return data
    order = ("code", "kind", "name", "number", "how", "when")
    return {"contacts": [{name: each.get(name, "") for name in order} for each in data["contacts"]]}


def _emergency_numbers() -> dict[str, str]:
    """The emergency numbers that the folder knows, by contact: they stay whatever is edited."""
    contacts = words_of_folder("contacts")["contacts"]
    return {
        each["code"]: each["number"] for each in contacts if each["kind"] == EMERGENCY and each.get("number")
    }


def _section(path: str, data: Mapping[str, Any]) -> str:
    table, _, rest = path.rpartition(".")[0].partition(".")
    title = SECTIONS.get(table, table)
    if not rest:
        return title
    entry = next(each for each in data[table] if each["code"] == rest)
    return f"{title}: {entry.get('label') or entry.get('title') or entry.get('name')}"


def reworded(data: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """A copy of the document with other words at some paths."""
    copy = deepcopy(dict(data))
    for path, value in values.items():
        *way, last = path.split(".")
        place: Any = copy
        for step in way:
            place = _inside(place, step)
        is_list = isinstance(place.get(last), list)
        place[last] = [line.strip() for line in value.splitlines() if line.strip()] if is_list else value
        if last == "number" and not value:
            del place[last]
    return copy


def _inside(place: Any, step: str) -> Any:
    return place[step] if isinstance(place, dict) else next(each for each in place if each["code"] == step)


@transaction.atomic
def publish_words(
    code: str, data: Mapping[str, Any], *, seen: int, note: str, by: User, now: datetime
) -> ReferenceVersion:
    """Publishes a document; it gets a version number of its own that no wording before it had, because a choice
    about sharing is kept with the number. Raises ChangedMeanwhile."""
    before = words_now(code)
    numbered = dict(data)
    if "version" in before:
        numbered["version"] = _highest_number(code) + 1
    if "from" in before:
        numbered["from"] = timezone.localdate(now)
    return ReferenceVersion.publish(
        ReferenceKind.WORDING, code, numbered, before=before, seen=seen, by=by, now=now, note=note
    )


def _highest_number(code: str) -> int:
    published = ReferenceVersion.objects.filter(kind=ReferenceKind.WORDING, code=code)
    numbers = [data["version"] for data in published.values_list("data", flat=True)]
    return max([words_of_folder(code)["version"], *numbers])


def labels_of(code: str, data: Mapping[str, Any]) -> dict[str, str]:
    """What each text is called in the history: “Choice: My council…, words under the choice”."""
    return {
        text.path: f"{text.section}, {text.label[0].lower()}{text.label[1:]}" for text in texts(code, data)
    }


def longest_sentence(text: str) -> int:
    """Words in the longest sentence: a short one is what helps most."""
    return max((len(sentence.split()) for sentence in re.split(r"[.!?:\n]", text)), default=0)
