"""An organisation's own sign-in (OpenID Connect), such as Entra ID, by which its people come in."""

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction

from audit import trail
from partners.models.organisation import Organisation
from vault.keys import keyring
from vault.models import SealedField, SealedModel, Sealer

if TYPE_CHECKING:
    from partners.models.person import User

# What a provider says (RFC 8176 `amr`) of how somebody proved themselves: several ways at once, or each by its name.
SEVERAL = "mfa"
KNOWN, HELD = {"pwd", "pin"}, {"otp", "hwk", "swk", "fido", "sc", "pop", "sms"}
MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor"
# A tenant of Entra ID that is no tenant: anybody with any Microsoft account could come.
NO_TENANT = ("/common", "/organizations", "/consumers")


class ProviderKind(models.TextChoices):
    """Which product it is; they name a second factor differently."""

    ENTRA = "entra", "Microsoft Entra ID"
    GENERIC = "generic", "OpenID Connect"


class SignInProvider(SealedModel):
    """Where an organisation's people prove who they are. It vouches for nobody of another organisation."""

    key_column = "sealed_by"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="sign_in_provider"
    )
    kind = models.CharField(max_length=10, choices=ProviderKind.choices)
    issuer = models.URLField()
    client_id = models.CharField(max_length=200)
    client_secret = SealedField()
    sealed_by = models.CharField(max_length=40)
    email_domains = ArrayField(models.CharField(max_length=120))
    accepts_its_second_factor = models.BooleanField(default=False)
    set_up_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-in of {self.organisation}"

    def sealing_key(self) -> Sealer:
        return keyring().by_id(self.sealed_by)

    @property
    def provider_id(self) -> str:
        """Its name in addresses, and in the links of people to it."""
        return self.organisation.code

    @classmethod
    @transaction.atomic
    def set_up(
        cls,
        organisation: Organisation,
        *,
        kind: str,
        issuer: str,
        client_id: str,
        client_secret: str,
        email_domains: list[str],
        accepts_its_second_factor: bool,
        by: "User | None",
        now: datetime,
    ) -> "SignInProvider":
        """Lets an organisation's people sign in at `issuer`; people linked to another issuer are linked anew.
        Raises ValidationError."""
        refuse_unsafe_issuer(issuer)
        provider = cls.objects.filter(organisation=organisation).first() or cls(organisation=organisation)
        if provider.issuer != issuer.rstrip("/"):
            SocialAccount.objects.filter(provider=provider.provider_id).delete()
        provider.kind, provider.issuer, provider.client_id = kind, issuer.rstrip("/"), client_id
        provider.email_domains = sorted({domain.lower().lstrip("@") for domain in email_domains})
        provider.accepts_its_second_factor = accepts_its_second_factor
        provider.set_up_at, provider.sealed_by = now, keyring().newest("wrap").id
        provider.seal("client_secret", client_secret)
        provider.save()
        trail.record(
            "organisation.sign_in_set_up",
            provider,
            by=by,
            now=now,
            organisation=organisation.code,
            second_factor="theirs" if accepts_its_second_factor else "ours",
        )
        return provider

    @transaction.atomic
    def take_down(self, *, by: "User | None", now: datetime) -> None:
        """Its people sign in with their passwords again."""
        SocialAccount.objects.filter(provider=self.provider_id).delete()
        trail.record(
            "organisation.sign_in_taken_down", self, by=by, now=now, organisation=self.organisation.code
        )
        self.delete()

    def as_app(self) -> SocialApp:
        """What the sign-in library asks for; never saved."""
        return SocialApp(
            provider="openid_connect",
            provider_id=self.provider_id,
            name=self.organisation.name,
            client_id=self.client_id,
            secret=self.unseal("client_secret"),
            settings={
                "server_url": self.issuer,
                "oauth_pkce_enabled": True,
                "fetch_userinfo": False,
                # Somebody who was away from their desk is asked again there too, or being away would mean nothing.
                "auth_params": {"prompt": "login"},
            },
        )

    @property
    def owns_its_addresses(self) -> bool:
        """Whether its addresses are the organisation's own by their nature: an Entra tenant proves its domains, and
        says nothing of single addresses."""
        return self.kind == ProviderKind.ENTRA

    def vouches_for(self, email: str) -> bool:
        """Whether the address is of this organisation's own domains."""
        return email.rpartition("@")[2].lower() in self.email_domains

    def saw_a_second_factor(self, claims: dict[str, object]) -> bool:
        """Whether what it says of this sign-in counts as a second step here."""
        said = claims.get("amr")
        methods = {str(each) for each in said} if isinstance(said, list) else set()
        several = SEVERAL in methods or bool(methods & KNOWN and methods & HELD)
        return self.accepts_its_second_factor and (several or claims.get("acr") == MULTI_FACTOR)


def refuse_unsafe_issuer(issuer: str) -> None:
    """Raises ValidationError for an address that cannot be an organisation's own sign-in."""
    parts = urlsplit(issuer)
    is_local = parts.hostname in {"127.0.0.1", "localhost"}
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        raise ValidationError("The issuer must begin with https://")
    if any(tenant in parts.path for tenant in NO_TENANT):
        raise ValidationError(
            "Name the organisation's own tenant: this address lets in every Microsoft account"
        )
