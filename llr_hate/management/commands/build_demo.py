from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from llr_hate.demo.build import CannotBuild, build


class Command(BaseCommand):
    help = "Builds the invented demonstration world in an empty database of its own."

    def handle(self, *args: Any, **options: Any) -> None:
        started = monotonic()

        def say(step: str) -> None:
            self.stdout.write(f"  {monotonic() - started:5.0f} s  {step}")
            self.stdout.flush()

        try:
            build(now=timezone.now(), say=say)
        except CannotBuild as why:
            raise CommandError(str(why)) from None
        say("Done")
