"""The shapes of what is published: the document of the interface is made from these. What is public is decided in
actionplans.publishing, for pages and machines alike."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from actionplans.publishing import PublicAction, PublicPlan
from actionplans.rag import SAYABLE, RagRating


class PrioritySerializer(serializers.Serializer):
    """A priority of a plan."""

    code = serializers.SlugField()
    name = serializers.CharField()


class RatingSerializer(serializers.Serializer):
    """How an action stands, by the portal's one rule."""

    rag = serializers.ChoiceField(choices=[(rag.value, rag.word) for rag in RagRating])
    word = serializers.CharField()
    reason = serializers.CharField(help_text="One sentence, such as “27% done, 33% of the time gone”.")
    percent_done = serializers.IntegerField(min_value=0, max_value=100)
    percent_expected = serializers.IntegerField(min_value=0, max_value=100)
    owner_says = serializers.ChoiceField(
        choices=[(rag.value, rag.word) for rag in SAYABLE],
        allow_null=True,
        help_text="What the plan's owner says beside the rule; null: nothing else.",
    )


class MeasureSerializer(serializers.Serializer):
    """What an action is measured by, in one figure."""

    text = serializers.CharField()
    unit = serializers.CharField()
    baseline = serializers.FloatField(allow_null=True)
    target = serializers.FloatField(allow_null=True)
    value = serializers.FloatField(
        source="value_now", allow_null=True, help_text="null: nobody has told yet."
    )
    lower_is_better = serializers.BooleanField(source="is_lower_better")


class ActionSerializer(serializers.Serializer):
    """An action with its lead organisation; people are never named."""

    ref = serializers.CharField(source="action.ref")
    title = serializers.CharField(source="action.title")
    priority = serializers.SlugField(source="action.priority.code")
    lead = serializers.CharField(source="action.lead.name")
    starts = serializers.DateField(source="action.starts")
    due = serializers.DateField(source="action.due")
    rating = serializers.SerializerMethodField(
        help_text="null: the partnership does not publish how this plan goes."
    )
    measure = MeasureSerializer(
        allow_null=True, help_text="null: the partnership does not publish this figure."
    )
    updated_on = serializers.SerializerMethodField(
        help_text="The day of the newest update; null: nobody has told yet, or it is not published."
    )

    @extend_schema_field(RatingSerializer(allow_null=True))
    def get_rating(self, public: PublicAction) -> dict[str, Any] | None:
        """How it stands on the day that the answer names."""
        if public.rating is None:
            return None
        said = {
            name: getattr(public.rating, name) for name in ("rag", "word", "percent_done", "percent_expected")
        }
        return RatingSerializer(said | {"reason": public.reason, "owner_says": public.override}).data

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_updated_on(self, public: PublicAction) -> str | None:
        """The day of its newest update."""
        day = public.action.updated_on if public.rating else None
        return day.isoformat() if day else None


class PlanSerializer(serializers.Serializer):
    """A published plan. A plan whose period has ended is history: all its actions are rated “ended”."""

    code = serializers.SlugField(source="plan.code")
    title = serializers.CharField(source="plan.title")
    appendix = serializers.CharField(source="plan.appendix", allow_blank=True)
    period_start = serializers.DateField(source="plan.period_start")
    period_end = serializers.DateField(source="plan.period_end")
    illustrative = serializers.BooleanField(source="plan.is_illustrative")
    notice = serializers.CharField(source="plan.notice", allow_blank=True)
    public_words = serializers.CharField(source="plan.public_words", allow_blank=True)
    priorities = PrioritySerializer(source="plan.priorities", many=True)
    actions = serializers.SerializerMethodField()

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, public: PublicPlan) -> list[dict[str, Any]]:
        """Those that the partnership shows, in the plan's order."""
        return list(ActionSerializer(public.in_order, many=True).data)


class PublishedPlansSerializer(serializers.Serializer):
    """All published plans as they stand on one day."""

    as_at = serializers.DateField()
    demonstration = serializers.BooleanField(help_text="True: invented demonstration data.")
    plans = PlanSerializer(many=True)
