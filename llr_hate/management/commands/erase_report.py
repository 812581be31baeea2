"""Erases one report for good, from the command line: what goes, why, on whose word, and until when backups hold it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.erasing import CannotErase, Contents, WhyErased, contents, erase, refusal
from partners.models import User
from partners.retention import schedule
from partners.roles import Permission
from reporting.models import Report
from reporting.reference import as_written
from scope.context import worker_scope


class Command(BaseCommand):
    help = "Erase one report: its key, its code and every word about it. Its numbers stay in the figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="the report's reference, such as LLR-7KQ4-M2XD")
        parser.add_argument("--why", required=True, choices=WhyErased.values, help="why it is erased")
        parser.add_argument(
            "--by", required=True, metavar="EMAIL", help="the person of the rights desk who decided it"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask again")

    def handle(self, *args: Any, **options: Any) -> None:
        by = _of_the_rights_desk(options["by"])
        reference = as_written(options["reference"])
        with worker_scope():
            report = Report.objects.filter(reference=reference).first()
            if report is None:
                raise CommandError(f"There is no report {reference}.")
            refused = refusal(report)
            if refused:
                raise CommandError(str(refused))
            found = contents(report)
        self._say_what_goes(reference, found)
        if not options["yes"] and input(f"Type {reference} to erase it for good: ").strip() != reference:
            raise CommandError("Nothing was erased.")
        now = timezone.now()
        try:
            erase(report, why=options["why"], by=by, now=now, schedule=schedule().version)
        except CannotErase as refused_meanwhile:
            raise CommandError(str(refused_meanwhile)) from None
        expires = schedule().last_backup_expires(timezone.localdate(now))
        self.stdout.write(
            f"{reference} is erased. The last backup that holds it expires on {expires:%-d %B %Y}."
        )

    def _say_what_goes(self, reference: str, found: Contents) -> None:
        self.stdout.write(f"This goes with {reference}, for good:")
        for line in found.in_words:
            self.stdout.write(f"  {line}")


def _of_the_rights_desk(email: str) -> User:
    by = User.objects.filter(email__iexact=email, is_active=True).first()
    if by is None or not by.may(Permission.KEEP_RECORDS):
        raise CommandError(f"{email} is nobody of the rights desk: only they decide what is erased.")
    return by
