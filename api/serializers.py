"""The shapes of what is published: the document of the interface is made from these."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from actionplans.models import Action
from actionplans.rag import RagRating


class PrioritySerializer(serializers.Serializer):
    """A priority of a plan."""

    code = serializers.SlugField()
    name = serializers.CharField()


class RatingSerializer(serializers.Serializer):
    """How an action stands, by the portal's one rule: percent done against percent of the time gone."""

    rag = serializers.ChoiceField(choices=[(rag.value, rag.word) for rag in RagRating])
    word = serializers.CharField(source="rag.word")
    reason = serializers.CharField(help_text="One sentence, such as “27% done, 33% of the time gone”.")
    percent_done = serializers.IntegerField(min_value=0, max_value=100)
    percent_expected = serializers.IntegerField(min_value=0, max_value=100)


class ActionSerializer(serializers.Serializer):
    """An action with its lead organisation; people are never named."""

    ref = serializers.CharField()
    title = serializers.CharField()
    priority = serializers.SlugField(source="priority.code")
    lead = serializers.CharField(source="lead.name")
    starts = serializers.DateField()
    due = serializers.DateField()
    rating = serializers.SerializerMethodField()
    updated_on = serializers.DateField(
        allow_null=True, help_text="The day of the newest update; null: nobody has told yet."
    )

    @extend_schema_field(RatingSerializer)
    def get_rating(self, action: Action) -> dict[str, Any]:
        """How it stands on the day that the answer names."""
        return RatingSerializer(action.rating(today=self.context["as_at"])).data


class PlanSerializer(serializers.Serializer):
    """A published plan. A plan whose period has ended is history: all its actions are rated “ended”."""

    code = serializers.SlugField()
    title = serializers.CharField()
    appendix = serializers.CharField(allow_blank=True)
    period_start = serializers.DateField()
    period_end = serializers.DateField()
    illustrative = serializers.BooleanField(source="is_illustrative")
    notice = serializers.CharField(allow_blank=True)
    priorities = PrioritySerializer(many=True)
    actions = ActionSerializer(many=True)


class PublishedPlansSerializer(serializers.Serializer):
    """All published plans as they stand on one day."""

    as_at = serializers.DateField()
    demonstration = serializers.BooleanField(help_text="True: invented demonstration data.")
    plans = PlanSerializer(many=True)
