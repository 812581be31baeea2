"""A closed case that was drawn for the panel."""

from casework.models import Case
from partners.models import User
from reviews.models import PanelAnswer, Sample, SampledCase
from scope.context import staff_scope, worker_scope
from tests.people import NOW
from vault.models import DataKey

WITHOUT_NAMES = "The person was shouted at in the street. An officer rang the next day, as they had asked."


def drawn_and_answered(case: Case, *, by: User, words: str = WITHOUT_NAMES) -> SampledCase:
    """A case that somebody of its organisation is about to retell, and what a member said of it: words wherever anybody
    writes any. It is not the panel's yet."""
    with worker_scope():
        days = {"closed_from": NOW.date(), "closed_until": NOW.date()}
        sample = Sample.objects.create(drawn_at=NOW, drawn_by=by, found=1, seed=1, **days)
        sampled = SampledCase(sample=sample, number=1, case=case, led_by=case.lead_organisation)
        sampled.data_key = DataKey.create()
        sampled.seal("summary", words)
        sampled.save(force_insert=True)
    with staff_scope(by.organisation_id or 0):
        PanelAnswer.give(sampled, {}, {"done_well": words, "to_change": words}, by=by, now=NOW)
    return sampled
