"""What somebody is to do on a case by a day: a line in the list of today's work."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models

from casework.models.case import Case
from partners.models import Organisation, User
from vault.models import SealedField, SealedModel, Sealer

OPEN = models.Q(done_at=None)


class TaskQuerySet(models.QuerySet["Task"]):
    """Questions about tasks."""

    def visible_to(self, user: User) -> "TaskQuerySet":
        """Those of cases that the person may see; row-level security holds the same line."""
        cases = Case.objects.visible_to(user).filter(erased_at=None, pk=models.OuterRef("case"))
        return self.filter(models.Exists(cases))

    def open(self) -> "TaskQuerySet":
        return self.filter(OPEN)

    def given_to(self, user: User) -> "TaskQuerySet":
        return self.filter(for_person=user)

    def of(self, organisation_id: int | None) -> "TaskQuerySet":
        """What the organisation is to do, whoever of it."""
        return self.filter(for_organisation_id=organisation_id)

    def for_anybody(self, organisation_id: int | None) -> "TaskQuerySet":
        """What the organisation is to do, and nobody there in particular."""
        return self.of(organisation_id).filter(for_person=None)

    def late(self, *, today: date) -> "TaskQuerySet":
        return self.filter(due_on__lt=today)

    def due_between(self, first: date, last: date) -> "TaskQuerySet":
        return self.filter(due_on__range=(first, last))


class Task(SealedModel):
    """For one person, or for anybody at an organisation; `words` are an officer's, sealed, and stand on the case's
    own page alone. Set and finished by `casework.setting_tasks`."""

    way_to_data_key: ClassVar[str] = "case__case_reports__report__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    words = SealedField()
    for_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    for_person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "set_at", "id"]
        indexes = [
            models.Index(fields=["for_person", "due_on"], condition=OPEN, name="task_of_a_person"),
            models.Index(fields=["for_organisation", "due_on"], condition=OPEN, name="task_of_a_house"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="a_task_done_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"task on {self.case_id}, due {self.due_on}"

    def sealing_key(self) -> Sealer:
        return self.case.sealing_key()
