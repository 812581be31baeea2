"""A second factor's secret that was put into another person's row opens nothing, and nobody sees an error page."""

import copy
import importlib

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from audit.models import AuditEvent
from partners.models import PrintedCode, User
from partners.second_factors import NotSealedYet, SealedText
from partners.sign_in import SecondFactorAdapter
from tests import people
from tests.partners.authenticator import code_shown
from vault.keys import MissingKey, keyring

pytestmark = pytest.mark.django_db
WRONG = b"That code is not right"
BINDING = importlib.import_module("partners.migrations.0003_second_factors_bound_to_their_person")


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def gwen() -> User:
    return people.gwen()


@pytest.fixture
def ngozi() -> User:
    return people.ngozi()


def app_of(user: User) -> str:
    """What the person's authenticator app knows from now on."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def answer(user: User, code: str) -> tuple[Client, bytes]:
    """The person's password, then this code: the browser, and the page or the address that it got."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": people.PASSWORD})
    said = browser.post(reverse("mfa_authenticate"), {"code": code})
    return browser, said.content or said.headers["Location"].encode()


def comes_in(user: User, code: str) -> bool:
    browser, said = answer(user, code)
    assert (said == reverse("home:today").encode()) != (WRONG in said)
    return browser.get(reverse("home:today")).status_code == 200


def put_into_the_row_of(victim: User, thief: User, kind: str) -> None:
    """What somebody does who can write to the database."""
    stolen = Authenticator.objects.filter(user=thief, type=kind).values_list("data", flat=True)[0]
    assert Authenticator.objects.filter(user=victim, type=kind).update(data=stolen) == 1


def test_with_ngozis_secret_in_gwens_row_neither_of_their_codes_lets_in_as_gwen(
    gwen: User, ngozi: User
) -> None:
    hers, mine = app_of(gwen), app_of(ngozi)
    put_into_the_row_of(gwen, ngozi, "totp")
    assert not comes_in(gwen, code_shown(mine))
    assert not comes_in(gwen, code_shown(hers))
    assert comes_in(ngozi, code_shown(mine))


def test_with_the_whole_row_moved_to_gwen_ngozis_codes_do_not_let_in_as_gwen(gwen: User, ngozi: User) -> None:
    app_of(gwen)
    mine = app_of(ngozi)
    Authenticator.objects.filter(user=gwen).delete()
    Authenticator.objects.filter(user=ngozi).update(user=gwen)
    assert not comes_in(gwen, code_shown(mine))


def test_ngozis_recovery_codes_in_gwens_row_let_nobody_in_as_gwen(gwen: User, ngozi: User) -> None:
    app_of(gwen)
    app_of(ngozi)
    hers = RecoveryCodes.activate(gwen).generate_codes()
    mine = RecoveryCodes.activate(ngozi).generate_codes()
    put_into_the_row_of(gwen, ngozi, "recovery_codes")
    assert not comes_in(gwen, mine[0])
    assert not comes_in(gwen, hers[0])
    assert comes_in(ngozi, mine[0])


def test_the_seed_of_gwens_recovery_codes_is_no_secret_of_her_app(gwen: User) -> None:
    secret = app_of(gwen)
    RecoveryCodes.activate(gwen)
    app, codes = Authenticator.objects.filter(user=gwen).order_by("-type").values_list("data", flat=True)
    Authenticator.objects.filter(user=gwen, type="totp").update(data={"secret": codes["seed"]})
    Authenticator.objects.filter(user=gwen, type="recovery_codes").update(
        data={**codes, "seed": app["secret"]}
    )
    assert not comes_in(gwen, code_shown(secret))


def test_gwens_own_recovery_codes_and_printed_ones_still_let_her_in(gwen: User, ngozi: User) -> None:
    volunteer = people.asha()
    sheet = PrintedCode.print_sheet(volunteer, by=volunteer, now=timezone.now())
    for user in (gwen, ngozi, volunteer):
        app_of(user)
    code = RecoveryCodes.activate(gwen).generate_codes()[3]
    for user in (gwen, volunteer):
        put_into_the_row_of(user, ngozi, "totp")
    assert comes_in(gwen, code)
    assert not comes_in(gwen, code)
    assert comes_in(volunteer, sheet[0])


def test_a_secret_that_does_not_open_is_in_the_trail_as_a_refusal_and_named_in_the_log(
    gwen: User, ngozi: User, caplog: pytest.LogCaptureFixture
) -> None:
    app_of(gwen)
    mine = app_of(ngozi)
    put_into_the_row_of(gwen, ngozi, "totp")
    answer(gwen, code_shown(mine))
    refused = AuditEvent.objects.get(act="person.second_step_failed")
    assert refused.subject_id == str(gwen.pk)
    assert "does not open for the person whose row it is in" in caplog.text
    assert gwen.email not in caplog.text


