"""Appendix A as a page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actionplans.models import StrategyStatement
from partners.doors import StaffRequest, requires
from partners.roles import Permission


@requires(Permission.SEE_PLANS)
@require_safe
def strategy(request: StaffRequest) -> HttpResponse:
    """The strategy statement: every part says where it comes from, and whether it is illustrative."""
    statement = get_object_or_404(StrategyStatement, code="strategy")
    how = {entry["organisation"]: entry for entry in statement.content.get("adoptions", [])}
    context = {
        "statement": statement,
        "content": statement.content,
        "adoptions": [
            (adoption, how.get(adoption.organisation.code, {}))
            for adoption in statement.adoptions.select_related("organisation")
        ],
    }
    return render(request, "actionplans/strategy/strategy.html", context)
