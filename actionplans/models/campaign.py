"""Communications: campaigns with their events, materials and reach, and who speaks for each partner."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from actionplans.models.action import Action
from files.models import SealedFile
from partners.models import District, Membership, Organisation, User
from partners.roles import Permission
from reporting.strands import Strand


class CampaignKind(models.TextChoices):
    """What kind of thing stands in the calendar."""

    AWARENESS_WEEK = "awareness-week", "National Hate Crime Awareness Week"
    CAMPAIGN = "campaign", "Campaign"
    RELIGIOUS = "religious", "Religious or cultural day"
    NATIONAL_DAY = "national-day", "National or international day"
    RAPID = "rapid", "Message after something that happened"


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Questions about campaigns."""

    def that_count(self) -> "CampaignQuerySet":
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def touching(self, first: date, last: date) -> "CampaignQuerySet":
        """Those that run on any day of a span."""
        return self.filter(starts__lte=last, ends__gte=first)

    def may_be_changed_by(self, user: User) -> "CampaignQuerySet":
        """Those that the person's organisation leads or takes part in; all of them for who owns plans."""
        if user.may(Permission.OWN_PLANS):
            return self
        if not user.may(Permission.UPDATE_PLANS) or user.organisation_id is None:
            return self.none()
        takes_part = Campaign.partners.through.objects.filter(
            campaign=models.OuterRef("pk"), organisation_id=user.organisation_id
        )
        return self.filter(models.Q(lead_id=user.organisation_id) | models.Exists(takes_part))


class Campaign(models.Model):
    """One entry of the communication calendar. `code` goes into its links, so that we know what led people to us."""

    code = models.SlugField(unique=True, max_length=30)
    kind = models.CharField(max_length=20, choices=CampaignKind.choices)
    name = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    starts = models.DateField()
    ends = models.DateField()
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="leads_campaigns")
    partners = models.ManyToManyField(Organisation, related_name="campaigns", blank=True)
    audiences = models.CharField(max_length=250, blank=True)
    # Empty means all of them.
    strands = ArrayField(models.CharField(max_length=20, choices=Strand.choices), default=list, blank=True)
    districts = models.ManyToManyField(District, blank=True, related_name="+")
    # Codes such as 'gu'; empty means English alone.
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    action = models.ForeignKey(Action, null=True, on_delete=models.SET_NULL, related_name="campaigns")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_why = models.CharField(max_length=200, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="campaign_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CampaignEvent(models.Model):
    """Something that people can come to, or that happens somewhere, in a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="events")
    name = models.CharField(max_length=160)
    held_on = models.DateField()
    # None: everywhere, or online.
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=160, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    people_reached = models.PositiveIntegerField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return f"{self.name}, {self.held_on}"


class Reach(models.Model):
    """How many people one channel reached with a campaign, as somebody entered it: dated, the newest counts."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="reach")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=60)
    people = models.PositiveIntegerField()
    clicks = models.PositiveIntegerField(null=True)
    as_at = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reach"
        ordering = ["-as_at", "-id"]

    def __str__(self) -> str:
        return f"{self.channel}: {self.people}"


class Material(models.Model):
    """A poster, card, tile, clip or text of the library, in one language and format."""

    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="en")
    is_easy_read = models.BooleanField(default=False)
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.SET_NULL, related_name="materials")
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    # Of a file that nobody may open yet; known where `actionplans.evidence.mark_held` was asked.
    is_held = True
    is_refused = False

    class Meta:
        ordering = ["title", "language"]

    def __str__(self) -> str:
        return self.title


def _still_works_there() -> models.Q:
    works = Membership.objects.filter(
        user=models.OuterRef("person"), organisation=models.OuterRef("organisation"), left_at=None
    )
    return models.Q(models.Exists(works), person__is_active=True)


class CommsContactQuerySet(models.QuerySet["CommsContact"]):
    """Questions about contacts."""

    def now(self) -> "CommsContactQuerySet":
        """Those that nobody ended, each with `is_there`: whether the person still works at the organisation."""
        return self.filter(until=None).annotate(is_there=_still_works_there())

    def still_there(self) -> "CommsContactQuerySet":
        """Those that nobody ended and who still work at the organisation."""
        return self.filter(_still_works_there(), until=None)


class CommsContact(models.Model):
    """Who speaks for a partner in communications; an organisation has one at a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True)
    # Known where `now()` was asked.
    is_there: bool

    objects = CommsContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(until=None), name="one_comms_contact_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.person_id}"
