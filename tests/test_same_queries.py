"""Every list asks the database as often for fifty rows as for one.

One world grows: each page is asked when there is one row of everything that it lists, and again when there are fifty.
A new list gets a line in PAGES, and its rows in tests/growing_world.py; a new page without a list gets its reason.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from actionplans import kept
from actionplans.sog import figures
from tests.access_matrix import MATRIX
from tests.growing_world import GrowingWorld, make_growing_world
from tests.people import client_for

MANY, TIMES = 50, 3
# Statements, and letters of the page.
Asked = tuple[int, int]
# Of what somebody in every role at Charnwood sees; `{person}` and the like stand in GrowingWorld.parts.
PAGES = (
    "queue/",
    "queue/{report}/",
    "queue/set-aside/",
    "cases/?list=mine",
    "cases/?list=ours",
    "cases/?list=overdue",
    "cases/?list=due",
    "cases/?list=unread",
    "cases/?list=unassigned",
    "cases/?list=ours&clock=late&district=charnwood",
    "tasks/?list=ours",
    "cases/?list=all",
    "cases/?list=standing_in",
    "cases/?list=left_behind",
    "cases/{case}/",
    "cases/{case}/risk/",
    "cases/{case}/packs/",
    "cases/{case}/police/",
    "packs/{pack}/",
    "cases/{case}/contacts/",
    "cases/{case}/triage/",
    "cases/{case}/tasks/",
    "cases/{case}/tasks/add/",
    "cases/{case}/assign/",
    "cases/{case}/share/",
    "cases/{case}/sharing/",
    "cases/{case}/refer/",
    "referrals/",
    "how-we-did/",
    "scrutiny/",
    "scrutiny/retell/",
    "cases/{case}/case-review/",
    "jag/",
    "jag/?show=all",
    "jag/{jag}/",
    "jag/meetings/",
    "jag/meetings/{jag_meeting}/",
    "another-look/",
    "records/",
    "rights/",
    "rights/?list=answered",
    "rights/register/",
    "records/reviews/",
    "records/holds/",
    "records/erased/",
    "records/{report}/",
    "centres/",
    "centres/?to_do=check",
    "centres/training/",
    "centres/{centre}/",
    "centres/{centre}/edit/",
    "centres/{centre}/champions/",
    "centres/{centre}/champions/training/",
    "plans/",
    "plans/appendix-c/",
    "plans/?rag=red",
    "plans/appendix-c/?rag=attention&slipped=1",
    "plans/appendix-c/C1/",
    "plans/appendix-c/C1/history/?on=2090-01-01",
    "plans/updates/",
    "plans/requests/",
    "plans/appendix-c/publish/",
    "plans/appendix-c/next/",
    "plans/appendix-c/C1/ask/",
    "plans/appendix-c/C1/edit/",
    "plans/appendix-c/C1/roll/",
    "plans/{draft}/add/",
    "plans/{draft}/start/",
    "plans/calendar/",
    "plans/calendar/add/",
    "plans/calendar/{campaign}/",
    "plans/calendar/{campaign}/edit/",
    "plans/calendar/contacts/",
    "plans/calendar/contacts/{house}/",
    "plans/calendar/weeks/{year}/",
    "plans/materials/",
    "plans/materials/add/",
    "plans/sessions/",
    "plans/sessions/record/",
    "plans/steering/",
    "plans/steering/since/",
    "plans/steering/waiting/",
    "plans/meetings/",
    "plans/meetings/{meeting}/",
    "plans/meetings/{meeting}/attendance/",
    "plans/meetings/{meeting}/items/{item}/",
    "plans/log/",
    "plans/log/add/",
    "plans/log/delivery/{entry}/",
    "sog/",
    "sog/report/",
    "centres/heard/",
    "centres/heard/?kind=words",
    "centres/links/",
    "people/",
    "people/?access=gone",
    "people/invite/",
    "people/teams/",
    "people/reviews/",
    "people/reviews/{review}/",
    "people/{person}/",
    "people/{person}/roles/",
    "people/{person}/move/",
    "people/{person}/away/",
    "people/{person}/leaving/",
    "away/",
    "sessions/",
    "audit/",
    "audit/?kind=permission",
    "partnership/organisations/",
    "partnership/organisations/opcc/",
    "partnership/areas/",
    "partnership/areas/blaby/",
    "partnership/csps/melton/",
    "partnership/csps/melton/merge/",
    "partnership/agreements/",
    "partnership/agreements/add/",
    "partnership/agreements/{agreement}/",
    "partnership/standards/first_contact_standard/",
    "partnership/bank-holidays/?year=2026",
    "partnership/wording/status/history/",
)
# They say one line for each thing, however much there is of it.
SUMS = (
    "",
    "centres/reach/",
    "plans/updates/waiting/",
    "partnership/",
    "partnership/standards/",
    "partnership/wording/",
    "partnership/wording/status/",
    "translations/",
    "translations/ar/?show=all",
)
AT_A_CENTRE = ("centre/", "our-centre/", "our-centre/champions/", "our-centre/how-we-did/")
SUMS_AT_A_CENTRE = ("our-centre/figures/",)

ONE_RECORD = "one record, and the form of one act on it"
ONE_FORM = "a form whose choices the code knows"
JOURNEY = "what one person is asked"
OF_THE_CODE = "what the code or the partnership's folder says: nobody adds to it"
# Routes of pages that list nothing that grows.
NO_LIST = {
    "record/": JOURNEY,
    "record/b8/": JOURNEY,
    "record/<int:number>/": JOURNEY,
    **{f"told/{page}": JOURNEY for page in ("", "<slug:how>/", "<slug:how>/b8/", "<slug:how>/<int:number>/")},
    "practice/": "a line for each invented story",
    **{f"practice/<slug:story>/{rest}": JOURNEY for rest in ("", "story/", "b8/", "<int:number>/")},
    **{f"queue/<slug:reference>/{act}/": ONE_RECORD for act in ("set-aside", "join")},
    **{f"cases/<slug:reference>/{act}/": ONE_RECORD for act in ("recorded-as", "transfer")},
    "cases/<slug:reference>/reports/": "the few reports of one case",
    "cases/<slug:reference>/reports/<slug:report>/take-out/": ONE_RECORD,
    "evidence/<uuid:evidence_id>/": ONE_RECORD,
    "evidence/<uuid:evidence_id>/<int:number>/": ONE_RECORD,
    "evidence/<uuid:evidence_id>/original/": ONE_RECORD,
    "queue/<slug:reference>/contact/": ONE_RECORD,
    "cases/find/": "Empty until something is asked for; tests/casework/test_finding.py counts what is found.",
    "cases/<slug:reference>/person/": ONE_RECORD,
    **{f"cases/<slug:reference>/risk/{act}/": ONE_RECORD for act in ("assess", "again")},
    "cases/<slug:reference>/risk/<uuid:assessment_id>/": ONE_RECORD,
    **{f"cases/<slug:reference>/{page}/": ONE_RECORD for page in ("packs/make", "police/hand-over")},
    "cases/<slug:reference>/police/answer/": ONE_RECORD,
    "packs/<uuid:pack_id>/withdraw/": ONE_RECORD,
    "packs/<uuid:pack_id>/<slug:medium>/": "a pack on screen, or as a file",
    "police-answers/": ONE_FORM,
    "scrutiny/draw/": ONE_FORM,
    **{f"cases/<slug:reference>/{page}/": ONE_RECORD for page in ("outcomes", "support")},
    "cases/<slug:reference>/contacts/log/": ONE_RECORD,
    "cases/views/": "one's own views, of which nobody has more than twenty",
    "cases/views/<int:view_id>/": ONE_RECORD,
    "cases/<slug:reference>/tasks/<uuid:task_id>/": ONE_RECORD,
    "cases/<slug:reference>/person/<slug:other>/": ONE_RECORD,
    "cases/<slug:reference>/asked/<uuid:request_id>/": ONE_RECORD,
    "another-look/<uuid:request_id>/": ONE_RECORD,
    "cases/<slug:reference>/same-place/": ONE_RECORD,
    **{
        f"cases/<slug:reference>/case-review/{act}/": ONE_RECORD
        for act in ("ask", "accept", "finish", "appeal", "answer")
    },
    "jag/meetings/plan/": ONE_FORM,
    **{f"jag/meetings/<int:meeting_id>/pack.{kind}": "the pack as a file" for kind in ("pdf", "docx")},
    "jag/meetings/<int:meeting_id>/names/": "opens each case's person, each time on record",
    **{f"jag/<slug:number>/{act}/": ONE_RECORD for act in ("decide", "action")},
    "jag/<slug:number>/action/<uuid:action_id>/": ONE_RECORD,
    "cases/<slug:reference>/share/<uuid:override_id>/": ONE_RECORD,
    "cases/<slug:reference>/shares/<uuid:share_id>/stop/": ONE_RECORD,
    **{f"cases/<slug:reference>/referrals/<uuid:referral_id>/{act}": ONE_RECORD for act in ("", "withdraw/")},
    "cases/<slug:reference>/who-did-it/": "the few of one case; tests/casework/test_suspects_known_again.py counts",
    "cases/<slug:reference>/who-did-it/<uuid:record_id>/same/<slug:other>/<uuid:other_id>/": ONE_RECORD,
    "cases/<slug:reference>/who-did-it/new/": ONE_RECORD,
    **{f"cases/<slug:reference>/who-did-it/<uuid:record_id>/{act}/": ONE_RECORD for act in ("keep", "erase")},
    "cases/<slug:reference>/conflicts/": "the few conflicts of one case",
    "cases/<slug:reference>/conflicts/new/": ONE_RECORD,
    "cases/<slug:reference>/conflicts/<uuid:conflict_id>/lift/": ONE_RECORD,
    "queue/<slug:reference>/conflict/": ONE_RECORD,
    **{f"rights/{page}/": ONE_FORM for page in ("new", "register/new")},
    "rights/register/export/": "the register as a file",
    "rights/register/<uuid:entry_id>/": ONE_RECORD,
    "rights/<uuid:request_id>/": "the few reports of one request",
    **{
        f"rights/<uuid:request_id>/{act}/": ONE_RECORD
        for act in ("check", "longer", "about", "answer", "disclose")
    },
    "rights/<uuid:request_id>/pack/<uuid:about_id>/": "one report, all of it",
    "rights/<uuid:request_id>/pack/<uuid:about_id>/<int:number>/": ONE_RECORD,
    **{f"cases/<slug:reference>/{act}/": ONE_RECORD for act in ("contact", "note", "tell", "hold", "resume")},
    **{f"cases/<slug:reference>/{act}/": ONE_RECORD for act in ("close", "reopen")},
    **{f"records/<slug:reference>/{act}/": ONE_RECORD for act in ("hold", "keep", "erase")},
    "centres/import/": ONE_FORM,
    "centres/import/template/<slug:kind>/": "a file",
    "centres/export/": ONE_FORM,
    "centres/heard/<uuid:heard_id>/": ONE_RECORD,
    "centres/links/<uuid:link_id>/": ONE_RECORD,
    **{f"centres/<slug:code>/{act}/": ONE_RECORD for act in ("fitness", "agreement", "visits")},
    **{f"centres/<slug:code>/{act}/": ONE_RECORD for act in ("verify", "suspend")},
    "centres/<slug:code>/close/": "figures: what many reports cost is in tests/centres/test_closing.py",
    "centres/add/": ONE_FORM,
    **{f"our-centre/{page}/": ONE_RECORD for page in ("confirm", "listing")},
    "centres/<slug:code>/visits/<int:visit_id>/": ONE_RECORD,
    "our-centre/print/": OF_THE_CODE,
    "our-centre/print/<slug:kind>/<slug:language>.pdf": "a file",
    **{f"our-centre/figures/figures.{kind}": "our-centre/figures/ as a file" for kind in ("pdf", "csv")},
    "people/resets/<int:reset_id>/": ONE_RECORD,
    "people/<int:person_id>/reset/": ONE_RECORD,
    "people/<int:person_id>/printed-codes/": ONE_RECORD,
    "partnership/organisations/add/": ONE_FORM,
    "partnership/csps/add/": ONE_FORM,
    "audit/export/": ONE_FORM,
    "audit/access/": OF_THE_CODE,
    "records/schedule/": OF_THE_CODE,
    "plans/strategy/": OF_THE_CODE,
    "plans/new/": ONE_FORM,
    **{f"plans/<slug:code>/{act}/": ONE_FORM for act in ("owner", "priorities")},
    **{f"plans/requests/<int:request_id>/{act}": ONE_RECORD for act in ("", "decide/", "take-back/")},
    **{f"plans/<slug:code>/<slug:ref>/{act}/": ONE_RECORD for act in ("close", "reopen", "measure")},
    "plans/<slug:code>/<slug:ref>/milestones/add/": ONE_RECORD,
    "plans/<slug:code>/<slug:ref>/milestones/<int:milestone_id>/": ONE_RECORD,
    "plans/<slug:code>/<slug:ref>/rating/": ONE_RECORD,
    "plans/updates/evidence/<int:evidence_id>/": "a file",
    "plans/calendar/weeks/": "a line for each year",
    **{
        f"plans/calendar/<slug:campaign_code>/{act}/": ONE_RECORD for act in ("cancel", "events/add", "reach")
    },
    "plans/materials/<int:material_id>/": ONE_RECORD,
    "plans/sessions/<int:session_id>/": ONE_RECORD,
    "plans/sessions/<int:session_id>/take-back/": ONE_RECORD,
    "plans/import/": ONE_FORM,
    "plans/import/template/<slug:kind>/": "a file",
    "plans/<slug:code>/export/": ONE_FORM,
    "plans/meetings/new/": ONE_FORM,
    **{f"plans/meetings/<int:meeting_id>/{act}/": ONE_RECORD for act in ("details", "close")},
    **{f"plans/meetings/<int:meeting_id>/paper.{kind}": "the minutes as a file" for kind in ("pdf", "docx")},
    **{f"plans/log/file.{kind}": "the list as a file" for kind in ("csv", "xlsx")},
    "plans/log/<slug:group>/<int:number>/<slug:act>/": ONE_RECORD,
    "sog/report.pdf": "sog/report/ on paper",
}


def test_every_page_of_the_staff_is_asked_or_says_why_not() -> None:
    """A new page fails here until it has its line."""
    parts = defaultdict(lambda: "1", pack=str(UUID(int=1)))
    asked = {
        resolve("/staff/" + page.partition("?")[0].format_map(parts)).route
        for page in PAGES + SUMS + AT_A_CENTRE + SUMS_AT_A_CENTRE
    }
    listless = {f"staff/{route}" for route in NO_LIST}
    pages = {row.route for row in MATRIX if row.route.startswith("staff/") and row.get == 200}
    assert pages - asked - listless == set()
    assert listless - pages == set()
    assert asked & listless == set()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_fifty_rows_cost_as_many_queries_as_one() -> None:
    world = make_growing_world()
    world.grow(1)
    # How many statements each page asks, and how long it is. The first time may fill what processes remember for
    # seconds, and once a minute it is noted that somebody is still there: the fewest count.
    one = {name: min(ask() for _ in range(TIMES)) for name, ask in pages_of(world)}
    world.grow(MANY - 1)
    many = {name: asked_until(one[name], ask) for name, ask in pages_of(world)}
    dearer = {page: (one[page][0], many[page][0]) for page in one if one[page][0] < many[page][0]}
    assert dearer == {}
    # A list whose rows do not grow would prove nothing.
    assert {page for page in PAGES + AT_A_CENTRE if many[page][1] - one[page][1] < MANY} == set()


def pages_of(world: GrowingWorld) -> Iterator[tuple[str, Callable[[], Asked]]]:
    """Each page, and how to ask for it."""
    for who, pages in ((world.me, SUMS + PAGES), (world.volunteer, AT_A_CENTRE + SUMS_AT_A_CENTRE)):
        browser = client_for(who)
        for page in pages:
            yield page, partial(counted, browser, "/staff/" + page.format_map(world.parts()))


def asked_until(before: Asked, ask: Callable[[], Asked]) -> Asked:
    """Once; where it asked for more than before, again, and the fewest count."""
    fewest = ask()
    for _ in range(TIMES - 1):
        if fewest[0] <= before[0]:
            break
        fewest = min(fewest, ask())
    return fewest


def counted(browser: Client, path: str) -> Asked:
    # A page that is kept would ask nothing of its rows.
    kept.forget()
    figures.forget()
    with CaptureQueriesContext(connection) as statements:
        response = browser.get(path)
    assert response.status_code == 200, path
    return len(statements), len(response.content)
