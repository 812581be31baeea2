"""Coming back with reference and code: how it stands, what was said, and who has read it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from govuk.fields import TextField
from partners import wording
from reporting.forms import KeepableLine, keepable
from reporting.models import Report
from reporting.receipt_code import PURPOSE, NotACode, ReceiptCode
from reporting.reference import as_written
from reporting.strands import PublicStatus
from reporting.tries import has_tried_too_often, note_wrong_try
from reporting.withdrawing import take_back
from scope.context import public_scope
from vault.keys import keyring

# What no code can have as its digest: a code that is none is looked up like any other.
NO_DIGEST = bytes(32)
TAKE_BACK = "take_back"


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
    """Asks for reference and code, and shows the report's page in the same answer: nothing of it is kept here."""
    if request.method != "POST":
        return _ask(request, BackForm())
    form = BackForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    if has_tried_too_often(request):
        return render(request, "429.html", {"back_url": "/"}, status=429)
    digest = _digest_of_a_report(_digests(form.cleaned_data["code"]))
    with public_scope(receipt=digest):
        report = (
            Report.objects.filter(
                receipt_code_digest=digest, reference=as_written(form.cleaned_data["reference"])
            )
            .select_related("data_key", "district", "centre")
            .first()
        )
        if report is not None:
            return _show(request, report, form)
    note_wrong_try(request)
    # The same words whatever was wrong: nobody learns which references exist.
    form.add_error("reference", wording.status_page()["wrong_code"])
    return _ask(request, form)


def _show(request: HttpRequest, report: Report, form: BackForm) -> HttpResponse:
    """The report's page; the buttons on it send reference and code along, so that they are kept nowhere."""
    taken_back = keepable(request.POST.get(TAKE_BACK, ""))
    if taken_back:
        take_back(report, taken_back, now=timezone.now())
    context = _status(report) | {
        "typed": form.cleaned_data,
        "take_back": TAKE_BACK,
        "was_taken_back": taken_back,
    }
    return render(request, "reporting/status.html", context)


def _ask(request: HttpRequest, form: forms.Form) -> HttpResponse:
    return render(request, "reporting/back.html", {"form": form, "back_url": "/"})


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


def _status(report: Report) -> dict[str, Any]:
    messages = [
        {"when": message.said_at, "who": message.organisation.name, "text": message.unseal("text")}
        for message in report.messages.select_related("organisation").order_by("-said_at")
    ]
    readers = [
        {"organisation": read.organisation.name, "role": read.role_name, "day": read.day}
        for read in report.accesses.select_related("organisation").order_by("day", "role_name")
    ]
    code = report.public_status
    if code == PublicStatus.RECEIVED and readers:
        code = PublicStatus.READ
    return {
        "report": report,
        "status": wording.statuses()[code],
        "words": wording.status_page(),
        "shared_with": _shared_with(report),
        "said": messages,
        "readers": readers,
        "back_url": "/",
    }


def _shared_with(report: Report) -> list[dict[str, Any]]:
    """What was chosen and still counts, in the words that were shown then."""
    chosen = dict(
        report.preferences.filter(withdrawn_at=None)
        .values_list("recipient", "wording_version")
        .order_by("pk")
    )
    return [
        {"code": each.code, "label": each.label}
        for version in sorted(set(chosen.values()))
        for each in wording.recipients(version)
        if not each.exclusive and chosen.get(each.code) == version
    ]
