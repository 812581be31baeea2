"""A practice draft never becomes a report: neither the act nor the database makes one."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from reporting.evidence import Sent, add
from reporting.journey import route
from reporting.journey.question import SEEN
from reporting.models import Draft, DraftGone, Report
from reporting.practice_ids import FIRST, LAST, new_practice_id
from reporting.receiving import OnlyPractice, receive, submit
from scope.context import worker_scope
from tests.casework.world import ZAYNAB, told
from tests.people import NOW, asha, make_partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
TODAY = NOW.date()
ANSWERS = {**ZAYNAB, SEEN: [page.name for page in route.PAGES]}
TOMORROW = timedelta(days=1)


def practised() -> Draft:
    volunteer = asha()
    assert volunteer.organisation
    return Draft.begin_practice(ANSWERS, today=TODAY, centre=volunteer.organisation, recorded_by=volunteer)


def test_sending_what_was_practised_is_refused_before_anything_is_written() -> None:
    draft = practised()
    with pytest.raises(OnlyPractice):
        submit(draft.pk, now=NOW)
    assert Draft.objects.filter(pk=draft.pk).exists()
    with worker_scope():
        assert not Report.objects.exists()


def test_the_same_answers_that_were_not_practised_are_a_report() -> None:
    assert submit(Draft.begin(ANSWERS, today=TODAY).pk, now=NOW).is_new


def test_the_database_makes_no_report_with_the_key_of_practice() -> None:
    make_partnership()
    with pytest.raises(DraftGone):
        receive(ZAYNAB, key=new_practice_id(), now=NOW)
    report = told()
    with worker_scope(), pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(idempotency_key=practised().pk)


def test_the_database_keeps_no_file_that_came_with_practice() -> None:
    jpeg = Sent("wall.jpg", 10, [b"\xff\xd8\xff a wall"])
    with pytest.raises(IntegrityError, match="no_evidence_comes_with_practice"), transaction.atomic():
        add(jpeg, told_with=practised().pk, now=NOW)


@pytest.mark.parametrize(
    "change", [{"is_practice": False}, {"id": UUID(int=1)}, {"centre": None, "recorded_by": None}]
)
def test_a_draft_of_practice_stays_one(change: dict[str, object]) -> None:
    draft = practised()
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(**change)


def test_another_draft_never_becomes_practice() -> None:
    draft = Draft.begin({}, today=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(is_practice=True)


def test_practice_is_gone_a_day_later() -> None:
    practised()
    assert Draft.erase_expired(today=TODAY + TOMORROW) == 0
    assert Draft.erase_expired(today=TODAY + 2 * TOMORROW) == 1


def test_ids_of_practice_differ_and_lie_in_their_range() -> None:
    ids = {new_practice_id() for _ in range(50)}
    assert len(ids) == 50
    assert all(FIRST <= each <= LAST and each.version == 8 for each in ids)
