"""A report is received once, by those who may read it and by nobody else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from audit.models import AuditEvent
from outbox.models import OutboxEntry
from partners.models import Organisation
from reporting.models import Draft, DraftGone, Report, ReportBar, SharingPreference
from reporting.news import tell_officers
from reporting.receipt_code import NotACode, ReceiptCode, word_list
from reporting.receiving import NotComplete, receive, submit
from reporting.reference import LETTERS, as_written, new_reference
from reporting.tasks import erase_expired_drafts
from scope.context import staff_scope, worker_scope
from tests.at_a_centre import at_a_centre
from tests.people import NOW, centre, gwen, ngozi, organisation, tomasz
from tests.reporting.walking import AMINA, CHECK, WISHES, telling, url, walk

TOLD: dict[str, Any] = {key: value for page in AMINA.values() for key, value in page.items()}


def seen_by(code: str) -> list[Report]:
    with staff_scope(Organisation.objects.get(code=code).pk):
        return list(Report.objects.all())


@pytest.fixture
def drafted(committed: None) -> Iterator[Draft]:
    """Amina's finished answers, not sent yet."""
    client = Client()
    walk(client, AMINA)
    return Draft.objects.get()


@pytest.mark.slow
def test_eight_presses_of_the_button_at_once_are_one_report_and_one_answer(drafted: Draft) -> None:
    def press(_turn: int) -> tuple[str, str, bool]:
        try:
            receipt = submit(drafted.pk, now=NOW)
            return receipt.report.reference, receipt.code.words, receipt.is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as presses:
        answers = list(presses.map(press, range(8)))
    assert len({(reference, words) for reference, words, _is_new in answers}) == 1
    assert [is_new for *_same, is_new in answers].count(True) == 1
    with worker_scope():
        assert Report.objects.count() == 1
    assert OutboxEntry.objects.filter(kind="reporting.received").count() == 1


@pytest.mark.slow
def test_answers_from_elsewhere_with_one_key_at_once_are_one_report(committed: None) -> None:
    key = uuid4()

    def tell(_turn: int) -> str:
        try:
            return receive(TOLD, key=key, now=NOW).report.reference
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as tellers:
        assert len(set(tellers.map(tell, range(8)))) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("partnership")
