"""A panel from outside reads closed cases that were drawn by lot and retold without anybody's details."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from casework.models import Case
from partners.models import User
from partners.scrutiny import questions
from reviews.models import PanelAnswer, Sample, SampledCase
from reviews.sampling import NamesSomebody, NothingToDraw, course_of, draw, known_by, retell
from scope.context import staff_scope, worker_scope
from tests.casework.test_matching import AMINA
from tests.casework.world import STANDS_APART, close_case, told, triaged
from tests.people import NOW, client_for, member, ngozi, organisation

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
WITHOUT_NAMES = "The person was shouted at in the street. An officer rang the next day, as they had asked."


def closed(**changes: object) -> Case:
    case = triaged(told(**changes), by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        close_case(case, by=ngozi(), now=NOW + timedelta(hours=1))
    return case


def a_sample(*, how_many: int = 12, seed: int = 7) -> Sample:
    return draw(
        TODAY - timedelta(days=30),
        TODAY,
        by=chair(),
        now=NOW + timedelta(days=1),
        how_many=how_many,
        seed=seed,
    )


def chair() -> User:
    return member("Dilys Hart", organisation("lcc"), "delivery_group")


def on_the_panel() -> User:
    return member("Xanthe Moor", organisation("opcc"), "scrutiny_panel")


def drawn(sample: Sample) -> list[SampledCase]:
    with worker_scope():
        return list(SampledCase.objects.filter(sample=sample).select_related("case", "data_key"))


def answers_to_all() -> dict[str, str]:
    return {question.code: "yes" for question in questions()}


def test_the_same_number_draws_the_same_cases_and_never_more_than_there_are() -> None:
    for _ in range(4):
        closed()
    triaged(told(), by=ngozi())  # still open
    first, again, other = a_sample(how_many=3), a_sample(how_many=3), a_sample(how_many=12)
    assert (first.found, len(drawn(first)), len(drawn(other))) == (4, 3, 4)
    assert [one.case_id for one in drawn(first)] == [one.case_id for one in drawn(again)]


def test_days_without_a_closed_case_draw_nothing() -> None:
    triaged(told(), by=ngozi())
    with pytest.raises(NothingToDraw):
        a_sample()
    assert Sample.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Zaynab was shouted at.", ["Zaynab"]),
        ("ZAYNAB’s bicycle, said Ngozi.", ["Ngozi", "ZAYNAB"]),
        ("Ray did it; Hussain saw it.", ["Hussain", "Ray"]),
        ("Ring 01632 960 014 or write to z@mail.example.", ["01632 960 014", "z@mail.example"]),
        ("It was in LE11 3TU.", ["LE11 3TU"]),
        ("Somebody in a street. A ray of light would name him.", ["ray"]),
        (WITHOUT_NAMES, []),
    ],
)
def test_what_somebody_could_be_known_by_is_found(words: str, found: list[str]) -> None:
    case = triaged(told(**STANDS_APART), by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        case.write_down(AMINA, by=ngozi(), now=NOW)
        assert known_by(case, words) == found


def test_a_retelling_with_a_name_is_refused_and_nothing_is_kept() -> None:
    closed()
    sampled = drawn(a_sample())[0]
    with staff_scope(ngozi().organisation_id or 0), pytest.raises(NamesSomebody, match="Zaynab"):
        retell(sampled, "Zaynab was shouted at.", by=ngozi(), now=NOW)
    assert drawn(sampled.sample)[0].ready_at is None


def test_a_case_goes_from_lots_to_the_panels_answer_and_no_name_is_on_any_page() -> None:
    case = closed(**STANDS_APART)
    with staff_scope(ngozi().organisation_id or 0):
        assert course_of(case)[:2] == [(0, "It was told"), (0, "Somebody took it up")]
    sample = a_sample()
    officer, panel = client_for(ngozi()), client_for(on_the_panel())
    page = f"/staff/scrutiny/{sample.pk}/"
    assert "Waits to be retold" in panel.get(page).content.decode()
    assert panel.get(f"{page}1/").status_code == 404
    retelling = f"/staff/scrutiny/retell/{case.reference}/"
    assert case.reference in officer.get("/staff/scrutiny/retell/").content.decode()
    kept = officer.post(retelling, {"summary": "Zaynab rang us."}).content.decode()
    assert "Take out what somebody could be known by: Zaynab." in kept
    assert "Zaynab rang us." in kept
    assert officer.post(retelling, {"summary": WITHOUT_NAMES}).status_code == 302
    read = panel.get(f"{page}1/").content.decode()
    assert WITHOUT_NAMES in read
    for secret in (case.reference, "Zaynab", "Ngozi", "Nettle"):
        assert secret not in read
    given = answers_to_all() | {"done_well": "Quick.", "to_change": ""}
    assert panel.post(f"{page}1/", given).status_code == 302
    assert panel.post(f"{page}1/", given | {"risk": "no"}).status_code == 302
    with worker_scope():
        assert PanelAnswer.objects.get().marks["risk"] == "no"
    assert AuditEvent.objects.filter(act="scrutiny.read").count() == 1


def test_only_who_led_a_case_retells_it() -> None:
    case = closed()
    a_sample()
    other = member("Ole Brandt", organisation("blaby-dc"), "officer")
    assert client_for(other).get(f"/staff/scrutiny/retell/{case.reference}/").status_code == 404


def test_a_case_that_is_erased_is_not_read_any_more() -> None:
    case = closed()
    sampled = drawn(a_sample())[0]
    with staff_scope(ngozi().organisation_id or 0):
        retell(sampled, WITHOUT_NAMES, by=ngozi(), now=NOW)
    with worker_scope():
        report = case.reports[0]
        type(report).objects.filter(pk=report.pk).update(
            erased_at=NOW, erased_why="test", data_key=None, receipt_code_digest=None,
            words=None, contact=None, answers=None,
        )  # fmt: skip
    assert drawn(sampled.sample)[0].summary is None
    page = client_for(on_the_panel()).get(f"/staff/scrutiny/{sampled.sample_id}/").content.decode()
    assert "Erased since" in page
