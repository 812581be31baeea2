"""A pack holds what is shared with one organisation, says whose it is, and is over when the sharing is."""

import io
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import docx
import pypdf
import pytest
from django.db import connection
from django.utils import timezone

from audit.models import AuditEvent
from casework.giving_sight import stop_sharing
from casework.models import Pack, PackDownload, PackKind, PackMedium, Share
from casework.pack_contents import as_json
from casework.pack_document import WORDS_LEFT_OUT
from casework.pack_gathering import gather
from casework.packs import (
    NothingShared,
    PackIsOver,
    make_pack,
    open_pack,
    recipients,
    why_over,
    withdraw_pack,
)
from casework.parts import ALL_PARTS, PARTS
from documents import pdf
from documents.word import as_docx
from reporting.models import Report
from scope.context import staff_scope, worker_scope
from tests.casework.packed import ALSO_OF, ARABIC, LATER, PLANTED, Packed, as_found, packed
from tests.database import standing
from tests.partners.test_step_up import proved_minutes_ago
from tests.people import NOW, client_for, farah, gwen, organisation

DAYS = timedelta(days=1)
# Not the centre that recorded it: its people read no cases.
SEE_IT = {"police", "victim-first"}


@pytest.fixture(scope="module")
def packed_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Packed]:
    with standing(django_db_blocker, packed) as made:
        yield made


@pytest.fixture
def world(packed_once: Packed, db: None) -> Packed:
    return deepcopy(packed_once)


def a_pack(world: Packed, *, now: datetime = LATER, **how: Any) -> Pack:
    """Ngozi makes it for Victim First."""
    with staff_scope(world.lead.organisation_id or 0, world.lead.pk):
        case = as_found(world.case)
        return make_pack(case, world.victim_first, **({"purpose": "support"} | how), by=world.lead, now=now)


def opened(world: Packed, pack: Pack, *, now: datetime = LATER, medium: PackMedium = PackMedium.PDF) -> Any:
    """Ida opens it, where she works."""
    with staff_scope(world.reader.organisation_id or 0, world.reader.pk):
        found = Pack.objects.select_related("case__lead_organisation", "organisation", "made_by").get(
            pk=pack.pk
        )
        return open_pack(found, medium, by=world.reader, now=now)


# What is in it ------------------------------------------------------------------------------------------------


def test_each_part_is_in_it_where_it_is_shared_and_nowhere_else(world: Packed) -> None:
    codes = [part.code for part in PARTS]
    some = [(), *((code,) for code in codes), *combinations(codes, 4), tuple(codes)]
    with staff_scope(world.lead.organisation_id or 0):
        case = as_found(world.case)
        for parts in some:
            said = as_json(asdict(gather(case, parts, by=world.lead, now=LATER))).decode()
            found = {code for code, words in PLANTED.items() if words in said}
            assert found == set(parts)
            assert {code for code, words in ALSO_OF.items() if words in said} == found & set(ALSO_OF)


def test_the_rules_of_safe_contact_are_in_it_whatever_is_shared(world: Packed) -> None:
    with staff_scope(world.lead.organisation_id or 0):
        told = gather(as_found(world.case), (), by=world.lead, now=LATER).reports[0]
    assert [rule.id for rule in told.safe_contact.rules] == ["Q26_message", "Q26_times", "Q26_care"]
    assert told.safe_contact.details == []
    assert "only through who leads the case" in told.safe_contact.in_words


def test_a_pack_is_read_on_paper_and_in_word_with_its_mark_on_every_page(world: Packed) -> None:
    document = opened(world, a_pack(world)).document()
    mark = (
        f"For Victim First only. {world.case.reference}-P1, made for supporting the person on 10 March 2026"
    )
    paper = pypdf.PdfReader(io.BytesIO(pdf.render(document)))
    assert len(paper.pages) > 1
    for page in paper.pages:
        words = " ".join(page.extract_text().split())
        assert mark in words
        assert "do not copy" in words
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    word = docx.Document(io.BytesIO(as_docx(document)))
    assert mark in word.sections[0].header.paragraphs[0].text
    assert "do not copy" in word.sections[0].header._element.xml
    assert [each.text for each in word.paragraphs if each.style.name == "Heading 1"][:2] == [
        "The case",
        "What was told",
    ]
    leftwards = next(each for each in word.paragraphs if ARABIC in each.text)
    assert leftwards._p.pPr.xpath("w:bidi")
    assert any("=HYPERLINK(“x”) <b>#panic(1)</b>" in each.text for each in word.paragraphs)


