"""Who is away, in the words of a list or a case."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format

from casework.models import Case
from partners.models import Absence


def away_words(*, today: date) -> dict[int, str]:
    """For everybody who is away today, by id, what stands behind their name: ', away until 3 June: Ewa stands in'."""
    away = Absence.objects.on(today).select_related("deputy")
    return {absence.user_id: _words(absence) for absence in away}


def works_on_it(case: Case, absences: Sequence[Absence]) -> str:
    """Whoever works on a case, and who stands in while they are away; of these absences of theirs there is one today
    at most."""
    if case.assigned_to is None:
        return "Nobody yet"
    absence = next(iter(absences), None)
    return f"{case.assigned_to.name}{_words(absence)}" if absence else case.assigned_to.name


def _words(absence: Absence) -> str:
    return f", away until {date_format(absence.ends_on, 'j F')}: {absence.deputy.name} stands in"
