"""How figures and names of plans are put into words on a page."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms, template
from django.utils.safestring import SafeString

from actionplans.models import Measure
from govuk.rendering import error_summary_html
from reporting.strands import Strand

register = template.Library()


@register.filter
def figure(value: Decimal | None, measure: Measure) -> str:
    """A figure in the words of its measure."""
    return measure.words_for(value)


@register.filter
def strand_name(code: str) -> str:
    """A strand as people call it."""
    return str(Strand(code).label)


@register.simple_tag
def errors_of(forms_on_page: Sequence[forms.BaseForm]) -> SafeString:
    """One summary of what is wrong in all of them."""
    return error_summary_html(*forms_on_page)