def test_their_own_words_can_be_left_out_and_the_pack_says_so(world: Packed) -> None:
    taken = opened(world, a_pack(world, without_words=True))
    assert PLANTED["what"] not in as_json(asdict(taken.contents)).decode()
    assert any(getattr(block, "text", "") == WORDS_LEFT_OUT for block in taken.document().walk())


def test_only_what_is_shared_goes_into_it(world: Packed) -> None:
    with staff_scope(world.lead.organisation_id or 0):
        share = Share.objects.running().get(case=world.case, organisation=world.victim_first)
        Share.objects.filter(pk=share.pk).update(parts=["what", "risk"])
        grants = world.case.reports[0].grants.filter(organisation=world.victim_first, withdrawn_at=None)
        grants.update(parts=["what", "risk"])
        world.case.reports[0].recompute_visibility()
    pack = a_pack(world)
    assert pack.parts == ["what", "risk"]
    said = as_json(asdict(opened(world, pack).contents)).decode()
    assert {code for code, words in PLANTED.items() if words in said} == {"what", "risk"}
    assert opened(world, pack).is_as_made


def test_nothing_is_made_for_an_organisation_with_which_nothing_is_shared(world: Packed) -> None:
    with staff_scope(world.lead.organisation_id or 0):
        case = as_found(world.case)
        assert {each.code for each, _ in recipients(case)} == SEE_IT
        with pytest.raises(NothingShared, match="Share it with them first"):
            make_pack(case, gwen().organisation, purpose="support", by=world.lead, now=LATER)


# Who opened it ------------------------------------------------------------------------------------------------


def test_who_opened_it_stands_on_the_pack_in_the_trail_and_on_the_reporters_page(world: Packed) -> None:
    pack = a_pack(world)
    opened(world, pack)
    with worker_scope():
        taken = PackDownload.objects.get(pack=pack)
        assert (taken.by, taken.organisation, taken.medium, taken.at) == (
            world.reader,
            world.victim_first,
            PackMedium.PDF,
            LATER,
        )
        trail = AuditEvent.objects.filter(act="case.pack_taken", actor_id=str(world.reader.pk))
        assert trail.get().facts == {"pack": pack.name, "medium": "pdf"}
        report = Report.objects.get(reference=world.case.reference)
        assert report.accesses.filter(organisation=world.victim_first, user=world.reader).count() == 1


def test_a_pack_says_when_what_is_shared_has_changed_since(world: Packed) -> None:
    pack = a_pack(world)
    assert opened(world, pack).is_as_made
    with staff_scope(world.lead.organisation_id or 0):
        as_found(world.case).tell_reporter("We rang.", status="read", by=world.lead, now=LATER)
    changed = opened(world, pack, now=LATER + DAYS)
    assert not changed.is_as_made
    first = next(iter(changed.document().walk()))
    assert first.text.startswith("What is shared has changed since this was made on 10 March 2026.")


# When it is over ----------------------------------------------------------------------------------------------


def test_after_fourteen_days_it_is_over(world: Packed) -> None:
    pack = a_pack(world)
    opened(world, pack, now=LATER + 14 * DAYS - timedelta(seconds=1))
    with pytest.raises(PackIsOver, match=r"Its time ended on 24 March 2026\. Ask .* if you still need it"):
        opened(world, pack, now=LATER + 14 * DAYS)


def test_a_withdrawn_pack_opens_no_more(world: Packed) -> None:
    pack = a_pack(world)
    with staff_scope(world.lead.organisation_id or 0):
        for _twice in range(2):
            withdraw_pack(Pack.objects.get(pk=pack.pk), by=world.lead, now=LATER)
        assert [event.act for event in as_found(world.case).events.all()].count("withdraw_pack") == 1
    with pytest.raises(PackIsOver, match=r"It was withdrawn on 10 March 2026\."):
        opened(world, pack)


