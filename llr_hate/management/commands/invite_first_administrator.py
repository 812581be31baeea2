"""The way in for the very first person: a link printed here, because nobody is there yet to send it."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from partners.mails import full_address
from partners.models import AlreadyHasAccount, Invitation, Organisation
from partners.models.invitation import AdministratorExists


class Command(BaseCommand):
    help = "Print a link, good for one hour, with which the first administrator comes in; refused once there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the work email address they will sign in with")
        parser.add_argument("--name", default="", help="their full name (default: made of the address)")
        parser.add_argument(
            "--organisation", default="lcc", help="the code of their organisation (default: lcc)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email, code = options["email"], options["organisation"]
        try:
            validate_email(email)
            invitation = Invitation.invite_first_administrator(
                email=email,
                name=options["name"] or email.partition("@")[0].replace(".", " ").title(),
                organisation=Organisation.objects.get(code=code),
                now=timezone.now(),
            )
        except ValidationError:
            raise CommandError(f"{email} is not an email address.") from None
        except Organisation.DoesNotExist:
            raise CommandError(f"There is no organisation {code}. Load the partnership first.") from None
        except AdministratorExists:
            raise CommandError("There is an administrator already: they invite everybody else.") from None
        except AlreadyHasAccount:
            raise CommandError(f"Somebody signs in with {email} already.") from None
        link = full_address(reverse("invitation", args=[invitation.token]))
        self.stdout.write(f"Open this link within one hour; it works once:\n{link}")
