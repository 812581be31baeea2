"""Filters of the list of cases that an officer keeps under a name."""

from datetime import datetime

from django.db import models, transaction

from partners.models import User

MOST_VIEWS = 20
NAME_LIMIT = 60


class NameTaken(Exception):
    """The person has another view with this name."""


class TooManyViews(Exception):
    """The person has as many views as anybody may have."""


class SavedView(models.Model):
    """One officer's own bookmark: a list by its code, and the filters as they stand in the address.

    It says nothing of any case, and is nobody else's, so that its acts leave nothing in the audit trail. What was
    removed can be put back until the next one is removed.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=NAME_LIMIT)
    list = models.CharField(max_length=20)
    query = models.CharField(max_length=400, blank=True)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=models.Q(removed_at=None), name="one_view_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """What stands in the address of the list after its question mark."""
        return f"list={self.list}&{self.query}" if self.query else f"list={self.list}"

    @classmethod
    @transaction.atomic
    def keep(cls, user: User, *, name: str, which: str, query: str, now: datetime) -> "SavedView":
        """Keeps what stands in front of them; raises NameTaken or TooManyViews."""
        theirs = cls._locked(user)
        if theirs.count() >= MOST_VIEWS:
            raise TooManyViews(f"You have {MOST_VIEWS} views. Remove one that you don’t need any more.")
        cls._refuse_taken(theirs, name)
        return cls.objects.create(user=user, name=name, list=which, query=query, saved_at=now)

    @transaction.atomic
    def rename(self, name: str) -> None:
        """Raises NameTaken."""
        self._refuse_taken(self._locked(self.user).exclude(pk=self.pk), name)
        self.name = name
        self.save(update_fields=["name"])

    @transaction.atomic
    def remove(self, *, now: datetime) -> None:
        """Takes it from the list; whatever was removed before is gone for good."""
        type(self).objects.filter(user=self.user_id).exclude(removed_at=None).delete()
        self.removed_at = now
        self.save(update_fields=["removed_at"])

    @transaction.atomic
    def put_back(self) -> None:
        """Raises NameTaken or TooManyViews, where something else took its place."""
        theirs = self._locked(self.user).exclude(pk=self.pk)
        if theirs.count() >= MOST_VIEWS:
            raise TooManyViews(f"You have {MOST_VIEWS} views. Remove one that you don’t need any more.")
        self._refuse_taken(theirs, self.name)
        self.removed_at = None
        self.save(update_fields=["removed_at"])

    @classmethod
    def of(cls, user: User) -> "models.QuerySet[SavedView]":
        """Somebody's own, by name."""
        return cls.objects.filter(user=user, removed_at=None)

    @classmethod
    def _locked(cls, user: User) -> "models.QuerySet[SavedView]":
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        return cls.of(user)

    @staticmethod
    def _refuse_taken(theirs: "models.QuerySet[SavedView]", name: str) -> None:
        if theirs.filter(name__iexact=name).exists():
            raise NameTaken(f"You have a view called “{name}”. Choose another name.")
