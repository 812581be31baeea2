"""What waits at a reporting centre to be passed on to the person who told it."""

from django.db.models import Exists, OuterRef

from partners.models import User
from reporting.models import Report, ReporterWord
from reporting.models.report import ReportQuerySet


def to_pass_on(user: User) -> ReportQuerySet:
    """The reports of this person's centre whose teller asked to hear through it, and has not heard yet; the longest
    waiting first."""
    assert user.organisation, "a permission comes with a workplace"
    waiting = ReporterWord.objects.to_pass_on().filter(report=OuterRef("pk"))
    reports = Report.objects.visible_to(user).recorded_at(user.organisation)
    return reports.filter(Exists(waiting)).order_by("received_at", "id")
