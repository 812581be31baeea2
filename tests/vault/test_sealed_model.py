"""A row seals its own columns, each bound to its own cell."""

from uuid import UUID

import pytest
from django.db import models

from reporting.models import Draft, Report
from vault.keys import keyring
from vault.models import DataKey, SealedField, SealedModel
from vault.sealing import CannotOpen

ID = UUID("01234567-89ab-4def-8123-456789abcdef")


def draft(**values: object) -> Draft:
    return Draft(**{"pk": ID, "sealed_by": keyring().newest("draft").id} | values)


def test_what_it_seals_it_opens() -> None:
    row = draft()
    row.seal("answers", "Sie schrien mich an 😀")
    assert isinstance(row.answers, bytes)
    assert b"schrien" not in row.answers
    assert row.unseal("answers") == "Sie schrien mich an 😀"


def test_nothing_is_kept_of_nothing() -> None:
    row = draft()
    row.seal("answers", "something")
    row.seal("answers", "")
    assert row.answers is None
    assert row.unseal("answers") == ""


def test_it_is_bound_to_table_column_and_row() -> None:
    assert draft().place("answers") == f"reporting_draft.answers:{ID}"
    assert Report(pk=ID).place("words") == f"reporting_report.words:{ID}"
    row = draft()
    row.seal("answers", "something")
    with pytest.raises(CannotOpen):
        draft(pk=UUID(int=7), answers=row.answers).unseal("answers")


def test_two_columns_of_one_row_can_not_be_swapped() -> None:
    report = Report(pk=ID, data_key=DataKey.prepare())
    assert report.data_key is not None
    report.seal("words", "They shouted")
    report.seal("contact", "01632 960 014")
    for column, other in (("words", "contact"), ("contact", "words")):
        assert report.data_key.opens_now(report.place(column), getattr(report, column))
        assert not report.data_key.opens_now(report.place(column), getattr(report, other))


def test_its_sealed_columns_are_known_in_their_order() -> None:
    assert Draft.sealed_columns() == ["answers"]
    assert Report.sealed_columns() == ["words", "contact", "answers"]


def test_a_model_must_say_what_it_is_sealed_with() -> None:
    with pytest.raises(NotImplementedError):
        SealedModel.sealing_key(draft())
    assert (SealedModel.way_to_data_key, SealedModel.key_column) == ("", "")


def test_a_sealed_column_may_be_empty_unless_it_says_otherwise() -> None:
    assert isinstance(SealedField(), models.BinaryField)
    assert (SealedField().null, SealedField().blank) == (True, True)
    strict = SealedField(null=False, blank=False)
    assert (strict.null, strict.blank) == (False, False)
