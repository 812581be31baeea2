"""The published forms of what goes to the police and comes back: they hold nobody's data, and anybody may read them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from casework.pack_contents import as_json
from casework.police_data import schemas


@login_not_required
@require_safe
def schema(request: HttpRequest, name: str, version: int) -> HttpResponse:
    """One schema, by its name and version; an address never changes its meaning."""
    found = schemas().get(name)
    if found is None or version != 1:
        raise Http404
    return HttpResponse(as_json(found), content_type="application/schema+json")
