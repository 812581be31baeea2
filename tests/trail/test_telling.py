"""Auditors hear each morning how the trail stands, or at once if it does not hold; the mail is a copy of the head."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from audit.heads import expected
from audit.models import TrailCheck
from llr_hate import tasks
from llr_hate.celery import app
from llr_hate.trail.telling import tell_auditors
from outbox.models import OutboxEntry
from outbox.tasks import sweep
from partners.models import User
from tests.people import member, ngozi, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def ursula(partnership: None) -> User:
    ngozi()
    return member("Ursula Quade", organisation("opcc"), "auditor")


def checked(**changes: Any) -> TrailCheck:
    told = {"events": 1234, "seal": 7, "hash": b"k:head", "seconds": 1.0, "is_whole": True, "is_good": True}
    check = TrailCheck(at=timezone.now(), **(told | changes))
    check.save()
    return check


def mails_about_the_trail() -> list[Any]:
    sweep()
    return [each for each in mail.outbox if "Audit trail" in each.subject]


def test_every_auditor_gets_one_mail_a_day_and_nobody_else(ursula: User) -> None:
    now = timezone.now()
    for _ in range(3):
        tell_auditors(checked(), now=now)
    (sent,) = mails_about_the_trail()
    assert sent.to == [ursula.email]
    assert sent.subject == "Audit trail: in order"
    assert "1,234 events" in sent.body
    tell_auditors(checked(), now=now + timedelta(days=1))
    assert OutboxEntry.objects.filter(kind="trail.checked").count() == 2


def test_a_trail_that_does_not_hold_is_said_on_the_same_day_too(ursula: User) -> None:
    now = timezone.now()
    tell_auditors(checked(), now=now)
    tell_auditors(checked(is_good=False, findings=["Event 3 is gone."]), now=now)
    good, bad = sorted(mails_about_the_trail(), key=lambda each: each.subject, reverse=True)
    assert bad.subject == "Audit trail: IT DOES NOT HOLD"
    assert "- Event 3 is gone." in bad.body
    assert "Event 3" not in good.body


def test_the_mail_is_a_copy_of_the_head(ursula: User, tmp_path: Path) -> None:
    tell_auditors(checked(), now=timezone.now())
    (sent,) = mails_about_the_trail()
    line = sent.body.strip().splitlines()[-1]
    assert json.loads(line)["hash"] == b"k:head".hex()
    saved = tmp_path / "from-a-mail.jsonl"
    saved.write_text(line + "\n")
    assert expected([saved])[7].events == 1234


def test_somebody_who_is_no_auditor_any_more_gets_none(ursula: User) -> None:
    tell_auditors(checked(), now=timezone.now())
    User.objects.filter(pk=ursula.pk).update(is_active=False)
    assert mails_about_the_trail() == []


def test_the_hour_is_quiet_while_the_trail_holds(ursula: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "check_new", lambda: checked().is_good)
    tasks.look_each_hour()
    assert mails_about_the_trail() == []
    monkeypatch.setattr(tasks, "check_new", lambda: checked(is_good=False, findings=["x"]).is_good)
    tasks.look_each_hour()
    assert len(mails_about_the_trail()) == 1


def test_the_night_tells_in_any_case(ursula: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "check_all", checked)
    tasks.look_each_night()
    assert len(mails_about_the_trail()) == 1


def test_the_clock_knows_every_task_of_the_trail() -> None:
    asked = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"audit.seal", "audit.export_head", "trail.look_each_hour", "trail.look_each_night"} <= asked
    app.loader.import_default_modules()
    assert {name for name in asked if name.startswith(("audit.", "trail."))} <= set(app.tasks)
