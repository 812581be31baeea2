"""The survey: whom we ask how we did, and what they said. No member of staff reads either; answers are only counted."""

from uuid import uuid4

from django.db import models

from reporting.models.report import Report
from vault.models import SealedField, SealedModel, Sealer


class SurveyInvitation(models.Model):
    """The person may be asked from `due_on`, once after the first contact and once after the end, if they agreed."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "four weeks after the first contact"
        CLOSED = "closed", "four weeks after we finished"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="surveys")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    due_on = models.DateField()
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="one_survey_of_a_kind")]

    def __str__(self) -> str:
        return f"survey {self.kind} from {self.due_on}"


class SurveyAnswer(SealedModel):
    """What one person answered: marks in clear, so that they can be counted; their own words sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    invitation = models.OneToOneField(SurveyInvitation, on_delete=models.CASCADE, related_name="answer")
    marks = models.JSONField(default=dict)
    words = SealedField()
    answered_on = models.DateField()

    def __str__(self) -> str:
        return f"survey answered in {self.answered_on:%B %Y}"

    way_to_data_key = "invitation__report__data_key"

    def sealing_key(self) -> Sealer:
        return self.invitation.report.sealing_key()