class TestReceiving:
    def test_a_replay_long_after_gives_the_same_reference_and_code(self, client: Client) -> None:
        walk(client, AMINA)
        draft_id = Draft.objects.get().pk
        first = submit(draft_id, now=NOW)
        again = submit(draft_id, now=NOW + timedelta(days=3))
        assert (again.report.pk, again.code, again.is_new) == (first.report.pk, first.code, False)

    def test_pressing_send_again_after_it_was_sent_shows_the_receipt(self, client: Client) -> None:
        walk(client, AMINA)
        for _click in range(2):
            assert client.post(url(CHECK))["Location"] == "/p/w2/"
        assert client.get(url(CHECK))["Location"] == "/p/w2/"
        assert client.get("/p/k9/")["Location"] == "/p/w2/"

    def test_the_receipt_is_not_shown_to_whoever_finds_the_phone_later(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        walk(client, AMINA)
        client.post(url(CHECK))
        with worker_scope():
            Report.objects.update(received_at=NOW)
        page = client.get("/p/w2/")
        assert page.status_code == 410
        assert b"30 minutes" in page.content

    def test_an_unfinished_draft_is_not_received_and_says_what_is_missing(self, client: Client) -> None:
        pages = telling()
        pages.pop(WISHES)
        walk(client, pages)
        with pytest.raises(NotComplete) as incomplete:
            submit(Draft.objects.get().pk, now=NOW)
        assert [page.name for page in incomplete.value.pages] == ["wishes"]
        assert Draft.objects.exists()

    def test_a_draft_that_never_was_is_gone(self) -> None:
        with pytest.raises(DraftGone):
            submit(uuid4(), now=NOW)

    @pytest.mark.parametrize(
        ("changed", "sees", "does_not_see"),
        [
            ({}, {"charnwood-bc"}, {"police", "lcc", "leicester-city", "victim-first"}),
            ({"Q24": ["police", "council"]}, {"charnwood-bc", "police"}, {"lcc", "victim-first"}),
            ({"Q24": ["victim_first"]}, {"charnwood-bc", "victim-first"}, {"police"}),
            ({"Q14": "online"}, {"lcc"}, {"charnwood-bc", "police"}),
            ({"Q14": "outside"}, {"lcc"}, {"charnwood-bc"}),
            ({"Q24_bar": "yes", "Q24_bar_org": ["charnwood-bc"]}, {"lcc"}, {"charnwood-bc"}),
            ({"Q24_bar": "yes", "Q24_bar_org": ["charnwood-bc", "lcc"]}, {"police"}, {"charnwood-bc", "lcc"}),
            (
                {"Q24_bar": "yes", "Q24_bar_org": ["charnwood-bc", "lcc", "police"]},
                {"opcc"},
                {"charnwood-bc", "lcc", "police"},
            ),
            (
                {"Q24": ["police"], "Q24_bar": "yes", "Q24_bar_org": ["police"]},
                {"charnwood-bc"},
                {"police"},
            ),
            ({"Q24_bar": "no", "Q24_bar_org": ["charnwood-bc"]}, {"charnwood-bc"}, {"lcc"}),
        ],
    )
    def test_the_right_organisations_see_it_from_the_first_moment(
        self, changed: dict[str, Any], sees: set[str], does_not_see: set[str]
    ) -> None:
        receipt = receive({**TOLD, **changed}, key=uuid4(), now=NOW)
        assert receipt.report.visible_to == sorted(
            Organisation.objects.filter(code__in=sees).values_list("pk", flat=True)
        )
        for code in sees:
            assert seen_by(code)
        for code in does_not_see:
            assert not seen_by(code)

    def test_who_must_not_see_it_stays_written_and_sealed(self) -> None:
        barred = {"Q24_bar": "yes", "Q24_bar_org": ["police"], "Q24_bar_person": "My cousin at the council"}
        report = receive({**TOLD, **barred}, key=uuid4(), now=NOW).report
        with worker_scope():
            assert list(report.barred_organisations()) == [organisation("police").pk]
            person = ReportBar.objects.get(organisation=None)
            assert person.unseal("person") == "My cousin at the council"
            assert not {"Q24_bar_org", "Q24_bar_person"} & set(report.told())
            report.grant_to(organisation("police"), basis="case", by=None, now=NOW)
            assert organisation("police").pk not in report.visible_to

    def test_each_choice_about_sharing_is_kept_with_the_wording_that_was_shown(self) -> None:
        report = receive({**TOLD, "Q24": ["police", "charity"]}, key=uuid4(), now=NOW).report
        with worker_scope():
            kept = SharingPreference.objects.filter(report=report)
            assert {(each.recipient, each.wording_version) for each in kept} == {
                ("police", "1"),
                ("charity", "1"),
            }

    def test_the_trail_holds_codes_and_no_words(self) -> None:
        report = receive(TOLD, key=uuid4(), now=NOW).report
        event = AuditEvent.objects.get(act="report.received", subject_id=str(report.pk))
        assert event.facts == {"to": [["charnwood-bc", "triage"]], "barred": 0}
        assert event.actor_kind == "public"

    def test_the_time_beside_the_words_is_only_to_the_minute(self) -> None:
        report = receive(TOLD, key=uuid4(), now=NOW.replace(second=42, microsecond=7)).report
        assert (report.received_at.second, report.received_at.microsecond) == (0, 0)

    def test_who_would_rather_tell_a_person_may_leave_everything_else_open(self) -> None:
        answers = {
            "Q02": "victim",
            "Q07_person": "yes",
            "Q25": "contact_only",
            "Q26_how": "text",
            "Q26_mobile": "07700 900 123",
            "Q23": ["support"],
            "Q24": ["no_one"],
        }
        report = receive(answers, key=uuid4(), now=NOW).report
        assert (report.perceived_strands, report.whereabouts, report.place_kind) == (
            [],
            "not_sure",
            "not_sure",
        )
        assert report.contact_details()["Q26_mobile"] == "07700 900 123"

    def test_officers_hear_once_an_hour_that_something_waits_and_not_what(self) -> None:
        ngozi(), gwen(), tomasz()
        for _report in range(3):
            receive(TOLD, key=uuid4(), now=NOW)
        entry = OutboxEntry.objects.get(kind="reporting.received")
        receive(TOLD, key=uuid4(), now=NOW + timedelta(hours=1))
        assert OutboxEntry.objects.filter(kind="reporting.received").count() == 2

        tell_officers(entry.payload, NOW)
        (message,) = mail.outbox
        assert message.bcc == ["ngozi.bell@charnwood-bc.example"]
        for word in ("hate", "report", "LLR", TOLD["Q07"]):
            assert word not in message.subject + message.body

    def test_drafts_that_nobody_came_back_to_are_erased(self, client: Client) -> None:
        walk(client, {"f6": {"Q02": "victim"}})
        assert erase_expired_drafts() == 0
        Draft.objects.update(expires_on=NOW.date() - timedelta(days=400))
        assert erase_expired_drafts() == 1


def test_references_are_easy_to_read_out_and_are_read_however_they_are_typed() -> None:
    reference = new_reference()
    prefix, first, second = reference.split("-")
    assert prefix == "LLR"
    assert set(first + second) <= set(LETTERS)
    for typed in (
        reference.lower(),
        f" {first} {second} ",
        reference.replace("-", ""),
        reference.replace("-", " – "),
    ):
        assert as_written(typed) == reference


def test_a_code_is_the_same_as_words_and_as_digits() -> None:
    code = ReceiptCode.of_draft(uuid4())
    assert ReceiptCode.typed(code.words) == ReceiptCode.typed(code.digits) == code
    assert ReceiptCode.typed(code.words.upper().replace(" ", ", ")) == code
    assert len(word_list()) ** 6 > 2**77
    assert len(set(word_list())) == len(word_list())


@pytest.mark.parametrize(
    "typed", ["", "apple", "1234", "9999 9999 9999 9999 9999 9999", "six words that are not any", "\x00"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(NotACode):
        ReceiptCode.typed(typed)


@pytest.mark.django_db
def test_a_centre_sees_its_own_report_and_no_other_centre_does(partnership: None) -> None:
    quillfeather, tollgate = (
        centre("quillfeather").organisation,
        centre("tollgate", area="harborough").organisation,
    )
    answers = at_a_centre(TOLD)
    receipt = receive(answers, key=uuid4(), now=NOW, centre=quillfeather, recorded_by=gwen())
    assert receipt.report.reporter_role == "centre"
    assert seen_by(quillfeather.code) == [receipt.report]
    assert not seen_by(tollgate.code)
