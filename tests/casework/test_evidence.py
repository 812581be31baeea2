"""Officers see what came with a report: pictures that we drew, and the file as it came with a reason and a fresh
proof; nothing that the scanner has not cleared, and nothing of what is not theirs."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from casework.models import Case
from reporting import evidence
from reporting.models import Evidence, EvidenceState, Report, ReportAccess
from scope.context import worker_scope
from tests import sent_files
from tests.casework.world import BARS_THE_POLICE, told, triaged
from tests.people import NOW, client_for, gwen, ngozi, tomasz
from tests.scanner import HARMFUL_PHOTO

pytestmark = pytest.mark.django_db


def came(report: Report, name: str = "IMG_0012.jpg", content: bytes | None = None) -> Evidence:
    """A file that came with the report; looked at, where there is a scanner."""
    content = sent_files.jpeg() if content is None else content
    sent = evidence.Sent(name, len(content), [content])
    made = evidence.add(sent, told_with=report.idempotency_key, now=NOW, report=report)
    if made.file.data_key is not None:
        evidence._look({"file": str(made.file_id)}, NOW)
    with worker_scope():
        return Evidence.objects.get(pk=made.pk)


@pytest.fixture
def report(db: None) -> Report:
    return told(**BARS_THE_POLICE)


@pytest.fixture
def case(report: Report) -> Case:
    return triaged(report, by=ngozi())


@pytest.fixture
def officer() -> Client:
    return client_for(ngozi())


def at(made: Evidence, more: str = "") -> str:
    return f"/staff/evidence/{made.pk}/{more}"


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_case_lists_what_came_with_it(case: Case, report: Report, officer: Client, scanner: str) -> None:
    photo = came(report)
    came(report, "film.mp4", sent_files.video())
    page = officer.get(f"/staff/cases/{case.reference}/").content.decode()
    assert f'href="{at(photo)}">Photo 1</a>' in page
    assert "Video 2" in page
    assert "JPG, 5.9" in page
    assert "IMG_0012" not in page


def test_a_waiting_report_lists_it_too(report: Report, officer: Client, scanner: str) -> None:
    photo = came(report)
    assert at(photo) in officer.get(f"/staff/queue/{report.reference}/").content.decode()


def test_an_officer_looks_at_a_picture_without_its_place_and_it_is_recorded(
    case: Case, report: Report, officer: Client, scanner: str
) -> None:
    photo = came(report)
    page = officer.get(at(photo)).content.decode()
    assert f'src="{at(photo, "1/")}"' in page
    answer = officer.get(at(photo, "1/"))
    assert answer["Content-Type"] == "image/jpeg"
    assert sent_files.CANARY not in answer.content
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    event = AuditEvent.objects.get(act="report.evidence_seen")
    assert (event.subject_id, event.facts) == (str(report.pk), {"file": 1, "picture": 1})
    with worker_scope():
        assert ReportAccess.objects.filter(report=report, user=ngozi()).exists()


def test_the_original_needs_a_reason_and_is_whole_by_its_hash(
    case: Case, report: Report, officer: Client, scanner: str
) -> None:
    photo = came(report, content=sent_files.jpeg_and_page())
    original = at(photo, "original/")
    assert "Choose why you need it" in officer.post(original, {}).content.decode()
    assert not AuditEvent.objects.filter(act="report.evidence_taken").exists()
    answer = officer.post(original, {"reason": "police"})
    assert answer["Content-Disposition"] == f'attachment; filename="{report.reference}-photo-1.jpg"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sha256(content_of(answer)).digest() == sha256(sent_files.jpeg_and_page()).digest()
    assert AuditEvent.objects.get(act="report.evidence_taken").facts == {"file": 1, "why": "police"}


def test_the_original_needs_a_fresh_proof(
    case: Case, report: Report, officer: Client, scanner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = came(report, "film.mp4", sent_files.video())
    monkeypatch.setattr("partners.step_up.FRESH_FOR", timedelta(0))
    answer = officer.post(at(video, "original/"), {"reason": "only_way"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")


def test_a_video_has_no_picture_and_comes_as_an_attachment(
    case: Case, report: Report, officer: Client, scanner: str
) -> None:
    video = came(report, "film.mp4", sent_files.video(9_000_000))
    assert "<img" not in officer.get(at(video)).content.decode().split("<main")[1]
    assert officer.get(at(video, "1/")).status_code == 404
    answer = officer.post(at(video, "original/"), {"reason": "only_way"})
    assert content_of(answer) == sent_files.video(9_000_000)


def test_the_pages_of_a_pdf_are_pictures(case: Case, report: Report, officer: Client, scanner: str) -> None:
    letter = came(report, "letter.pdf", sent_files.pdf(pages=2))
    page = officer.get(at(letter)).content.decode()
    assert "Page 2 of 2" in page
    for number in (1, 2):
        picture = officer.get(at(letter, f"{number}/")).content
        assert picture.startswith(b"\xff\xd8\xff")
        assert sent_files.CANARY not in picture
    assert officer.get(at(letter, "3/")).status_code == 404


def test_what_is_held_is_named_and_nothing_of_it_is_handed_out(
    case: Case, report: Report, officer: Client
) -> None:
    photo = came(report)
    assert (
        "Held until the virus scanner has seen it."
        in officer.get(f"/staff/cases/{case.reference}/").content.decode()
    )
    assert officer.get(at(photo, "1/")).status_code == 404
    assert officer.get(at(photo, "original/")).status_code == 404
    assert officer.post(at(photo, "original/"), {"reason": "police"}).status_code == 404


@pytest.mark.parametrize(
    ("content", "state", "words"),
    [
        (HARMFUL_PHOTO, EvidenceState.INFECTED, "The virus scanner found something harmful in it."),
        (sent_files.png_bomb(), EvidenceState.UNREADABLE, "No safe copy could be made of it"),
    ],
)
def test_what_is_refused_is_named_and_never_handed_out(
    case: Case, report: Report, officer: Client, scanner: str, content: bytes, state: str, words: str
) -> None:
    bad = came(report, "gift", content)
    assert bad.state == state
    assert words in officer.get(at(bad)).content.decode()
    for more in ("1/", "original/"):
        assert officer.get(at(bad, more)).status_code == 404
        assert officer.post(at(bad, more), {"reason": "police"}).status_code in (404, 405)


def test_who_may_not_see_the_report_finds_nothing(case: Case, report: Report, scanner: str) -> None:
    photo = came(report)
    for somebody in (gwen(), tomasz()):
        for more in ("", "1/", "original/"):
            assert client_for(somebody).get(at(photo, more)).status_code == 404


def test_nothing_that_comes_could_run(case: Case, report: Report, officer: Client, scanner: str) -> None:
    for name, content in (("a.jpg", sent_files.jpeg_and_page()), ("b.pdf", sent_files.pdf_and_zip())):
        made = came(report, name, content)
        picture = officer.get(at(made, "1/"))
        for active in (b"<script", b"<html", b"PK\x03\x04", b"alert("):
            assert active not in picture.content
        original = officer.post(at(made, "original/"), {"reason": "unclear"})
        assert original["Content-Disposition"].startswith("attachment")
        assert original["Content-Type"] == "application/octet-stream"
        content_of(original)


def test_the_case_page_costs_as_much_with_many_files_as_with_one(
    case: Case, report: Report, officer: Client, django_assert_num_queries: Any
) -> None:
    address = f"/staff/cases/{case.reference}/"
    came(report)
    officer.get(address)
    with CaptureQueriesContext(connection) as with_one:
        officer.get(address)
    for number in range(5):
        came(report, f"{number}.pdf", sent_files.letter())
    with django_assert_num_queries(len(with_one)):
        officer.get(address)
