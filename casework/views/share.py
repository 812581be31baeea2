"""Letting another organisation see a case."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from casework.forms import ShareForm
from casework.giving_sight import Terms
from casework.giving_sight import share as give
from casework.models import Case
from casework.parts import ALL_PARTS
from casework.views.one_act import one_act
from partners.doors import StaffRequest, requires
from partners.models import Organisation, User
from partners.roles import Permission


@requires(Permission.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: StaffRequest, reference: str) -> HttpResponse:
    """Shares the case, on a lawful basis."""
    return one_act(
        request,
        reference,
        act="share",
        form_class=ShareForm,
        template="share",
        do=_share,
        done="They can see this case now.",
    )


def _share(case: Case, asked: dict[str, Any], by: User, now: datetime, seen: int | None) -> None:
    organisation = Organisation.objects.get(pk=asked["organisation"])
    terms = Terms.of(ALL_PARTS, asked["lawful_basis"])
    give(case, organisation, terms, note=asked["reason"], by=by, now=now, seen=seen)
