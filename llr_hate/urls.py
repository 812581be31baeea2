"""The doors of the house, one line a room."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from llr_hate.health import health
from llr_hate.home import today

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reporting.urls")),
    path("staff/", include(([path("", today, name="today")], "home"))),
    path("staff/", include("llr_hate.trail.urls")),
    path("staff/", include("partners.urls")),
    path("staff/partnership/", include("partners.urls_partnership")),
    path("staff/", include("partners.urls_own")),
    path("staff/", include("reporting.urls_staff")),
    path("staff/practice/", include("reporting.urls_practice")),
    path("staff/told/", include("casework.urls_told")),
    path("staff/", include("casework.urls")),
    path("staff/", include("reviews.urls")),
    path("staff/", include("rights.urls")),
    path("staff/", include("actionplans.urls")),
    path("staff/", include("centres.urls")),
    path("", include("partners.urls_open")),
    path("", include("casework.urls_open")),
    path("centres/", include("centres.urls_open")),
    path("tell/", include("centres.urls_telling")),
    path("plans/", include("actionplans.urls_open")),
    path("accounts/", include("partners.urls_accounts")),
    path("api/v1/", include("api.urls")),
    path("health/", health, name="health"),
]

if settings.IS_DEMO:
    urlpatterns.append(path("demo/", include("llr_hate.demo.urls")))

handler400 = "govuk.handlers.bad_request"
handler403 = "govuk.handlers.missing"  # what may not be seen looks like what is not there
handler404 = "govuk.handlers.missing"
handler500 = "govuk.handlers.server_error"
