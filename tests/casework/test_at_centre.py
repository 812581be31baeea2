"""What officers see of what a centre added: the risk with what it asks for, what was recorded, its notes apart."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from casework.at_centre import recorded_of, risk_of
from casework.forms_of_triage import TriageForm
from casework.leading import Proposed
from casework.models import Urgency
from reporting.models import CentreRecord, Report, RiskAssessment
from scope.context import staff_scope, worker_scope
from tests.at_a_centre import HIGH_RISK, LOW_RISK, MEDIUM_RISK, at_a_centre
from tests.casework.world import WORDS, opened, told, triaged
from tests.people import NOW, asha, client_for, ngozi

pytestmark = pytest.mark.django_db

NOTES = "She came with her sister, who did most of the talking."


def recorded(now: datetime = NOW, **otherwise: Any) -> Report:
    return told(now=now, by=asha(), **at_a_centre({}, **otherwise))


def shown(address: str) -> str:
    response = client_for(ngozi()).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_high_risk_says_why_and_what_has_to_be_done_by_when() -> None:
    report = recorded(**HIGH_RISK)
    with staff_scope(ngozi().organisation_id or 0):
        risk = risk_of(report)
    assert risk
    assert (risk.level, risk.colour) == ("High", "red")
    assert risk.why == ["The most serious act was a serious injury, a weapon, a fire or a sexual assault"]
    # It was told on Tuesday, 10 March.
    assert risk.actions == [
        ("Make contact with the person", "by 10 March 2026"),
        ("Call between the police and the lead council", "by 10 March 2026"),
        ("Case conference, or the Joint Action Group", "by 17 March 2026"),
    ]
    assert {
        "key": "How often has something like this happened in the last 12 months?",
        "value": "Once before",
    } in (risk.answers)
    assert len(risk.answers) == 10
    assert risk.not_known == ""


def test_days_of_a_medium_risk_are_counted_as_its_standards_say() -> None:
    report = recorded(**MEDIUM_RISK)
    with staff_scope(ngozi().organisation_id or 0):
        risk = risk_of(report)
    assert risk
    assert risk.why == ["9 points of 30"]
    assert [due for _words, due in risk.actions] == ["by 11 March 2026", "", "by 20 March 2026"]


@pytest.mark.parametrize(
    ("unknown", "says"),
    [
        (["R10"], "1 of the 10 is not known"),
        (["R4", "R10"], "2 of the 10 are not known: it could be medium"),
        (["R8"], "1 of the 10 is not known: it could be high"),
        ([], ""),
    ],
)
def test_what_is_not_known_is_said_and_how_high_it_could_be(unknown: list[str], says: str) -> None:
    report = recorded(**LOW_RISK | dict.fromkeys(unknown, "not_known"))
    with staff_scope(ngozi().organisation_id or 0):
        risk = risk_of(report)
    assert risk
    assert risk.not_known == says


def test_the_page_of_the_report_keeps_the_centres_notes_apart_from_the_persons_words() -> None:
    report = recorded(
        timezone.now(), C05=NOTES, C01_paper="Q-17", C04=["leaflet", "victim_first"], **HIGH_RISK
    )
    text = shown(f"/staff/queue/{report.reference}/")
    assert text.index(WORDS) < text.index("The centre’s notes, not the person’s words") < text.index(NOTES)
    for words in (
        "What Quillfeather Rooms recorded",
        "Q-17",
        "I referred them to Victim First",
        "10 March 2026",
    ):
        assert words in text, words
    assert "High</strong>" in text
    assert "The risk questions gave high risk." in text


def test_the_page_of_the_case_shows_the_same() -> None:
    report = recorded(timezone.now(), C05=NOTES, **MEDIUM_RISK)
    case = triaged(report, by=ngozi(), now=timezone.now())
    text = shown(f"/staff/cases/{case.reference}/")
    for words in (NOTES, "9 points of 30", "Make a safety plan with the person"):
        assert words in text, words


def test_of_a_report_of_the_public_nothing_of_it_is_there() -> None:
    text = shown(f"/staff/queue/{told(now=timezone.now()).reference}/")
    assert "How great the risk is" not in text
    assert "notes, not the person" not in text


@pytest.mark.parametrize(
    ("risk", "same_day", "proposed"),
    [
        (LOW_RISK, {}, Urgency.STANDARD),
        (MEDIUM_RISK, {}, Urgency.MEDIUM),
        (HIGH_RISK, {}, Urgency.HIGH),
        (LOW_RISK, {"Q19": "yes"}, Urgency.HIGH),
    ],
)
def test_the_level_is_proposed_and_the_officer_decides(
    risk: dict[str, str], same_day: dict[str, str], proposed: str
) -> None:
    report = recorded(**risk, **same_day)
    with staff_scope(ngozi().organisation_id or 0):
        asked: dict[str, Any] = {"report": report, "user": ngozi(), "today": NOW.date()}
        form = TriageForm(**asked, proposed=Proposed(None, ""))
        assert form.initial["urgency"] == proposed
        posted = {"urgency": "standard", "recorded_as": "undecided", "note": "I spoke to her.", "lead": ""}
        posted["lead"] = str(ngozi().organisation_id)
        assert TriageForm(posted, **asked, proposed=Proposed(None, "")).is_valid()


def test_a_case_that_is_opened_has_that_level_until_somebody_decides() -> None:
    assert opened(recorded(**MEDIUM_RISK), by=ngozi()).urgency == Urgency.MEDIUM
    assert opened(told(), by=ngozi()).urgency == Urgency.STANDARD


def test_a_report_of_before_centres_had_records_still_says_what_was_recorded() -> None:
    report = recorded()
    with worker_scope():
        CentreRecord.objects.all().delete()
        RiskAssessment.objects.all().delete()
        report = Report.objects.select_related("data_key").get(pk=report.pk)
        before = report.told() | {"C01": "phone", "C02": "yes", "C06": "centre"}
        report.seal("answers", json.dumps(before))
        report.save(update_fields=["answers"])
    with staff_scope(ngozi().organisation_id or 0):
        found = recorded_of(Report.objects.get(pk=report.pk))
        assert risk_of(report) is None
    assert found
    assert [fact["value"] for fact in found.facts] == [
        "By phone",
        "I have read this to the person. They chose each of these themselves.",
        "Through this centre",
    ]


def test_scores_that_changed_since_do_not_rewrite_what_was_found() -> None:
    report = recorded(**MEDIUM_RISK)
    with worker_scope():
        RiskAssessment.objects.update(level="high", total=19)
    with staff_scope(ngozi().organisation_id or 0):
        risk = risk_of(report)
    assert risk
    assert (risk.level, risk.why) == ("High", ["19 points, as the questions were scored then"])
