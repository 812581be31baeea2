"""Legal and help wording: rewording it, looking at it as the public will, publishing it, and its history."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.doors import StaffRequest, requires
from partners.history import Change, changes, history_of
from partners.keeping_forms import NoteForm
from partners.models import ChangedMeanwhile, ReferenceKind, ReferenceVersion
from partners.roles import Permission
from partners.views.keeping import seen_version
from partners.words import (
    DOCUMENTS,
    Document,
    labels_of,
    longest_sentence,
    publish_words,
    reworded,
    words_now,
)
from reporting.rewording import WORDS_IN_A_SENTENCE, TextsForm, previews

KIND = ReferenceKind.WORDING
PREVIEW, PUBLISH = "preview", "publish"


@requires(Permission.KEEP_REFERENCE_DATA)
@require_safe
def wording(request: StaffRequest) -> HttpResponse:
    """The documents, and which version of each counts."""
    newest = ReferenceVersion.objects.select_related("by").newest_of(KIND)
    rows = [(document, newest.get(code)) for code, document in DOCUMENTS.items()]
    return render(request, "reporting/wording/wording.html", {"rows": rows})


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: StaffRequest, code: str) -> HttpResponse:
    """One document: its texts, then a preview, then publishing it."""
    document, stands = _document(code), words_now(code)
    if request.method != "POST":
        return _form_page(request, document, TextsForm(code, stands))
    form = TextsForm(code, stands, request.POST)
    wanted = {PREVIEW, PUBLISH} & set(request.POST)
    if not form.is_valid() or not wanted:
        return _form_page(request, document, form)
    note = NoteForm(request.POST if PUBLISH in wanted else None)
    if PUBLISH in wanted and note.is_valid():
        return _publish(request, document, form, stands, note.cleaned_data["note"])
    return _preview_page(request, document, form, stands, note)


def _publish(
    request: StaffRequest, document: Document, form: TextsForm, stands: Mapping[str, Any], note: str
) -> HttpResponse:
    new = reworded(stands, form.values())
    if not form.values():
        messages.success(request, "Nothing was different, so nothing was published.")
        return redirect("reporting_staff:wording")
    try:
        publish_words(
            document.code,
            new,
            seen=seen_version(request),
            note=note,
            by=request.user,
            now=timezone.now(),
        )
    except ChangedMeanwhile:
        return _form_page(request, document, form, meanwhile=_changes(document.code, stands, new))
    messages.success(request, f"Published: {document.title}. The public reads it within 15 seconds.")
    return redirect("reporting_staff:wording_history", document.code)


def _form_page(
    request: StaffRequest, document: Document, form: TextsForm, meanwhile: list[Change] | None = None
) -> HttpResponse:
    context = {
        "document": document,
        "form": form,
        "version": ReferenceVersion.objects.number_of(KIND, document.code),
        "meanwhile": meanwhile,
        "was_changed_meanwhile": meanwhile is not None,
        "back_url": reverse("reporting_staff:wording"),
    }
    return render(request, "reporting/wording/reword.html", context)


def _preview_page(
    request: StaffRequest, document: Document, form: TextsForm, stands: Mapping[str, Any], note: NoteForm
) -> HttpResponse:
    new = reworded(stands, form.values())
    context = {
        "document": document,
        "form": form,
        "note": note,
        # What the form was shown with: whoever published meanwhile is noticed when this is published.
        "version": seen_version(request),
        "changes": _changes(document.code, stands, new),
        "long": _long_sentences(form),
        "most": WORDS_IN_A_SENTENCE,
        "previews": previews(document.code, new, request),
    }
    return render(request, "reporting/wording/preview.html", context)


def _long_sentences(form: TextsForm) -> list[tuple[str, int]]:
    """(text, words in its longest sentence) of what was reworded and became hard to read."""
    counted = [(text, longest_sentence(text)) for text in form.values().values()]
    return [(text, words) for text, words in counted if words > WORDS_IN_A_SENTENCE]


def _changes(code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    return changes(before, after, labels_of(code, after))


@requires(Permission.KEEP_REFERENCE_DATA)
@require_safe
def wording_history(request: StaffRequest, code: str) -> HttpResponse:
    """Every version of one document, with what each changed."""
    document = _document(code)
    context = {
        "document": document,
        "history": history_of(KIND, code, labels_of(code, words_now(code))),
        "version": ReferenceVersion.objects.number_of(KIND, code),
        "bring_back": reverse("reporting_staff:reword", args=[code]),
        "back_url": reverse("reporting_staff:wording"),
    }
    return render(request, "reporting/wording/history.html", context)


@requires(Permission.KEEP_REFERENCE_DATA)
@require_POST
def bring_back_wording(request: StaffRequest, code: str, version: int) -> HttpResponse:
    """Publishes an older version again, as a new one."""
    _document(code)
    old = get_object_or_404(ReferenceVersion.objects.of(KIND, code), version=version)
    try:
        publish_words(
            code,
            old.data,
            seen=seen_version(request),
            note=f"Version {version} brought back",
            by=request.user,
            now=timezone.now(),
        )
    except ChangedMeanwhile:
        messages.error(
            request, "Somebody published another version meanwhile. Look at it before you bring one back."
        )
    else:
        messages.success(request, f"The words of version {version} count again.")
    return redirect("reporting_staff:wording_history", code)


def _document(code: str) -> Document:
    try:
        return DOCUMENTS[code]
    except KeyError:
        raise Http404 from None
