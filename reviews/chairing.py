"""Whose list somebody runs: a council's chair that of its own districts, anybody else's that of all.

Where a district's own council must not see an item, because the person said so, whoever else is a chair and sees it
runs it.
"""

from django.db.models import F, Q

from partners.models import District, User


def districts_of(user: User) -> list[District]:
    """The districts whose groups a person may chair: those of their council; all, where it has none."""
    own = list(District.objects.filter(triage_organisation=user.organisation_id))
    return own or list(District.objects.all())


def chairs(user: User, district: District | None) -> bool:
    """Whether a person may chair the group of a district; None is what no district can be named for."""
    own = District.objects.filter(triage_organisation=user.organisation_id)
    return district in own if own else True


def chaired_by(user: User) -> Q:
    """Of the items that their organisation sees, those whose list the person runs."""
    is_council = District.objects.filter(triage_organisation=user.organisation_id).exists()
    if not is_council:
        return Q()
    return Q(council=user.organisation_id) | ~Q(visible_to__contains=[F("council_id")])
