"""Telling how actions go: all that one person filled in on their page, in one transaction, and what they typed so far
kept in the meantime.

A person's own acts on one page (saving, sending, throwing away) wait for each other, so that a late saving never brings
back what was sent. Two people who tell about the same action at once wait for each other too, and the second hears what
the first said before anything of theirs is recorded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from actionplans import evidence
from actionplans.figures import keep_figures
from actionplans.forms import UpdateForm
from actionplans.models import Action, Evidence, ProgressUpdate, UpdateCycle, UpdateDraft
from actionplans.models.update import UpdateDraftQuerySet
from actionplans.statements import Objects, among
from partners.models import Organisation, User

LONGEST_TITLE = 160


class ToldMeanwhile(Exception):
    """Somebody told about these actions after the page was opened, and what was typed would overrule or repeat it."""

    def __init__(self, updates: Sequence[ProgressUpdate]) -> None:
        self.updates = updates
        super().__init__("Somebody told about the same action while you were writing.")


@dataclass(frozen=True)
class Teller:
    """Who tells, for whom, when, and with which sending of their page."""

    user: User
    organisation: Organisation
    now: datetime
    sending: UUID

    def drafts(self) -> UpdateDraftQuerySet:
        """What they typed and did not send."""
        return UpdateDraft.objects.of(self.user, self.organisation)

    def take_turns(self) -> None:
        """One page of one person at a time."""
        User.objects.select_for_update(no_key=True).get(pk=self.user.pk)


@transaction.atomic
def save(forms: Iterable[UpdateForm], *, teller: Teller) -> dict[int, str]:
    """Keeps what was typed, right or wrong, and forgets what was taken back; gives refused files' faults by action.

    Only what this page was touched on; an action that was sent by now stays sent.
    """
    teller.take_turns()
    touched = {form.action.pk: form for form in forms if form.was_touched}
    sent = set(
        ProgressUpdate.objects.filter(sending=teller.sending, action__in=touched).values_list(
            "action_id", flat=True
        )
    )
    refused, drafts, empty = {}, [], []
    for pk in sorted(touched.keys() - sent):
        said, trouble = _said(touched[pk], teller)
        if trouble:
            refused[pk] = trouble
        if said:
            drafts.append(_draft(touched[pk], said, teller))
        else:
            empty.append(pk)
    UpdateDraft.objects.keep(drafts, now=teller.now)
    if empty:
        teller.drafts().filter(action__in=empty).delete()
    return refused


@transaction.atomic
def throw_away(action_id: int, *, teller: Teller) -> None:
    """Forgets what was typed about one action, with its file."""
    teller.take_turns()
    for draft in teller.drafts().filter(action=action_id):
        kept = evidence.Kept.of(draft.said.get("file"))
        draft.delete()
        if kept:
            evidence.drop(kept, now=teller.now)


@transaction.atomic
def send(forms: Sequence[UpdateForm], *, teller: Teller) -> None:
    """Records all these (valid ones), or none; sent again it changes nothing. Raises ToldMeanwhile, NotInvolved."""
    teller.take_turns()
    # In one order always, so that two sendings never wait for each other in a circle.
    actions = [form.action.pk for form in forms]
    list(Action.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=actions).order_by("pk"))
    recorded = set(
        ProgressUpdate.objects.filter(sending=teller.sending, action__in=actions).values_list(
            "action_id", flat=True
        )
    )
    left = [form for form in forms if form.action.pk not in recorded]
    newest = newest_of(form.action.pk for form in left)
    overruled = [newest[form.action.pk] for form in left if _overrules(form, newest, teller)]
    if overruled:
        raise ToldMeanwhile(overruled)
    cycle = UpdateCycle.of(timezone.localdate(teller.now)) if left else None
    for form in sorted(left, key=lambda form: form.action.pk):
        _record(form, newest.get(form.action.pk), cycle, teller)
    if changed := [form.action.measure for form in left if form.figures()]:
        keep_figures(changed)
    teller.drafts().filter(action__in=actions).delete()


def newest_of(actions: Iterable[int]) -> dict[int, ProgressUpdate]:
    """The newest update of each action, with who said it."""
    return {each.action_id: each for each in _newest().all(list(actions))}


@lru_cache(maxsize=1)
def _newest() -> Objects:
    newest = ProgressUpdate.objects.newest_of_each_action().select_related("organisation", "by")
    return Objects(among(newest, "actionplans_progressupdate.action_id"))


def _overrules(form: UpdateForm, newest: dict[int, ProgressUpdate], teller: Teller) -> bool:
    """Whether they should hear first what was said meanwhile: it gives another percentage than theirs, or a colleague
    has told for the same organisation."""
    latest = newest.get(form.action.pk)
    if latest is None or latest.pk == form.initial["seen"]:
        return False
    if latest.organisation_id == teller.organisation.pk:
        return True
    return "percent" in form.changed_data and form.cleaned_data["percent"] != latest.percent_done


def _record(
    form: UpdateForm, latest: ProgressUpdate | None, cycle: UpdateCycle | None, teller: Teller
) -> None:
    said = form.cleaned_data
    update = form.action.record_update(
        percent_done=said["percent"]
        if "percent" in form.changed_data
        else (latest.percent_done if latest else 0),
        what_changed=said["what_changed"],
        is_no_change=said["no_change"],
        next_step=said["next_step"],
        risk=said["risk"],
        confidence=said["confidence"],
        figures=form.figures(),
        by=teller.user,
        organisation=teller.organisation,
        sending=teller.sending,
        now=teller.now,
        cycle=cycle,
    )
    Evidence.objects.bulk_create(_evidence(form, update, teller))


def _evidence(form: UpdateForm, update: ProgressUpdate, teller: Teller) -> list[Evidence]:
    common = {"action": form.action, "update": update, "by": teller.user, "added_at": teller.now}
    found = []
    if link := form.cleaned_data["evidence_link"]:
        found.append(Evidence(title=link[:LONGEST_TITLE], link=link, **common))
    kept = form.file_that_stays
    if form.chosen_file:
        kept = evidence.keep(form.chosen_file.read(), form.chosen_file.name or "", now=teller.now)
    if kept:
        found.append(Evidence(title=kept.name, file_id=kept.id, **common))
    if form.kept and kept != form.kept:
        evidence.drop(form.kept, now=teller.now)
    return found


def _said(form: UpdateForm, teller: Teller) -> tuple[dict[str, object], str]:
    """What a draft keeps of a form, and what is wrong with the file that came with it."""
    said: dict[str, object] = dict(form.typed())
    kept, trouble = form.file_that_stays, ""
    if form.chosen_file:
        try:
            form.chosen_file.seek(0)
            kept = evidence.keep(form.chosen_file.read(), form.chosen_file.name or "", now=teller.now)
        except evidence.FileRefused as refused:
            trouble = f"{form.action.ref}: {form.chosen_file.name}: {refused}"
    if form.kept and kept != form.kept:
        evidence.drop(form.kept, now=teller.now)
    if kept:
        said["file"] = {"id": kept.id, "name": kept.name}
    return said, trouble


def _draft(form: UpdateForm, said: dict[str, object], teller: Teller) -> UpdateDraft:
    return UpdateDraft(
        action=form.action,
        by=teller.user,
        organisation=teller.organisation,
        said=said,
        seen_id=form.initial["seen"],
    )
