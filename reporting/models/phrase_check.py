"""What people said of the public's words in other languages: that they are right, or which ones are better."""

from datetime import datetime

from django.db import models, transaction

from audit import trail
from partners.models import User

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 16))"


class Verdict(models.TextChoices):
    """What somebody said of the words of one phrase."""

    RIGHT = "right", "right"
    BETTER = "better", "better words given"


class PhraseCheckQuerySet(models.QuerySet["PhraseCheck"]):
    """Questions about checks."""

    def that_count(self) -> "PhraseCheckQuerySet":
        """What each person said last of the same words."""
        same = ("language", "phrase", "words", "by")
        return self.order_by(*same, "-id").distinct(*same).select_related("by")


class PhraseCheck(models.Model):
    """What one person said of the words of one phrase. Rows are only ever added: who changes their mind says so again.

    `phrase` stands for the English and `words` for the words that were judged: when either changes, nobody has checked
    them. `better` holds one text, or one for each way to count.
    """

    language = models.CharField(max_length=20)
    phrase = models.CharField(max_length=32)
    words = models.CharField(max_length=32)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    better = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PhraseCheckQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["language", "phrase", "words", "by"], name="phrase_check_latest")]

    def __str__(self) -> str:
        return f"{self.language} {self.phrase}: {self.verdict}"

    @classmethod
    @transaction.atomic
    def say(
        cls, language: str, phrase: str, words: str, better: list[str], *, by: User, now: datetime
    ) -> "PhraseCheck | None":
        """Notes that the words are right, or with `better` which ones would be; None where this person said so
        already."""
        verdict = Verdict.BETTER if better else Verdict.RIGHT
        about = {"language": language, "phrase": phrase, "words": words}
        before = cls.objects.filter(**about, by=by).order_by("-id").first()
        if before and (before.verdict, before.better) == (verdict, better):
            return None
        said = cls.objects.create(**about, verdict=verdict, better=better, by=by, at=now)
        trail.record(
            "phrase.checked", said, by=by, now=now, language=language, phrase=phrase, verdict=verdict.value
        )
        return said
