"""The pages of one case: what is on each, and who is led there. The first is the case itself."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse

from casework.doors import LEAVES_OUT
from casework.models import Case
from casework.parts import ALL_PARTS, DONE, PERSON, RISK, SUSPECT
from casework.permissions import leads, parts_for
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
    # The parts of the case that stand on it. Whoever was not given them is not led there.
    needs: frozenset[str] = ALL_PARTS


CASE_PAGES = (
    CasePage("Case", "casework:case", needs=LEAVES_OUT),
    CasePage("Reports", "casework:reports"),
    CasePage("Risk", "casework:risk", needs=frozenset({RISK})),
    CasePage("Contact", "casework:contacts", needs=frozenset({PERSON})),
    CasePage("Sharing", "casework:sharing", needs=frozenset({DONE})),
    CasePage("Tasks", "casework:tasks", needs=frozenset({DONE})),
    CasePage("Police", "casework:police", needs=LEAVES_OUT),
    CasePage("Outcomes", "casework:outcomes", needs=frozenset({DONE})),
    CasePage("Who did it", "casework:suspect", Permission.SEE_SUSPECTS, needs=frozenset({SUSPECT})),
    CasePage("Conflicts", "casework:conflicts", Permission.WORK_CASES, of_the_lead=True),
    # Pages of rooms above this one, which the house knows and this room need not.
    *(CasePage(name, view) for name, view in settings.CASE_PAGES_OF_OTHER_ROOMS),
)

ANY_REFERENCE = "any-reference"


def address(view: str, reference: str) -> str:
    """Where a page of this case stands: a page of a case names twenty of them, and each is looked up once a process."""
    return _pattern(view).replace(ANY_REFERENCE, reference)


@cache
def _pattern(view: str) -> str:
    return reverse(view, args=[ANY_REFERENCE])


def pages_of(case: Case, user: User, *, here: str) -> list[dict[str, object]]:
    """The way round a case for this person, with the page they are on."""
    seen = parts_for(user, case)
    return [
        {
            "text": page.name,
            "url": address(page.view, case.reference),
            "current": page.view == here,
        }
        for page in CASE_PAGES
        if user.may(page.permission) and page.needs <= seen and (not page.of_the_lead or leads(user, case))
    ]
