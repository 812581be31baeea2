"""For whoever runs the server: takes a second step away where no two administrators could agree to it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partners.models import User
from partners.models.second_factor_reset import CannotReset, reset_at_the_machine


class Command(BaseCommand):
    help = (
        "Take somebody's second step, sessions and password away and send them a link for a new password; refused "
        "where two administrators can do it. It is recorded, and every administrator is told."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument(
            "--no-administrator-can-sign-in",
            action="store_true",
            help="do it although there are two other administrators: none of them can sign in",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        try:
            user = User.objects.get(email__iexact=email, is_active=True)
            reset_at_the_machine(user, even_so=options["no_administrator_can_sign_in"], now=timezone.now())
        except User.DoesNotExist:
            raise CommandError(f"Nobody who may sign in has the address {email}.") from None
        except CannotReset as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Done. A link for a new password is on its way to {user.email}.")
