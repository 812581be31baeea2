"""Brings a partnership's folder into the database: who works together, where, and on which plans."""

from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from actionplans.loading import load_plans
from llr_hate.models import DemoWorld
from partners.data import PartnershipDataError
from partners.loading import Loaded, load_partners
from partners.retention import schedule_in

# The day on which the papers' plans stand; `--shift-to` says which day that is to be.
PLANS_STAND_AT = date(2019, 1, 31)


class Command(BaseCommand):
    help = (
        "Load a partnership's folder; loading it again changes nothing. What administrators edited on their pages"
        " stays, and is named where the folder differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the partnership's folder, such as partnership/llr")
        parser.add_argument(
            "--shift-to",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="move all dates of the plans so that 31 January 2019 is this day (in the demonstration: the day it"
            " was built)",
        )

        parser.add_argument(
            "--take-files",
            action="store_true",
            help="let the folder's word count over what administrators edited on their pages",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        shift = (options["shift_to"] or plans_stand_at()) - PLANS_STAND_AT
        try:
            loaded = load_partnership(
                options["folder"], shift=shift, now=timezone.now(), take_files=options["take_files"]
            )
        except PartnershipDataError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"The partnership in {options['folder']} is loaded; {loaded.changed} of its entries changed."
        )
        if loaded.kept:
            self.stdout.write(
                "Kept as administrators edited it (--take-files takes the folder's word instead):"
            )
        for sentence in loaded.kept:
            self.stdout.write(f"- {sentence}")


def plans_stand_at() -> date:
    """The day on which the loaded plans stand unless somebody says otherwise: the invented world keeps its own."""
    world = DemoWorld.objects.first()
    return timezone.localdate(world.built_at) if world else PLANS_STAND_AT


@transaction.atomic
def load_partnership(folder: Path, *, shift: timedelta, now: datetime, take_files: bool = False) -> Loaded:
    """Loads everything or nothing; with `take_files` also over what administrators edited on their pages."""
    if not folder.is_dir():
        raise PartnershipDataError(f"There is no folder {folder}.")
    schedule_in(folder)  # read where it is used; a mistake in it is said here
    loaded = load_partners(folder, now=now, take_files=take_files)
    load_plans(folder, shift, now)
    return loaded
