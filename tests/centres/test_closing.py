"""A centre closes for good: what is open goes to somebody who passes on news, and its people see nothing more."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from casework.models import Case
from centres import tasks  # noqa: F401 - registers the outbox's handlers
from centres.closing import close, consequences
from centres.models import CentreEvent
from centres.standing import NotInThisStanding
from outbox.models import OutboxEntry
from partners import keeping
from partners.models import (
    Invitation,
    Membership,
    Organisation,
    ReferenceVersion,
    ReportingCentre,
    SharingAgreement,
    User,
)
from reporting import tasks as reporting_tasks  # noqa: F401 - the same
from reporting.models import Draft, GrantBasis, Report, ReporterWord, WordState
from reporting.safe_contact import Way, Why
from scope.context import staff_scope, worker_scope
from tests.at_a_centre import at_a_centre
from tests.casework.world import close_case, told, triaged
from tests.people import NOW, asha, centre, client_for, gwen, member, ngozi, organisation

pytestmark = pytest.mark.django_db
THROUGH_US = {"Q26_how": "centre", "Q26_phone": None, "Q26_message": None}
BARS_THE_CITY = {"Q24_bar": "yes", "Q24_bar_org": ["leicester-city"]}


def maud() -> User:
    """Maud of the county council looks after centres."""
    return member("Maud Alder", organisation("lcc"), "centre_lead")


def rooms() -> ReportingCentre:
    """Leicester looks after the Quillfeather Rooms, where Asha records."""
    asha()
    quillfeather = centre()
    quillfeather.looked_after_by = organisation("leicester-city")
    quillfeather.save()
    return quillfeather


def recorded(**changes: Any) -> Report:
    """Told in Charnwood, at the Quillfeather Rooms."""
    return told(by=asha(), **at_a_centre({}, **changes))


def with_news_to_pass_on(report: Report) -> Report:
    with worker_scope():
        ReporterWord.note(report.idempotency_key, report, Way.CENTRE, WordState.WAITS, now=NOW)
    return report


def who_sees(report: Report) -> set[str]:
    with worker_scope():
        ids = Report.objects.get(pk=report.pk).visible_to
    return set(Organisation.objects.filter(pk__in=ids).values_list("code", flat=True))


def test_open_reports_go_to_the_council_that_looks_after_it_and_closed_ones_stay_where_they_are() -> None:
    quillfeather, by = rooms(), maud()
    waiting, open_case, over = recorded(), recorded(), recorded()
    triaged(open_case, by=ngozi())
    case = triaged(over, by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        close_case(case, outcome="advice_only", text="", by=ngozi(), now=NOW)
    before = who_sees(over)
    done = close(quillfeather, reason="gone", by=by, now=NOW)
    assert [(taker.code, figure) for taker, figure in done.takers] == [("leicester-city", 2)]
    assert {"leicester-city", "charnwood-bc"} <= who_sees(waiting) & who_sees(open_case)
    assert who_sees(over) == before - {"quillfeather"}
    assert all("quillfeather" not in who_sees(each) for each in (waiting, open_case, over))
    with staff_scope(gwen().organisation_id or 0):
        assert Case.objects.visible_to(gwen()).filter(reference=open_case.reference).exists()
        basis = waiting.grants.get(organisation=gwen().organisation_id, withdrawn_at=None).basis
        assert basis == GrantBasis.HANDED_ON
    acts = AuditEvent.objects.filter(actor_id=by.pk, subject_type="reporting.report")
    assert sorted(acts.values_list("act", flat=True)) == [
        "report.handed_on",
        "report.handed_on",
        "report.withdrawn",
    ]


def test_whom_a_person_barred_never_takes_over() -> None:
    quillfeather = rooms()
    report = recorded(**BARS_THE_CITY)
    assert [taker.code for taker, _ in consequences(quillfeather).takers] == ["charnwood-bc"]
    close(quillfeather, reason="gone", by=maud(), now=NOW)
    assert "leicester-city" not in who_sees(report)
    assert "charnwood-bc" in who_sees(report)


def test_without_a_council_whoever_read_it_first_takes_over() -> None:
    asha()
    report = recorded()
    done = close(centre(), reason="gone", by=maud(), now=NOW)
    assert [taker.code for taker, _ in done.takers] == ["charnwood-bc"]
    assert "charnwood-bc" in who_sees(report)


def test_news_that_waited_at_the_centre_is_for_people_of_ours_now_and_so_is_news_to_come() -> None:
    quillfeather = rooms()
    report = with_news_to_pass_on(recorded(**THROUGH_US))
    assert consequences(quillfeather).handed_on.words == 1
    close(quillfeather, reason="gone", by=maud(), now=NOW)
    with worker_scope():
        [word] = report.words_out.all()
    assert (word.way, word.state, word.why) == (Way.PERSON, WordState.WAITS, Why.NO_CENTRE)
    later = NOW + timedelta(days=1)
    with worker_scope():
        report.words_out.all().update(state=WordState.DONE)
    with staff_scope(ngozi().organisation_id or 0):
        Report.objects.get(pk=report.pk).tell_reporter(
            "News.", status="being_looked_at", by=ngozi(), now=later
        )
    for entry in OutboxEntry.objects.due(now=later).filter(kind="reporting.word_to_reporter"):
        OutboxEntry.deliver_one(entry.pk, now=later)
    with worker_scope():
        assert [word.why for word in report.words_out.filter(state=WordState.WAITS)] == [Why.NO_CENTRE]


def test_news_of_a_case_that_is_closed_still_has_to_be_told() -> None:
    quillfeather = rooms()
    report = recorded(**THROUGH_US)
    case = triaged(report, by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        close_case(case, outcome="advice_only", text="", by=ngozi(), now=NOW)
    with_news_to_pass_on(report)
    assert consequences(quillfeather).open_reports == 1


def test_its_people_go_its_invitations_are_taken_back_and_its_agreement_ends() -> None:
    quillfeather, by = rooms(), maud()
    invited = Invitation.invite(
        email="new@quillfeather.example",
        name="Bryn New",
        organisation=quillfeather.organisation,
        role_codes=["centre_volunteer"],
        by=None,
        now=NOW,
    )
    agreement = SharingAgreement.objects.create(
        title="Sharing with the Quillfeather Rooms", signed_on=NOW.date(), review_on=NOW.date()
    )
    agreement.organisations.set([quillfeather.organisation, organisation("lcc")])
    among_more = SharingAgreement.objects.create(
        title="Sharing among all", signed_on=NOW.date(), review_on=NOW.date()
    )
    among_more.organisations.set([quillfeather.organisation, organisation("lcc"), organisation("police")])
    done = close(quillfeather, reason="its_wish", by=by, now=NOW)
    assert (done.let_go.people, done.let_go.invitations, done.agreements) == (1, 1, 2)
    assert not Membership.objects.current().filter(organisation=quillfeather.organisation).exists()
    invited.refresh_from_db()
    assert invited.taken_back_at == NOW
    assert not SharingAgreement.objects.filter(pk=agreement.pk).exists()
    assert set(among_more.organisations.values_list("code", flat=True)) == {"lcc", "police"}
    last = ReferenceVersion.objects.of("agreement", str(agreement.pk)).first()
    assert last
    assert last.data["ended_on"] == "2026-03-10"


def test_what_was_begun_and_not_sent_is_erased_because_nobody_agreed_to_more() -> None:
    quillfeather = rooms()
    draft = Draft.begin({}, today=NOW.date(), centre=quillfeather.organisation, recorded_by=asha())
    theirs = Draft.begin({}, today=NOW.date())
    assert consequences(quillfeather).handed_on.drafts == 1
    close(quillfeather, reason="gone", by=maud(), now=NOW)
    assert list(Draft.objects.filter(pk__in=[draft.pk, theirs.pk])) == [theirs]


def test_it_closes_once_and_its_house_stays_closed() -> None:
    quillfeather, by = rooms(), maud()
    close(quillfeather, reason="gone", by=by, now=NOW)
    quillfeather.refresh_from_db()
    assert (quillfeather.standing, quillfeather.closed_on) == ("closed", NOW.date())
    assert quillfeather.organisation.retired_on == NOW.date()
    with pytest.raises(NotInThisStanding, match="This centre is closed"):
        close(quillfeather, reason="gone", by=by, now=NOW)
    with pytest.raises(keeping.StillNeeded, match="stays closed"):
        keeping.bring_back(quillfeather.organisation, by=by, now=NOW)
    assert CentreEvent.objects.filter(act="closed").count() == 1


def test_a_centre_at_work_is_not_retired_behind_its_back() -> None:
    quillfeather = centre()
    with pytest.raises(keeping.StillNeeded, match="Close the centre instead"):
        keeping.retire(quillfeather.organisation, by=maud(), today=NOW.date(), now=NOW)


def test_when_the_last_step_fails_nothing_has_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    quillfeather = rooms()
    report = recorded()
    seen = who_sees(report)

    def breaks(*args: Any, **more: Any) -> None:
        raise OSError

    monkeypatch.setattr(keeping, "retire", breaks)
    with pytest.raises(OSError):  # noqa: PT011 - the one that was planted
        close(quillfeather, reason="gone", by=maud(), now=NOW)
    assert who_sees(report) == seen
    assert Membership.objects.current().filter(organisation=quillfeather.organisation).count() == 1


def test_who_takes_over_is_told_how_many_and_nothing_else() -> None:
    quillfeather = rooms()
    manager = member("Una Reed", organisation("leicester-city"), "team_manager")
    recorded()
    close(quillfeather, reason="gone", by=maud(), now=NOW)
    for entry in OutboxEntry.objects.due(now=NOW).filter(kind="centres.handed_on"):
        OutboxEntry.deliver_one(entry.pk, now=NOW)
    [letter] = mail.outbox
    assert letter.bcc == [manager.email]
    assert "1 open report that it recorded" in letter.body
    assert "LLR-" not in letter.body


def test_the_page_says_in_figures_what_the_button_then_does() -> None:
    quillfeather = rooms()
    with_news_to_pass_on(recorded(**THROUGH_US))
    recorded()
    Draft.begin({}, today=NOW.date(), centre=quillfeather.organisation, recorded_by=asha())
    lead = client_for(maud())
    page = lead.get("/staff/centres/quillfeather/close/").content.decode()
    for said in (
        "<strong>2 open reports</strong> that it recorded go to <strong>Leicester City Council</strong>",
        "<strong>1</strong> person who asked to hear through this centre has not heard yet",
        "None of the <strong>2</strong> reports that the centre sees now",
        "<strong>1 report begun and not sent</strong> is erased",
        "<strong>1</strong> person can’t open anything any more",
    ):
        assert said in page
    assert lead.post("/staff/centres/quillfeather/close/").status_code == 200
    assert "Choose why it closes" in lead.post("/staff/centres/quillfeather/close/").content.decode()
    answer = lead.post("/staff/centres/quillfeather/close/", {"reason": "gone"}, follow=True)
    assert "2 open reports are with Leicester City Council now." in answer.content.decode()
    assert "Close this centre for good" not in answer.content.decode()


def test_many_open_reports_cost_as_many_statements_as_one() -> None:
    quillfeather = rooms()
    recorded()
    with_news_to_pass_on(recorded(**THROUGH_US))

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            consequences(quillfeather)
        return len(captured)

    statements()  # what a process asks once
    for_one = statements()
    for _ in range(5):
        with_news_to_pass_on(recorded(**THROUGH_US))
    assert statements() == for_one
    by = maud()
    with CaptureQueriesContext(connection) as captured:
        close(quillfeather, reason="gone", by=by, now=NOW)
    of_reports = [each for each in captured if "reporting_" in each["sql"]]
    assert len(of_reports) < 25
