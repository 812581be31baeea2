"""Bank holidays: the days on which no clock of working days runs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from partners import bank_holidays as kept
from partners.doors import StaffRequest, requires
from partners.keeping_forms import HolidayForm
from partners.keeping_standards import in_words, standard_now
from partners.models import ReferenceKind, ReferenceVersion
from partners.roles import Permission
from partners.standards import Standard
from partners.working_days import add_working_days, is_working_day

FIRST_CONTACT = "first_contact_standard"
CHANGES_SHOWN = 20


@requires(Permission.KEEP_REFERENCE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def bank_holidays(request: StaffRequest) -> HttpResponse:
    """The days of one year, and a form for one more."""
    year = _year(request)
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        day, name = form.cleaned_data["day"], form.cleaned_data["name"]
        try:
            kept.add_day(day, name, by=request.user, now=timezone.now())
        except kept.AlreadyListed:
            form.add_error("day", "This day is a bank holiday already")
        else:
            messages.success(request, f"{_said(day)} is a bank holiday. {Effect.now().of(day)}")
            return redirect(f"{reverse('partnership:bank_holidays')}?year={day.year}")
    return render(request, "partners/partnership/bank_holidays.html", _page(year, form))


def _page(year: int, form: HolidayForm) -> dict[str, Any]:
    today = timezone.localdate()
    changed = ReferenceVersion.objects.filter(kind=ReferenceKind.BANK_HOLIDAY).exclude(by=None)
    effect = Effect.now()
    return {
        "form": form,
        "year": year,
        "years": sorted({*kept.years(), today.year, today.year + 1, today.year + 2}),
        "days": [(each, effect.of(each.day)) for each in kept.days_of(year)],
        "left_out": kept.left_out(year),
        "changed": [
            (date.fromisoformat(each.code), each)
            for each in changed.select_related("by").order_by("-pk")[:CHANGES_SHOWN]
        ],
    }


def _year(request: StaffRequest) -> int:
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    return year if kept.FIRST_YEAR <= year <= kept.LAST_YEAR else timezone.localdate().year


@dataclass(frozen=True)
class Effect:
    """What a day does to a promise, by the holidays and the standard of this moment."""

    holidays: Collection[date]
    standard: Standard

    @classmethod
    def now(cls) -> "Effect":
        return cls(kept.listed(), standard_now(FIRST_CONTACT))

    def of(self, day: date) -> str:
        """When first contact is due for a report of the working day before."""
        told = day - timedelta(days=1)
        while not is_working_day(told, self.holidays):
            told -= timedelta(days=1)
        due = add_working_days(told, self.standard.amount, self.holidays)
        time = in_words(self.standard.amount, self.standard.unit)
        return f"First contact for a report of {_said(told)} is due by {_said(due)} ({time})."


def _said(day: date) -> str:
    return f"{day:%A %-d %B %Y}"


@requires(Permission.KEEP_REFERENCE_DATA)
@require_POST
def remove_holiday(request: StaffRequest, day: str) -> HttpResponse:
    """Makes a bank holiday a day like others."""
    try:
        gone = date.fromisoformat(day)
        name = kept.remove_day(gone, by=request.user, now=timezone.now())
    except (ValueError, kept.NotListed):
        messages.error(request, "That day is no bank holiday any more.")
        return redirect("partnership:bank_holidays")
    messages.success(request, f"{name}, {_said(gone)}, is a working day now. {Effect.now().of(gone)}")
    return redirect(f"{reverse('partnership:bank_holidays')}?year={gone.year}")


@requires(Permission.KEEP_REFERENCE_DATA)
@require_POST
def add_by_rule(request: StaffRequest, year: int) -> HttpResponse:
    """Lists what the standing rules give for a year and is missing."""
    if not kept.FIRST_YEAR <= year <= kept.LAST_YEAR:
        return redirect("partnership:bank_holidays")
    added = kept.add_by_rule(year, by=request.user, now=timezone.now())
    messages.success(
        request, f"{added} days of {year} added. Compare them with gov.uk/bank-holidays."
        if added else f"Nothing was missing in {year}."
    )  # fmt: skip
    return redirect(f"{reverse('partnership:bank_holidays')}?year={year}")
