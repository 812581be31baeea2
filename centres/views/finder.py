"""Where the public finds a place near them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from centres.finder import dialled, find, languages_of, open_places
from centres.forms_of_finder import FindForm
from partners.directory import directory
from partners.models import ReportingCentre
from reporting.views.help import numbers

# Who to call instead, by their codes in the partnership's list.
OTHER_WAYS = ("stop-hate-uk", "101", "relay-101")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def finder(request: HttpRequest) -> HttpResponse:
    """Asks where, and answers on the same page: nothing that was typed stands in an address or is kept.

    The answer may not be stored by a browser or on the way (`llr_hate.headers`), so that whoever asks again after a
    centre is hidden does not see it.
    """
    places, districts = open_places(today=timezone.localdate()), list(directory().districts.values())
    data = request.POST if request.method == "POST" else None
    form = FindForm(data, districts=districts, languages=languages_of(places))
    context: dict[str, Any] = {"form": form, "contacts": numbers(*OTHER_WAYS), "back_url": "/"}
    if form.is_valid():
        wanted = form.wanted()
        found = find(places, wanted, districts)
        context |= {
            "is_answer": True,
            "is_outside": form.is_outside,
            "area": next((each.name for each in districts if each.code == wanted.area), ""),
            "here": _as_shown(found.here),
            "elsewhere": _as_shown(found.elsewhere),
        }
    return render(request, "centres/finder/finder.html", context)


def _as_shown(centres: list[ReportingCentre]) -> list[tuple[ReportingCentre, str]]:
    """Each with the number that a telephone dials."""
    return [(each, dialled(each.phone)) for each in centres]
