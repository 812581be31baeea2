"""What a proof does inside the portal's own process: staff's acts with canaries in them, and looking into sessions.

Run with the portal's environment: `python -m proofs.planting act < {...}` and `python -m proofs.planting look`.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.utils import timezone  # noqa: E402

from casework import records  # noqa: E402
from casework.ending import record_support  # noqa: E402
from casework.giving_sight import Terms, stop_sharing  # noqa: E402
from casework.matching import Details  # noqa: E402
from casework.models import Case, Share  # noqa: E402
from casework.overriding import decide_override, propose_override  # noqa: E402
from casework.packs import make_pack  # noqa: E402
from casework.parts import ALL_PARTS  # noqa: E402
from casework.police import Said, record_police_answer  # noqa: E402
from casework.referring import answer_referral, refer  # noqa: E402
from casework.setting_aside import keep_set_aside, set_aside  # noqa: E402
from casework.setting_tasks import finish_task, set_task  # noqa: E402
from files.models import Picture, SealedPart  # noqa: E402
from llr_hate.celery import app  # noqa: E402
from outbox.tasks import sweep  # noqa: E402
from partners.models import Invitation, KeptForm, Organisation, SignInProvider, User  # noqa: E402
from reporting import evidence  # noqa: E402
from reporting.asking_us import answer, ask  # noqa: E402
from reporting.journey.at_centre import AT_A_CENTRE  # noqa: E402
from reporting.journey.question import Kind  # noqa: E402
from reporting.journey.route import ALL  # noqa: E402
from reporting.models import Report, SurveyInvitation  # noqa: E402
from reporting.receiving import receive  # noqa: E402
from reporting.saying_more import add  # noqa: E402
from reporting.strands import PublicStatus  # noqa: E402
from reporting.survey import answer as answer_survey  # noqa: E402
from reviews.deciding import decide, finish_action, give_action  # noqa: E402
from reviews.models import JagItem  # noqa: E402
from reviews.reviewing import (  # noqa: E402
    answer_appeal,
    appeal,
    ask_for_review,
    decide_threshold,
    finish_review,
)
from scope.context import staff_scope, worker_scope  # noqa: E402
from tests.at_a_centre import at_a_centre  # noqa: E402
from tests.casework.risk_and_contact import risk_and_contact  # noqa: E402
from tests.casework.world import ZAYNAB, kept_apart  # noqa: E402
from tests.centres.telling import a_link, told_by  # noqa: E402
from tests.people import administrator, asha, client_for, gwen, member, ngozi  # noqa: E402
from tests.reviews.world_of_scrutiny import drawn_and_answered  # noqa: E402
from tests.rights.world import everything_of_rights  # noqa: E402
from vault.models import SealedField  # noqa: E402

WRITTEN = (Kind.LINE, Kind.WORDS)


def act(told: dict[str, Any]) -> dict[str, Any]:
    """An officer opens a case for the report and does every act with words in it; how to get in as that officer."""
    now = timezone.now()
    officer = gwen(now=now)
    assert officer.organisation is not None
    with staff_scope(officer.organisation.pk):
        report = Report.objects.get(reference=told["reference"])
        report.note_read(officer, now=now)
        case = Case.open_for(report, by=officer, now=now)
        words = iter(told["words"])
        _all_acts(case, report, words, by=officer, now=now)
        case.write_down(_somebody(words), by=officer, now=now)
        _looked_at_again(case, words, by=officer, now=now)
        kept_apart(case, words, by=officer, now=now)
    everything_of_rights(report, words, at=Organisation.objects.get(code="opcc"), now=now)
    _at_a_centre(words, now=now)
    _by_a_school(words, now=now)
    with worker_scope():
        _said_later(Report.objects.select_related("data_key").get(pk=report.pk), words, by=officer, now=now)
        _came_with_it(report, words, now=now)
    records.put_hold_on(report.reference, reason="complaint", note=next(words), by=officer, now=now)
    _sign_in(officer, words, now=now)
    _invite_somebody(officer.organisation, by=administrator(now=now), now=now)
    session = client_for(officer).cookies[settings.SESSION_COOKIE_NAME].value
    return {"cookie": settings.SESSION_COOKIE_NAME, "session": session}


def _looked_at_again(case: Case, words: Iterator[str], *, by: User, now: datetime) -> None:
    """An ASB Case Review to the answer to an appeal, and what a Joint Action Group decided."""
    around, day = {"by": by, "now": now}, timezone.localdate(now)
    review = ask_for_review(case, asked_on=day, asked_by="person", why=next(words), **around)
    other = Organisation.objects.get(code="opcc")
    decide_threshold(review, is_met=True, agreed_with=other, words=next(words), **around)
    item = JagItem.objects.select_related("data_key").get(jag_cases__case=case)
    given = {"what": next(words), "organisation": by.organisation, "due_on": day}
    finish_action(give_action(item, **given, **around), words=next(words), **around)
    decide(item, codes=["support_plan"], why=next(words), **around)
    finish_review(review, outcome="recommendations", recommendations=next(words), **around)
    appeal(review, on=day, words=next(words), **around)
    answer_appeal(review, on=day, words=next(words), **around)


def _somebody(words: Iterator[str]) -> Details:
    """To whom it happened, as an officer writes it down."""
    return Details(
        given=next(words), family=next(words), postcode="LE1 1AB", email=f"{next(words)}@mail.example"
    )


def _at_a_centre(words: Iterator[str], *, now: datetime) -> None:
    """A report of a reporting centre, with its own notes and the answers about risk."""
    volunteer = asha(now=now)
    told = at_a_centre(ZAYNAB | {"Q07": next(words), "Q26_name": next(words)}, C05=next(words))
    told["C01_on"] = now.date().isoformat()
    receipt = receive(told, key=uuid4(), now=now, centre=volunteer.organisation, recorded_by=volunteer)
    _doubted(receipt.report.reference, words, now=now)


def _doubted(reference: str, words: Iterator[str], *, now: datetime) -> None:
    """A report is set aside with a reason, and a colleague agrees with another."""
    officer = ngozi(now=now)
    assert officer.organisation is not None
    colleague = member("Second Look", officer.organisation, "officer", now=now)
    with staff_scope(officer.organisation.pk):
        report = Report.objects.select_related("data_key").get(reference=reference)
        set_aside(report, next(words), by=officer, now=now)
        keep_set_aside(report, next(words), by=colleague, now=now)


def _by_a_school(words: Iterator[str], *, now: datetime) -> None:
    """What a school noticed, in a few words."""
    told_by(a_link(), words=next(words), now=now)


def _sign_in(officer: User, words: Iterator[str], *, now: datetime) -> None:
    """What was typed too late, and the secret of an organisation's own sign-in."""
    KeptForm.keep({"text": [next(words)]}, path=f"/staff/{next(words)}/", user=officer, now=now)
    assert officer.organisation is not None
    SignInProvider.set_up(
        officer.organisation,
        kind="generic",
        issuer="https://login.example",
        client_id="portal",
        client_secret=next(words),
        email_domains=["leicester-city.example"],
        accepts_its_second_factor=False,
        by=officer,
        now=now,
    )


