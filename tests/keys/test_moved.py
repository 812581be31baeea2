"""Ciphertext that is moved is refused: between rows, columns, tables and reports, for every sealed column there is."""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import InternalError, connection, transaction

from files.models import SealedFile
from partners.second_factors import SECRETS, open_secret
from reporting.models import Report
from reviews.models import JagItem, SampledCase
from rights.models import Disclosure
from scope.context import worker_scope
from tests.database import standing
from tests.keys.world import cells, opened, rows_with, sealed_world
from vault.keys import keyring
from vault.models import DataKey, SealedField, SealedModel
from vault.sealing import CannotOpen, place_of

EVERY_CELL = [pytest.param(model, column, id=f"{model._meta.db_table}.{column}") for model, column in cells()]
each_cell = pytest.mark.parametrize(("model", "column"), EVERY_CELL)
# Their rows hold only what stands under one report's data key.
each_cell_of_a_report = pytest.mark.parametrize(
    ("model", "column"), [cell for cell in EVERY_CELL if cell.values[0].way_to_data_key]
)
# In these the database changes nothing.
ONLY_ADDED_TO = (Disclosure,)
each_cell_that_may_be_pointed_elsewhere = pytest.mark.parametrize(
    ("model", "column"),
    [cell for cell in EVERY_CELL if cell.values[0].way_to_data_key and cell.values[0] not in ONLY_ADDED_TO],
)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker, sealed_world):
        yield


@pytest.fixture
def filled(made: None, db: None) -> Iterator[None]:
    with worker_scope():
        yield


def two_of(model: type[SealedModel], column: str) -> tuple[SealedModel, SealedModel]:
    """Rows of two different reports, or of two people."""
    found = rows_with(model, column)
    assert len(found) >= 2, "the test would prove nothing"
    if not model.way_to_data_key:
        return found[0], found[1]
    keys = dict(model._base_manager.values_list("pk", model.way_to_data_key))
    return next((one, other) for one in found for other in found if keys[one.pk] != keys[other.pk])


def put(row: SealedModel, column: str, sealed: object) -> SealedModel:
    """Writes bytes into a cell of the database, and gives the row as it is read afterwards."""
    model = type(row)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s", [sealed, row.pk])
        assert cursor.rowcount == 1
    return model._base_manager.get(pk=row.pk)


def test_every_sealed_column_of_the_database_is_in_the_list() -> None:
    there_are = {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    }
    assert there_are == set(cells())
    assert all(bool(model.way_to_data_key) != bool(model.key_column) for model, _column in cells())


@pytest.mark.usefixtures("filled")
@each_cell
def test_in_its_own_place_it_opens(model: type[SealedModel], column: str) -> None:
    assert all(opened(row, column) for row in rows_with(model, column))


@pytest.mark.usefixtures("filled")
@each_cell
def test_swapped_between_two_rows_both_are_refused(model: type[SealedModel], column: str) -> None:
    one, other = two_of(model, column)
    mine, theirs = getattr(one, column), getattr(other, column)
    for row, sealed in ((one, theirs), (other, mine)):
        with pytest.raises(CannotOpen):
            opened(put(row, column, sealed), column)
    assert opened(put(one, column, mine), column)


@pytest.mark.usefixtures("filled")
@each_cell
def test_from_any_other_cell_of_the_database_it_is_refused(model: type[SealedModel], column: str) -> None:
    row = rows_with(model, column)[0]
    tried = 0
    for other_model, other_column in cells():
        for other in rows_with(other_model, other_column):
            if (other_model, other_column, other.pk) != (model, column, row.pk):
                setattr(row, column, getattr(other, other_column))
                with pytest.raises(CannotOpen):
                    opened(row, column)
                tried += 1
    assert tried > len(cells())


@pytest.mark.usefixtures("filled")
@each_cell
def test_what_was_never_sealed_is_refused(model: type[SealedModel], column: str) -> None:
    row = rows_with(model, column)[0]
    for sealed in (b"\x01", b"\x01" + bytes(28), b"\x02" + bytes(28), bytes(200)):
        with pytest.raises(CannotOpen):
            opened(put(row, column, sealed), column)


@pytest.mark.usefixtures("filled")
@each_cell_of_a_report
def test_with_the_wrapped_keys_of_two_reports_swapped_nothing_opens(
    model: type[SealedModel], column: str
) -> None:
    used = model._base_manager.values(model.way_to_data_key)
    keys = list(DataKey.objects.filter(pk__in=used))
    assert len(keys) >= 2, "the test would prove nothing"
    for key, another in zip(keys, [*keys[1:], keys[0]], strict=True):
        DataKey.objects.filter(pk=key.pk).update(wrapped=another.wrapped)
    for row in rows_with(model, column):
        with pytest.raises(CannotOpen):
            opened(row, column)


@pytest.mark.usefixtures("filled")
def test_what_can_only_be_added_to_is_pointed_at_no_other_key() -> None:
    for model in ONLY_ADDED_TO:
        one, other = model._base_manager.order_by("pk")[:2]
        with pytest.raises(InternalError, match="can only be added to"), transaction.atomic():
            model._base_manager.filter(pk=one.pk).update(data_key_id=other.data_key_id)


