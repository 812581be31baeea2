"""Who is said to have done it is known again on another case, by officers who may open both, and by nobody else."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from casework.comparing_suspects import Verdict, compare_suspects
from casework.conflicts import bar
from casework.erasing import erase
from casework.knowing_again import Alike, alike_on, suspects_alike
from casework.matching import OF_NOBODY, Details, Tier, signs, tier_of
from casework.models import Case, PersonSign, SameSuspect, SuspectRecord, SuspectSign
from casework.models.suspect import Known, signs_of
from casework.suspects import SuspectGone, drop_suspect, let_go, write_suspect
from llr_hate.keys.places import SignsOfSuspects
from partners.models import User
from scope.context import counting_scope, staff_scope, worker_scope
from tests.casework.test_knowing_again import BARS_CHARNWOOD
from tests.casework.world import close_case, shared_anyway, told, triaged
from tests.people import NOW, client_for, gwen, ngozi, organisation
from vault.keys import Key, keyring

RAY = Known(name="Ray Nettle", born=date(1990, 2, 3), phone="07700 900 321", address="4 Mill Lane, LE1 1AB")
# The same street and a name that sounds alike; no day of birth and no number.
PERHAPS = Known(name="Rae Nettell", address="Somewhere in Mill Lane le11ab")
IN_LEICESTER = {"Q14": "leicester", "Q24": ["no_one"]}


def a_case(known: Known = RAY, *, by: User | None = None, **changes: object) -> tuple[Case, UUID]:
    """A case on which somebody is written down who is said to have done it."""
    officer = by or ngozi()
    case = triaged(told(**changes), by=officer)
    with staff_scope(officer.organisation_id or 0, officer.pk):
        case.assign(to=officer, by=officer, now=NOW)
        record = write_suspect(case, known, how_sure="said", why_kept="risk", by=officer, now=NOW)
    return case, record.pk


def alike_to(somebody: User, case: Case, record: UUID) -> list[Alike]:
    with staff_scope(somebody.organisation_id or 0, somebody.pk):
        return suspects_alike(case, [record], asked_by=somebody).get(record, [])


def heard_by(somebody: User, case: Case, record: UUID) -> list[tuple[str, str, Tier]]:
    return [(each.reference, each.lead, each.tier) for each in alike_to(somebody, case, record)]


def page_of(somebody: User, case: Case, page: str = "who-did-it/") -> str:
    return client_for(somebody).get(f"/staff/cases/{case.reference}/{page}").content.decode()


@pytest.mark.parametrize(
    ("other", "tier"),
    [
        (RAY, Tier.SAME),
        (replace(RAY, name="NETTLE, Ray", address="", phone=""), Tier.SAME),
        (Known(name="Ray", phone="+44 7700 900321"), Tier.SAME),
        (replace(RAY, phone="", born=None), Tier.POSSIBLE),
        (PERHAPS, Tier.POSSIBLE),
        # Called after his father, in whose house he lives.
        (replace(RAY, born=date(2012, 5, 6)), Tier.POSSIBLE),
        # A brother in the same house, who answers the same telephone.
        (replace(RAY, name="Karl Nettle", born=None), None),
        (Known(name="Ray Nettle", looks="A red coat."), None),
        (Known(looks="A red coat."), None),
    ],
)
def test_how_sure_it_is_that_ray_is_meant(other: Known, tier: Tier | None) -> None:
    kinds = {one.kind for one in set(signs_of(RAY)) & set(signs_of(other))} - OF_NOBODY
    assert (tier_of(kinds, born_apart=other.born not in (None, RAY.born)) if kinds else None) == tier


def test_no_sign_of_a_suspect_is_ever_one_of_somebody_to_whom_it_happened() -> None:
    """The very same person, written down as both."""
    key = Key("match-1", "match", bytes(32))
    as_victim = {sign.digest(key) for sign in signs(Details("Ray", "Nettle", RAY.born, "LE1 1AB", RAY.phone))}
    as_suspect = {sign.digest(key) for sign in signs_of(RAY)}
    assert len(as_victim) == len(as_suspect) > 5
    assert not as_victim & as_suspect


@pytest.mark.django_db
def test_their_own_page_says_on_which_case_they_may_stand_and_why_and_no_other_page_does() -> None:
    first, record = a_case()
    second, _ = a_case()
    third, _ = a_case(PERHAPS)
    page = page_of(ngozi(), first)
    assert f"{second.reference}<span" in page
    assert "very likely the same person, because of the same name and date of birth" in page
    assert "please check, because of a name that sounds alike and the same home postcode" in page
    for elsewhere in ("", "reports/", "police/"):
        read = page_of(ngozi(), first, elsewhere)
        assert not [word for word in (third.reference, "likely the same") if word in read]
    assert [each.tier for each in alike_to(ngozi(), first, record)] == [Tier.SAME, Tier.POSSIBLE]


@pytest.mark.django_db
def test_somebody_to_whom_it_happened_is_never_shown_as_who_did_it() -> None:
    case, record = a_case()
    other = triaged(told(), by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        other.write_down(Details("Ray", "Nettle", RAY.born, "LE1 1AB", RAY.phone), by=ngozi(), now=NOW)
        assert alike_on(other, asked_by=ngozi()) == []
    assert alike_to(ngozi(), case, record) == []


@pytest.mark.django_db
def test_of_another_organisations_case_only_who_leads_it_is_said() -> None:
    ours, record = a_case()
    theirs, other = a_case(by=gwen(), **IN_LEICESTER)
    a_case(PERHAPS, by=gwen(), **IN_LEICESTER)  # possible: not said at all
    assert heard_by(ngozi(), ours, record) == [("", "Leicester City", Tier.SAME)]
    page = page_of(ngozi(), ours)
    assert "Leicester City wrote somebody down who is very likely the same person" in page
    assert theirs.reference not in page
    away = f"/staff/cases/{ours.reference}/who-did-it/{record}/same/{theirs.reference}/{other}/"
    assert client_for(ngozi()).get(away).status_code == 404


@pytest.mark.django_db
def test_who_was_given_a_case_without_its_suspects_hears_no_reference() -> None:
    whole, parts = ("what", "person", "risk", "done", "suspect"), ("what", "person", "risk", "done")
    for given, said in ((whole, True), (parts, False)):
        known = Known(name="Ray Nettle", born=date(1990, 2, len(given)))
        theirs, record = a_case(known, by=gwen(), **IN_LEICESTER)
        ours, other = a_case(known)
        with staff_scope(ngozi().organisation_id or 0, ngozi().pk):
            shared_anyway(ours, gwen().organisation, by=ngozi(), parts=given)
        heard = heard_by(gwen(), theirs, record)
        assert heard == [(ours.reference if said else "", "Charnwood", Tier.SAME)]
        address = f"/staff/cases/{theirs.reference}/who-did-it/{record}/same/{ours.reference}/{other}/"
        assert client_for(gwen()).get(address).status_code == (200 if said else 404)


@pytest.mark.django_db
def test_who_is_barred_hears_nothing_whoever_barred_them() -> None:
    ours, record = a_case()
    a_case(by=gwen(), **BARS_CHARNWOOD, Q14="leicester")
    assert heard_by(ngozi(), ours, record) == []
    theirs, _ = a_case(by=gwen(), **IN_LEICESTER)
    assert len(heard_by(ngozi(), ours, record)) == 1
    with staff_scope(gwen().organisation_id or 0, gwen().pk):
        bar(theirs, ngozi(), reason="Her cousin.", by=gwen(), now=NOW)
    assert heard_by(ngozi(), ours, record) == []
    theirs, _ = a_case(by=gwen(), **IN_LEICESTER)
    assert len(heard_by(ngozi(), ours, record)) == 1
    with staff_scope(gwen().organisation_id or 0, gwen().pk):
        bar(theirs, organisation("charnwood-bc"), reason="One of theirs.", by=gwen(), now=NOW)
    assert heard_by(ngozi(), ours, record) == []


@pytest.mark.django_db
def test_an_officer_opens_both_on_record_says_what_they_think_and_takes_it_back() -> None:
    (first, one), (second, two) = a_case(), a_case()
    browser = client_for(ngozi())
    address = f"/staff/cases/{first.reference}/who-did-it/{one}/same/{second.reference}/{two}/"
    asked = browser.get(address).content.decode()
    assert asked.count("3 February 1990") == 2
    assert "take back" not in asked
    assert AuditEvent.objects.filter(act="report.suspect_read", facts={"why": "compare"}).count() == 2
    assert "Choose whether they are the same person" in browser.post(address, {}).content.decode()
    for said, words in (
        ("same", ": the same person."),
        ("two", ": not the same person."),
        ("taken_back", "very likely"),
    ):
        browser.post(address, {"said": said})
        assert words in page_of(ngozi(), second).split("been written down before")[1]
    assert [each.is_same for each in alike_to(ngozi(), first, one)] == [None]
    acts = AuditEvent.objects.filter(act="case.suspects_compared").values_list("facts__said", flat=True)
    assert sorted(acts) == ["same", "same", "taken_back", "taken_back", "two", "two"]
    timeline = page_of(ngozi(), second, "")
    assert timeline.count("Compared who is said to have done it with somebody on another case") == 3
    assert first.reference not in timeline


@pytest.mark.django_db
def test_only_two_whom_the_portal_found_alike_are_opened_side_by_side() -> None:
    (first, one), (second, two) = a_case(), a_case(Known(name="Karl Nettle"))
    browser = client_for(ngozi())
    for record, other in ((one, two), (two, two), (two, one)):
        address = f"/staff/cases/{first.reference}/who-did-it/{record}/same/{second.reference}/{other}/"
        assert browser.get(address).status_code == 404
    assert not AuditEvent.objects.filter(act="report.suspect_read").exists()


@pytest.mark.django_db
def test_signs_go_with_the_record_however_it_goes() -> None:
    for goes in ("dropped", "let go", "erased"):
        (case, one), (other, two) = a_case(), a_case()
        with staff_scope(ngozi().organisation_id or 0, ngozi().pk):
            compare_suspects(case, one, other, two, said=Verdict.SAME, by=ngozi(), now=NOW)
            if goes == "dropped":
                drop_suspect(case, one, by=ngozi(), now=NOW)
                with pytest.raises(SuspectGone):
                    compare_suspects(case, one, other, two, said=Verdict.SAME, by=ngozi(), now=NOW)
            elif goes == "erased":
                close_case(case, by=ngozi())
        with worker_scope():
            if goes == "let go":
                SuspectRecord.objects.filter(pk=one).update(review_on=date(2020, 5, 1))
                assert let_go(today=date(2026, 1, 1), now=NOW) == 1
            elif goes == "erased":
                erase(case.reports[0], why="person_asked", by=None, now=NOW)
            left = (SuspectSign.objects.filter(record=one).exists(), SameSuspect.objects.exists())
            assert left == (False, False), goes
            SuspectRecord.objects.all().delete()


@pytest.mark.django_db
def test_no_officer_and_no_figure_finds_a_sign_or_what_was_said() -> None:
    (case, one), (other, two) = a_case(), a_case()
    with staff_scope(ngozi().organisation_id or 0, ngozi().pk):
        compare_suspects(case, one, other, two, said=Verdict.SAME, by=ngozi(), now=NOW)
        assert (SuspectSign.objects.count(), SameSuspect.objects.count()) == (0, 0)
    with counting_scope():
        assert (SuspectSign.objects.count(), SameSuspect.objects.count()) == (0, 0)
    with worker_scope():
        assert SuspectSign.objects.count() > 10 > PersonSign.objects.count() == 0
        facts = str(list(AuditEvent.objects.values_list("facts"))) + str(
            list(case.events.values_list("facts"))
        )
        rows = str(list(SuspectSign.objects.values())) + str(list(SuspectRecord.objects.values()))
    # Each as no id may hold it by chance.
    for known in ("Nettle", "1990-02", "1990, 2", "900 321", "7700900", "Mill Lane", "LE1"):
        assert known not in facts + rows


@pytest.mark.django_db
def test_with_a_newer_key_they_are_still_known_again_and_who_had_no_signs_gets_them() -> None:
    first, record = a_case()
    second, other = a_case()
    key = Key("match-newer", "match", bytes(32))
    with worker_scope():
        SuspectSign.objects.filter(record=other).delete()
        SuspectRecord.objects.filter(pk=other).update(signed_with="")
        place = SignsOfSuspects()
        assert place.key_ids() == {keyring().newest("match").id}
        assert heard_by(ngozi(), first, record) == []
        place.reseal_some(key, after=None, at_most=10)
        assert place.key_ids() == {key.id}
    assert [each[0] for each in heard_by(ngozi(), first, record)] == [second.reference]


@pytest.mark.django_db
def test_what_is_known_of_them_is_typed_on_the_form_and_mistakes_are_said() -> None:
    case, _ = a_case()
    other = triaged(told(), by=ngozi())
    address, browser = f"/staff/cases/{other.reference}/who-did-it/new/", client_for(ngozi())
    wrong = browser.post(address, {"name": "Ray", "phone": "12", "born-day": "31"}).content.decode()
    assert "Enter a telephone number with its area code" in wrong
    assert "The date must include a month" in wrong
    typed = {
        "name": "Ray Nettle",
        "phone": "07700900321",
        "source": "Heard.",
        "how_sure": "said",
        "why_kept": "risk",
    }
    typed |= {"born-day": "3", "born-month": "2", "born-year": "1990"}
    assert browser.post(address, typed).status_code == 302
    assert f"{other.reference}<span" in page_of(ngozi(), case)


@pytest.mark.django_db
def test_the_look_up_is_one_question_for_all_of_a_case() -> None:
    case, record = a_case()
    for known in (RAY, PERHAPS):
        a_case(known)
    with staff_scope(ngozi().organisation_id or 0, ngozi().pk):
        also = write_suspect(case, PERHAPS, how_sure="said", why_kept="risk", by=ngozi(), now=NOW).pk
        with CaptureQueriesContext(connection) as for_one:
            suspects_alike(case, [record], asked_by=ngozi())
        with CaptureQueriesContext(connection) as for_two:
            found = suspects_alike(case, [record, also], asked_by=ngozi())
    assert len(for_one) == len(for_two)
    assert {one: len(alike) for one, alike in found.items()} == {record: 2, also: 2}