def _invite_somebody(organisation: Organisation, *, by: User, now: datetime) -> None:
    """So that there is a mail to look into."""
    Invitation.invite(
        email=f"ines.{uuid4().hex[:6]}@leicester-city.example",
        name="Ines Falk",
        organisation=organisation,
        role_codes=["officer"],
        by=by,
        now=now,
    )


def _all_acts(case: Case, report: Report, words: Iterator[str], *, by: User, now: datetime) -> None:
    home = by.organisation
    assert home is not None
    case.triage(
        recorded_strands=report.perceived_strands,
        recorded_as="",
        urgency="standard",
        lead=home,
        note=next(words),
        by=by,
        now=now,
    )
    case.assign(to=by, by=by, now=now)
    case.tell_reporter(next(words), status=PublicStatus.BEING_LOOKED_AT, by=by, now=now)
    case.note(next(words), by=by, now=now)
    other = Organisation.objects.get(code="victim-first")
    share_and_refer(case, other, words, by=by, now=now)
    task = set_task(case, next(words), organisation=home, due_on=now.date(), by=by, now=now)
    finish_task(task, note=next(words), by=by, now=now)
    risk_and_contact(case, words, by=by, now=now)
    said = Said(number=next(words), number_kind="crime")
    record_police_answer(case, said, note=next(words), by=by, now=now)
    case.wait(next(words), by=by, now=now)
    case.resume(by=by, now=now, note=next(words))
    record_support(case, "finished", by=by, now=now, note=next(words))
    case.close(outcome="", text=next(words), by=by, now=now, note=next(words))
    case.reopen(next(words), by=by, now=now)
    drawn_and_answered(case, by=by, words=next(words))


