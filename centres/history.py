"""What happened to a centre, act by act, as its page says it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from audit.acts import words_of
from centres.editing import FIELD_NAMES
from centres.models import CentreEvent, How, Outcome, VisitKind
from centres.shown import lower_first
from centres.standing import WhySuspended
from insight.periods import in_words
from partners.models import User

WORDS = {
    "proposed": "Proposed as a reporting centre",
    "brought_in": "Brought in from a list",
    "verified": "Found as listed",
    "edited": "The listing was changed",
    "listed": "Listed for the public",
    "suspended": "Suspended",
    "lifted": "The suspension was lifted",
    "closed": "Closed for good",
    "fitness_reviewed": "The checklist was gone through",
    "champion_named": "{person} became a champion",
    "champion_stood_down": "{person} stood down as a champion",
    "champions_trained": "Champions took a course",
    "agreement_signed": "The agreement was signed",
    "visit_recorded": "A mystery visitor came",
    "visit_told": "The centre was told what a mystery visitor noticed",
}


def as_a_timeline(events: Iterable[CentreEvent]) -> list[dict[str, str]]:
    """Events for the timeline: when, title, who, body; whoever they are about is looked up once for all."""
    shown = list(events)
    people = {each.facts["person"] for each in shown if "person" in each.facts}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    return [_told(each, names) for each in shown]


def _told(event: CentreEvent, names: Mapping[int, str]) -> dict[str, str]:
    words = WORDS.get(event.act) or _in_the_trail(event.act)
    return {
        "when": date_format(timezone.localtime(event.at), "j F Y, H:i"),
        "title": words.format(person=names.get(event.facts.get("person", 0), "Somebody")),
        "who": event.by.name if event.by else "",
        "body": _more(event.act, event.facts),
    }


def _in_the_trail(act: str) -> str:
    words = words_of(f"centre.{act}")
    return words[:1].upper() + words[1:]


def _more(act: str, facts: Mapping[str, Any]) -> str:
    tell = MORE.get(act)
    try:
        return tell(facts) if tell else ""
    except (KeyError, ValueError):
        # Written by an earlier version, with other facts.
        return ""


def _verified(facts: Mapping[str, Any]) -> str:
    return f"On {_day(facts['on'])}: {How(facts['how']).label}."


def _edited(facts: Mapping[str, Any]) -> str:
    changed = [lower_first(FIELD_NAMES.get(name, name)) for name in facts["changed"]]
    return f"Changed: {', '.join(changed)}." if changed else ""


def _reviewed(facts: Mapping[str, Any]) -> str:
    outcome = Outcome(facts["outcome"])
    words = "too few for a reporting centre" if outcome == Outcome.SUSPEND else outcome.label
    return f"On {_day(facts['on'])}: {facts['score']} points, {words}."


def _trained(facts: Mapping[str, Any]) -> str:
    people = facts["people"]
    return f"{people} champion{'' if people == 1 else 's'}, on {_day(facts['on'])}."


def _signed(facts: Mapping[str, Any]) -> str:
    return f"On {_day(facts['signed_on'])}, to be reviewed by {_day(facts['review_on'])}."


def _visited(facts: Mapping[str, Any]) -> str:
    found = f"{facts['percent']}% of what the visitor looked for"
    return f"On {_day(facts['on'])}, {VisitKind(facts['kind']).label}: {found}."


def _day(text: str) -> str:
    return in_words(date.fromisoformat(text))


MORE: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "verified": _verified,
    "edited": _edited,
    "suspended": lambda facts: f"{WhySuspended(facts['reason']).label}.",
    "fitness_reviewed": _reviewed,
    "champions_trained": _trained,
    "agreement_signed": _signed,
    "visit_recorded": _visited,
    "visit_told": lambda facts: f"About the visit on {_day(facts['on'])}.",
}