def test_a_code_is_asked_again_in_plain_words_before_something_important(gwen: User, ngozi: User) -> None:
    app_of(gwen)
    mine = app_of(ngozi)
    here = people.client_for(gwen)
    put_into_the_row_of(gwen, ngozi, "totp")
    assert WRONG in here.post(reverse("mfa_reauthenticate"), {"code": code_shown(mine)}).content


@pytest.mark.parametrize("broken", ["", "wrap-000000:AQ==", "no key", None, {"a": 1}])
def test_what_was_never_a_secret_lets_nobody_in(gwen: User, broken: object) -> None:
    secret = app_of(gwen)
    Authenticator.objects.filter(user=gwen).update(data={"secret": broken})
    assert not comes_in(gwen, code_shown(secret))


def test_the_pages_about_recovery_codes_say_that_there_are_none_and_new_ones_work(
    gwen: User, ngozi: User
) -> None:
    app_of(gwen)
    theirs = [RecoveryCodes.activate(user).generate_codes()[0] for user in (gwen, ngozi)]
    put_into_the_row_of(gwen, ngozi, "recovery_codes")
    here = people.client_for(gwen)
    assert b"0 left" in here.get(reverse("mfa_index")).content
    here.post(reverse("account_reauthenticate"), {"password": people.PASSWORD})
    led = here.get(reverse("mfa_view_recovery_codes"))
    assert led.headers["Location"] == reverse("mfa_generate_recovery_codes")
    page = here.get(reverse("mfa_generate_recovery_codes")).content
    assert b"You have none left" in page
    assert not any(code.encode() in page for code in theirs)
    here.post(reverse("mfa_generate_recovery_codes"))
    fresh = here.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(fresh) == 10
    assert comes_in(gwen, fresh[0])


def test_how_many_recovery_codes_are_left_is_said(gwen: User) -> None:
    app_of(gwen)
    codes = RecoveryCodes.activate(gwen)
    codes.validate_code(codes.generate_codes()[0])
    here = people.client_for(gwen)
    assert b"9 left" in here.get(reverse("mfa_index")).content


def test_opening_asks_the_database_nothing(
    gwen: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    secret = app_of(gwen)
    step = Authenticator.objects.get(user=gwen)
    with django_assert_num_queries(0):
        assert step.wrap().validate_code(code_shown(secret))


def test_a_secret_whose_row_never_said_whose_it_is_is_not_written_anywhere(gwen: User) -> None:
    step = Authenticator(user=gwen, type="totp", data={})
    step.data = {"secret": SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")}
    step.save()
    assert Authenticator.objects.values_list("data", flat=True)[0] == {"secret": "not sealed yet"}
    waiting = NotSealedYet.of("JBSWY3DPEHPK3PXP")
    assert "JBSWY3" not in f"{waiting} {waiting!r}"


def test_what_a_copied_row_knows_is_its_own(gwen: User, ngozi: User) -> None:
    secret = app_of(gwen)
    step = Authenticator.objects.get(user=gwen)
    assert copy.deepcopy(step).wrap().validate_code(code_shown(secret))
    moved = Authenticator(user=ngozi, type="totp", data=step.data)
    assert isinstance(step.data["secret"], SealedText)
    assert step.data["secret"].place != moved.data["secret"].place


def migrate(act: str) -> None:
    """Forwards (bind) or backwards (unbind), on tables as they were when the migration was written."""
    before = [("partners", "0002_versions_are_kept"), ("mfa", "0003_authenticator_type_uniq")]
    state = MigrationExecutor(connection).loader.project_state(before)
    with connection.schema_editor() as editor:
        getattr(BINDING, act)(state.apps, editor)


def test_secrets_from_before_are_bound_to_their_person_by_the_migration(gwen: User, ngozi: User) -> None:
    secret = app_of(gwen)
    code = RecoveryCodes.activate(gwen).generate_codes()[0]
    app_of(ngozi)
    migrate("unbind")
    assert not comes_in(gwen, code)
    migrate("bind")
    assert comes_in(gwen, code)
    cache.clear()
    assert comes_in(gwen, code_shown(secret))
    put_into_the_row_of(gwen, ngozi, "totp")
    assert not comes_in(gwen, code_shown(secret))


def test_the_migration_leaves_what_does_not_open_and_stops_where_a_key_is_missing(gwen: User) -> None:
    app_of(gwen)
    migrate("unbind")
    old = Authenticator.objects.values_list("data", flat=True)[0]
    Authenticator.objects.update(data={"secret": "never sealed"})
    migrate("bind")
    assert Authenticator.objects.values_list("data", flat=True)[0] == {"secret": "never sealed"}
    key = keyring().newest("wrap")
    Authenticator.objects.update(data={"secret": old["secret"].replace(key.id, "wrap-000000")})
    with pytest.raises(MissingKey, match="wrap-000000"):
        migrate("bind")
