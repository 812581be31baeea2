"""check_ratings: compares what is kept of how actions stand with the rule, action by action."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from actionplans.standings import disagreements, keep_all
from scope.context import worker_scope


class Command(BaseCommand):
    help = "Compares each action's kept rating with the rule, and names those that differ."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        with worker_scope():
            keep_all(today)
            found = list(disagreements(today))
        for each in found:
            self.stdout.write(str(each))
        if found:
            sys.exit(1)
        self.stdout.write("All ratings are kept as the rule says.")
