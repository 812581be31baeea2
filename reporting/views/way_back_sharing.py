"""Who sees it and why; a permission taken back or given later, and somebody named who must not see it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from govuk.fields import ManyOf
from partners import wording
from reporting.forms import KeepableWords, keepable
from reporting.journey.choices import organisations
from reporting.models import Report
from reporting.resharing import NobodyLeft, bar, permit
from reporting.visit import visiting
from reporting.who_sees import help_asked, who_sees
from reporting.withdrawing import take_back

TAKE_BACK, GIVE = "take_back", "give"
# What was done, in an address: that stays in a browser's history.
TAKEN, GIVEN, BARRED = "t3", "g6", "n8"
LONGEST_NAME = 500


class BarForm(forms.Form):
    """Who must not see it."""

    organisations = ManyOf(
        label=_("Which organisations must not see it?"), choices=[], required=False, label_size="s"
    )
    person = KeepableWords(
        label=_("Which person must not see it?"),
        help_text=_("A name, or how you know them and where they work."),
        limit=LONGEST_NAME,
        rows=3,
        required=False,
        label_size="s",
    )

    def __init__(self, data: Any, *, barred: set[str]) -> None:
        super().__init__(data, auto_id="%s", label_suffix="")
        offered = [(each.code, each.label) for each in organisations() if each.code not in barred]
        self.fields["organisations"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Says so when nobody is named."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("organisations") and not cleaned.get("person"):
            self.add_error(
                "organisations",
                ValidationError(
                    _("Choose an organisation, or write which person must not see it"), code="missing"
                ),
            )
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def sharing(request: HttpRequest, report: Report) -> HttpResponse:
    """What was chosen and can be taken back, and what can still be chosen; nothing is ticked beforehand."""
    if request.method == "POST":
        back, more = (keepable(request.POST.get(name, "")) for name in (TAKE_BACK, GIVE))
        if back:
            take_back(report, back, now=timezone.now())
            return redirect(f"{reverse('reporting:way_back_sharing')}?{TAKEN}")
        if more in {each["code"] for each in _offered(report)}:
            permit(report, more, now=timezone.now())
            return redirect(f"{reverse('reporting:way_back_sharing')}?{GIVEN}")
    context = {
        "seen_by": who_sees(report),
        "help_asked": help_asked(report),
        "shared_with": _shared_with(report),
        "offered": _offered(report),
        "must_not": _must_not(report),
        "intro": gettext(wording.sharing()["record"]["withdraw"]),
        "anyway": wording.sharing()["anyway"],
        "was_taken_back": TAKEN in request.GET,
        "was_given": GIVEN in request.GET,
        "was_barred": BARRED in request.GET,
        "names": {"take_back": TAKE_BACK, "give": GIVE},
        "back_url": reverse("reporting:way_back"),
    }
    return render(request, "reporting/way_back/sharing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def must_not_see(request: HttpRequest, report: Report) -> HttpResponse:
    """Asks who must not see it; from the moment it is sent they do not."""
    barred = set(report.bars.exclude(organisation=None).values_list("organisation__code", flat=True))
    form = BarForm(request.POST if request.method == "POST" else None, barred=barred)
    if form.is_valid():
        try:
            bar(report, form.cleaned_data["organisations"], form.cleaned_data["person"], now=timezone.now())
        except NobodyLeft:
            form.add_error("organisations", _("Leave at least one organisation that may read it"))
        else:
            return redirect(f"{reverse('reporting:way_back_sharing')}?{BARRED}")
    context = {
        "form": form,
        "question": gettext(wording.sharing()["must_not_see"]["question"]),
        "back_url": reverse("reporting:way_back_sharing"),
    }
    return render(request, "reporting/way_back/must_not_see.html", context)


def _shared_with(report: Report) -> list[dict[str, Any]]:
    """What was chosen and still counts, in the words that were shown then."""
    chosen = dict(
        report.preferences.filter(withdrawn_at=None)
        .values_list("recipient", "wording_version")
        .order_by("pk")
    )
    return [
        {"code": each.code, "label": gettext(each.label)}
        for version in sorted(set(chosen.values()))
        for each in wording.recipients(version)
        if not each.exclusive and chosen.get(each.code) == version
    ]


def _offered(report: Report) -> list[dict[str, Any]]:
    """What is not chosen, in today's words; the centre only where one helped."""
    chosen = set(report.preferences.filter(withdrawn_at=None).values_list("recipient", flat=True))
    return [
        {"code": each.code, "label": gettext(each.label), "hint": gettext(each.hint)}
        for each in wording.recipients()
        if not each.exclusive
        and each.code not in chosen
        and (each.organisation != "by_centre" or report.centre_id)
    ]


def _must_not(report: Report) -> list[str]:
    return [
        each.organisation.name if each.organisation else each.unseal("person")
        for each in report.bars.select_related("organisation").order_by("barred_at")
    ]
