"""That there is something to read, on its way to the person who told us: by which way, and what came of it."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import models

from partners.models import User
from reporting.models.report import Report
from reporting.safe_contact import Way


class WordState(models.TextChoices):
    """What came of it."""

    SENT = "sent", "sent"
    ARRIVED = "arrived", "arrived"
    FAILED = "failed", "could not be delivered"
    WAITS = "waits", "waits for somebody of ours to do it"
    DONE = "done", "done by somebody of ours"


class ReporterWordQuerySet(models.QuerySet["ReporterWord"]):
    """Questions about words to the person."""

    def to_do(self) -> "ReporterWordQuerySet":
        """Those that somebody of ours has to bring them."""
        return self.filter(state__in=(WordState.FAILED, WordState.WAITS))

    def to_pass_on(self) -> "ReporterWordQuerySet":
        """Those that wait at the person's reporting centre."""
        return self.filter(way=Way.CENTRE, state=WordState.WAITS)


class ReporterWord(models.Model):
    """One word to one person. Its id goes with the message; where it went and what it said is kept nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="words_out")
    way = models.CharField(max_length=10, choices=Way.choices)
    # A code of `reporting.safe_contact.Why`.
    why = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=WordState.choices)
    at = models.DateTimeField()
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects = ReporterWordQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"word to the reporter of {self.report_id}"

    @property
    def is_to_do(self) -> bool:
        return self.state in (WordState.FAILED, WordState.WAITS)

    @classmethod
    def note(
        cls, word_id: UUID, report: Report, way: str, state: str, *, now: datetime, why: str = ""
    ) -> "ReporterWord":
        """Writes down what was done with one word."""
        return cls.objects.create(pk=word_id, report=report, way=way, state=state, why=why, at=now)

    def turn_out(self, state: str, *, why: str = "") -> None:
        """What became of it later."""
        self.state, self.why = state, why or self.why
        self.save(update_fields=["state", "why"])
