"""`manage.py set_up_sign_in ORGANISATION`: lets an organisation's people sign in where they always do."""

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from partners.models import Organisation, SignInProvider
from partners.models.provider import ProviderKind
from scope.context import worker_scope


class Command(BaseCommand):
    help = "Lets an organisation's people sign in at its own OpenID Connect provider; asks for the secret, or reads it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its code, such as lcc")
        parser.add_argument("--issuer", help="for Entra ID https://login.microsoftonline.com/<tenant>/v2.0")
        parser.add_argument("--client-id")
        parser.add_argument("--kind", choices=ProviderKind.values, default=ProviderKind.GENERIC)
        parser.add_argument(
            "--domain", action="append", default=[], help="of its people's addresses; may be repeated"
        )
        parser.add_argument(
            "--accept-its-second-factor",
            action="store_true",
            help="a second factor that the provider names counts here too",
        )
        parser.add_argument("--take-down", action="store_true", help="its people use their passwords again")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(code=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation with the code {options['organisation']}.")
        with worker_scope():
            if options["take_down"]:
                self._take_down(organisation)
            else:
                self._set_up(organisation, options)

    def _set_up(self, organisation: Organisation, options: dict[str, Any]) -> None:
        if not (options["issuer"] and options["client_id"] and options["domain"]):
            raise CommandError("Give --issuer, --client-id and at least one --domain.")
        try:
            provider = SignInProvider.set_up(
                organisation,
                kind=options["kind"],
                issuer=options["issuer"],
                client_id=options["client_id"],
                client_secret=_secret(),
                email_domains=options["domain"],
                accepts_its_second_factor=options["accept_its_second_factor"],
                by=None,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write(f"People of {organisation.name} can sign in at {provider.issuer}.")
        self.stdout.write(f"Register this address there: /accounts/organisation/{organisation.code}/back/")

    def _take_down(self, organisation: Organisation) -> None:
        provider = SignInProvider.objects.filter(organisation=organisation).first()
        if provider is None:
            raise CommandError(f"{organisation.name} has no sign-in of its own here.")
        provider.take_down(by=None, now=timezone.now())
        self.stdout.write(f"People of {organisation.name} sign in with their passwords again.")


def _secret() -> str:
    # Never an argument: those stand in the list of processes and in the shell's history.
    secret = getpass.getpass("Client secret: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not secret:
        raise CommandError("The client secret is missing.")
    return secret
