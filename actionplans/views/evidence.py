"""Files that were sent as evidence: handed out whole, to keep and not to run, once a scanner has seen them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from actionplans.evidence import open_scanned
from actionplans.models import Evidence
from files.serving import locked_in
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.SEE_PLANS)
@require_safe
def evidence_file(request: StaffRequest, evidence_id: int) -> HttpResponse:
    """One file; while it is held it looks as if it were not there."""
    evidence = get_object_or_404(Evidence, pk=evidence_id, action__plan__is_draft=False)
    found = open_scanned(evidence)
    if found is None:
        raise Http404
    file, content = found
    answer = HttpResponse(content, content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, evidence.title) or "attachment"
    locked_in(answer)
    return answer
