"""Somebody compares who is said to have done it on two cases, and says whether they are one. Nothing is merged."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from casework.models import Case, SameSuspect
from casework.suspects import report_of
from partners.models import User
from scope.context import worker_scope


class Verdict(models.TextChoices):
    """What somebody says of two records."""

    SAME = "same", "Yes, the same person"
    TWO = "two", "No, two people"
    TAKEN_BACK = "taken_back", "It is not known: take back what was said"


@transaction.atomic
def compare_suspects(
    case: Case, record: UUID, other_case: Case, other: UUID, *, said: Verdict, by: User, now: datetime
) -> None:
    """Keeps the newest word about two records; it can be said anew and taken back. Both timelines say that they were
    compared, and neither says with which case, nor what came of it. Raises SuspectGone."""
    first, second = sorted((case, other_case), key=lambda each: each.pk)
    for each in (first, second):
        each.begin("compare_suspects", None)
    for each, its in ((case, record), (other_case, other)):
        report_of(each, its)
    with worker_scope():
        if said == Verdict.TAKEN_BACK:
            SameSuspect.take_back(record, other)
        else:
            SameSuspect.decide(record, other, is_same=said == Verdict.SAME, by=by, now=now)
    for each, with_ in ((first, second), (second, first)):
        each.end("compare_suspects", by=by, now=now, said=said.value, case=with_.reference)
