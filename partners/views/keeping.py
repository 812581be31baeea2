"""What the pages of the partnership's lists have in common: the form of one record, and its history below."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from partners.doors import StaffRequest
from partners.history import Change, changes, history_of
from partners.keeping import Record, change, code_of, data_of, kind_of
from partners.models import ChangedMeanwhile, ReferenceVersion

VERSION = "version"
EDIT = "partners/partnership/edit.html"


def seen_version(request: StaffRequest) -> int:
    """The number of the version that the page was shown with; none fits a number that is none."""
    typed = request.POST.get(VERSION, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def edit_record(
    request: StaffRequest,
    record: Record,
    make_form: Callable[[Any, Any], Any],
    around: dict[str, Any],
    *,
    done: str,
) -> HttpResponse:
    """Shows a record's form and history, or takes the change and leads to `done`.

    When somebody else changed the record meanwhile, nothing is saved: the page shows what stands now beside what was
    typed, and sending it again counts.
    """
    form = make_form(request.POST if request.method == "POST" else None, record)
    meanwhile: list[Change] | None = None
    if request.method == "POST" and form.is_valid():
        shown_with = data_of(record)
        try:
            is_new = change(
                record,
                form.values(),
                organisations=form.cleaned_data.get("organisations"),
                seen=seen_version(request),
                by=request.user,
                now=timezone.now(),
            )
        except ChangedMeanwhile:
            record.refresh_from_db()
            meanwhile = changes(shown_with, _typed(form, shown_with))
        else:
            messages.success(request, "Saved. It counts from now on." if is_new else "Nothing was different.")
            return redirect(done)
    kind, code = kind_of(record), code_of(record)
    return render(
        request,
        around.get("template", EDIT),
        {
            "record": record,
            "form": form,
            "version": ReferenceVersion.objects.number_of(kind, code),
            "meanwhile": meanwhile,
            "was_changed_meanwhile": meanwhile is not None,
            "history": history_of(kind, code),
            "back_url": done,
            **around,
        },
    )


def _typed(form: Any, stands: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as a version would keep it."""
    typed = {**stands, **{name: value for name, value in form.cleaned_data.items() if name in stands}}
    if "organisations" in typed:
        typed["organisations"] = sorted(getattr(each, "code", each) for each in typed["organisations"])
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in typed.items()
    }
