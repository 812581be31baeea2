"""What an action is measured by, and the cells that partners or districts fill in."""

from datetime import date, datetime
from decimal import Decimal

from django.db import models

from actionplans.trajectory import Measured, points_from
from partners.models import District, Organisation, User

Holder = Organisation | District


class CountedBy(models.TextChoices):
    """Who contributes a cell of the grid; '' means that the measure is one figure, which the lead gives."""

    WHOLE = "", "the whole partnership"
    PARTNER = "partner", "each partner"
    DISTRICT = "district", "each district"


class Total(models.TextChoices):
    """How one figure is made of the cells."""

    SUM = "sum", "the sum"
    MEAN = "mean", "the average"
    SINGLE = "single", "the one figure"


class Measure(models.Model):
    """How an action is measured: one measure an action."""

    action = models.OneToOneField("Action", on_delete=models.CASCADE, related_name="measure")
    text = models.CharField(max_length=200)
    unit = models.CharField(max_length=80)
    baseline = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    # None: there is a measure, but nobody has said yet what it should come to.
    target = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    is_lower_better = models.BooleanField(default=False)
    counted_by = models.CharField(max_length=10, choices=CountedBy.choices, blank=True)
    total = models.CharField(max_length=10, choices=Total.choices, default=Total.SINGLE)
    source = models.CharField(max_length=60)
    note = models.TextField(blank=True)
    # The portal's own count, by its key in actionplans.computed; '' means that people enter it.
    indicator = models.SlugField(blank=True)
    # What the count is narrowed to, such as {"kind": "workshop"}.
    indicator_facts = models.JSONField(default=dict, blank=True)
    original_target = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    # Where it should be by when: [{"on": "2019-03-31", "value": 40}, …]; empty means straight from baseline to target.
    trajectory = models.JSONField(default=list, blank=True)
    # What its cells make together now, kept by `actionplans.figures.keep_figures`.
    value_now = models.DecimalField(max_digits=12, decimal_places=2, null=True, editable=False)
    value_as_at = models.DateField(null=True, editable=False)
    # The portal's own count of each holder, kept by `actionplans.keeping_counts.keep_counts`; {} for what people enter.
    cells_now = models.JSONField(default=dict, blank=True, editable=False)

    def __str__(self) -> str:
        return self.text

    @property
    def is_computed(self) -> bool:
        """Whether the portal counts it itself, so that nobody types it."""
        return bool(self.indicator)

    @property
    def is_percentage(self) -> bool:
        """Whether no figure of it can be above 100."""
        return self.unit.startswith("%")

    def measured(self) -> Measured:
        """Its figures as the rule looks at them."""
        return Measured(
            self.baseline, self.target, self.value_now, self.is_lower_better, points_from(self.trajectory)
        )

    def words_for(self, value: Decimal | None) -> str:
        """A figure as it is read: at most one decimal, with its sign; None is “not told yet”, which is not nought."""
        if value is None:
            return "not told yet"
        words = f"{value.quantize(Decimal('0.1')):,f}".removesuffix(".0")
        return f"{words}%" if self.is_percentage else words

    def record_figure(
        self, holder: Holder, value: Decimal, *, by: User | None, now: datetime, on: date
    ) -> "Contribution":
        """Adds a dated figure of one partner or district."""
        whose = {"district": holder} if isinstance(holder, District) else {"organisation": holder}
        return self.contributions.create(value=value, as_at=on, recorded_at=now, by=by, **whose)


class Contribution(models.Model):
    """One dated cell of a measure's grid: a partner's or a district's own figure. The newest of each counts.

    Without `by` it came with the plan's own document.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="contributions")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=10, decimal_places=2)
    as_at = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-as_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, district=None)
                | models.Q(organisation=None, district__isnull=False),
                name="contribution_of_partner_or_district",
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} as at {self.as_at}"
