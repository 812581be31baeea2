"""Steps on the way of an action."""

from django.db import models

from partners.models import User


class Milestone(models.Model):
    """A step on the way."""

    action = models.ForeignKey("Action", on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField(null=True)
    original_due = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title
