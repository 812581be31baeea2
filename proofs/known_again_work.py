"""What the proof of knowing people again has done inside the portal: people written down, and looking them up.

python -m proofs.known_again_work PEOPLE LOOK_UPS SEED
"""

import json
import os
import sys
import time
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from bench.world import make_reports  # noqa: E402
from casework.knowing_again import alike_on  # noqa: E402
from casework.matching import signs  # noqa: E402
from casework.models import Case, Person, PersonSign  # noqa: E402
from partners.models import User  # noqa: E402
from proofs.planted_people import planted  # noqa: E402
from reporting.models import Report  # noqa: E402
from scope.context import staff_scope, worker_scope  # noqa: E402
from tests.people import gwen  # noqa: E402
from vault.keys import keyring  # noqa: E402

A_BATCH = 5_000
BEFORE = 20


def write_down(people: int, *, seed: int, by: User) -> None:
    """So many people of the planted set, each on a case of their own; what was told is not needed, and not sealed."""
    now, key = timezone.now(), keyring().newest("match")
    written = planted(people, seed=seed)
    with worker_scope():
        told = Report.objects.exclude(case_report=None).filter(person=None).order_by("pk")
        reports = list(told.values_list("pk", flat=True)[:people])
        for first in range(0, people, A_BATCH):
            some = list(zip(reports[first : first + A_BATCH], written[first : first + A_BATCH], strict=True))
            around = {
                "organisation": by.organisation,
                "written_by": by,
                "written_at": now,
                "signed_with": key.id,
            }
            made = Person.objects.bulk_create(Person(report_id=report, **around) for report, _ in some)
            PersonSign.objects.bulk_create(
                PersonSign(person=person, kind=sign.kind, digest=sign.digest(key))
                for person, (_, each) in zip(made, some, strict=True)
                for sign in signs(each.details)
            )


def look_up(times: int, *, seed: int, by: User) -> dict[str, Any]:
    """How long the look-up of people drawn by lot takes, in milliseconds, and how many were found alike."""
    with worker_scope():
        everybody = Case.objects.exclude(case_reports__report__person=None).order_by("pk")
        cases = Random(seed).sample(list(everybody), times + BEFORE)
    took, found = [], 0
    for case in cases:
        with staff_scope(by.organisation_id or 0):
            begun = time.perf_counter()
            found += len(alike_on(case, asked_by=by))
            took.append(1000 * (time.perf_counter() - begun))
    with worker_scope():
        return {"took": took[BEFORE:], "found": found, "signs": PersonSign.objects.count()}


def main() -> None:
    people, times, seed = map(int, sys.argv[1:])
    officer = gwen(now=timezone.now())
    make_reports(people + people // 50 + 60, now=timezone.now())
    write_down(people, seed=seed, by=officer)
    print(json.dumps(look_up(times, seed=seed, by=officer)))


if __name__ == "__main__":
    main()
