"""Leaving at once: the answers go, the browser is told to forget, and another site opens."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partners.languages import COOKIE as LANGUAGE_COOKIE
from reporting import visit
from reporting.models import Draft, DraftGone
from reporting.walk import PUBLIC

ELSEWHERE = "https://www.bbc.co.uk/weather"
# For browsers that do not know Clear-Site-Data; what another site on this domain set is not ours to name.
COOKIES = (
    PUBLIC.cookie,
    visit.COOKIE,
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    LANGUAGE_COOKIE,
)


class SeeOther(HttpResponseRedirect):
    """303: whatever was asked, the next page is got anew and not sent to again."""

    status_code = 303


@csrf_exempt  # leaving must work when nothing else does; another site's page can't use it, see `_is_meant`
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Erases the draft, ends the visit and opens another site; a plain link does it too, for pages without scripts."""
    response = SeeOther(ELSEWHERE)
    if _is_meant(request):
        _erase(request)
        visit.end(request, response)
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        for name in COOKIES:
            response.delete_cookie(name)
    return response


def _is_meant(request: HttpRequest) -> bool:
    """Whether a person on one of our pages did it: not another site, and not a browser that fetches ahead."""
    from_elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site"
    fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return not from_elsewhere and not fetched_ahead and request.method != "HEAD"


def _erase(request: HttpRequest) -> None:
    try:
        Draft.objects.filter(pk=PUBLIC.draft_id(request), centre=None, code_digest=None).delete()
    except DraftGone:
        return