def share_and_refer(
    case: Case, other: Organisation, words: Iterator[str], *, by: User, now: datetime
) -> None:
    """Shared by two people with somebody who was not chosen, and then asked to act, and answered."""
    assert by.organisation is not None
    manager = member("Mona Reed", by.organisation, "team_manager", now=now)
    asked = member("Vera Lind", other, "officer", now=now)
    terms = Terms.of(ALL_PARTS, "vital_interests")
    proposed = propose_override(case, other, terms, reason=next(words), by=by, now=now)
    decide_override(proposed, is_agreed=True, note=next(words), by=manager, now=now)
    referral = refer(case, other, "support", terms, asked=next(words), by=by, now=now)
    for answered in ("accepted", "done"):
        answer_referral(referral, answered, note=next(words), by=asked, now=now)
    make_pack(case, other, purpose="support", by=by, now=now)
    stop_sharing(Share.objects.running().get(case=case), note=next(words), by=by, now=now)


def _said_later(report: Report, words: Iterator[str], *, by: User, now: datetime) -> None:
    """What the person said after sending, and what they were answered."""
    add(report, {"words": next(words)}, kind="words", key=uuid4(), now=now)
    asked = ask(report, "erase", next(words), key=uuid4(), now=now)
    answer(asked, outcome="refused", text=next(words), by=by, now=now)
    survey = SurveyInvitation.objects.create(report=report, kind="contact", due_on=now.date())
    answer_survey(survey, {"S1": "4"}, next(words), now=now)


def _came_with_it(report: Report, words: Iterator[str], *, now: datetime) -> None:
    """A recording with words in it and in its name, longer than a part, and a picture of it."""
    sound = b"ID3" + next(words).encode()
    name = f"{next(words)}.mp3"
    made = evidence.add(evidence.Sent(name, len(sound), [sound]), told_with=report.idempotency_key, now=now)
    assert made.data_key is not None
    SealedPart.keep(made.file, 1, next(words).encode(), data_key=made.data_key)
    Picture.keep(made.file, 1, next(words).encode())


def look() -> dict[str, Any]:
    """What only the portal itself can say: its free-text questions (those to a centre itself are planted by `act`), its
    sealed columns, its sessions in the clear."""
    return {
        "text_questions": sorted(
            {q.id for page in ALL for q in page.questions if q.kind in WRITTEN and q.who != AT_A_CENTRE}
        ),
        "sealed_and_empty": sorted(_sealed_and_empty()),
        "sessions": [json.dumps(session.get_decoded()) for session in Session.objects.all()],
    }


def _sealed_and_empty() -> Iterator[str]:
    """Sealed columns in which nothing was planted."""
    with worker_scope():
        for model in apps.get_models():
            for field in model._meta.get_fields():
                if isinstance(field, SealedField):
                    name = f"{model._meta.db_table}.{field.column}"
                    is_empty = not model._default_manager.exclude(**{field.name: None}).exists()
                    if is_empty:
                        yield name


def main() -> None:
    if sys.argv[1] == "act":
        print(json.dumps(act(json.loads(sys.stdin.read()))))
    elif sys.argv[1] == "deliver":
        # As a worker does when it starts: every room says how to do its work.
        app.loader.import_default_modules()
        print(json.dumps(sweep()))
    else:
        print(json.dumps(look()))


if __name__ == "__main__":
    main()
