"""Loads the postcodes of the area from the ONS Postcode Directory."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from partners.postcodes import NotADirectory, import_directory


class Command(BaseCommand):
    help = (
        "Load the postcodes of the area from the CSV file of the ONS Postcode Directory (Data/ONSPD_….csv in its ZIP"
        " file), in place of those that are there. Nothing changes unless the whole file was read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file for the whole country")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = import_directory(options["file"], say=self.stdout.write)
        except NotADirectory as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        except IntegrityError:
            raise CommandError("A postcode stands twice in this file. Nothing was changed.") from None
        self.stdout.write(
            f"{done.inside:,} postcodes in the area; {done.outside:,} that begin alike outside it;"
            f" {done.beginnings:,} beginnings elsewhere."
        )
