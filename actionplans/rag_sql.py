"""The rule of actionplans.rag in the words of the database, so that ten thousand actions are rated where they lie.

Rows, order and results come from the rule's own tables; only the conditions are said again, and tests hold both
together on every branch.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Q,
    SmallIntegerField,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from actionplans.rag import AMBER_FROM, EXCEPTIONS, GREEN_FROM, HELD_AT, HELD_BACK, RULES, RagRating, Rule
from actionplans.slipping import OFTEN, SETTLED

Condition = Q | LessThan | GreaterThanOrEqual
# The ratings beside which a late milestone or a measure behind is looked at.
NOT_FINAL = sorted({rule.rag for rule in RULES if not rule.is_final})

_WORDS = ArrayField(TextField())


def by_progress(today: date, percent: str = "percent_now") -> Case:
    """The rating by progress alone on a day, of an action whose percent done stands in the field `percent`."""
    conditions = _conditions(today, Coalesce(F(percent), 0))
    return Case(
        *(When(conditions[rule.key], then=Value(rule.rag.value)) for rule in RULES[:-1]),
        default=Value(_otherwise().rag.value),
        output_field=CharField(),
    )


def is_milestone_late(today: date) -> Case:
    """Whether a milestone is late; needs `by_progress`."""
    return _truth(_is_looked_at(today) & _milestone_late(today))


def is_measure_behind(today: date) -> Case:
    """Whether the measure is behind its trajectory; needs `by_progress`."""
    return _truth(_is_looked_at(today) & _measure_behind(today))


def rag(today: date) -> Case:
    """The rating that counts; needs `by_progress`."""
    good = Q(by_progress__in=sorted(each.value for each in HELD_BACK))
    # The cheap questions first: each annotation named here is worked out again wherever it is named.
    held = ~_is_closed(today) & (_milestone_late(today) | _measure_behind(today))
    return Case(
        When(good & held, then=Value(HELD_AT.value)), default=F("by_progress"), output_field=CharField()
    )


def rank(of: str = "rag") -> Combinable:
    """The place of a rating in a list that shows the worst first."""
    # A function's argument stands in the statement once; in a Case it would for each rating, with all it is made of.
    worst_first = Value([each.value for each in sorted(RagRating, key=lambda each: each.rank)], _WORDS)
    place = Func(
        worst_first, Cast(of, TextField()), function="array_position", output_field=SmallIntegerField()
    )
    return ExpressionWrapper(place - 1, output_field=SmallIntegerField())


def needs_attention(of: str) -> Q:
    """Whether the rating in a field is an exception."""
    return Q(**{f"{of}__in": sorted(each.value for each in EXCEPTIONS)})


def slips(later: str, earlier: str) -> Case:
    """Whether an action slips twice, by its ratings by progress now and in two fields; needs `by_progress`."""
    settled = Q(by_progress__in=sorted(each.value for each in SETTLED))
    three_times = needs_attention("by_progress") & needs_attention(later) & needs_attention(earlier)
    # In the order of what they cost: updates are read only where all else leaves it open.
    return Case(
        When(settled, then=Value(False)),
        When(times_put_off__gte=OFTEN, then=Value(True)),
        When(three_times, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def _conditions(today: date, done: Combinable) -> Mapping[str, Condition]:
    is_closed, is_done = Q(closed_on__lte=today), GreaterThanOrEqual(done, 100)
    gone, days = _days_between(today, F("starts")), _days_between(F("due"), F("starts"))

    def less_than(share: Fraction) -> LessThan:
        # done < share × 100 × gone ÷ days, in whole numbers; asked only between start and due date.
        return LessThan(done * days * share.denominator, gone * 100 * share.numerator)

    return {
        "ended": Q(plan__period_end__lt=today),
        "closed_done": is_closed & Q(is_done),
        "closed": is_closed,
        "complete": is_done,
        "deferred": Q(course="deferred"),
        "not_started": Q(starts__gt=today),
        "ongoing": Q(course="ongoing"),
        "overdue": Q(due__lt=today),
        "red": less_than(AMBER_FROM),
        "amber": less_than(GREEN_FROM),
    }


def _otherwise() -> Rule:
    return RULES[-1]


def _milestone_late(today: date) -> Q:
    return Q(milestone_due__lt=today)


def _measure_behind(today: date) -> Q:
    return Q(measure__value_now__isnull=False) & Q(
        Func(
            Value(today, DateField()),
            F("starts"),
            F("due"),
            F("measure__baseline"),
            F("measure__target"),
            F("measure__trajectory"),
            F("measure__value_now"),
            F("measure__is_lower_better"),
            function="actionplans_falls_short",
            output_field=BooleanField(),
        )
    )


def _is_closed(today: date) -> Q:
    return Q(closed_on__lte=today, closed_on__isnull=False)


def _is_looked_at(today: date) -> Q:
    return Q(by_progress__in=[each.value for each in NOT_FINAL]) & ~_is_closed(today)


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _days_between(later: date | F, earlier: F) -> Func:
    """PostgreSQL subtracts dates to whole days; Django's own subtraction would make an interval of it."""
    given = Value(later, output_field=DateField()) if isinstance(later, date) else later
    return Func(given, earlier, template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())
