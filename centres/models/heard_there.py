"""What schools and landlords notice: counts that tell of a district's week, and a few words that are soon gone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction

from audit import trail
from centres.models.tell_us import TellUsLink
from partners.models import District, User
from reporting.strands import Strand
from vault.models import DataKey, SealedField, SealedModel, Sealer

LONGEST_WORDS = 500


class HeardKind(models.TextChoices):
    """What happened, as briefly as can be."""

    WORDS = "words", "Hateful words or chants"
    SLURS = "slurs", "Slurs between pupils, students or neighbours"
    GRAFFITI = "graffiti", "Graffiti"
    LEAFLETS = "leaflets", "Leaflets, stickers or symbols"
    ONLINE = "online", "Something online"
    THREATS = "threats", "Threats"
    EXCLUSION = "exclusion", "Somebody left out or driven away"
    DAMAGE = "damage", "Damage"
    OTHER = "other", "Something else"


class Source(models.TextChoices):
    """How it is known."""

    SEEN = "seen", "One of us saw or heard it"
    TOLD = "told", "Somebody told us who saw or heard it"
    RUMOUR = "rumour", "It is said: it may be a rumour"


class GoingOn(models.TextChoices):
    """Whether it is over."""

    YES = "yes", "Yes"
    NO = "no", "No, it is over"
    NOT_SURE = "not_sure", "Not sure"


class Worry(models.IntegerChoices):
    """How worried whoever told is."""

    A_LITTLE = 1, "A little: you should know"
    WORRIED = 2, "Worried: it could get worse"
    VERY = 3, "Very worried: it could get worse soon"


class HeardThereQuerySet(models.QuerySet["HeardThere"]):
    """Questions about what was heard."""

    def in_district(self, district: District) -> "HeardThereQuerySet":
        """What places of one district told."""
        return self.filter(district=district)

    def between(self, first: date, last: date) -> "HeardThereQuerySet":
        """What happened in weeks that begin from one day to another."""
        return self.filter(week__range=(first, last))

    def by_week(self) -> dict[tuple[date, int], int]:
        """How many were told of each week (its Monday) in each district (its number)."""
        counted = self.order_by().values_list("week", "district").annotate(found=models.Count("pk"))
        return {(week, district): found for week, district, found in counted}


class HeardThere(SealedModel):
    """One telling. It names nobody; its few words are sealed under a key of their own, which goes before them."""

    way_to_data_key = "data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    link = models.ForeignKey(TellUsLink, on_delete=models.PROTECT, related_name="heard")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    # The hour, not the minute.
    told_at = models.DateTimeField()
    # The Monday of the week in which it happened.
    week = models.DateField()
    kinds = ArrayField(models.CharField(max_length=12, choices=HeardKind.choices))
    strands = ArrayField(models.CharField(max_length=20, choices=Strand.choices), default=list)
    is_going_on = models.CharField(max_length=10, choices=GoingOn.choices)
    worry = models.PositiveSmallIntegerField(choices=Worry.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    words = SealedField()
    data_key = models.ForeignKey(DataKey, null=True, on_delete=models.SET_NULL, related_name="+")
    words_erased_on = models.DateField(null=True)
    # One form, however often it is sent.
    form = models.UUIDField(unique=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = HeardThereQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-told_at", "id"]
        indexes = [
            models.Index(fields=["-week", "-told_at", "id"], name="heard_there_newest"),
            models.Index(fields=["district", "-week"], name="heard_there_by_district"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(words=None) | models.Q(data_key__isnull=False),
                name="words_heard_have_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"heard in the week of {self.week}"

    def sealing_key(self) -> Sealer:
        assert self.data_key
        return self.data_key

    @classmethod
    def tell(
        cls, link: TellUsLink, *, form: UUID, week: date, words: str, now: datetime, **said: Any
    ) -> "HeardThere":
        """Keeps what somebody noticed; the same form sent again, also at the same moment, is the same telling."""
        before = cls.objects.filter(form=form).first()
        if before:
            return before
        hour = now.replace(minute=0, second=0, microsecond=0)
        telling = cls(
            link=link, district=link.district, form=form, told_at=hour, week=monday_of(week), **said
        )
        try:
            telling._keep(words, now=now)
        except IntegrityError:
            return cls.objects.get(form=form)
        return telling

    @transaction.atomic
    def _keep(self, words: str, *, now: datetime) -> None:
        if words:
            self.data_key = DataKey.create()
            self.seal("words", words)
        self.save(force_insert=True)
        trail.record_public("tell_us.told", self, now=now, area=self.district.code)

    def note_read(self, by: User, *, now: datetime) -> None:
        """Somebody opened the words: on record each time, and the first is kept beside them."""
        trail.record("tell_us.read", self, by=by, now=now, area=self.district.code)
        if self.read_at is None:
            self.read_at, self.read_by = now, by
            self.save(update_fields=["read_at", "read_by"])

    @classmethod
    def erase_words(cls, *, told_before: datetime, today: date) -> int:
        """Erases the words of what was told before, with their keys; counts stay. Belongs into the worker's scope."""
        over = cls.objects.filter(told_at__lt=told_before, words_erased_on=None).exclude(words=None)
        with transaction.atomic():
            keys = list(over.select_for_update(of=("self",)).values_list("data_key", flat=True))
            erased = cls.objects.filter(data_key__in=keys).update(
                words=None, data_key=None, words_erased_on=today
            )
            DataKey.objects.filter(pk__in=keys).delete()
        return erased

    def names_of(self, codes: Iterable[str], choices: type[models.TextChoices]) -> list[str]:
        """What codes are called, in the fixed order."""
        return [str(choice.label) for choice in choices if choice.value in set(codes)]

    @property
    def kind_names(self) -> list[str]:
        return self.names_of(self.kinds, HeardKind)

    @property
    def strand_names(self) -> list[str]:
        return self.names_of(self.strands, Strand)


def monday_of(day: date) -> date:
    """The first day of a week."""
    return day - timedelta(days=day.weekday())
