"""What is left to show of a report that was erased."""

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone

from casework.erasing import why_in_words
from casework.models import Case
from casework.queue import place_words, strand_names
from casework.timeline import outcome_name
from partners.doors import StaffRequest
from partners.retention import schedule
from reporting.models import Report


def erased_page(request: StaffRequest, report: Report, case: Case | None = None) -> HttpResponse:
    """When and why it was erased, and the numbers that stay; nobody reads anything, so no reading is recorded."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    assert report.erased_at
    erased_on = timezone.localdate(report.erased_at)
    facts = [
        ("Told us", f"{timezone.localdate(report.received_at):%-d %B %Y}"),
        ("It was about", strand_names(report.perceived_strands)),
        ("Where", place_words(report)),
        ("How it came", str(report.get_channel_display())),
    ]
    if case and case.closed_at:
        facts += [
            ("Led by", case.lead_organisation.name),
            ("Closed", f"{timezone.localdate(case.closed_at):%-d %B %Y}"),
            ("Outcome", outcome_name(case.outcome)),
        ]
    context = {
        "report": report,
        "case": case,
        "erased_on": erased_on,
        "backup_expires": schedule().last_backup_expires(erased_on),
        "today": timezone.localdate(),
        "why": why_in_words(report.erased_why),
        "facts": facts,
    }
    return render(request, "casework/erased.html", context)