@pytest.mark.usefixtures("filled")
@each_cell_that_may_be_pointed_elsewhere
def test_with_two_reports_pointing_at_each_others_key_nothing_opens(
    model: type[SealedModel], column: str
) -> None:
    direct = {SealedFile} if model.way_to_data_key == "file__data_key" else {model}
    for holder in {Report, JagItem, SampledCase} | {
        each for each in direct if each.way_to_data_key == "data_key"
    }:
        found = list(holder._base_manager.exclude(data_key=None).order_by("pk"))
        keys = [row.data_key_id for row in found]
        assert len(set(keys)) >= 2, "the test would prove nothing"
        for row, another in zip(found, [*keys[1:], keys[0]], strict=True):
            holder._base_manager.filter(pk=row.pk).update(data_key_id=another)
    for row in rows_with(model, column):
        with pytest.raises(CannotOpen):
            opened(row, column)


@pytest.mark.usefixtures("filled")
def test_a_row_copied_under_another_id_is_refused() -> None:
    for model, column in cells():
        row = rows_with(model, column)[0]
        other = rows_with(model, column)[1]
        row.pk = other.pk
        with pytest.raises(CannotOpen):
            opened(row, column)


def steps() -> list[Authenticator]:
    """The app and the recovery codes of two people."""
    found = list(Authenticator.objects.order_by("pk"))
    assert sorted(step.type for step in found) == ["recovery_codes", "recovery_codes", "totp", "totp"]
    assert len({step.user_id for step in found}) == 2
    return found


def text_of(step: Authenticator) -> str:
    return str(step.data[SECRETS[step.type]])


def secret_of(step: Authenticator) -> str:
    return open_secret(step.data[SECRETS[step.type]])


def put_text(step: Authenticator, text: str) -> Authenticator:
    """Writes a secret into a row behind everybody's back, and gives the row as it is read afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mfa_authenticator SET data = jsonb_set(data, %s, %s) WHERE id = %s",
            [[SECRETS[step.type]], json.dumps(text), step.pk],
        )
        assert cursor.rowcount == 1
    return Authenticator.objects.get(pk=step.pk)


def is_refused(step: Authenticator) -> bool:
    """Whether the secret neither opens nor makes a code."""
    with pytest.raises(CannotOpen):
        secret_of(step)
    with pytest.raises(CannotOpen):
        step.wrap().validate_code("000000")
    return True


@pytest.mark.usefixtures("filled")
def test_a_second_factor_opens_for_its_own_person_and_kind_and_nowhere_else() -> None:
    every = steps()
    secrets = {step.pk: secret_of(step) for step in every}
    assert len(set(secrets.values())) == 4
    for step in every:
        for other in every:
            if other.pk != step.pk:
                assert is_refused(put_text(step, text_of(other)))
        assert secret_of(put_text(step, text_of(step))) == secrets[step.pk]


@pytest.mark.usefixtures("filled")
def test_with_the_rows_of_two_people_swapped_no_second_factor_opens() -> None:
    rows = list(Authenticator.objects.values_list("pk", "user_id", "type", "data"))
    one, other = {user for _pk, user, _kind, _data in rows}
    Authenticator.objects.all().delete()
    Authenticator.objects.bulk_create(
        Authenticator(pk=pk, user_id=other if user == one else one, type=kind, data=data)
        for pk, user, kind, data in rows
    )
    assert all(is_refused(step) for step in steps())


@pytest.mark.usefixtures("filled")
def test_a_second_factor_whose_row_says_another_kind_does_not_open() -> None:
    for step in steps():
        other = "totp" if step.type == "recovery_codes" else "recovery_codes"
        Authenticator.objects.filter(user=step.user_id, type=other).delete()
        Authenticator.objects.filter(pk=step.pk).update(type=other)
        for changed in Authenticator.objects.filter(pk=step.pk):
            assert is_refused(changed)


@pytest.mark.usefixtures("filled")
def test_nothing_else_that_is_sealed_opens_as_a_second_factor() -> None:
    key = keyring().newest("wrap")
    step = steps()[0]
    elsewhere = [bytes(each.wrapped) for each in DataKey.objects.all()]
    elsewhere += [
        bytes(getattr(row, column)) for model, column in cells() for row in rows_with(model, column)
    ]
    # As it was sealed before people were part of the place.
    elsewhere.append(key.seal(place_of("mfa_authenticator", "data", "secret"), b"JBSWY3DPEHPK3PXP"))
    assert len(elsewhere) > len(cells())
    for sealed in elsewhere:
        assert is_refused(put_text(step, f"{key.id}:{b64encode(sealed).decode()}"))


@pytest.mark.usefixtures("filled")
def test_a_text_that_came_without_its_row_does_not_open() -> None:
    for data in Authenticator.objects.filter(type="totp").values_list("data", flat=True):
        with pytest.raises(CannotOpen):
            open_secret(data["secret"])
    only = Authenticator.objects.only("data").filter(type="totp")[0]
    with pytest.raises(CannotOpen):
        open_secret(only.data["secret"])
