"""Events in plain words: who did what, when, to what. Names are looked up for a whole page at once."""

import contextlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from audit.acts import words_of
from audit.models import Actor, AuditEvent
from audit.sealing import sealed_among
from audit.stamp import is_as_written
from audit.trail import PORTAL
from casework.models import Case
from partners.models import Organisation, User
from partners.models.session import SignedInWith
from partners.roles import ROLES
from reporting.models import Report
from scope.context import worker_scope

# Facts that are the number of somebody's account.
PEOPLE = ("person", "deputy", "asked_by", "said_by", "reader", "user")
LONGEST_LIST = 6
WAYS_IN = {code: str(words) for code, words in SignedInWith.choices}
# Facts that name an organisation or a role.
NAMING = ("organisation", "to", "with", "before", "after", "roles")


@dataclass(frozen=True)
class Line:
    """One event as the auditor reads it."""

    at: datetime
    who: str
    organisation: str
    did: str
    about: str
    facts: str
    is_sealed: bool
    is_as_written: bool


@dataclass(frozen=True)
class Names:
    """What the ids of some events stand for."""

    people: dict[int, str]
    organisations: dict[int, str]
    codes: dict[str, str]
    subjects: dict[tuple[str, str], str]


def lines(events: Sequence[AuditEvent]) -> list[Line]:
    """The events in words, each with whether a seal holds it and whether it is as it was written."""
    names, sealed = _names_in(events), sealed_among(event.pk for event in events)
    return [_line(event, names, event.pk in sealed) for event in events]


def _line(event: AuditEvent, names: Names, is_sealed: bool) -> Line:
    return Line(
        at=event.at,
        who=_who(event, names),
        organisation=names.organisations.get(event.organisation_id or 0, ""),
        did=words_of(event.act),
        about=_about(event, names),
        facts=_facts(event.facts, names),
        is_sealed=is_sealed,
        is_as_written=is_as_written(event, bytes(event.stamp)),
    )


def _who(event: AuditEvent, names: Names) -> str:
    if event.actor_kind == Actor.STAFF:
        return names.people.get(event.actor_id or 0, f"account {event.actor_id}")
    return dict(Actor.choices).get(event.actor_kind, event.actor_kind).capitalize()


def _about(event: AuditEvent, names: Names) -> str:
    if event.subject_type == PORTAL:
        return event.subject_id.replace("-", " ")
    known = names.subjects.get((event.subject_type, event.subject_id))
    return known or f"{_kind_of(event.subject_type)} {event.subject_id[:8]}"


def _kind_of(subject_type: str) -> str:
    try:
        return str(apps.get_model(subject_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return subject_type


def _facts(facts: dict[str, Any], names: Names) -> str:
    return "; ".join(f"{key.replace('_', ' ')}: {_fact(key, value, names)}" for key, value in facts.items())


def _fact(key: str, value: Any, names: Names) -> str:
    if isinstance(value, dict):
        # What an edited record was before and after, by the names of its fields.
        value = [f"{name.replace('_', ' ')} {_fact(key, each, names)}" for name, each in value.items()]
    if isinstance(value, list):
        if not value:
            return "none"
        shown = ", ".join(_fact(key, each, names) for each in value[:LONGEST_LIST])
        return shown + (f" and {len(value) - LONGEST_LIST} more" if len(value) > LONGEST_LIST else "")
    if key in PEOPLE and value in names.people:
        return names.people[value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key in NAMING and value in names.codes:
        return names.codes[value]
    return WAYS_IN.get(value, str(value)) if key == "signed_in_with" else str(value).replace("_", " ")


def _names_in(events: Sequence[AuditEvent]) -> Names:
    subjects: dict[str, set[str]] = defaultdict(set)
    for event in events:
        subjects[event.subject_type].add(event.subject_id)
    people: set[Any] = {event.actor_id for event in events} | set(_keys_of(User, subjects))
    people |= {
        each for event in events for key, each in event.facts.items() if key in PEOPLE and _is_id(each)
    }
    called = dict(User.objects.filter(pk__in=people - {None}).values_list("pk", "name"))
    # A few dozen, and the facts name them by code: all at once.
    organisations = list(Organisation.objects.values_list("pk", "code", "name"))
    return Names(
        called,
        {pk: name for pk, _, name in organisations},
        {code: name for _, code, name in organisations} | {code: role.name for code, role in ROLES.items()},
        {("partners.user", str(pk)): name for pk, name in called.items()} | _references(subjects),
    )


def _references(subjects: dict[str, set[str]]) -> dict[tuple[str, str], str]:
    # A reference says nothing of what is in a report; the auditor's own organisation may see none of them.
    found: dict[tuple[str, str], str] = {}
    with worker_scope():
        for model in (Report, Case):
            kind = model._meta.label_lower
            known = model._default_manager.filter(pk__in=_keys_of(model, subjects)).values_list(
                "pk", "reference"
            )
            found |= {(kind, str(pk)): f"{model._meta.verbose_name} {reference}" for pk, reference in known}
    return found


def _keys_of(model: type[models.Model], subjects: dict[str, set[str]]) -> Iterator[Any]:
    """The ids of one kind that can be ids: a row that somebody tampered with must still be shown."""
    for text in subjects.get(model._meta.label_lower, ()):
        with contextlib.suppress(ValidationError):
            yield model._meta.pk.to_python(text)


def _is_id(fact: Any) -> bool:
    return isinstance(fact, int) and not isinstance(fact, bool)
