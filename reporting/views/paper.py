"""The form on paper, for whoever would rather write by hand or be helped at a centre."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from reporting.paper import ON_PAPER, paper_pdf

ENGLISH = "en-gb"


@login_not_required
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The form as a PDF in the chosen language, or in English where our letters on paper have none for it yet."""
    language = get_language() or ENGLISH
    language = language if language.partition("-")[0] in ON_PAPER else ENGLISH
    with override(language):
        pdf = paper_pdf(timezone.localdate(), language)
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="form.pdf"'}
    )
