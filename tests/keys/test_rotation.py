"""Everything is sealed anew under the newest keys, however often rotation is killed and whoever writes meanwhile."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from llr_hate.keys import places as places_module
from llr_hate.keys.places import (
    PURPOSE_OF,
    DataKeys,
    PrintedCodes,
    SealedRows,
    SecondFactors,
    places,
    sealed_models,
)
from llr_hate.keys.rotation import Progress, rotate
from partners.models import KeptForm
from partners.second_factors import key_id_of
from reporting.models import Draft
from tests.key_files import add_to, take_out
from tests.keys.world import DATA_KEYS, everything_opened
from vault.keys import PURPOSES, keyring
from vault.models import DataKey

ROOT = Path(__file__).resolve().parents[2]
# Where a key of the key file is used directly. A new one needs its place in llr_hate/keys/places.py, or a reason here.
USES_KEYS = {
    "centres/models/tell_us.py": "TellUsLinks: found by a digest without a key, so that they go on working",
    "reporting/models/survey.py": "SurveyLinks: found by a digest without a key, so that they go on working",
    "llr_hate/health.py": "asks whether there are any",
    "audit/sealing.py": "the trail's own keys, which are never rotated away",
    "audit/stamp.py": "the trail's own keys, which are never rotated away",
    "casework/duplicates.py": "SignsOfReports, and compares with every key of signs",
    "casework/finding.py": "compares with every key of signs, and keeps nothing",
    "casework/matching.py": "the digest of one sign, with a key that Signs and finding hand it",
    "casework/models/person.py": "Signs",
    "casework/models/suspect.py": "SignsOfSuspects",
    "casework/models/police_answer.py": "SignsOfPoliceNumbers",
    "partners/migrations/0003_second_factors_bound_to_their_person.py": "SecondFactors, once",
    "partners/models/kept_form.py": "a sealed model that names its key",
    "partners/models/printed_code.py": "PrintedCodes",
    "partners/models/provider.py": "a sealed model that names its key",
    "partners/networks.py": "buckets of one day",
    "partners/second_factors.py": "SecondFactors",
    "partners/tries.py": "buckets of one day",
    "reporting/erasing.py": "marks of erased reports, counted by the time of erasing",
    "reporting/models/draft.py": "a sealed model that names its key, and ReturnCodes",
    "reporting/receipt_code.py": "counted by the time of receiving",
    "reporting/views/back.py": "counts the keys of receipt codes",
}


def quiet(_line: str) -> None:
    """Nobody listens."""


def test_every_use_of_a_key_is_one_that_was_thought_about() -> None:
    using = re.compile(r"\bkeyring\(\)|(?<!\.)\bdigests?\(")
    rooms = [
        path
        for path in ROOT.glob("*/**/*.py")
        if path.parts[len(ROOT.parts)] not in ("tests", "proofs", "bench")
    ]
    rooms = [path for path in rooms if ".venv" not in path.parts]
    found = {
        str(path.relative_to(ROOT))
        for path in rooms
        if "from vault" in path.read_text()
        and using.search(path.read_text())
        and not path.is_relative_to(ROOT / "vault")
        and not path.is_relative_to(ROOT / "llr_hate" / "keys")
        and not path.is_relative_to(ROOT / "llr_hate" / "management")
    }
    assert sorted(found - set(USES_KEYS)) == []


def test_every_sealed_model_that_names_its_key_says_for_what_purpose() -> None:
    direct = {model._meta.label for model in sealed_models() if model.key_column}
    assert direct == set(PURPOSE_OF)
    assert set(PURPOSE_OF.values()) <= set(PURPOSES)
    assert {place.model._meta.label for place in places()} == {
        *direct,
        "vault.DataKey",
        "mfa.Authenticator",
        "partners.PrintedCode",
        "casework.Person",
        "casework.PoliceAnswer",
        "casework.ReportSigns",
        "casework.SuspectRecord",
    }


@pytest.mark.usefixtures("filled")
def test_with_the_old_keys_taken_out_everything_opens_and_says_the_same(key_file: Path) -> None:
    before = everything_opened()
    old = [keyring().newest(purpose) for purpose in ("wrap", "draft", "match")]
    new = [add_to(key_file, purpose) for purpose in ("wrap", "draft", "match")]
    done = rotate(places(), say=quiet)
    for key in old:
        take_out(key_file, key.id)
    assert everything_opened() == before
    assert {each.place: each.done for each in done} == {
        "data keys": DATA_KEYS,
        "second factors": 4,
        "printed codes": 0,
        "codes of unfinished answers": 0,
        "people to be known again": 2,
        "suspects to be known again": 2,
        "police numbers": 2,
        "reports to be known again": 2,
        "drafts": 2,
        "kept forms": 2,
        "sign in providers": 2,
    }
    assert [(each.left, each.unreadable) for each in done] == [(0, [])] * len(done)
    assert {place.purpose: place.key_ids() for place in places() if place.columns} == {
        "wrap": {new[0].id},
        "draft": {new[1].id},
        "match": {new[2].id},
    }


@pytest.mark.usefixtures("filled")
def test_with_nothing_to_do_nothing_is_touched(key_file: Path) -> None:
    before = list(DataKey.objects.order_by("pk").values_list("wrapped", flat=True))
    assert [each.done for each in rotate(places(), say=quiet)] == [0] * len(places())
    assert [bytes(each) for each in DataKey.objects.order_by("pk").values_list("wrapped", flat=True)] == [
        bytes(each) for each in before
    ]


@pytest.mark.usefixtures("filled")
def test_killed_between_two_steps_it_goes_on_with_what_is_left(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        DataKey.create()
    before = everything_opened()
    old = keyring().newest("wrap")
    add_to(key_file, "wrap")
    step = DataKeys.reseal_some

    def killed(self: DataKeys, *args: Any, **options: Any) -> Any:
        if options["after"] is not None:
            raise KeyboardInterrupt
        return step(self, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(DataKeys, "reseal_some", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate([DataKeys()], say=quiet, step=3)
    assert DataKeys().count_under(old.id) == 5 + DATA_KEYS - 3
    assert rotate([DataKeys()], say=quiet, step=3)[0].done == 5 + DATA_KEYS - 3
    rotate(places(), say=quiet)
    take_out(key_file, old.id)
    assert everything_opened() == before


@pytest.mark.usefixtures("filled")
def test_what_can_not_be_opened_is_named_and_left_as_it_is_and_all_else_goes_on(key_file: Path) -> None:
    broken = DataKey.create()
    DataKey.objects.filter(pk=broken.pk).update(wrapped=b"\x01" + bytes(60))
    old = keyring().newest("wrap")
    add_to(key_file, "wrap")
    [done] = rotate([DataKeys()], say=quiet, step=1, pause_seconds=0)
    assert (done.done, done.left, done.unreadable) == (DATA_KEYS, 1, [str(broken.pk)])
    found = DataKey.objects.get(pk=broken.pk)
    assert (found.wrapped_by, bytes(found.wrapped)) == (old.id, b"\x01" + bytes(60))


@pytest.mark.usefixtures("filled")
def test_a_draft_that_is_saved_after_it_was_sealed_anew_is_whole(key_file: Path) -> None:
    typing = Draft.begin({"Q07": "They shouted"}, today=date(2026, 5, 4))
    add_to(key_file, "draft")
    rotate(places(), say=quiet)
    found = Draft.objects.get(pk=typing.pk)
    assert (found.sealed_by, found.version) == (keyring().newest("draft").id, 1)
    typing.write({"Q07": "They shouted at me"})
    assert Draft.objects.get(pk=typing.pk).read() == {"Q07": "They shouted at me"}


@pytest.mark.usefixtures("filled")
def test_second_factors_still_work_and_what_was_used_stays_used(key_file: Path) -> None:
    for authenticator in Authenticator.objects.filter(type="recovery_codes"):
        authenticator.data["used_mask"] = 5
        authenticator.save()
    new = add_to(key_file, "wrap")
    [done] = rotate([SecondFactors()], say=quiet)
    assert done.done == 4
    assert SecondFactors().key_ids() == {new.id}
    for authenticator in Authenticator.objects.all():
        assert authenticator.data.get("used_mask", 5) == 5


@pytest.mark.usefixtures("filled")
def test_a_second_factor_of_somebody_else_is_named_and_left_as_it_is(key_file: Path) -> None:
    one, other = Authenticator.objects.filter(type="totp").order_by("pk")
    Authenticator.objects.filter(pk=one.pk).update(data=other.data)
    old = keyring().newest("wrap")
    add_to(key_file, "wrap")
    [done] = rotate([SecondFactors()], say=quiet)
    assert (done.done, done.left, done.unreadable) == (3, 1, [str(one.pk)])
    assert Authenticator.objects.get(pk=one.pk).data == other.data
    assert SecondFactors().count_under(old.id) == 1


def test_only_a_secret_with_a_key_before_it_counts_as_sealed() -> None:
    assert key_id_of("totp", {"secret": "wrap-1a2b3c:AQ=="}) == "wrap-1a2b3c"
    assert key_id_of("recovery_codes", {"seed": "wrap-00ff00:AQ==", "used_mask": 3}) == "wrap-00ff00"
    for kind, data in (
        ("totp", {"secret": "see wrap-1a2b3c:"}),
        ("totp", {"seed": "wrap-1a2b3c:AQ=="}),
        ("totp", None),
        # What somebody calls their passkey is their own affair.
        ("webauthn", {"name": "wrap-1a2b3c:AQ==", "credential": {}}),
    ):
        assert key_id_of(kind, data) == ""


@pytest.mark.django_db
def test_a_used_or_old_printed_code_needs_no_key(key_file: Path) -> None:
    place = PrintedCodes()
    assert (
        place.key_ids(),
        place.count_under("link-1"),
        place.waiting_for(keyring().newest("link")).count(),
    ) == (
        set(),
        0,
        0,
    )


def test_every_place_has_a_name_that_an_administrator_reads() -> None:
    assert [place.name for place in places()] == [
        "data keys",
        "second factors",
        "printed codes",
        "codes of unfinished answers",
        "people to be known again",
        "suspects to be known again",
        "police numbers",
        "reports to be known again",
        *(str(model._meta.verbose_name_plural) for model in sealed_models() if model.key_column),
    ]
    assert SealedRows(KeptForm, "draft").columns == ("path", "fields", "sealed_by")
    assert places_module.PURPOSE_OF["reporting.Draft"] == "draft"


def test_it_says_how_far_it_is_once_a_second() -> None:
    said: list[str] = []
    clock = [0.0]
    progress = Progress("data keys", 1000, said.append, clock=lambda: clock[0])
    for second, rows in ((0.4, 100), (0.9, 100), (1.0, 200), (1.9, 100), (2.0, 500)):
        clock[0] = second
        progress.add(rows)
    assert said == [
        "data keys: 400 of 1,000, 400 a second, about 2 s left",
        "data keys: 1,000 of 1,000, 500 a second, about 0 s left",
    ]
