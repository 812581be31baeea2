"""Save and come back later, on whatever device: the page with the code, and the page that asks for it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from govuk.fields import TextField
from reporting.forms import KeepableLine
from reporting.later import where_it_goes_on
from reporting.models import Draft, DraftGone
from reporting.receipt_code import NotACode, ReturnCode
from reporting.tries import has_tried_too_often, note_wrong_try
from reporting.views.asking import gone
from reporting.walk import PUBLIC

ERASE = "erase"


class ReturnForm(forms.Form):
    """The code of what was saved."""

    code: TextField = KeepableLine(
        label=_("Code"),
        help_text=_("Your six words or your 24 digits. Capital letters and spaces do not matter."),
        spellcheck=False,
        error_messages={"required": _("Enter your code, as words or as digits")},
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """The code of what was saved, in the browser that saved it; a button deletes it all."""
    try:
        draft = PUBLIC.draft(request)
        if request.method == "POST" and ERASE in request.POST:
            return _erase(request, draft)
        return _show_code(request, draft)
    except DraftGone:
        return gone(request, PUBLIC)


def _show_code(request: HttpRequest, draft: Draft) -> HttpResponse:
    code = draft.return_code()
    context = {
        "code_words": code.words,
        "code_digits": code.digits,
        "kept_until": draft.expires_on,
        "onwards": PUBLIC.url(where_it_goes_on(draft.read())),
        "erase": ERASE,
    }
    return render(request, "reporting/saved.html", context)


def _erase(request: HttpRequest, draft: Draft) -> HttpResponse:
    Draft.objects.filter(pk=draft.pk).delete()
    response = render(request, "reporting/saved_erased.html")
    response.delete_cookie(PUBLIC.cookie, path=PUBLIC.cookie_path)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Asks for the code of what was saved, and gives this browser the way to it. A code that opens nothing gets one and
    the same answer: nobody learns whether it ever opened something."""
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form)
    if has_tried_too_often(request):
        return render(request, "429.html", {"back_url": "/back/"}, status=429)
    try:
        draft = Draft.saved_with(_typed(form), today=timezone.localdate())
    except DraftGone:
        note_wrong_try(request)
        form.add_error("code", _("This code does not open anything. Check each word or number"))
        return _ask(request, form, was_wrong=True)
    response = redirect(PUBLIC.url(where_it_goes_on(draft.read())))
    PUBLIC.remember(response, draft)
    return response


def _typed(form: ReturnForm) -> ReturnCode:
    """The code; for what can't be one, a code that is no one's, so that it is looked up like any other."""
    try:
        return ReturnCode.typed(form.cleaned_data["code"])
    except NotACode:
        return ReturnCode.of_nothing()


def _ask(request: HttpRequest, form: forms.Form, *, was_wrong: bool = False) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "was_wrong": was_wrong, "back_url": "/back/"}
    return render(request, "reporting/come_back.html", {**context, "has_begun": _has_begun(request)})


def _has_begun(request: HttpRequest) -> bool:
    """Whether this browser leads to unfinished answers without a code, lost when others take their place."""
    try:
        return not PUBLIC.draft(request).code_key
    except DraftGone:
        return False
