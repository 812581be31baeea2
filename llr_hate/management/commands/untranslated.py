"""`manage.py untranslated [LANGUAGE …]`: the public's phrases that a language has no words for yet."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from partners.languages import known
from reporting.checking_words import Standing, checking
from reporting.gathering import gather, take
from reporting.translating import untranslated

WAITS_FOR = {
    Standing.OPEN: "not checked",
    Standing.SECOND: "second look needed",
    Standing.BETTER: "better words given",
}


class Command(BaseCommand):
    """Names every phrase with its question or its file; without a language, for all of the partnership's list."""

    help = "Names what is not translated yet. With --gather, writes it into the translations' files; with --take, the "
    help += "better words that were given on our pages; with --checks, names what people have still to check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="such as ar; all of the list")
        parser.add_argument(
            "--gather",
            action="store_true",
            help="first bring the .po files in line with the words, and write the .mo files that the portal reads",
        )

        parser.add_argument(
            "--take",
            action="store_true",
            help="first write the better words that people gave on our pages into the .po and .mo files",
        )
        parser.add_argument("--checks", action="store_true", help="also name what people have still to check")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = 0
        for language in options["languages"] or [code for code in known() if code != settings.LANGUAGE_CODE]:
            if options["gather"]:
                gather(language)
            if options["take"]:
                self._take(language)
            if options["checks"]:
                self._to_check(language)
            found = untranslated(language)
            missing += len(found)
            for phrase in found:
                self.stdout.write(f"{language}  {phrase.at}: {phrase.words!r}")
            self.stdout.write(f"{language}: {len(found)} not translated")
        if missing:
            raise CommandError(f"{missing} phrases are not translated.")

    def _take(self, language: str) -> None:
        taken, left = take(language)
        for words in left:
            self.stdout.write(f"{language}  the better words do not fit the English any more: {words!r}")
        self.stdout.write(f"{language}: {len(taken)} with better words, to be checked anew")

    def _to_check(self, language: str) -> None:
        waiting = [each for each in checking(language) if each.standing is not Standing.CHECKED]
        for each in waiting:
            self.stdout.write(
                f"{language}  {each.phrase.at}: {each.phrase.words!r} ({WAITS_FOR[each.standing]})"
            )
        self.stdout.write(f"{language}: {len(waiting)} to be checked")
