"""Applies the schedule of keeping by hand, or shows what it would do."""

from argparse import ArgumentParser
from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from casework.apply_retention import LEFTOVERS, Applied, apply
from casework.falling_due import rehearse
from casework.retention import Verdict
from partners.retention import RecordClass, Schedule, schedule
from rights.keeping import erase_old_requests, over
from scope.context import worker_scope

WORDS = {
    Verdict.ERASE: "to be erased",
    Verdict.REVIEW: "for the rights desk to decide about",
    Verdict.HELD: "over, and under a legal hold",
}


class Command(BaseCommand):
    help = "Erase what the schedule of keeping says is over; it runs by itself each night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only show what would be erased, and why")

    def handle(self, *args: Any, **options: Any) -> None:
        rules = schedule()
        if options["dry_run"]:
            self._rehearse(rules)
            return
        now = timezone.now()
        applied = apply(today=timezone.localdate(now), now=now, schedule=rules, say=self.stdout.write)
        erased = erase_old_requests(today=timezone.localdate(now), now=now, schedule=rules)
        applied.count(RecordClass.RIGHTS_REQUEST, erased)
        self._say_what_was_done(applied, rules)

    def _rehearse(self, rules: Schedule) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        self.stdout.write(
            f"Schedule {rules.version}, {today:%-d %B %Y}. Nothing is erased: this is a rehearsal."
        )
        lines: dict[tuple[RecordClass, Verdict], list[str]] = defaultdict(list)
        with worker_scope():
            for report, found in rehearse(today=today, schedule=rules):
                line = f"{report.reference}, over since {found.on:%-d %B %Y}"
                lines[found.rule.code, found.verdict(today)].append(line)
        for request in over(today=today, schedule=rules):
            line = f"{request.number}, over since {request.on:%-d %B %Y}"
            verdict = Verdict.HELD if request.is_held else Verdict.ERASE
            lines[RecordClass.RIGHTS_REQUEST, verdict].append(line)
        for code in RecordClass:
            for verdict, words in WORDS.items():
                self._list(rules, code, words, lines[code, verdict])
        for code, rows in LEFTOVERS.items():
            self.stdout.write(f"{rules.rule(code).name}: {rows(today, now, rules).count()} to be erased")
        if not any(lines.values()):
            self.stdout.write("No report's time is over.")

    def _list(self, rules: Schedule, code: RecordClass, words: str, lines: list[str]) -> None:
        if lines:
            rule = rules.rule(code)
            self.stdout.write(f"{rule.name}: {len(lines)} {words} ({rule.in_words})")
            self.stdout.writelines(f"  {line}\n" for line in sorted(lines))

    def _say_what_was_done(self, applied: Applied, rules: Schedule) -> None:
        for code, number in applied.erased.items():
            self.stdout.write(f"{rules.rule(RecordClass(code)).name}: {number} erased")
        self.stdout.write(
            f"Left alone: {applied.held} under a legal hold, {applied.to_review} for the rights desk to decide about,"
            f" {applied.refused} refused, {applied.looked.unreadable} that no key opens."
        )
