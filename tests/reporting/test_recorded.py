"""What Asha's centre adds to a report: apart from the person's words, seen by whoever sees the report, gone with it."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.erasing import WhyErased, contents, erase
from reporting.export import Copy, as_data
from reporting.journey import route
from reporting.journey.at_centre import DONE, NOT_AGREED, RISK, WITHOUT_AGREEMENT
from reporting.journey.question import SEEN, TOLD_AT_A_CENTRE
from reporting.models import CentreRecord, Draft, Report, RiskAssessment
from reporting.receiving import NotComplete, receive, submit
from reporting.risk import NotAllAnswered
from scope.context import counting_scope, public_scope, staff_scope, worker_scope
from tests.at_a_centre import HIGH_RISK, MEDIUM_RISK, at_a_centre
from tests.casework.world import ZAYNAB, anonymously, told
from tests.people import NOW, asha, centre, gwen, ngozi

pytestmark = pytest.mark.django_db

NOTES = "She came with her sister, who did most of the talking."


def recorded(**otherwise: Any) -> Report:
    """Zaynab's report, recorded by Asha, with some answers changed."""
    return told(by=asha(), **at_a_centre({}, **otherwise))


def test_days_and_codes_stand_in_clear_and_the_notes_are_sealed() -> None:
    report = recorded(C01_paper="Q-17", C04=["leaflet", "victim_first"], C05=NOTES)
    with worker_scope():
        record = CentreRecord.objects.select_related("report__data_key").get()
        assert (record.report, record.told_on, record.told_how) == (report, date(2026, 3, 10), "face_to_face")
        assert (record.paper_number, record.agreed, record.feedback) == ("Q-17", "spoken", "direct")
        assert record.did == ["leaflet", "victim_first"]
        assert record.unseal("notes") == NOTES
        assert b"sister" not in bytes(record.notes or b"")


def test_the_persons_own_words_and_answers_hold_nothing_of_the_centre() -> None:
    report = recorded(C05=NOTES)
    with worker_scope():
        report = Report.objects.select_related("data_key").get(pk=report.pk)
        everything = json.dumps(report.told() | report.contact_details()) + (report.unseal("words") or "")
        assert not [name for name in report.told() if name[0] in "CR"]
        assert NOTES not in everything


def test_the_risk_answers_are_sealed_and_level_and_total_count() -> None:
    recorded(**MEDIUM_RISK)
    with worker_scope():
        made = RiskAssessment.objects.select_related("report__data_key").get()
        assert (made.level, made.total, made.made_by, made.organisation) == (
            "medium",
            9,
            asha(),
            asha().organisation,
        )
        assert made.told() == MEDIUM_RISK
        assert made.assessed().total == 9
        assert b"minor_injury" not in bytes(made.answers or b"")
        assert not made.report.needs_same_day_look


def test_a_high_risk_is_looked_at_the_same_day() -> None:
    assert recorded(**HIGH_RISK).needs_same_day_look


def test_a_report_of_the_public_has_neither_and_asks_nothing_about_them() -> None:
    told()
    with CaptureQueriesContext(connection) as asked:
        told()
    assert not [each for each in asked.captured_queries if "centrerecord" in each["sql"]]
    with worker_scope():
        assert not CentreRecord.objects.exists()
        assert not RiskAssessment.objects.exists()


def test_sent_twice_it_is_recorded_once() -> None:
    key = uuid4()
    answers = at_a_centre(ZAYNAB)
    volunteer = asha()
    for _time in range(2):
        receive(answers, key=key, now=NOW, centre=volunteer.organisation, recorded_by=volunteer)
    with worker_scope():
        assert (CentreRecord.objects.count(), RiskAssessment.objects.count()) == (1, 1)


# What is asked -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["R1", "R8", "C01_on", "C02", "C04", "C06"])
def test_nothing_is_sent_while_the_centre_has_not_answered(name: str) -> None:
    with pytest.raises(NotComplete):
        recorded(**{name: None})


def test_notes_and_the_number_of_a_paper_form_are_never_needed() -> None:
    assert recorded(C05=None, C01_paper=None)


def test_the_public_is_asked_none_of_it() -> None:
    for answers in ({"Q02": "victim"}, {"Q02": "witness"}, {"Q02": "community"}, {"Q02": "on_behalf"}):
        pages = route.pages_for(answers)
        assert RISK not in pages
        assert DONE not in pages
        assert not [each.id for page in pages for each in page.asked(answers) if each.who == "C"]


def test_without_agreement_there_is_no_name_and_nobody_else_sees_it() -> None:
    for answers in ({}, {**anonymously(), "Q24": ["council"]}, {"Q24": ["no_one"]}):
        with pytest.raises(NotComplete) as refused:
            recorded(C02=NOT_AGREED, **answers)
        assert [page.name for page in refused.value.pages] == ["wishes"]
    report = recorded(C02=NOT_AGREED, **anonymously(), Q24=["no_one"])
    assert report.is_anonymous
    assert {rule.at for rule in WITHOUT_AGREEMENT} == {"C02", "Q24"}


