from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from llr_hate.demo.build import CannotBuild, build


class Command(BaseCommand):
    help = "Builds the invented demonstration world in an empty database of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale",
            type=float,
            default=settings.DEMO_SCALE,
            help="make this part of the reports only, such as 0.05",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = monotonic()

        def say(step: str) -> None:
            self.stdout.write(f"  {monotonic() - started:5.0f} s  {step}")
            self.stdout.flush()

        try:
            build(now=timezone.now(), say=say, scale=options["scale"])
        except CannotBuild as why:
            raise CommandError(str(why)) from None
        say("Done")
