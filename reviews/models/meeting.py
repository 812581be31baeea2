"""When a district's Joint Action Group meets."""

from datetime import date, datetime

from django.db import IntegrityError, models, transaction

from audit import trail
from partners.models import District, User


class MeetsThatDay(Exception):
    """The group meets on that day already."""


class MeetingIsOver(Exception):
    """Nothing is put on the agenda of a meeting that was held."""


class JagMeetingQuerySet(models.QuerySet["JagMeeting"]):
    """Questions about meetings."""

    def to_come(self) -> "JagMeetingQuerySet":
        """Those that were not held yet, the next first."""
        return self.filter(held_at=None).order_by("meets_on", "id")

    def held(self) -> "JagMeetingQuerySet":
        return self.exclude(held_at=None).order_by("-meets_on", "-id")


class JagMeeting(models.Model):
    """One meeting; what is on its agenda are the items that point to it. Without a district it is that for what no
    district can be named for."""

    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    meets_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    chair = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)

    objects = JagMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "meets_on"], nulls_distinct=False, name="one_jag_meeting_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where} Joint Action Group, {self.meets_on:%-d %B %Y}"

    @property
    def where(self) -> str:
        """The district, as the group is called by it."""
        return self.district.name if self.district else "County"

    @classmethod
    @transaction.atomic
    def plan(
        cls, district: District | None, *, meets_on: date, place: str = "", by: User, now: datetime
    ) -> "JagMeeting":
        """A meeting to come, with whoever plans it in the chair; raises MeetsThatDay."""
        meeting = cls(district=district, meets_on=meets_on, place=place, chair=by, planned_at=now)
        try:
            with transaction.atomic():
                meeting.save()
        except IntegrityError:
            raise MeetsThatDay(f"The group meets on {meets_on:%-d %B %Y} already.") from None
        facts = {"district": district.code if district else "", "meets_on": str(meets_on)}
        trail.record("jag_meeting.planned", meeting, by=by, now=now, **facts)
        return meeting

    @transaction.atomic
    def hold(self, *, by: User, now: datetime) -> int:
        """It was held: what was not decided goes back to the list; returns how much. Raises MeetingIsOver."""
        if not JagMeeting.objects.filter(pk=self.pk, held_at=None).update(held_at=now):
            raise MeetingIsOver("This meeting was held already.")
        self.held_at = now
        back = self.items.filter(state="on_agenda").update(state="listed", meeting=None)
        trail.record("jag_meeting.held", self, by=by, now=now, went_back=back)
        return back
