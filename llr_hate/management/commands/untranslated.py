"""`manage.py untranslated [LANGUAGE …]`: the public's phrases that a language has no words for yet."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from partners.languages import known
from reporting.gathering import gather
from reporting.translating import untranslated


class Command(BaseCommand):
    """Names every phrase with its question or its file; without a language, for all of the partnership's list."""

    help = "Names what is not translated yet. With --gather, writes it into the translations' files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="such as ar; all of the list")
        parser.add_argument(
            "--gather",
            action="store_true",
            help="first bring the .po files in line with the words, and write the .mo files that the portal reads",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        missing = 0
        for language in options["languages"] or [code for code in known() if code != settings.LANGUAGE_CODE]:
            if options["gather"]:
                gather(language)
            found = untranslated(language)
            missing += len(found)
            for phrase in found:
                self.stdout.write(f"{language}  {phrase.at}: {phrase.words!r}")
            self.stdout.write(f"{language}: {len(found)} not translated")
        if missing:
            raise CommandError(f"{missing} phrases are not translated.")
