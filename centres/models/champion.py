"""The people at a centre who know how: its champions, and when they were trained."""

from datetime import date

from django.db import models

from partners.models import ReportingCentre, User


class ChampionQuerySet(models.QuerySet["Champion"]):
    """Questions about champions."""

    def at_work(self) -> "ChampionQuerySet":
        """Those of now: nobody who stood down, left the centre or can't sign in any more."""
        return self.filter(
            until=None,
            person__is_active=True,
            person__memberships__left_at=None,
            person__memberships__organisation=models.F("centre__organisation"),
        )

    def trained_since(self, day: date) -> "ChampionQuerySet":
        """Those who took a course on that day or later."""
        courses = ChampionTraining.objects.filter(champion=models.OuterRef("pk"), trained_on__gte=day)
        return self.filter(models.Exists(courses))


class Champion(models.Model):
    """Somebody at a centre whom colleagues can ask, from a day and perhaps until one."""

    centre = models.ForeignKey(ReportingCentre, on_delete=models.CASCADE, related_name="champions")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = ChampionQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "person"], condition=models.Q(until=None), name="a_champion_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.centre_id}"


class ChampionTraining(models.Model):
    """A course that a champion took."""

    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="trainings")
    trained_on = models.DateField()
    course = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-trained_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["champion", "trained_on", "course"], name="a_course_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.course} on {self.trained_on}"
