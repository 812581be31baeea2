"""The pages of one case: what is on each, and who is led there. The first is the case itself."""

from dataclasses import dataclass

from django.urls import reverse

from casework.models import Case
from casework.permissions import leads
from partners.models import User
from partners.roles import Permission


@dataclass(frozen=True)
class CasePage:
    """One page of a case: what it is called, its address by name, and what opens it."""

    name: str
    view: str
    permission: Permission = Permission.SEE_QUEUE
    # Only for the organisation that leads the case.
    of_the_lead: bool = False


CASE_PAGES = (
    CasePage("Case", "casework:case"),
    CasePage("Risk", "casework:risk"),
    CasePage("Contact", "casework:contacts"),
    CasePage("Tasks", "casework:tasks"),
    CasePage("Outcomes", "casework:outcomes"),
    CasePage("Conflicts", "casework:conflicts", Permission.WORK_CASES, of_the_lead=True),
)


def pages_of(case: Case, user: User, *, here: str) -> list[dict[str, object]]:
    """The way round a case for this person, with the page they are on."""
    return [
        {
            "text": page.name,
            "url": reverse(page.view, args=[case.reference]),
            "current": page.view == here,
        }
        for page in CASE_PAGES
        if user.may(page.permission) and (not page.of_the_lead or leads(user, case))
    ]
