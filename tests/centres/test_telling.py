"""The office of Saddlers Hill School tells by its link what it noticed; Halina and the delivery group read it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from centres.forms_of_telling import TellForm
from centres.heard import by_district, erase_old_words
from centres.links import send_link
from centres.models import HeardThere, LinkNotValid, TellUsLink
from centres.models.tell_us import usual_end
from centres.no_names import perhaps_naming, refused_in
from centres.views import telling
from outbox.models import OutboxEntry
from partners.retention import schedule
from tests.centres.telling import TODAY, a_link, halina, told_by
from tests.people import NOW, client_for, district, farah, ngozi
from vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
CANARY = "quokka on the gate"


@pytest.fixture(autouse=True)
def nobody_told_before() -> None:
    cache.clear()


@pytest.fixture
def link() -> TellUsLink:
    """As the real clock goes: pages ask it."""
    now = timezone.now()
    return a_link(now=now, today=timezone.localdate(now), kind="housing")


def address(link: TellUsLink) -> str:
    return reverse("telling:tell", args=[link.token])


def filled(client: Client, link: TellUsLink, **other: object) -> dict[str, object]:
    """The form as it came, filled in."""
    form = client.get(address(link)).context["form"]
    week = form.fields["week"].choices[2][0]
    said = {
        "week": week,
        "kinds": ["graffiti", "words"],
        "strands": ["religion"],
        "is_going_on": "no",
        "source": "seen",
        "worry": "3",
        "words": CANARY,
        "once": str(form["once"].value()),
    }
    return {**said, **other}


# Telling ----------------------------------------------------------------------------------------------------------


def test_a_school_tells_without_an_account_and_is_thanked(client: Client, link: TellUsLink):
    answer = client.post(address(link), filled(client, link), follow=True)
    assert "Thank you. It has arrived." in answer.content.decode()
    telling = HeardThere.objects.select_related("data_key").get()
    assert telling.kinds == ["graffiti", "words"]
    assert (telling.strands, telling.worry, telling.source) == (["religion"], 3, "seen")
    assert telling.district == link.district
    assert telling.week.weekday() == 0
    assert (telling.told_at.minute, telling.told_at.second) == (0, 0)
    assert telling.unseal("words") == CANARY
    assert CANARY.encode() not in bytes(telling.words)
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_sent_twice_it_is_once(client: Client, link: TellUsLink):
    said = filled(client, link)
    for _ in range(3):
        assert client.post(address(link), said)["Location"].endswith("/thanks/")
    assert HeardThere.objects.count() == 1
    assert AuditEvent.objects.filter(act="tell_us.told").count() == 1


def test_at_the_same_moment_it_is_once_too(link: TellUsLink, monkeypatch: pytest.MonkeyPatch):
    """Both looked before either had kept it: the database lets the second in no more."""
    first = told_by(link, words=CANARY)
    nobody_saw_it = monkeypatch.context
    with nobody_saw_it() as looking:
        looking.setattr(HeardThere.objects, "filter", lambda **_: HeardThere.objects.none())
        assert told_by(link, form=first.form, words=CANARY) == first
    assert (HeardThere.objects.count(), DataKey.objects.count()) == (1, 1)


def test_each_question_says_what_it_needs(client: Client, link: TellUsLink):
    page = client.post(address(link), {"once": filled(client, link)["once"]})
    assert set(page.context["form"].errors) == {"week", "kinds", "strands", "is_going_on", "source", "worry"}
    assert HeardThere.objects.count() == 0


def test_not_sure_is_no_strand_and_stands_alone(client: Client, link: TellUsLink):
    both = client.post(address(link), filled(client, link, strands=["race", "not_sure"]))
    assert "strands" in both.context["form"].errors
    client.post(address(link), filled(client, link, strands=["not_sure"]))
    assert HeardThere.objects.get().strands == []


def test_a_week_long_ago_or_to_come_is_none_of_the_choices():
    weeks = dict(TellForm(today=date(2026, 3, 12)).fields["week"].choices)
    assert list(weeks)[1:3] == ["2026-03-09", "2026-03-02"]
    assert weeks["2026-03-09"] == "This week from 9 March"
    assert "2026-03-16" not in weeks
    assert len(weeks) == 10


# No names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Write to odo@school.example", "e-mail address"),
        ("His number is 01632 960 111", "long number"),
        ("born 12/05/2011", "long number"),
        ("posted by @odo_ash", "account name"),
        ("Swastikas on 3 doors, since 9 March", ""),
    ],
)
def test_addresses_and_numbers_are_refused(words: str, said: str):
    assert said in refused_in(words)
    assert bool(refused_in(words)) == bool(said)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It was Odo Ash again", ["Odo Ash"]),
        ("Mr Ash said so to a boy called Odo", ["Mr Ash", "called Odo"]),
        ("at LE13 1AA", ["LE13 1AA"]),
        ("Year Nine in the North West Leicestershire college on Monday Morning", []),
        ("Leaflets of Patriotic Alternative near the Mosque", []),
        ("Pupils chant in the corridor. Two teachers heard it.", []),
    ],
)
def test_what_looks_like_a_name_is_asked_about(words: str, found: list[str]):
    assert perhaps_naming(words) == found


def test_what_is_no_name_after_all_is_sent_with_a_tick(client: Client, link: TellUsLink):
    said = filled(client, link, words="Stickers of Albion Rising on the gate")
    page = client.post(address(link), said)
    assert "“Albion Rising” could name a person" in page.content.decode()
    assert HeardThere.objects.count() == 0
    client.post(address(link), {**said, "sure": "on"})
    assert HeardThere.objects.count() == 1


def test_an_address_is_not_sent_with_a_tick(client: Client, link: TellUsLink):
    said = filled(client, link, words="Odo Ash, odo@school.example", sure="on")
    assert "take the e-mail address out" in client.post(address(link), said).content.decode()
    assert HeardThere.objects.count() == 0


# Links ------------------------------------------------------------------------------------------------------------


def test_a_link_that_ended_was_renewed_is_too_old_or_never_was_gets_the_same_answer(
    client: Client, link: TellUsLink
):
    renewed, ended = a_link(now=timezone.now(), today=timezone.localdate()), link
    before = renewed.token
    renewed.renew(by=halina(), now=timezone.now(), today=timezone.localdate())
    ended.end(by=halina(), now=timezone.now())
    old = a_link(today=date(2020, 1, 1), kind="other")
    answers = {
        client.get(reverse("telling:tell", args=[token])).content
        for token in (before, ended.token, old.token, "never-was")
    }
    assert len(answers) == 1
    assert b"Saddlers" not in answers.pop()
    assert client.get(address(ended)).status_code == 410
    assert client.get(address(renewed)).status_code == 200


def test_a_link_works_until_the_end_of_its_last_day(link: TellUsLink):
    assert TellUsLink.by_token(link.token, today=link.expires_on) == link
    with pytest.raises(LinkNotValid):
        TellUsLink.by_token(link.token, today=link.expires_on + timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "made", "ends"),
    [
        ("school", date(2026, 3, 10), date(2026, 8, 31)),
        ("school", date(2026, 5, 31), date(2026, 8, 31)),
        ("college", date(2026, 6, 1), date(2027, 8, 31)),
        ("school", date(2026, 9, 1), date(2027, 8, 31)),
        ("housing", date(2026, 3, 10), date(2027, 4, 10)),
    ],
)
def test_a_school_s_link_ends_with_its_year_and_others_after_thirteen_months(
    kind: str, made: date, ends: date
):
    assert usual_end(kind, made) == ends


def test_whoever_reads_the_table_has_no_link(link: TellUsLink):
    row = TellUsLink.objects.filter(pk=link.pk).values().get()
    assert not any(link.token in str(value) for value in row.values())
    assert len(link.token) == 26


def test_the_link_is_shown_to_its_maker_alone_and_not_for_long(link: TellUsLink):
    page = reverse("centres:link", args=[link.pk])
    assert link.token in client_for(halina()).get(page).content.decode()
    other = client_for(farah_as_lead())
    assert link.token not in other.get(page).content.decode()
    TellUsLink.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    assert link.token not in client_for(halina()).get(page).content.decode()


def farah_as_lead():
    return farah_with("centre_lead")


def farah_with(role: str):
    person = farah()
    membership = person.membership
    membership.role_codes = [role]
    membership.save()
    return person


def test_a_link_is_made_renewed_and_ended_on_its_pages():
    browser = client_for(halina())
    said = {"place": "Larch Homes", "kind": "housing", "area": "rutland", "sent_to": "desk@larch.example"}
    answer = browser.post(reverse("centres:links"), said, follow=True)
    link = TellUsLink.objects.get()
    assert link.token in answer.content.decode()
    renewed = browser.post(reverse("centres:renew_link", args=[link.pk]), follow=True)
    assert link.token not in renewed.content.decode(), "that was the link before"
    link.refresh_from_db()
    assert link.token in renewed.content.decode()
    for words in ("does not work any more", "was ended already"):
        ended = browser.post(reverse("centres:end_link", args=[link.pk]), follow=True)
        assert words in ended.content.decode()
    acts = AuditEvent.objects.filter(act__startswith="tell_us_link.").values_list("act", flat=True)
    assert sorted(act.partition(".")[2] for act in acts) == ["ended", "made", "renewed"]


def test_the_link_goes_by_mail_and_never_through_the_outbox_itself():
    link = a_link(sent_to="office@saddlers.example")
    entry = OutboxEntry.objects.get(kind="centres.tell_us_link")
    assert link.token not in str(entry.payload)
    send_link(entry.payload, NOW)
    (letter,) = mail.outbox
    assert letter.to == ["office@saddlers.example"]
    assert f"/tell/{link.token}/" in letter.body
    link.renew(by=halina(), now=NOW, today=TODAY)
    send_link(entry.payload, NOW)
    assert len(mail.outbox) == 1, "the link before is not sent any more"


# Reading ----------------------------------------------------------------------------------------------------------


def test_words_are_on_their_own_page_alone_and_each_reading_is_on_record(link: TellUsLink):
    telling = told_by(link, words=CANARY)
    browser = client_for(farah())
    assert CANARY not in browser.get(reverse("centres:heard")).content.decode()
    page = reverse("centres:one_heard", args=[telling.pk])
    for _ in range(2):
        assert CANARY in browser.get(page).content.decode()
    assert AuditEvent.objects.filter(act="tell_us.read", actor_id=farah().pk).count() == 2
    telling.refresh_from_db()
    assert telling.read_by == farah()
    assert client_for(ngozi()).get(page).status_code == 404


def test_the_list_is_narrowed_by_area_kind_and_week(link: TellUsLink):
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    told_by(link, week=monday, kinds=["graffiti"])
    told_by(link, week=monday - timedelta(days=7))
    told_by(a_link("Larch Homes", kind="housing", district=district("rutland")), week=monday)
    browser = client_for(halina())

    def found(**wanted: str) -> int:
        return browser.get(reverse("centres:heard"), wanted).context["page_obj"].paginator.count

    assert (found(), found(area="melton"), found(kind="graffiti")) == (3, 2, 1)
    assert (found(week=monday.isoformat()), found(week="nonsense")) == (2, 3)


def test_weeks_and_districts_are_counted_for_tension(link: TellUsLink):
    for week in (TODAY, TODAY, TODAY - timedelta(days=7), TODAY - timedelta(days=70)):
        told_by(link, week=week)
    melton = next(each for each in by_district(TODAY) if each.name == "Melton")
    assert (melton.weeks[:3], melton.total) == ((2, 1, 0), 3)
    whole = HeardThere.objects.in_district(district("melton"))
    assert whole.between(date(2026, 3, 2), date(2026, 3, 9)).count() == 3
    assert HeardThere.objects.in_district(district("blaby")).count() == 0


# Keeping ----------------------------------------------------------------------------------------------------------


def test_words_go_after_twelve_months_with_their_key_and_counts_stay(link: TellUsLink):
    old = told_by(link, words=CANARY, now=datetime(2025, 3, 9, 8, tzinfo=UTC), week=date(2025, 3, 9))
    young = told_by(link, words=CANARY, now=datetime(2025, 3, 11, 8, tzinfo=UTC), week=date(2025, 3, 11))
    key = old.data_key_id
    assert erase_old_words(now=NOW, schedule=schedule()) == 1
    assert erase_old_words(now=NOW, schedule=schedule()) == 0
    old.refresh_from_db()
    assert (old.words, old.data_key_id, old.words_erased_on) == (None, None, TODAY)
    assert not DataKey.objects.filter(pk=key).exists()
    assert HeardThere.objects.select_related("data_key").get(pk=young.pk).unseal("words") == CANARY
    assert HeardThere.objects.count() == 2
    page = client_for(halina()).get(reverse("centres:one_heard", args=[old.pk])).content.decode()
    assert "The words were erased on 10 March 2026" in page


# Too often --------------------------------------------------------------------------------------------------------


def test_a_link_that_got_about_can_not_flood(
    client: Client, link: TellUsLink, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(telling, "MOST_TOLD_BY_A_LINK", 2)
    answers = [client.post(address(link), filled(client, link)).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    assert HeardThere.objects.count() == 2


def test_whoever_tries_links_waits(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(telling, "MOST_WRONG", 2)
    answers = [client.get(f"/tell/guess-{number}/").status_code for number in range(3)]
    assert answers == [410, 410, 429]
