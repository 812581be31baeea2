"""Pages for when something is missing or broken: the `handler400`, `403`, `404` and `500` of the doors."""

import logging
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language

BARE = (
    "<!DOCTYPE html><html lang='en-gb'><meta charset='utf-8'><title>Something went wrong</title>"
    "<h1>Sorry, something went wrong here</h1><p>{saved}</p>"
    "<p>In danger now? Call 999. Not an emergency? Call the police on 101.</p></html>"
)
SAVED = {
    True: "Your report was saved. You do not need to send it again.",
    False: "Your report was not sent. Go back and try again.",
    None: "If you have not seen a reference, your report was not sent.",
}

log = logging.getLogger("llr.pages")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page; a page that may not be seen says the same."""
    is_staff = request.path.startswith("/staff/")
    return HttpResponse(_missing("404_staff.html" if is_staff else "404.html", get_language()), status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be read."""
    return _page("400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Give the phone numbers and say whether the report was saved (`request.report_saved`, set by the journey)."""
    saved = getattr(request, "report_saved", None)
    try:
        return _page("500.html", 500, saved=saved)
    except Exception:  # whatever broke the page may break its template too
        log.error("error_page_failed")
        return HttpResponse(BARE.format(saved=SAVED[saved]), status=500)


@cache  # it says the same to everybody, and guessers ask for it more often than people do
def _missing(template: str, language: str | None) -> str:
    return loader.render_to_string(template)


def _page(template: str, status: int, **context: object) -> HttpResponse:
    # Without the request: context processors ask the database, which may be what is broken.
    return HttpResponse(loader.get_template(template).render(context), status=status)
