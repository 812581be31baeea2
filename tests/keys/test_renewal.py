"""Everything that can be said about a report is encrypted anew under a fresh data key."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from casework.models import CaseEvent
from llr_hate.keys import renewal
from llr_hate.keys.renewal import (
    SETTLES_AFTER,
    count_to_renew,
    count_to_settle,
    renew,
    renew_all,
    settle,
    settle_all,
)
from reporting.models import Report
from tests import people
from tests.key_files import add_to
from tests.keys.test_rotation import quiet
from tests.keys.world import DATA_KEYS, cells, everything_opened, rows_with
from vault.models import DataKey
from vault.sealing import CannotOpen

NOW = people.NOW
LATER = NOW + SETTLES_AFTER


@pytest.fixture
def filled(filled: None, key_file: Path) -> None:
    add_to(key_file, "wrap")


def under_data_keys() -> dict[str, bytes]:
    return {
        row.place(column): bytes(getattr(row, column))
        for model, column in cells()
        if model.way_to_data_key
        for row in rows_with(model, column)
    }


@pytest.mark.usefixtures("filled")
def test_every_value_of_every_room_is_sealed_anew_and_says_the_same() -> None:
    before, sealed, secrets = (
        everything_opened(),
        under_data_keys(),
        {key.secret for key in DataKey.objects.all()},
    )
    assert count_to_renew() == DATA_KEYS
    assert renew_all(now=NOW, say=quiet) == DATA_KEYS
    assert everything_opened() == before
    anew = under_data_keys()
    assert anew.keys() == sealed.keys()
    assert not set(anew.values()) & set(sealed.values())
    assert not {key.secret for key in DataKey.objects.all()} & secrets
    assert (count_to_renew(), count_to_settle()) == (0, DATA_KEYS)


@pytest.mark.usefixtures("filled")
def test_settled_only_the_new_secret_opens_anything() -> None:
    before = everything_opened()
    renew_all(now=NOW, say=quiet)
    assert settle_all(now=LATER - timedelta(seconds=1), say=quiet) == 0
    assert settle_all(now=LATER, say=quiet) == DATA_KEYS
    assert count_to_settle() == 0
    assert all(key.previous is None and key.renewed_at is None for key in DataKey.objects.all())
    assert everything_opened() == before


@pytest.mark.usefixtures("filled")
def test_doing_it_again_does_nothing() -> None:
    renew_all(now=NOW, say=quiet)
    settle_all(now=LATER, say=quiet)
    sealed = under_data_keys()
    assert renew_all(now=LATER, say=quiet) == 0
    assert settle_all(now=LATER, say=quiet) == 0
    key = DataKey.objects.first()
    assert key is not None
    assert renew([key.pk], LATER) == 0
    assert settle([key.pk], LATER) == 0
    assert under_data_keys() == sealed


@pytest.mark.usefixtures("filled")
def test_killed_in_the_middle_of_a_report_it_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    before, sealed = everything_opened(), under_data_keys()
    done = []

    def killed(row: Any, key: DataKey) -> None:
        done.append(row)
        if len(done) == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(renewal, "_seal_row_anew", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            renew_all(now=NOW, say=quiet)
    assert under_data_keys() == sealed
    assert renew_all(now=NOW, say=quiet) == DATA_KEYS
    assert everything_opened() == before


@pytest.mark.usefixtures("filled")
def test_what_was_written_late_with_the_secret_of_before_is_sealed_anew_when_it_settles() -> None:
    report = Report.objects.exclude(words=None).select_related("data_key").first()
    assert report is not None
    late = report.data_key
    assert late is not None
    assert len(late.secret) == 32
    renew_all(now=NOW, say=quiet)
    Report.objects.filter(pk=report.pk).update(words=late.seal(report.place("words"), b"late"))
    assert Report.objects.get(pk=report.pk).unseal("words") == "late"
    settle_all(now=LATER, say=quiet)
    assert Report.objects.get(pk=report.pk).unseal("words") == "late"
    with pytest.raises(CannotOpen):
        DataKey.objects.get(pk=late.pk).unseal("here", late.seal("here", b"later still"))


@pytest.mark.usefixtures("filled")
def test_what_could_not_be_opened_before_stays_as_it_is() -> None:
    event = CaseEvent.objects.exclude(note=None).first()
    assert event is not None
    CaseEvent.objects.filter(pk=event.pk).update(note=b"\x01" + bytes(40))
    assert renew_all(now=NOW, say=quiet) == DATA_KEYS
    assert bytes(CaseEvent.objects.get(pk=event.pk).note) == b"\x01" + bytes(40)
    assert settle_all(now=LATER, say=quiet) == DATA_KEYS
