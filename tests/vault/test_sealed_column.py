"""A sealed column is empty where nothing was said, unless its model says otherwise."""

import pytest

from vault.cipher import unseal
from vault.keys import keyring
from vault.models import DataKey, SealedField, SealedModel


def test_a_sealed_column_may_be_empty() -> None:
    field = SealedField()
    assert (field.null, field.blank) == (True, True)


def test_a_model_may_insist_on_it() -> None:
    field = SealedField("its name", null=False, blank=False, max_length=9)
    assert (field.null, field.blank, field.verbose_name, field.max_length) == (False, False, "its name", 9)


def test_a_model_must_say_which_key_seals_it() -> None:
    class Forgetful(SealedModel):
        class Meta:
            app_label = "vault"
            abstract = True

    with pytest.raises(NotImplementedError):
        Forgetful.sealing_key(object())  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_data_key_is_bound_to_its_own_cell_by_name() -> None:
    """Written out, because what is sealed today must open with the names of today."""
    key = DataKey.create()
    wrapping = keyring().by_id(key.wrapped_by)
    assert unseal(wrapping.secret, f"vault_datakey.wrapped:{key.pk}", bytes(key.wrapped)) == key.secret