def test_a_draft_with_the_tick_of_before_was_agreed_to_aloud_and_is_asked_for_the_rest() -> None:
    asha()
    draft = Draft.begin(
        {TOLD_AT_A_CENTRE: "centre", "Q02": "victim", "C01": "phone", "C02": "yes", "C06": "centre"},
        today=NOW.date(),
        centre=asha().organisation,
        recorded_by=asha(),
    )
    draft.seal("answers", json.dumps({**draft.read(), "C02": "yes", "asked_as": "before", SEEN: ["who"]}))
    answers = draft.read()
    assert (answers["C02"], answers["C01"]) == ("spoken", "phone")
    assert [page.name for page in route.unfinished(answers)][0] == "who"
    assert {"risk", "done"} <= {page.name for page in route.unfinished(answers)}


# Who sees it ---------------------------------------------------------------------------------------------------


def seen(organisation: int | None) -> tuple[int, int]:
    with staff_scope(organisation or 0):
        return CentreRecord.objects.count(), RiskAssessment.objects.count()


def test_whoever_sees_the_report_sees_it_and_nobody_else() -> None:
    recorded()
    assert seen(ngozi().organisation_id) == seen(asha().organisation_id) == (1, 1)
    assert seen(gwen().organisation_id) == (0, 0)
    assert seen(centre("tollgate", area="harborough").organisation_id) == (0, 0)


def test_nobody_who_sees_it_rewrites_it_or_adds_a_record_to_what_the_public_told() -> None:
    report, of_the_public = recorded(), told()
    with staff_scope(ngozi().organisation_id or 0):
        assert CentreRecord.objects.update(told_on=date(2020, 1, 1)) == 0
        assert RiskAssessment.objects.filter(report=report).update(level="standard", total=0) == 0
    for asking in (staff_scope(ngozi().organisation_id or 0), public_scope(report=of_the_public.pk)):
        with pytest.raises(ProgrammingError, match="row-level security"), asking:
            _add_a_record_to(of_the_public)


def _add_a_record_to(report: Report) -> None:
    CentreRecord.objects.create(
        report=report, told_on=NOW.date(), told_how="phone", agreed="spoken", feedback="none"
    )


def test_a_level_that_nobody_knows_is_refused_by_the_database() -> None:
    report = recorded()
    with worker_scope(), transaction.atomic(), pytest.raises(IntegrityError, match="risk_level_is_known"):
        RiskAssessment.objects.filter(report=report).update(level="dreadful")


# What becomes of it --------------------------------------------------------------------------------------------


def test_the_person_has_all_of_it_in_their_copy_but_the_centres_notes() -> None:
    report = recorded(C01_paper="Q-17", C05=NOTES, **MEDIUM_RISK)
    with public_scope(report=report.pk):
        data = as_data(Copy.of(Report.objects.get(pk=report.pk)))
    rows = {row["id"]: row for row in data["answers"]}
    assert rows["C01_paper"]["answer"] == "Q-17"
    assert rows["C01_on"]["in_words"] == "10 March 2026"
    assert rows["R3"]["in_words"] == "A small injury, following the person, or spitting"
    assert "C05" not in rows
    assert NOTES not in json.dumps(data)


def test_erased_it_only_counts() -> None:
    report = recorded(C01_paper="Q-17", C05=NOTES)
    with worker_scope():
        found = Report.objects.get(pk=report.pk)
        assert "the notes of the centre, and the answers about risk" in contents(found).in_words
    erase(found, why=WhyErased.PERSON_ASKED, by=None, now=NOW + timedelta(days=1))
    with worker_scope():
        record, made = CentreRecord.objects.get(), RiskAssessment.objects.get()
        assert (record.notes, record.paper_number) == (None, "")
        assert (record.told_on, record.did) == (date(2026, 3, 10), ["leaflet"])
        assert (made.answers, made.made_by) == (None, None)
        assert (made.level, made.total) == ("standard", 6)
        with pytest.raises(NotAllAnswered):
            RiskAssessment(level="standard", report=found).assessed()


def test_figures_count_days_and_levels_and_open_nothing() -> None:
    recorded()
    with counting_scope():
        assert list(CentreRecord.objects.values_list("told_on", "did")) == [(date(2026, 3, 10), ["leaflet"])]
        assert RiskAssessment.objects.get().level == "standard"


def test_of_several_the_newest_gives_a_list_its_level() -> None:
    report = recorded(**HIGH_RISK)
    with worker_scope():
        first = RiskAssessment.objects.get()
        first.pk, first.level, first.made_at = uuid4(), "medium", first.made_at + timedelta(days=1)
        first.save(force_insert=True)
        listed = Report.objects.annotate(risk=RiskAssessment.objects.levels_by_report())
        assert listed.get(pk=report.pk).risk == "medium"


def test_the_draft_is_what_a_volunteer_sends() -> None:
    volunteer = asha()
    answers = at_a_centre(ZAYNAB) | {
        TOLD_AT_A_CENTRE: "centre",
        SEEN: [page.name for page in route.PAGES],
    }
    draft = Draft.begin(answers, today=NOW.date(), centre=volunteer.organisation, recorded_by=volunteer)
    receipt = submit(draft.pk, now=NOW)
    with worker_scope():
        assert CentreRecord.objects.get().report_id == receipt.report.pk
