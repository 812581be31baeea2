"""Printed one-time codes: the second step of a volunteer who has no smartphone."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction

from audit import trail
from partners.models.organisation import OrganisationKind
from vault.keys import Key, keyring

if TYPE_CHECKING:
    from partners.models.person import User

CODES_A_SHEET = 10
LAST = timedelta(days=90)
# Without letters and digits that look like one another on paper: 31 ^ 8 is a bit less than 40 bits a code.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LETTERS_A_CODE = 8


class NotAtACentre(Exception):
    """Printed codes are for people at reporting centres."""


class PrintedCode(models.Model):
    """One code of somebody's newest sheet: kept as a keyed digest, used once."""

    user = models.ForeignKey("partners.User", on_delete=models.CASCADE, related_name="printed_codes")
    number = models.PositiveSmallIntegerField()
    digest = models.BinaryField(max_length=32)
    digested_with = models.CharField(max_length=40)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey("partners.User", on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "number"], name="one_printed_code_a_number")]

    def __str__(self) -> str:
        return f"printed code {self.number} of {self.user_id}"

    @classmethod
    @transaction.atomic
    def print_sheet(cls, user: "User", *, by: "User", now: datetime) -> list[str]:
        """A new sheet, which ends the older one; the codes are given here and never again. Raises NotAtACentre."""
        if not may_have_printed_codes(user):
            raise NotAtACentre
        codes = [_new_code() for _ in range(CODES_A_SHEET)]
        key = keyring().newest("link")
        cls.objects.filter(user=user).delete()
        PrintedCode.objects.bulk_create(
            PrintedCode(
                user=user,
                number=number,
                digest=_digest(key, user, code),
                digested_with=key.id,
                printed_at=now,
                printed_by=by,
            )
            for number, code in enumerate(codes, 1)
        )
        trail.record("person.codes_printed", user, by=by, now=now, codes=len(codes))
        return codes

    @classmethod
    def use(cls, user: "User", typed: str, *, now: datetime) -> bool:
        """Whether what was typed is an unused code of the person's sheet; from then on it is used."""
        if not may_have_printed_codes(user):
            return False
        code = "".join(letter for letter in typed.upper() if letter.isalnum())
        for one in cls.objects.filter(user=user, used_at=None, printed_at__gt=now - LAST):
            expected = _digest(keyring().by_id(one.digested_with), user, code)
            if hmac.compare_digest(bytes(one.digest), expected):
                # Two browsers with the same code: one of them comes in.
                return bool(cls.objects.filter(pk=one.pk, used_at=None).update(used_at=now))
        return False

    @classmethod
    def left(cls, user: "User", *, now: datetime) -> int:
        """How many codes of the sheet still work."""
        return cls.objects.filter(user=user, used_at=None, printed_at__gt=now - LAST).count()


def may_have_printed_codes(user: "User") -> bool:
    """Whether the person works at a reporting centre."""
    return user.organisation is not None and user.organisation.kind == OrganisationKind.CENTRE


def has_printed_codes(user: "User") -> bool:
    """Whether the person was ever given a sheet. One that is used up still stands between password and account:
    otherwise whoever knows the password could set up a second step of their own."""
    return PrintedCode.objects.filter(user_id=user.pk).exists()


def as_printed(code: str) -> str:
    """The code in two halves, as it is easier to type."""
    return f"{code[:4]}-{code[4:]}"


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LETTERS_A_CODE))


def _digest(key: Key, user: "User", code: str) -> bytes:
    return key.digest(f"printed code of {user.pk}: {code}")
