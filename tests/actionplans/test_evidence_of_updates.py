"""Evidence goes with an update: a link, or a file that is sealed at once and held until it was scanned."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actionplans import tasks
from actionplans.evidence import drop_if_unused
from actionplans.models import Action, Evidence, UpdateDraft
from files.models import SealedFile
from outbox.models import OutboxEntry
from outbox.tasks import sweep
from scope.context import worker_scope
from tests.actionplans.filling import PAGE, filled_in, of, told
from tests.actionplans.world import plans_as_of_today
from tests.people import client_for, member, ngozi, organisation
from tests.scanner import HARMFUL_PHOTO
from vault.models import DataKey

pytestmark = pytest.mark.django_db
PHOTO = b"\xff\xd8\xff\xe0" + b"twelve screens with the number" * 20


@pytest.fixture
def browser():
    plans_as_of_today()
    return client_for(ngozi(now=timezone.now()))


def photo(name: str = "screens.jpg", content: bytes = PHOTO) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fill(browser, **fields) -> dict[str, object]:
    typed = {of("C3", name): value for name, value in fields.items()}
    return filled_in(browser.get(PAGE).content.decode()) | typed


def files() -> list[SealedFile]:
    with worker_scope():
        return list(SealedFile.objects.all())


def test_a_link_and_a_photo_go_with_the_update(browser):
    sent = fill(
        browser,
        what_changed="All screens show it.",
        evidence_link="www.charnwood.example/screens",
        evidence_file=photo(),
    )
    assert "Recorded: 1 update" in browser.post(PAGE, sent, follow=True).content.decode()
    link, file = Evidence.objects.order_by("pk")
    assert (link.link, file.title) == ("https://www.charnwood.example/screens", "screens.jpg")
    assert link.update == file.update == Action.objects.get(ref="C3").updates.first()
    assert b"twelve screens" not in bytes(files()[0].content), "it stands sealed"


def test_a_file_is_handed_out_only_once_it_was_scanned_and_only_to_keep(browser):
    browser.post(PAGE, fill(browser, what_changed="All screens show it.", evidence_file=photo()))
    address = f"{PAGE}evidence/{Evidence.objects.get().pk}/"
    assert browser.get(address).status_code == 404
    action = reverse("actionplans:action", args=["appendix-c", "C3"])
    assert "held until it has been checked for viruses" in browser.get(action).content.decode()
    with worker_scope():
        SealedFile.objects.update(scanned_at=timezone.now())
    assert address in browser.get(action).content.decode()
    answer = browser.get(address)
    assert answer.content == PHOTO
    assert answer["Content-Disposition"] == 'attachment; filename="screens.jpg"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    volunteer = member("Asha Demir", organisation("charnwood-bc"), "translator", now=timezone.now())
    assert client_for(volunteer).get(address).status_code == 404


def test_the_scanner_releases_a_file_and_refuses_a_harmful_one(browser, scanner):
    browser.post(PAGE, fill(browser, what_changed="All screens show it.", evidence_file=photo()))
    sweep()
    address = f"{PAGE}evidence/{Evidence.objects.get().pk}/"
    answer = browser.get(address)
    assert (answer.content, answer["Content-Security-Policy"]) == (PHOTO, "default-src 'none'; sandbox")
    Evidence.objects.all().delete()
    harmful = SimpleUploadedFile("screens.jpg", HARMFUL_PHOTO)
    browser.post(PAGE, fill(browser, what_changed="More screens.", evidence_file=harmful))
    sweep()
    assert browser.get(f"{PAGE}evidence/{Evidence.objects.get().pk}/").status_code == 404
    action = reverse("actionplans:action", args=["appendix-c", "C3"])
    assert "the virus scanner found something harmful in it" in browser.get(action).content.decode()


def test_a_file_that_is_saved_for_later_is_kept_named_and_said_to_be_held(browser):
    text = browser.post(
        PAGE, fill(browser, evidence_file=photo()) | {"button": "save"}, follow=True
    ).content.decode()
    assert "<strong>screens.jpg</strong> is kept" in text
    assert "Nobody can open it until it has been checked for viruses" in text
    sent = filled_in(text) | {of("C3", "what_changed"): "All screens show it."}
    browser.post(PAGE, sent)
    assert Evidence.objects.get().file_id == files()[0].pk, "the one that was kept, not another"


def test_the_page_s_script_sends_a_file_as_soon_as_it_is_chosen(browser):
    answer = browser.post(PAGE, fill(browser, evidence_file=photo()) | {"button": "auto"}).json()
    pk = Action.objects.get(ref="C3").pk
    assert answer["files"] == {str(pk): "screens.jpg"}
    wrong = fill(browser, evidence_file=photo("page.html", b"<script>")) | {"button": "auto"}
    answer = browser.post(PAGE, wrong).json()
    assert "The file is not a photo (JPEG or PNG) or a PDF" in answer["refused"][str(pk)]
    assert UpdateDraft.objects.get().said["file"]["name"] == "screens.jpg", "the one of before stays"


def test_a_file_of_another_kind_is_refused_plainly_and_nothing_else_is_lost(browser):
    sent = fill(browser, what_changed="Look.", evidence_file=photo("page.html", b"<script>"))
    text = browser.post(PAGE, sent).content.decode()
    assert "C3: page.html: The file is not a photo" in text
    assert filled_in(text)[of("C3", "what_changed")] == "Look."
    assert (told(), files()) == (0, [])


def test_a_link_that_is_none_is_refused_plainly(browser):
    for typed in ("javascript:alert(1)", "not a link", "ftp://x.example/"):
        text = browser.post(PAGE, fill(browser, what_changed="Look.", evidence_link=typed)).content.decode()
        assert "C3: the link must be a whole web address" in text, typed
    assert not Evidence.objects.exists()


def test_evidence_alone_is_asked_for_its_sentence(browser):
    text = browser.post(PAGE, fill(browser, evidence_file=photo())).content.decode()
    assert "C3: say in a sentence or two what changed" in text
    assert "<strong>screens.jpg</strong> is kept" in browser.get(PAGE).content.decode()


def test_a_file_taken_back_is_erased_with_its_key(browser):
    keys = DataKey.objects.count()
    browser.post(PAGE, fill(browser, evidence_file=photo()) | {"button": "save"})
    browser.post(PAGE, fill(browser, drop_file="on") | {"button": "save"})
    entry = OutboxEntry.objects.get(kind="actionplans.drop_file")
    tasks.drop_file(entry.payload, timezone.now())
    assert (files(), DataKey.objects.count()) == ([], keys)


def test_a_file_that_was_sent_is_never_taken_for_one_taken_back(browser):
    browser.post(PAGE, fill(browser, what_changed="Look.", evidence_file=photo()))
    assert not drop_if_unused(str(files()[0].pk))
    assert len(files()) == 1


def test_a_replayed_sending_hangs_its_evidence_on_once(browser):
    sent = fill(browser, what_changed="Look.", evidence_link="https://www.charnwood.example/")
    browser.post(PAGE, sent)
    browser.post(PAGE, sent)
    assert Evidence.objects.count() == 1
