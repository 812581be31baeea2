"""Keys are added with notice and retired only when nothing needs them; a missing one is named before it is missed."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.models import AuditEvent
from llr_hate.keys import keeping
from llr_hate.keys.keeping import (
    WHAT_TO_DO,
    CannotRetire,
    TooSoon,
    begin_key,
    made_between,
    missing_keys,
    note_keys,
    retire_key,
)
from llr_hate.keys.places import places
from llr_hate.keys.rotation import rotate
from llr_hate.management.commands import rotate_keys
from partners.models.printed_code import PrintedCode
from reporting.erasing import erase_told
from reporting.models import Draft, DraftGone, Report
from reporting.receipt_code import ReceiptCode
from reporting.receiving import receive, received_before
from scope.context import worker_scope
from tests import people
from tests.casework.world import ZAYNAB
from tests.key_files import add_to, take_out
from tests.keys.test_rotation import quiet
from vault import keys
from vault.keys import PURPOSES, MissingKey, keyring, read_key_file
from vault.models import DataKey, KeyRecord

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _by_the_worker(db: None, key_file: Path) -> Iterator[None]:
    people.make_partnership()
    with worker_scope():
        yield


def acts() -> list[tuple[str, str, dict[str, Any]]]:
    found = AuditEvent.objects.filter(act__startswith="key.").order_by("at", "act")
    return [(event.act, event.subject_id, event.facts) for event in found]


def ids_in(path: Path) -> list[str]:
    return [key.id for key in read_key_file(path).keys]


class TestAdding:
    def test_a_new_key_opens_at_once_and_seals_only_after_its_notice(self) -> None:
        before = keyring().newest("draft")
        key = begin_key("draft", seals_in=MINUTE, now=timezone.now())
        assert keyring().newest("draft") == before
        assert keyring().by_id(key.id) == key
        assert key.seals_at(timezone.now() + MINUTE)
        assert acts() == [("key.added", key.id, {"purpose": "draft"})]
        assert "secret" not in str(acts())

    def test_whoever_adds_it_knows_it_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keys, "LOOK_EVERY_SECONDS", 3600.0)
        _ = keyring().keys
        key = begin_key("draft", seals_in=MINUTE, now=timezone.now())
        assert keyring().of("draft")[0] == key

    def test_it_needs_longer_than_processes_take_to_read_it(self, key_file: Path) -> None:
        before = ids_in(key_file)
        assert timedelta(seconds=8) == keeping.LEAST_NOTICE
        with pytest.raises(TooSoon, match="8 seconds at least"):
            begin_key("draft", seals_in=timedelta(seconds=7.9), now=timezone.now())
        assert ids_in(key_file) == before
        begin_key("draft", seals_in=timedelta(seconds=8), now=timezone.now())

    def test_what_is_known_of_keys_is_written_down_once(self, key_file: Path) -> None:
        note_keys()
        note_keys()
        assert sorted(KeyRecord.objects.values_list("purpose", flat=True)) == sorted(PURPOSES)
        added = begin_key("wrap", seals_in=MINUTE, now=timezone.now())
        note_keys()
        assert KeyRecord.objects.get(pk=added.id).seals_from == added.seals_from
        assert KeyRecord.objects.count() == len(PURPOSES) + 1


class TestRetiring:
    def test_a_key_that_nothing_needs_goes(self, key_file: Path) -> None:
        DataKey.create()
        old = keyring().newest("wrap")
        add_to(key_file, "wrap")
        rotate(places(), say=quiet)
        now = timezone.now()
        retire_key(old.id, now=now)
        assert old.id not in ids_in(key_file)
        assert KeyRecord.objects.get(pk=old.id).retired_at == now
        assert acts() == [("key.retired", old.id, {"purpose": "wrap"})]
        assert missing_keys() == []

    def test_one_that_still_opens_something_stays_and_says_what(self, key_file: Path) -> None:
        for _ in range(3):
            DataKey.create()
        old = keyring().newest("wrap")
        add_to(key_file, "wrap")
        with pytest.raises(CannotRetire) as refused:
            retire_key(old.id, now=timezone.now())
        assert str(refused.value) == f"{old.id} still opens 3 data keys. Run manage.py rotate_keys first."
        assert old.id in ids_in(key_file)
        assert acts() == []

    def test_the_one_that_seals_stays(self) -> None:
        seals = keyring().newest("wrap")
        with pytest.raises(CannotRetire, match="Add a newer key first: manage.py add_key wrap"):
            retire_key(seals.id, now=timezone.now())

    def test_one_that_has_not_begun_stays(self) -> None:
        waiting = begin_key("wrap", seals_in=MINUTE, now=timezone.now())
        with pytest.raises(CannotRetire, match="is about to"):
            retire_key(waiting.id, now=timezone.now())

    def test_until_the_newer_one_has_sealed_for_a_while_somebody_may_still_write(
        self, key_file: Path
    ) -> None:
        old, now = keyring().newest("draft"), timezone.now()
        add_to(key_file, "draft", seals_from=now - timedelta(minutes=9))
        with pytest.raises(CannotRetire, match="Wait until 600 seconds have passed"):
            retire_key(old.id, now=now)
        retire_key(old.id, now=now + MINUTE)

    def test_the_keys_of_the_trail_stay_for_ever(self, key_file: Path) -> None:
        old = keyring().newest("audit")
        add_to(key_file, "audit")
        with pytest.raises(CannotRetire, match="the trail is checked with it"):
            retire_key(old.id, now=timezone.now())

    def test_one_that_is_not_there_is_said_not_to_be(self) -> None:
        with pytest.raises(MissingKey, match="wrap-nothing"):
            retire_key("wrap-nothing", now=timezone.now())

    def test_a_file_that_can_not_be_written_leaves_all_as_it_was(
        self, key_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = keyring().newest("draft")
        add_to(key_file, "draft")

        def full(*_args: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(keeping, "remove_key", full)
        with pytest.raises(OSError, match="No space"):
            retire_key(old.id, now=timezone.now())
        assert acts() == []
        assert not KeyRecord.objects.filter(retired_at__isnull=False).exists()

    def test_a_key_of_links_stays_while_a_printed_code_was_made_with_it(self, key_file: Path) -> None:
        asha, now = people.asha(), timezone.now()
        PrintedCode.print_sheet(asha, by=people.administrator(), now=now)
        old = keyring().newest("link")
        add_to(key_file, "link")
        with pytest.raises(CannotRetire, match="still opens 10 printed codes"):
            retire_key(old.id, now=now)
        PrintedCode.objects.update(printed_at=now - timedelta(days=91))
        retire_key(old.id, now=now)


class TestReceiptCodes:
    def test_a_report_is_found_by_its_code_and_its_draft_after_a_new_key_has_come(
        self, key_file: Path
    ) -> None:
        key = uuid4()
        given = receive(ZAYNAB, key=key, now=timezone.now())
        add_to(key_file, "receipt")
        again = received_before(key)
        assert (again.code, again.report.pk, again.is_new) == (given.code, given.report.pk, False)
        assert bytes(given.report.receipt_code_digest or b"") in given.code.digests
        assert given.code.digest != given.report.receipt_code_digest
        assert receive(ZAYNAB, key=key, now=timezone.now()).report.pk == given.report.pk
        assert ReceiptCode.of_draft(key) != given.code

    def test_a_report_filed_by_a_process_whose_key_began_earlier_is_found_too(self, key_file: Path) -> None:
        key = uuid4()
        given = receive(ZAYNAB, key=key, now=timezone.now())
        # This process's clock is behind: to it the only key of that report has not begun yet.
        old = keyring().newest("receipt")
        add_to(key_file, "receipt", seals_from=timezone.now() - MINUTE)
        take_out(key_file, old.id)
        with pytest.raises(DraftGone):
            received_before(key)
        later = add_to(key_file, "receipt", seals_from=timezone.now() + MINUTE)
        code, digest = next(ReceiptCode.ever_of_draft(key))
        Report.objects.filter(pk=given.report.pk).update(receipt_code_digest=digest)
        assert later.digest(code.words) == digest
        assert received_before(key).code == code

    def test_its_key_stays_as_long_as_a_report_from_its_time_has_a_code(self, key_file: Path) -> None:
        now = timezone.now()
        receive(ZAYNAB, key=uuid4(), now=now - timedelta(hours=3))
        old = keyring().newest("receipt")
        newer = add_to(key_file, "receipt", seals_from=now - timedelta(hours=2))
        newest = add_to(key_file, "receipt", seals_from=now - timedelta(hours=1))
        with pytest.raises(CannotRetire, match="still opens 1 receipt codes"):
            retire_key(old.id, now=now)
        retire_key(newer.id, now=now)
        assert keyring().newest("receipt") == newest

    def test_a_report_within_two_minutes_of_the_change_counts_for_both_keys(self) -> None:
        now = timezone.now().replace(second=0, microsecond=0)
        receive(ZAYNAB, key=uuid4(), now=now)
        near, far = timedelta(minutes=1), timedelta(minutes=3)
        codes = [("receipt codes", 1), ("marks of erased reports", 0)]
        none = [("receipt codes", 0), ("marks of erased reports", 0)]
        assert [made_between(None, now - each) for each in (near, far)] == [codes, none]
        assert [made_between(now + each, None) for each in (near, far)] == [codes, none]
        assert made_between(None, None) == codes

    def test_the_mark_of_an_erased_report_needs_the_key_of_the_day_it_was_erased(
        self, key_file: Path
    ) -> None:
        now = timezone.now()
        report = receive(ZAYNAB, key=uuid4(), now=now - timedelta(days=9)).report
        report.bars.all().delete()
        erase_told(Report.objects.get(pk=report.pk), why="schedule", now=now - timedelta(hours=30))
        first = keyring().newest("receipt")
        second = add_to(key_file, "receipt", seals_from=now - timedelta(days=8))
        add_to(key_file, "receipt", seals_from=now - timedelta(days=1))
        retire_key(first.id, now=now)
        with pytest.raises(CannotRetire, match="still opens 1 marks of erased reports"):
            retire_key(second.id, now=now)


class TestMissing:
    def test_where_all_are_there_nothing_is_said(self) -> None:
        DataKey.create()
        note_keys()
        assert missing_keys() == []

    def test_each_missing_key_is_named_with_what_it_seals(self, key_file: Path) -> None:
        note_keys()
        receive(ZAYNAB, key=uuid4(), now=timezone.now())
        Draft.begin({"Q07": "They shouted"}, today=timezone.now().date())
        lost = {purpose: keyring().newest(purpose).id for purpose in ("wrap", "draft", "receipt", "link")}
        for purpose, key_id in lost.items():
            add_to(key_file, purpose)
            take_out(key_file, key_id)
        assert missing_keys() == [
            f"1 data keys are sealed with {lost['wrap']}, which is not in the key file.",
            f"1 drafts are sealed with {lost['draft']}, which is not in the key file.",
            f"1 receipt codes can only be recognised with {lost['receipt']}, which is not in the key file.",
            WHAT_TO_DO,
        ]

    def test_a_new_file_in_place_of_the_old_one_does_not_pass(self, key_file: Path) -> None:
        DataKey.create()
        key_file.unlink()
        call_command("make_keys", key_file, stdout=StringIO())
        assert "1 data keys are sealed with" in missing_keys()[0]

    def test_it_looks_only_for_the_different_ids_however_many_rows(
        self, django_assert_max_num_queries: Any
    ) -> None:
        DataKey.objects.bulk_create(DataKey.prepare() for _ in range(50))
        with django_assert_max_num_queries(16):
            assert missing_keys() == []

    def test_prepare_does_not_replace_a_lost_key_file(self, key_file: Path) -> None:
        note_keys()
        lost = keyring().newest("wrap").id
        key_file.unlink()
        with pytest.raises(CommandError, match=f"is gone, and this database needs the keys.*{lost}"):
            call_command("prepare")
        assert not key_file.exists()


class TestCommands:
    def told(self, *command: str) -> str:
        out = StringIO()
        call_command(*command, stdout=out, stderr=out)
        return out.getvalue()

    @pytest.fixture(autouse=True)
    def _no_waiting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Waiting for a key to begin takes as long as its notice: here the clock jumps there."""
        ahead = [timedelta(0)]
        real = timezone.now
        monkeypatch.setattr(rotate_keys.timezone, "now", lambda: real() + ahead[0])

        def sleep(seconds: float) -> None:
            ahead[0] += timedelta(seconds=seconds)

        monkeypatch.setattr(rotate_keys.time, "sleep", sleep)

    def test_adding_says_the_key_and_when_it_seals(self) -> None:
        said = self.told("add_key", "wrap", "--seals-in", "600")
        assert f"Added {keyring().of('wrap')[0].id}; it seals from 20" in said
        assert "put a copy of the key file in the safe" in said
        with pytest.raises(CommandError, match="8 seconds at least"):
            self.told("add_key", "wrap", "--seals-in", "1")

    def test_rotating_seals_all_anew_and_notes_it_in_the_trail(self, key_file: Path) -> None:
        DataKey.objects.bulk_create(DataKey.prepare() for _ in range(3))
        new = add_to(key_file, "wrap")
        said = self.told("rotate_keys")
        assert f"data keys: 3 sealed anew under {new.id}" in said
        assert "Nothing is left under an older key." in said
        assert acts() == [("key.rotated", new.id, {"what": "data keys", "values": 3, "unreadable": 0})]
        assert "data keys: 0 sealed anew" in self.told("rotate_keys")
        assert len(acts()) == 1

    def test_a_rotation_that_is_not_finished_gets_no_further_key(self, key_file: Path) -> None:
        DataKey.create()
        add_to(key_file, "wrap")
        before = ids_in(key_file)
        said = self.told("rotate_keys", "--new")
        assert "An earlier rotation is not finished (1 data keys): going on with it. No key is added." in said
        assert ids_in(key_file) == before

    def test_new_keys_are_waited_for(self, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        DataKey.create()
        said = self.told("rotate_keys", "--new", "--seals-in", "30")
        added = ids_in(key_file)[-2:]
        assert [each.partition("-")[0] for each in added] == ["wrap", "draft"]
        assert f"{added[0]} begins to seal in" in said

    def test_reports_can_be_encrypted_anew_in_the_same_run(self, key_file: Path) -> None:
        report = receive(ZAYNAB, key=uuid4(), now=timezone.now()).report
        before = bytes(Report.objects.get(pk=report.pk).words or b"")
        new = add_to(key_file, "wrap")
        self.told("rotate_keys", "--data-keys")
        found = Report.objects.select_related("data_key").get(pk=report.pk)
        assert bytes(found.words or b"") != before
        assert found.unseal("words") == ZAYNAB["Q07"]
        assert found.data_key is not None
        assert (found.data_key.made_under, found.data_key.previous) == (new.id, None)
        assert ("key.rotated", new.id, {"what": "reports", "values": 1}) in acts()

    def test_what_can_not_be_opened_fails_the_command_by_its_row(self, key_file: Path) -> None:
        broken = DataKey.create()
        DataKey.objects.update(wrapped=b"\x01" + bytes(60))
        add_to(key_file, "wrap")
        out = StringIO()
        with pytest.raises(CommandError, match="Not finished: 1 rows and 0 reports are left"):
            call_command("rotate_keys", stdout=out, stderr=out)
        assert f"data keys: {broken.pk} can't be opened with any key; it was left as it is." in out.getvalue()

    def test_the_list_shows_each_key_and_what_it_opens(self, key_file: Path) -> None:
        DataKey.create()
        old, new = keyring().newest("wrap"), add_to(key_file, "wrap")
        waiting = begin_key("wrap", seals_in=MINUTE, now=timezone.now())
        lines = {line.split()[0]: line for line in self.told("show_keys").splitlines()}
        assert "opens only" in lines[old.id]
        assert "1 data keys" in lines[old.id]
        assert " seals  " in lines[new.id]
        assert "0 data keys" in lines[new.id]
        assert "seals from 20" in lines[waiting.id]

    def test_the_list_fails_where_a_key_is_missing(self, key_file: Path) -> None:
        DataKey.create()
        old = keyring().newest("wrap")
        add_to(key_file, "wrap")
        take_out(key_file, old.id)
        out = StringIO()
        with pytest.raises(SystemExit):
            call_command("show_keys", stdout=out, stderr=out)
        assert f"1 data keys are sealed with {old.id}" in out.getvalue()

    def test_retiring_says_what_to_do_with_the_copy(self, key_file: Path) -> None:
        old = keyring().newest("draft")
        add_to(key_file, "draft")
        assert "until the last backup" in self.told("retire_key", old.id)
        assert old.id not in ids_in(key_file)
        with pytest.raises(CommandError, match="is not in the key file"):
            self.told("retire_key", old.id)
