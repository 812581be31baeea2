"""Coming back with reference and code: it begins a visit (`reporting.visit`)."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from govuk.fields import TextField
from partners import wording
from reporting.forms import KeepableLine
from reporting.models import Report
from reporting.receipt_code import PURPOSE, NotACode, ReceiptCode
from reporting.reference import as_written
from reporting.tries import has_tried_too_often, note_wrong_try
from reporting.visit import OVER, begin
from scope.context import public_scope
from vault.keys import keyring

# What no code can have as its digest: a code that is none is looked up like any other.
NO_DIGEST = bytes(32)
# In the address after Finish.
DONE = "done"


class BackForm(forms.Form):
    """Reference and code."""

    reference: TextField = KeepableLine(
        label=_("Reference"),
        help_text=_("It starts with LLR, like LLR-7KQ4-M2XD."),
        width=20,
        spellcheck=False,
        error_messages={"required": _("Enter your reference")},
    )
    code: TextField = KeepableLine(
        label=_("Code"),
        help_text=_("Your six words or your 24 digits. Capital letters and spaces do not matter."),
        spellcheck=False,
        error_messages={"required": _("Enter your code, as words or as digits")},
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """Asks for reference and code, and leads to the report's own pages."""
    if request.method != "POST":
        return _ask(request, BackForm())
    form = BackForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    if has_tried_too_often(request):
        return render(request, "429.html", {"back_url": "/"}, status=429)
    digest = _digest_of_a_report(_digests(form.cleaned_data["code"]))
    with public_scope(receipt=digest):
        reference = as_written(form.cleaned_data["reference"])
        if Report.objects.filter(receipt_code_digest=digest, reference=reference).exists():
            response = redirect("reporting:way_back")
            begin(response, digest, timezone.now())
            return response
    note_wrong_try(request)
    # The same words whatever was wrong: nobody learns which references exist.
    form.add_error("reference", wording.status_page()["wrong_code"])
    return _ask(request, form)


def _ask(request: HttpRequest, form: forms.Form) -> HttpResponse:
    said = {"is_over": OVER in request.GET, "is_done": DONE in request.GET}
    return render(request, "reporting/back.html", {"form": form, "back_url": "/", **said})


def _digests(typed: str) -> list[bytes]:
    try:
        return ReceiptCode.typed(typed).digests
    except NotACode:
        return [NO_DIGEST] * len(keyring().of(PURPOSE))


def _digest_of_a_report(digests: list[bytes]) -> bytes:
    """The one that was kept, where there is one. All of them are looked up whatever is found, so that the time it takes
    says nothing about the code; where there has only been one key there is nothing to look up."""
    newest, *older = digests
    found = newest
    for digest in older:
        with public_scope(receipt=digest):
            if Report.objects.filter(receipt_code_digest=digest).exists():
                found = digest
    return found
