"""Whatever an insider with all rights in the database does to the trail is found, and the place is named."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit import checking, trail
from audit.checking import Found, check, keep, last_good_check
from audit.heads import UnreadableHeads, expected, export_head
from audit.models import AuditEvent, Seal, TrailCheck
from audit.sealing import seal_all
from audit.tasks import check_all, check_new, seal
from tests.audit.chain import NOW, sealed_in_runs, write
from vault.keys import keyring

pytestmark = pytest.mark.usefixtures("committed")
Tamper = Callable[..., None]


@pytest.fixture(autouse=True)
def heads(tmp_path: Path, settings: Any) -> Path:
    """Where heads are exported to in these tests."""
    settings.AUDIT_HEADS_FILE = str(tmp_path / "heads.jsonl")
    return tmp_path / "heads.jsonl"


def look(*files: Path) -> Found:
    return check(heads=expected(list(files)))


def said(found: Found) -> str:
    return " ".join(each.says for each in found.findings)


def at(number: int) -> str:
    """SQL for the event that stands at this place."""
    return f"subject_id = 'r{number}'"


def test_a_trail_that_nobody_touched_is_in_order(heads: Path) -> None:
    sealed_in_runs(3, 4)
    export_head(now=NOW)
    write(2, after=7)
    found = look(heads)
    assert (found.is_good, found.events, found.seal, found.waiting, found.findings) == (True, 7, 2, 2, [])


def test_an_empty_trail_is_in_order() -> None:
    assert look().is_good


FACTS: list[dict[str, Any]] = [
    {},
    {"b": 1, "a": [1, [2, None]], "aa": {"z": True, "y": 'é\u2028\\" /'}},
    {"count": 12_345_678_901_234_567_890, "share": 0.25, "nothing": None, "long": "x" * 3000},
]


@pytest.mark.parametrize("facts", FACTS)
def test_whatever_an_event_says_its_stamp_holds_when_it_is_read_back(facts: dict[str, Any]) -> None:
    at_odd_times = NOW.replace(year=1999, microsecond=999_999), NOW.replace(microsecond=1)
    for moment in at_odd_times:
        trail.record("a.b", "some thing, 'quoted' – and long", by=None, now=moment, **facts)
    seal_all(now=NOW)
    assert said(look()) == ""


@dataclass
class Officer:
    """Somebody of organisation 3, with account 5."""

    pk: int = 5
    organisation_id: int | None = 3


STAFF_CHANGES = ["actor_id = NULL", "organisation_id = NULL", "actor_id = 3, organisation_id = 5"]


@pytest.mark.parametrize("change", STAFF_CHANGES)
def test_who_did_it_for_whom_cannot_be_changed(change: str, tamper: Tamper) -> None:
    trail.record("report.read", "r1", by=Officer(), now=NOW)
    seal_all(now=NOW)
    assert look().is_good
    tamper(f"UPDATE audit_auditevent SET {change}")
    assert [each.event for each in look().findings] == [1]


CHANGES = {
    "at": "at = at + interval '1 microsecond'",
    "act": "act = 'report.unread'",
    "actor_kind": "actor_kind = 'public'",
    "actor_id": "actor_id = 7",
    "organisation_id": "organisation_id = 7",
    "subject_type": "subject_type = 'casework.case'",
    "facts": "facts = '{}'",
    "stamp": "stamp = stamp || 'x'",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_of_any_column_is_found(column: str, tamper: Tamper) -> None:
    sealed_in_runs(3, 4)
    tamper(f"UPDATE audit_auditevent SET {CHANGES[column]} WHERE {at(5)}")
    found = look()
    assert [each.event for each in found.findings] == [5]
    assert "Event 5 (" in said(found)
    assert said(found).endswith("was changed.")


def test_a_change_of_the_subject_is_found(tamper: Tamper) -> None:
    sealed_in_runs(3, 4)
    tamper(f"UPDATE audit_auditevent SET subject_id = 'r99' WHERE {at(2)}")
    assert [each.event for each in look().findings] == [2]


def test_two_events_that_changed_places_in_all_but_their_stamps_are_found(tamper: Tamper) -> None:
    one, other = sealed_in_runs(2)
    tamper(
        "CREATE TEMP TABLE swapped AS SELECT * FROM audit_auditevent",
        "DELETE FROM audit_auditevent",
        f"INSERT INTO audit_auditevent (id, at, act, actor_kind, subject_type, subject_id, facts, stamp, xid)"
        f" SELECT CASE id WHEN '{one.pk}' THEN '{other.pk}'::uuid ELSE '{one.pk}' END, at, act, actor_kind,"
        " subject_type, subject_id, facts, stamp, xid FROM swapped",
        "DROP TABLE swapped",
    )
    assert [each.event for each in look().findings] == [1, 2]


def test_an_event_that_was_removed_is_named(tamper: Tamper) -> None:
    sealed_in_runs(3, 4)
    tamper(f"DELETE FROM audit_auditevent WHERE {at(6)}")
    found = look()
    assert [each.event for each in found.findings] == [6]
    assert said(found) == "Event 6 is gone. It was sealed on 22 November 2026, 09:31."


def test_an_event_removed_from_table_and_seal_is_found(tamper: Tamper) -> None:
    sealed_in_runs(3, 4)
    tamper(
        f"UPDATE audit_seal SET event_ids = array_remove(event_ids, (SELECT id FROM audit_auditevent WHERE {at(5)}))"
        " WHERE number = 2",
        f"DELETE FROM audit_auditevent WHERE {at(5)}",
    )
    assert not look().is_good


def test_events_in_another_order_are_named(tamper: Tamper) -> None:
    sealed_in_runs(3, 4)
    tamper(
        "UPDATE audit_seal SET event_ids = event_ids[1:1] || event_ids[3:3] || event_ids[2:2] || event_ids[4:]"
        " WHERE number = 2"
    )
    found = look()
    assert [each.event for each in found.findings] == [5]
    assert "Events 5 and 6 do not stand in the order" in said(found)


def test_events_in_another_order_in_both_tables_are_found(tamper: Tamper) -> None:
    sealed_in_runs(3)
    tamper(
        "UPDATE audit_seal SET event_ids = event_ids[2:2] || event_ids[1:1] || event_ids[3:3]",
        "UPDATE audit_auditevent a SET xid = b.xid FROM audit_auditevent b"
        " WHERE (a.subject_id, b.subject_id) IN (('r1', 'r2'), ('r2', 'r1'))",
    )
    found = look()
    assert [each.event for each in found.findings] == [1]
    assert "The seal of events 1 to 3, or their order, was changed." in said(found)


@pytest.mark.parametrize(
    "change",
    [
        "sealed_at = sealed_at + interval '1 second'",
        "up_to_xid = up_to_xid + 1",
        "up_to_id = gen_random_uuid()",
        "is_restart = true",
        "ceiling = 1",
        "hash = hash || 'x'",
        "last_event = last_event + 1",
    ],
)
def test_a_seal_that_was_changed_is_found(change: str, tamper: Tamper) -> None:
    sealed_in_runs(3, 4, 1)
    tamper(f"UPDATE audit_seal SET {change} WHERE number = 2")
    assert not look().is_good


def test_two_seals_that_changed_places_are_found(tamper: Tamper) -> None:
    sealed_in_runs(2, 2, 2)
    tamper(
        "UPDATE audit_seal SET number = 10, last_event = 4 WHERE number = 1",
        "UPDATE audit_seal SET number = 1, last_event = 2 WHERE number = 2",
        "UPDATE audit_seal SET number = 2 WHERE number = 10",
    )
    assert [each.event for each in look().findings][:2] == [1, 3]


def test_a_seal_that_is_gone_is_named_with_its_events(tamper: Tamper) -> None:
    sealed_in_runs(2, 3, 2)
    tamper("DELETE FROM audit_seal WHERE number = 2")
    found = look()
    assert found.findings[0].event == 3
    assert "Seal 2 is gone, with events 3 to 5." in said(found)


def test_an_event_put_in_among_sealed_ones_is_found(tamper: Tamper) -> None:
    sealed_in_runs(3, 4)
    tamper(
        "INSERT INTO audit_auditevent (id, at, act, actor_kind, subject_type, subject_id, facts, stamp, xid)"
        " SELECT gen_random_uuid(), at, act, actor_kind, subject_type, 'r99', facts, stamp, xid"
        f" FROM audit_auditevent WHERE {at(2)}"
    )
    assert "An event (report.read, 22 November 2026, 09:30) was put in among sealed ones." in said(look())


def test_an_event_that_the_portal_did_not_write_is_found_before_and_after_it_is_sealed(
    tamper: Tamper,
) -> None:
    sealed_in_runs(3)
    tamper(
        "INSERT INTO audit_auditevent (id, at, act, actor_kind, subject_type, subject_id, facts, stamp)"
        f" SELECT gen_random_uuid(), at, act, actor_kind, subject_type, 'r99', facts, stamp"
        f" FROM audit_auditevent WHERE {at(2)}"
    )
    assert "was changed, or not written by the portal" in said(look())
    seal_all(now=NOW)
    assert [each.event for each in look().findings] == [4]


def test_an_end_that_was_cut_off_is_found_by_an_exported_head(tamper: Tamper, heads: Path) -> None:
    events = sealed_in_runs(3, 4)
    export_head(now=NOW)
    tamper(
        "DELETE FROM audit_seal WHERE number = 2",
        f"DELETE FROM audit_auditevent WHERE id IN ({', '.join(repr(str(event.pk)) for event in events[3:])})",
    )
    assert look().is_good  # by itself the shorter trail is whole
    assert said(look(heads)) == (
        "The trail ends with event 3, but on 22 November 2026, 09:30 it reached event 7: its end was cut off."
    )


def test_a_trail_that_was_emptied_is_found(tamper: Tamper, heads: Path) -> None:
    sealed_in_runs(3)
    export_head(now=NOW)
    tamper("TRUNCATE audit_auditevent, audit_seal")
    assert "it reached event 3: its end was cut off" in said(look(heads))


def test_an_end_that_was_cut_off_is_found_by_an_earlier_check_too(tamper: Tamper) -> None:
    sealed_in_runs(3, 4)
    keep(look(), is_whole=True, now=NOW)
    tamper("DELETE FROM audit_seal WHERE number = 2")
    assert "its end was cut off" in said(look())


def test_events_that_were_sealed_anew_are_found_by_an_exported_head(tamper: Tamper, heads: Path) -> None:
    sealed_in_runs(3, 4)
    export_head(now=NOW)
    tamper("DELETE FROM audit_seal WHERE number = 2")
    seal_all(now=NOW + timedelta(hours=1))
    assert look().is_good
    found = look(heads)
    assert found.findings[0].event == 7
    assert "it was sealed anew" in said(found)


def test_after_a_restore_that_was_said_the_lost_end_is_not_missed(tamper: Tamper, heads: Path) -> None:
    sealed_in_runs(3, 4)
    export_head(now=NOW)
    tamper(
        "DELETE FROM audit_seal WHERE number = 2", "DELETE FROM audit_auditevent WHERE facts->>'place' > '3'"
    )
    assert not look(heads).is_good
    call_command("audit_seal", restored=True)
    seal_all(now=NOW)
    assert look(heads).is_good
    assert AuditEvent.objects.filter(act="trail.restored").count() == 1
    tamper("DELETE FROM audit_seal WHERE number = 2")
    export_head(now=NOW)
    assert not look(heads).is_good


def test_saying_that_it_was_restored_does_not_hide_what_was_sealed_anew(tamper: Tamper, heads: Path) -> None:
    sealed_in_runs(3)
    export_head(now=NOW)
    tamper("DELETE FROM audit_seal")
    seal_all(now=NOW + timedelta(hours=1))
    call_command("audit_seal", restored=True)
    assert "it was sealed anew" in said(look(heads))


def test_heads_are_added_and_never_twice_for_the_same(heads: Path) -> None:
    assert export_head(now=NOW) is None
    sealed_in_runs(1)
    for _ in range(3):
        export_head(now=NOW)
    seal_all(now=NOW)
    write(1, after=1)
    seal()
    export_head(now=NOW)
    lines = [json.loads(line) for line in heads.read_text().splitlines()]
    assert [(line["seal"], line["events"]) for line in lines] == [(1, 1), (2, 2)]


def test_a_file_of_heads_that_somebody_else_wrote_is_refused(heads: Path) -> None:
    heads.write_text("something else\n")
    with pytest.raises(UnreadableHeads):
        look(heads)
    with pytest.raises(CommandError, match="no exported head"):
        call_command("audit_verify", heads=[heads])


def test_a_file_of_heads_that_was_spoilt_does_not_stop_the_looking(heads: Path) -> None:
    sealed_in_runs(2)
    heads.write_text("something else\n")
    assert not check_new()
    assert TrailCheck.objects.get().findings == [
        "The file of exported heads can't be read, or holds a line that is no head."
    ]


def test_the_next_check_goes_on_from_the_last_good_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_in_runs(2)
    assert check_all()
    write(3, after=2)
    seal()
    seen: list[int] = []
    check_seal = checking._check_seal
    monkeypatch.setattr(
        checking,
        "_check_seal",
        lambda found, seal, rows: (seen.append(seal.number), check_seal(found, seal, rows)),
    )
    assert check_new()
    assert seen == [2]
    last = last_good_check()
    assert last is not None
    assert (last.events, last.seal, last.is_whole) == (5, 2, False)


def test_after_a_bad_check_everything_is_looked_at_again(tamper: Tamper) -> None:
    sealed_in_runs(2)
    assert check_new()
    tamper(f"UPDATE audit_auditevent SET act = 'nothing' WHERE {at(1)}")
    assert check_new()  # nothing new, and the old is for the night
    assert not check_all()
    assert last_good_check() is None
    assert not check_new()
    assert TrailCheck.objects.order_by("-at")[0].is_whole


def test_a_check_that_goes_on_notices_that_the_start_was_exchanged(tamper: Tamper) -> None:
    sealed_in_runs(2)
    assert check_all()
    tamper("UPDATE audit_seal SET hash = 'other'")
    assert not check_new()


def test_a_bad_trail_is_said_in_the_log_and_by_the_command(tamper: Tamper, caplog: Any, capsys: Any) -> None:
    sealed_in_runs(3)
    call_command("audit_verify")
    assert "In order: 3 events in 1 seals, 0 not sealed yet" in capsys.readouterr().out
    tamper(f"DELETE FROM audit_auditevent WHERE {at(2)}")
    with pytest.raises(CommandError, match="does not hold: 1 found") as refused:
        call_command("audit_verify")
    assert refused.value.returncode == 1
    assert "Event 2 is gone." in capsys.readouterr().out
    assert "the audit trail does not hold" in caplog.text


def test_fifty_findings_are_kept_and_all_are_counted(tamper: Tamper) -> None:
    sealed_in_runs(60)
    tamper("UPDATE audit_auditevent SET act = 'nothing'")
    found = look()
    assert (len(found.findings), found.wrong) == (50, 60)


def test_a_stamp_of_another_purposes_key_does_not_hold(
    tamper: Tamper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.stamp.keyring", _keyring_with("link"))
    write(1)
    monkeypatch.undo()
    assert not look().is_good


def _keyring_with(purpose: str) -> Any:
    class Other:
        def newest(self, _: str) -> Any:
            return keyring().newest(purpose)

    return Other


def test_every_seal_knows_the_one_before_it(tamper: Tamper) -> None:
    sealed_in_runs(1, 1)
    seals = list(Seal.objects.order_by("number"))
    tamper("DELETE FROM audit_seal WHERE number = 1", "UPDATE audit_seal SET number = 1, last_event = 1")
    assert len(seals) == 2
    assert not look().is_good
