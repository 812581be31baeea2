"""Photos, documents, videos and sound: added before sending or afterwards, held until a real scanner has seen them,
and gone with the draft or the report."""

import os
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from audit.models import AuditEvent
from files import uploads
from files.models import Picture, SealedFile
from files.scanner import ScannerAway, Verdict
from outbox.models import OutboxEntry
from outbox.tasks import sweep
from reporting import evidence
from reporting.erasing import erase_told
from reporting.models import Draft, Evidence, EvidenceState, Report
from reporting.models.evidence import MOST_FILES
from reporting.tasks import look_after_evidence
from reporting.tries import MOST_FILES as MOST_OF_A_NETWORK
from scope.context import public_scope, worker_scope
from tests import sent_files
from tests.reporting.visiting import page, report_of, visit_of
from tests.reporting.walking import AMINA, CHECK, SENT, WHO, given, url, walk
from tests.scanner import HARMFUL_PHOTO
from vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

BEFORE, AFTER = "/p/w7/", "/back/w7/"
LATER = timedelta(minutes=30)


def a_file(name: str = "IMG_0012.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sent_files.jpeg() if content is None else content, "text/html")


def add(client: Client, *files: SimpleUploadedFile, at: str = BEFORE, **headers: str) -> Any:
    return client.post(at, {"files_to_add": list(files)}, headers=headers or None)


def all_of_it() -> list[Evidence]:
    with worker_scope():
        return list(Evidence.objects.select_related("file__data_key", "data_key").order_by("number"))


def the_one() -> Evidence:
    (only,) = all_of_it()
    return only


@pytest.fixture
def amina(client: Client) -> Client:
    """She has begun to tell."""
    walk(client, {WHO: AMINA[WHO]})
    return client


def sends(client: Client) -> Any:
    """The rest of her pages, and the receipt."""
    walk(client, {code: said for code, said in AMINA.items() if code != WHO})
    client.post(url(CHECK))
    return given(client.get(url(SENT)))


# Before sending ---------------------------------------------------------------------------------------------------


def test_amina_adds_two_photos_and_they_come_with_her_report(amina: Client) -> None:
    answer = add(amina, a_file(), a_file("IMG_0013.heic", sent_files.heic()))
    assert (answer.status_code, answer["Location"]) == (302, f"{BEFORE}?added")
    shown = page(amina, BEFORE)
    assert "IMG_0012.jpg" in shown
    assert "IMG_0013.heic" in shown
    report = report_of(sends(amina))
    with public_scope(receipt=bytes(report.receipt_code_digest or b"")):
        assert [str(each) for each in Evidence.objects.of(report)] == ["photo 1", "photo 2"]


def test_what_was_sent_lies_sealed_and_whole_and_its_name_too(amina: Client) -> None:
    add(amina, a_file())
    kept = the_one()
    with worker_scope():
        assert kept.file.original() == sent_files.jpeg()
        assert kept.file.sha256 == sha256(sent_files.jpeg()).hexdigest()
    assert sent_files.CANARY not in bytes(kept.file.content or b"")
    assert b"IMG_0012" not in bytes(kept.name or b"")
    assert kept.own_name == "IMG_0012.jpg"
    assert kept.state == EvidenceState.HELD


def test_one_that_fails_is_named_and_the_others_stay(amina: Client) -> None:
    answer = add(
        amina,
        a_file(),
        a_file("page.svg", sent_files.SVG),
        a_file("locked.pdf", sent_files.pdf(password="x")),
    )
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "“page.svg” did not go through. We can keep photos" in shown
    assert "“locked.pdf” did not go through. The PDF is locked with a password" in shown
    assert "The other files are added." in shown
    assert the_one().own_name == "IMG_0012.jpg"


@pytest.mark.parametrize(
    "content", [sent_files.SVG, sent_files.GIF_SCRIPT, sent_files.zip_bomb(), b"<script>", b""]
)
def test_what_could_run_or_unpack_is_not_kept_at_all(amina: Client, content: bytes) -> None:
    assert add(amina, a_file("photo.jpg", content)).status_code == 400
    assert all_of_it() == []
    with worker_scope():
        assert not SealedFile.objects.exists()
        assert not DataKey.objects.exists()


def test_nothing_chosen_is_said_in_plain_words(amina: Client) -> None:
    answer = amina.post(BEFORE, {})
    assert "Choose a file first" in answer.content.decode()


def test_amina_takes_a_file_back_and_nothing_of_it_is_left(amina: Client) -> None:
    add(amina, a_file())
    amina.post(BEFORE, {"remove": str(the_one().pk)})
    assert all_of_it() == []
    with worker_scope():
        assert not SealedFile.objects.exists()
        assert not DataKey.objects.exists()
    assert amina.post(BEFORE, {"remove": "not an id"}).status_code == 302


def test_nobody_takes_back_what_another_added(amina: Client) -> None:
    add(amina, a_file())
    other = Client()
    walk(other, {WHO: AMINA[WHO]})
    other.post(BEFORE, {"remove": str(the_one().pk)})
    assert len(all_of_it()) == 1
    assert "IMG_0012" not in page(other, BEFORE)


def test_without_a_draft_there_is_no_place_for_files() -> None:
    assert add(Client(), a_file()).status_code == 410
    assert all_of_it() == []


def test_a_report_takes_so_many_files_and_so_many_bytes(
    amina: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(amina, *(a_file(f"{each}.pdf", sent_files.letter()) for each in range(MOST_FILES + 1)))
    assert len(all_of_it()) == MOST_FILES
    assert "You cannot add more files to this report." in page(amina, BEFORE)
    monkeypatch.setattr(evidence, "MOST_BYTES", 1000)
    other = Client()
    walk(other, {WHO: AMINA[WHO]})
    assert "All your files together can be" in add(other, a_file()).content.decode()


def test_a_flood_of_files_waits_and_is_told_so(amina: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.tries.MOST_FILES", 1)
    assert MOST_OF_A_NETWORK > MOST_FILES
    answer = add(amina, a_file(), a_file("second.jpg"))
    assert "“second.jpg” did not go through. Too many files came at once." in answer.content.decode()
    assert len(all_of_it()) == 1


def test_a_script_that_sends_one_by_one_is_told_what_failed(amina: Client) -> None:
    assert add(amina, a_file(), accept="application/json").json() == {"failed": []}
    failed = add(amina, a_file("page.svg", sent_files.SVG), accept="application/json")
    assert failed.status_code == 400
    assert "page.svg" in failed.json()["failed"][0]


# Large ones -------------------------------------------------------------------------------------------------------


def test_a_long_video_is_never_on_disk_in_clear(amina: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_on_disk: list[bytes] = []

    class Watched(uploads.LockedFile):
        def seek(self, place: int, whence: int = 0) -> int:
            self._file.flush()
            size = os.fstat(self._file.fileno()).st_size
            lay_on_disk.append(os.pread(self._file.fileno(), size, 0))
            assert isinstance(self._file.name, int)  # it has no name under which another could open it
            return super().seek(place, whence)

    monkeypatch.setattr(uploads, "LockedFile", Watched)
    monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 1000)
    video = sent_files.video(12_000_000)
    assert add(amina, a_file("film.mp4", video)).status_code == 302
    kept = the_one()
    with worker_scope():
        assert kept.file.original() == video
    assert (kept.family, kept.byte_count) == ("video", len(video))
    assert len(lay_on_disk[0]) == len(video)
    assert b"video of the street" not in lay_on_disk[0]


def test_one_that_is_too_large_is_left_out_and_named(amina: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 1000)
    monkeypatch.setattr(uploads, "MOST_OF_ALL", 100_000)
    answer = add(
        amina, a_file(), a_file("film.mp4", sent_files.video()), a_file("second.png", sent_files.png())
    )
    assert "“film.mp4” did not go through. The file is larger than 100 MB." in answer.content.decode()
    assert [each.own_name for each in all_of_it()] == ["IMG_0012.jpg", "second.png"]


def test_no_other_page_takes_large_files_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 1000)
    monkeypatch.setattr(uploads, "LockedFile", lambda: pytest.fail("it was taken in"))
    assert (
        client.post("/back/", {"reference": "x", "file": a_file("film.mp4", sent_files.video())}).status_code
        == 200
    )


# Looking at them --------------------------------------------------------------------------------------------------


def test_a_clean_photo_is_released_with_a_picture_that_says_nothing_of_its_place(
    amina: Client, scanner: str
) -> None:
    add(amina, a_file())
    sweep()
    kept = the_one()
    assert (kept.state, kept.pictures) == (EvidenceState.CLEAN, 1)
    assert kept.file.scanned_at
    with worker_scope():
        jpeg = Picture.objects.get(file=kept.file).jpeg()
        assert kept.file.original() == sent_files.jpeg()
    assert jpeg.startswith(b"\xff\xd8\xff")
    assert sent_files.CANARY not in jpeg


@pytest.mark.parametrize(
    ("name", "content", "pictures"),
    [
        ("a.png", sent_files.png(), 1),
        ("a.heic", sent_files.heic(), 1),
        ("a.pdf", sent_files.pdf(pages=2), 2),
        ("a.mp4", sent_files.video(), 0),
        ("a.mp3", sent_files.sound(), 0),
    ],
)
def test_each_kind_is_looked_at(
    amina: Client, scanner: str, name: str, content: bytes, pictures: int
) -> None:
    add(amina, a_file(name, content))
    sweep()
    kept = the_one()
    assert (kept.state, kept.pictures) == (EvidenceState.CLEAN, pictures)


def test_a_harmful_file_is_never_shown_and_amina_is_told(amina: Client, scanner: str) -> None:
    add(amina, a_file("gift.jpg", HARMFUL_PHOTO))
    code = sends(amina)
    sweep()
    kept = the_one()
    assert kept.state == EvidenceState.INFECTED
    assert (kept.file.scanned_at, kept.file.refused_why) == (None, "infected")
    with worker_scope():
        assert not Picture.objects.exists()
    assert "There is a virus in it." in page(visit_of(code), AFTER)
    assert AuditEvent.objects.get(act="report.evidence_refused").facts == {"why": "infected"}


@pytest.mark.parametrize("content", [sent_files.png_bomb(), b"\xff\xd8\xff and then nothing"])
def test_a_bomb_or_a_broken_photo_is_never_shown(amina: Client, scanner: str, content: bytes) -> None:
    add(amina, a_file("photo", content))
    sweep()
    kept = the_one()
    assert kept.state == EvidenceState.UNREADABLE
    assert kept.file.scanned_at is None
    assert "It is damaged." in page(amina, BEFORE)


def test_while_the_scanner_is_down_files_are_held_and_nothing_is_lost(
    amina: Client, clamd_address: str, settings: Any
) -> None:
    settings.CLAMD = "/nowhere/clamd"
    add(amina, a_file())
    sweep()
    entry = OutboxEntry.objects.get(kind=evidence.LOOK)
    assert (entry.delivered_at, entry.attempts) == (None, 1)
    assert the_one().state == EvidenceState.HELD
    settings.CLAMD = clamd_address
    OutboxEntry.objects.update(try_at=timezone.now())
    sweep()
    assert the_one().state == EvidenceState.CLEAN


def test_files_that_came_before_there_was_a_scanner_are_looked_at_later(
    amina: Client, clamd_address: str, settings: Any
) -> None:
    add(amina, a_file())
    sweep()
    assert the_one().state == EvidenceState.HELD
    settings.CLAMD = clamd_address
    assert evidence.look_at_held(now=timezone.now() + LATER) == 1
    assert the_one().state == EvidenceState.CLEAN


def test_looking_twice_changes_nothing(amina: Client, scanner: str) -> None:
    add(amina, a_file())
    sweep()
    seen = the_one().file.scanned_at
    evidence.look_at(the_one().file_id, now=timezone.now() + LATER)
    assert the_one().file.scanned_at == seen


def test_a_file_taken_back_while_the_scanner_looks_is_gone_and_stays_gone(
    amina: Client, scanner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(amina, a_file())
    kept = the_one()

    def looks_for_long(pieces: Any) -> Verdict:
        list(pieces)
        assert evidence.remove(kept.pk, told_with=kept.told_with)
        return Verdict()

    monkeypatch.setattr("files.scanner.scan", looks_for_long)
    monkeypatch.setattr(evidence, "draw", lambda _file: [b"\xff\xd8\xff"])
    evidence.look_at(kept.file_id, now=timezone.now())
    assert all_of_it() == []
    with worker_scope():
        assert not Picture.objects.exists()


def test_a_scanner_that_goes_away_while_it_looks_leaves_the_file_held(amina: Client, settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:1"
    add(amina, a_file())
    with pytest.raises(ScannerAway):
        evidence.look_at(the_one().file_id, now=timezone.now())
    assert the_one().state == EvidenceState.HELD


# After sending ----------------------------------------------------------------------------------------------------


def test_amina_adds_a_video_on_the_way_back(amina: Client) -> None:
    code = sends(amina)
    visit = visit_of(code)
    answer = add(visit, a_file("film.mp4", sent_files.video()), at=AFTER)
    assert (answer.status_code, answer["Location"]) == (302, f"{AFTER}?added")
    shown = page(visit, AFTER)
    assert "film.mp4" in shown
    assert "Remove" not in shown
    assert AuditEvent.objects.get(act="report.evidence_added").facts == {"kind": "video"}


def test_on_the_way_back_nothing_is_taken_away(amina: Client) -> None:
    add(amina, a_file())
    visit = visit_of(sends(amina))
    visit.post(AFTER, {"remove": str(the_one().pk)})
    assert len(all_of_it()) == 1


def test_without_a_visit_nothing_is_added_to_a_report(amina: Client) -> None:
    sends(amina)
    assert add(Client(), a_file(), at=AFTER).status_code == 302
    assert all_of_it() == []


# Gone with it -----------------------------------------------------------------------------------------------------


def test_what_was_added_to_an_erased_draft_is_erased_after_a_while(amina: Client) -> None:
    add(amina, a_file())
    amina.post("/leave/")
    assert evidence.erase_left(now=timezone.now()) == 0
    assert evidence.erase_left(now=timezone.now() + LATER) == 1
    with worker_scope():
        assert not SealedFile.objects.exists()
        assert not DataKey.objects.exists()


def test_what_came_with_a_report_or_a_draft_that_is_there_stays(amina: Client) -> None:
    add(amina, a_file())
    look_after_evidence()
    assert evidence.erase_left(now=timezone.now() + LATER) == 0
    sends(amina)
    assert not Draft.objects.exists()
    assert evidence.erase_left(now=timezone.now() + LATER) == 0


def test_erasing_a_report_erases_its_files_and_their_keys(amina: Client, scanner: str) -> None:
    add(amina, a_file(), a_file("film.mp4", sent_files.video()))
    report = report_of(sends(amina))
    sweep()
    with worker_scope():
        erased = erase_told(Report.objects.get(pk=report.pk), why="asked", now=timezone.now())
        assert erased.files == 2
        assert not SealedFile.objects.exists()
        assert not Picture.objects.exists()
        assert not Evidence.objects.exists()
        assert not DataKey.objects.exists()