def test_a_part_that_is_not_shared_any_more_ends_the_pack(world: Packed) -> None:
    pack = a_pack(world)
    with worker_scope():
        found = Pack.objects.get(pk=pack.pk)
        assert why_over(found, now=LATER) == ""
        less = why_over(found, now=LATER, shared=ALL_PARTS - {"suspect"})
    assert less == "What it holds is not shared with Victim First any more."


@pytest.fixture
def shown(world: Packed) -> tuple[Packed, str]:
    """A pack made now, and its address."""
    pack = a_pack(world, now=timezone.now())
    return world, f"/staff/packs/{pack.pk}/"


def test_when_the_sharing_ends_the_next_request_is_refused_and_raw_sql_finds_nothing(
    shown: tuple[Packed, str],
) -> None:
    world, address = shown
    browser = client_for(world.reader)
    assert browser.get(address).status_code == 200
    assert browser.get(f"{address}page/").status_code == 200
    with staff_scope(world.lead.organisation_id or 0):
        share = Share.objects.running().get(case=world.case, organisation=world.victim_first)
        stop_sharing(share, by=world.lead, now=timezone.now())
    for page in (address, f"{address}page/", f"{address}pdf/", f"{address}docx/"):
        assert browser.get(page).status_code == 404
    with staff_scope(world.reader.organisation_id or 0), connection.cursor() as cursor:
        for table in ("casework_pack", "casework_packdownload"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


# The pages ----------------------------------------------------------------------------------------------------


def test_ngozi_makes_a_pack_on_the_page_and_ida_saves_it(world: Packed) -> None:
    ngozi, ida = client_for(world.lead), client_for(world.reader)
    make = f"/staff/cases/{world.case.reference}/packs/make/"
    page = ngozi.get(make)
    asked = {"organisation": str(world.victim_first.pk), "purpose": "support"}
    asked["seen"] = str(page.context["form"]["seen"].value())
    assert ngozi.post(make, asked).status_code == 302
    # Pressed twice: the second is told what happened, and no second pack is made.
    assert ngozi.post(make, asked).status_code == 409
    listed = ngozi.get(f"/staff/cases/{world.case.reference}/packs/").content.decode()
    assert listed.count(f"{world.case.reference}-P1") == 1
    with worker_scope():
        pack = Pack.objects.get(case=world.case, kind=PackKind.PACK)
    word = ida.get(f"/staff/packs/{pack.pk}/docx/")
    assert word["Content-Disposition"] == f'attachment; filename="{world.case.reference}-P1.docx"'
    assert word["Cache-Control"] == "no-store"
    assert ida.get(f"/staff/packs/{pack.pk}/json/").status_code == 404
    assert "Ida Wren" in ngozi.get(f"/staff/packs/{pack.pk}/").content.decode()
    assert "Who opened it" not in ida.get(f"/staff/packs/{pack.pk}/").content.decode()


def test_people_of_other_organisations_find_no_pack(shown: tuple[Packed, str]) -> None:
    world, address = shown
    with staff_scope(world.lead.organisation_id or 0):
        case = as_found(world.case)
        case.reports[0].grant_to(organisation("lcc"), basis="case", by=world.lead, now=NOW)
    for stranger in (gwen(), farah()):
        browser = client_for(stranger)
        assert [browser.get(page).status_code for page in (address, f"{address}pdf/")] == [404, 404]


def test_before_it_is_made_or_opened_one_proves_who_one_is(shown: tuple[Packed, str]) -> None:
    world, address = shown
    for user, page in (
        (world.reader, f"{address}pdf/"),
        (world.lead, f"/staff/cases/{world.case.reference}/packs/make/"),
    ):
        answer = proved_minutes_ago(user, 11).get(page)
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
    with worker_scope():
        assert not PackDownload.objects.filter(by=world.reader).exists()
