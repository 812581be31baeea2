"""What a person is given: all of theirs, nothing of others', released by two people."""

import contextlib
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest
from pypdf import PdfReader

from audit.models import AuditEvent
from casework.erasing import erase
from reporting.models import Report
from rights import packs
from rights.answering import RightsRefused, answer
from rights.models import RequestReport, RightsRequest, SubjectPack
from rights.redacting import Cover, Why
from rights.sight import OutOfSight
from scope.context import staff_scope, worker_scope
from tests.casework.world import STANDS_APART, a_suspect, told, triaged
from tests.people import NOW, client_for, ngozi
from tests.reporting.said_later import everything_said_later
from tests.rights.world import about, desk, in_scope_of, known

pytestmark = pytest.mark.django_db
SECOND = "Sefton Gale"


@pytest.fixture
def report() -> Report:
    """Zaynab's, in which Ray Nettle is named, with a case on which Ngozi wrote of him and of Zaynab."""
    made, by = told(**STANDS_APART), ngozi()
    case = triaged(made, by=by)
    with staff_scope(by.organisation_id or 0, by.pk):
        a_suspect(case.reports[0], by)
        case.note("Zaynab says Ray Nettle's brother Ossian saw it. Rang her.", by=by, now=NOW)
        case.tell_reporter("We have spoken to the school.", status="read", by=by, now=NOW)
    with worker_scope():
        everything_said_later(Report.objects.select_related("data_key").get(pk=made.pk))
    return made


@pytest.fixture
def named(report: Report) -> Iterator[RequestReport]:
    """The request that is about it, in the scope of Delphine."""
    desk(SECOND)
    with in_scope_of(desk()):
        yield about(known(by=desk()), report, by=desk())


def opened(named: RequestReport, name: str = "Delphine Marsh") -> AbstractContextManager[SubjectPack]:
    request = RightsRequest.objects.select_related("organisation").get(pk=named.request_id)
    return packs.opened(request, named, by=desk(name), now=NOW)


def number_of(pack: SubjectPack, words: str) -> int:
    return next(number for number, each in enumerate(pack.read()) if words in each.text)


def unpacked(pdf: bytes) -> Iterator[bytes]:
    """Every stream of the file, metadata and structure too."""
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(found[1])


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_holds_all_that_is_the_persons_and_names_of_others_are_proposed(named: RequestReport) -> None:
    with opened(named) as pack:
        passages = {each.section for each in pack.read()}
        note = number_of(pack, "Ossian")
        assert [each for each in pack.read() if each.label.startswith("You, ") and each.text]
        assert [each for each in pack.read() if each.label.startswith("You asked: ") and each.text]
        assert {"What was said between us", "What was done and decided", "Who has read it"} <= passages
        assert not [each for each in pack.read() if "A red coat." in each.text]
        assert pack.covered()[note].words == {
            "Ray Nettle": Why.SUSPECT,
            "Ray": Why.SUSPECT,
            "Nettle": Why.SUSPECT,
            "Ngozi Bell": Why.STAFF,
            "Ngozi": Why.STAFF,
            "Bell": Why.STAFF,
        }
        assert not [cover for cover in pack.covered().values() if "Zaynab" in cover.words]


def test_what_is_covered_is_neither_in_the_words_nor_in_the_bytes_of_the_file(named: RequestReport) -> None:
    with opened(named) as pack:
        note = number_of(pack, "Ossian")
        before = pack.covered()[note]
        packs.cover(pack, note, Cover({**before.words, "brother Ossian": Why.OTHER}))
        packs.propose(pack, by=desk(), now=NOW)
        packs.release(pack, by=desk(SECOND), now=NOW)
        pdf = packs.file_of(pack, by=desk(), now=NOW)
        assert pack.how_many_covered == sum(packs.counted(pack).values()) > 3
    words = words_of(pdf)
    assert "Zaynab says" in words
    assert "about somebody else" in words
    assert "We have spoken to the school." in words
    everything = pdf + b"".join(unpacked(pdf))
    for gone in ("Nettle", "Ossian", "Ngozi", "red coat"):
        assert gone not in words
        assert gone.encode() not in everything
        assert gone.encode("utf-16-be") not in everything


def test_two_people_release_it_and_nothing_changes_afterwards(named: RequestReport) -> None:
    with opened(named) as pack:
        with pytest.raises(RightsRefused, match="asked for it to be released"):
            packs.release(pack, by=desk(SECOND), now=NOW)
        with pytest.raises(RightsRefused, match="has not been released"):
            packs.file_of(pack, by=desk(), now=NOW)
        packs.propose(pack, by=desk(), now=NOW)
        with pytest.raises(RightsRefused, match="somebody else has to do it"):
            packs.release(pack, by=desk(), now=NOW)
        with pytest.raises(RightsRefused, match="Take it back first"):
            packs.cover(pack, 0, Cover())
        packs.take_back(pack, by=desk(SECOND), now=NOW)
        packs.propose(pack, by=desk(SECOND), now=NOW)
        packs.release(pack, by=desk(), now=NOW)
        for act in (packs.take_back, packs.release):
            with pytest.raises(RightsRefused, match="has been released"):
                act(pack, by=desk(SECOND), now=NOW)
    released = AuditEvent.objects.get(act="rights.pack_released")
    assert released.facts["sha256"] == pack.digest
    assert "Nettle" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


def test_a_request_is_not_done_while_its_pack_waits(named: RequestReport) -> None:
    with opened(named):
        pass
    with pytest.raises(RightsRefused, match="has not been released"):
        answer(named.request, outcome="done", words="Sent.", by=desk(), now=NOW)
    answer(named.request, outcome="refused", words="We could not.", by=desk(), now=NOW)
    with pytest.raises(OutOfSight), opened(named):
        pass


def test_it_goes_with_the_report(named: RequestReport, report: Report) -> None:
    with opened(named):
        pass
    with worker_scope():
        case = Report.objects.get(pk=report.pk).case_report.case
        type(case).objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
        erase(report, why="person_asked", by=None, now=NOW)
    (pack,) = SubjectPack.objects.all()
    assert pack.is_gone
    assert pack.covers is None


def test_the_desk_covers_a_passage_on_its_page_and_a_second_person_releases(named: RequestReport) -> None:
    address = f"/staff/rights/{named.request_id}/pack/{named.pk}/"
    browser, second = client_for(desk()), client_for(desk(SECOND))
    page = browser.get(address).content.decode()
    assert "<mark>Ray Nettle</mark>" in page
    with opened(named) as pack:
        note = number_of(pack, "Ossian")
    keep = {"keep": ["Ray Nettle", "Ray", "Nettle", "Ngozi Bell", "Ngozi", "Bell"], "whole": ""}
    wrong = browser.post(f"{address}{note}/", {**keep, "more": "Ossyan", "why": "other"}).content.decode()
    assert "does not stand in the passage" in wrong
    wrong = browser.post(f"{address}{note}/", {**keep, "more": "Ossian"}).content.decode()
    assert "Choose why these words are covered" in wrong
    done = browser.post(f"{address}{note}/", {**keep, "more": "Ossian", "why": "other"})
    assert done["Location"] == f"{address}#passage-{note}"
    assert "<mark>Ossian</mark>" in browser.get(address).content.decode()
    browser.post(address + "propose/")
    browser.post(address + "release/")
    assert not SubjectPack.objects.get().released_at
    second.post(address + "release/")
    made = second.get(address + "file/")
    assert made["Content-Type"] == "application/pdf"
    assert "Ossian" not in words_of(made.content)
