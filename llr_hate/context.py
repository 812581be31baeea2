"""What every page is given: the world it belongs to, and the way round for this person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from partners.doors import LOOKS_AFTER_PEOPLE
from partners.roles import Permission
from partners.sign_in import has_second_factor

# One line an entry: what it is called, where it leads, what one must be allowed to do. No entry leads to an empty room.
NAVIGATION = (
    ("Today", "home:today", None),
    ("Record a report", "reporting_staff:record", Permission.RECORD_REPORT),
    ("Our centre", "centres:our_centre", Permission.RECORD_REPORT),
    ("Our reports", "reporting_staff:centre", Permission.RECORD_REPORT),
    ("Practise", "practice:stories", Permission.RECORD_REPORT),
    ("New reports", "casework:queue", Permission.SEE_QUEUE),
    ("Cases", "casework:cases", Permission.SEE_QUEUE),
    ("Referrals to us", "casework:referrals", Permission.WORK_CASES),
    ("Repeat victims", "reviews:items", (Permission.SEE_QUEUE, Permission.CHAIR_JAG)),
    ("Another look", "casework:looks_again", Permission.MANAGE_TEAM),
    ("Centres", "centres:centres", Permission.SEE_CENTRES),
    ("Scrutiny", "reviews:samples", (Permission.SCRUTINISE, Permission.RUN_MEETINGS)),
    ("Plans", "actionplans:plans", Permission.SEE_PLANS),
    ("My updates", "actionplans:updates", Permission.UPDATE_PLANS),
    ("Dashboard", "actionplans:sog_dashboard", Permission.SEE_DASHBOARD),
    ("Records", "casework:records", Permission.KEEP_RECORDS),
    ("Rights", "rights:requests", Permission.ANSWER_RIGHTS),
    ("People", "partners:people", LOOKS_AFTER_PEOPLE),
    ("Partnership", "partnership:partnership", Permission.KEEP_REFERENCE_DATA),
    ("Translations", "reporting_staff:translations", Permission.CHECK_TRANSLATIONS),
    ("Audit trail", "trail:look", Permission.SEE_AUDIT),
    ("Who may open what", "partners:access", Permission.SEE_AUDIT),
)


def world(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the invented world, which every page then says."""
    return {"demo": settings.IS_DEMO}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The service navigation of a signed-in person."""
    # A public page has no session cookie, and asking for the user would load a session.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return {}
    # Before the second step nothing behind these would open.
    if not has_second_factor(request):
        return {}
    shown = [
        (text, reverse(name))
        for text, name, permission in NAVIGATION
        if permission is None or any(map(request.user.may, _all_of(permission)))
    ]
    # The longest address that the page stands under is the one: Today is above all, Plans above My updates.
    here = max((url for _, url in shown if request.path.startswith(url)), key=len, default="")
    is_today = here == reverse(NAVIGATION[0][1]) and request.path != here
    return {
        "nav_items": [
            {"text": text, "url": url, "current": url == here and not is_today} for text, url in shown
        ]
    }


def _all_of(permission: Permission | tuple[Permission, ...]) -> tuple[Permission, ...]:
    return permission if isinstance(permission, tuple) else (permission,)
