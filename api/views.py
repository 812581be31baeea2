"""Version 1: what the partnership publishes, open to everyone."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from actionplans.publishing import public_plan, published
from api.serializers import PublishedPlansSerializer


@login_not_required
@extend_schema(
    operation_id="published_plans",
    summary="Published action plans, with how each action stands today",
    responses=PublishedPlansSerializer,
    tags=["plans"],
)
@api_view(["GET"])
def plans(request: Request) -> Response:
    """All plans that the partnership publishes, each with its period, priorities and the actions it shows."""
    today = timezone.localdate()
    plans = [public_plan(plan, today=today) for plan in published()]
    answer = {"as_at": today, "demonstration": settings.IS_DEMO, "plans": plans}
    return Response(PublishedPlansSerializer(answer).data)


schema = login_not_required(SpectacularAPIView.as_view())
