"""The queue, and the cases made of it."""

from django.urls import path

from casework import urls_of_sharing
from casework.views.asked import asked, look_again, looks_again
from casework.views.assign import assign
from casework.views.brought import brought
from casework.views.case import case_page
from casework.views.cases import cases
from casework.views.close import close, reopen
from casework.views.conflicts import conflicts, keep_out, keep_out_of_report, let_in
from casework.views.contact import contact_of_case, contact_of_report
from casework.views.contacts import contacts, log
from casework.views.evidence import evidence, evidence_original, evidence_picture
from casework.views.find import find
from casework.views.hand_over import hand_over_page
from casework.views.hold import resume, wait
from casework.views.how_we_did import at_centre, at_centre_one, call, calls
from casework.views.join import join, take_out
from casework.views.note import note
from casework.views.outcomes import outcomes, support
from casework.views.packs import make, pack_file, pack_page, packs
from casework.views.packs import withdraw as withdraw_pack
from casework.views.person import compare, person
from casework.views.police import answer, answers_from_file, hand_over, police
from casework.views.queue import queue
from casework.views.record_acts import erase, hold, keep, lift
from casework.views.records import erased, falling_due, holds, record, reviews, the_schedule
from casework.views.reports import record_as, reports, transfer
from casework.views.risk import assess, assessment, review, risk, tick
from casework.views.same_suspect import same_suspect
from casework.views.saved_views import put_view_back, remove_view, rename_view, views
from casework.views.set_aside import second_look, set_aside, set_aside_list
from casework.views.suspect import suspect, suspect_drop, suspect_keep, suspect_new
from casework.views.tasks import add_task, finish, tasks, tasks_due
from casework.views.tell import tell
from casework.views.triage import triage, waiting_report

app_name = "casework"
urlpatterns = [
    path("queue/", queue, name="queue"),
    path("queue/set-aside/", set_aside_list, name="set_aside_list"),
    path("queue/<slug:reference>/set-aside/", set_aside, name="set_aside"),
    path("queue/<slug:reference>/second-look/", second_look, name="second_look"),
    path("queue/<slug:reference>/join/", join, name="join"),
    path("queue/<slug:reference>/", waiting_report, name="report"),
    path("queue/<slug:reference>/contact/", contact_of_report, name="report_contact"),
    path("queue/<slug:reference>/conflict/", keep_out_of_report, name="keep_out_of_report"),
    path("cases/", cases, name="cases"),
    path("people/<int:person_id>/leaving/", hand_over_page, name="hand_over"),
    path("evidence/<uuid:evidence_id>/", evidence, name="evidence"),
    path("evidence/<uuid:evidence_id>/<int:number>/", evidence_picture, name="evidence_picture"),
    path("evidence/<uuid:evidence_id>/original/", evidence_original, name="evidence_original"),
    path("cases/find/", find, name="find"),
    path("cases/views/", views, name="views"),
    path("cases/views/<int:view_id>/", rename_view, name="view"),
    path("cases/views/<int:view_id>/remove/", remove_view, name="remove_view"),
    path("cases/views/<int:view_id>/put-back/", put_view_back, name="put_view_back"),
    path("cases/<slug:reference>/", case_page, name="case"),
    path("cases/<slug:reference>/contact/", contact_of_case, name="contact"),
    path("cases/<slug:reference>/who-did-it/", suspect, name="suspect"),
    path("cases/<slug:reference>/who-did-it/new/", suspect_new, name="suspect_new"),
    path("cases/<slug:reference>/who-did-it/<uuid:record_id>/keep/", suspect_keep, name="suspect_keep"),
    path("cases/<slug:reference>/who-did-it/<uuid:record_id>/erase/", suspect_drop, name="suspect_drop"),
    path(
        "cases/<slug:reference>/who-did-it/<uuid:record_id>/same/<slug:other>/<uuid:other_id>/",
        same_suspect,
        name="same_suspect",
    ),
    path("cases/<slug:reference>/person/", person, name="person"),
    path("cases/<slug:reference>/person/<slug:other>/", compare, name="compare"),
    path("tasks/", tasks_due, name="tasks_due"),
    path("cases/<slug:reference>/tasks/", tasks, name="tasks"),
    path("cases/<slug:reference>/tasks/add/", add_task, name="add_task"),
    path("cases/<slug:reference>/tasks/<uuid:task_id>/", finish, name="finish_task"),
    path("cases/<slug:reference>/risk/", risk, name="risk"),
    path("cases/<slug:reference>/risk/assess/", assess, name="assess"),
    path("cases/<slug:reference>/risk/again/", review, name="review"),
    path("cases/<slug:reference>/risk/done/", tick, name="risk_action"),
    path("cases/<slug:reference>/risk/<uuid:assessment_id>/", assessment, name="assessment"),
    path("cases/<slug:reference>/contacts/", contacts, name="contacts"),
    path("cases/<slug:reference>/contacts/log/", log, name="log_contact"),
    path("cases/<slug:reference>/triage/", triage, name="triage"),
    path("cases/<slug:reference>/assign/", assign, name="assign"),
    path("cases/<slug:reference>/tell/", tell, name="tell"),
    path("cases/<slug:reference>/told/", brought, name="brought"),
    path("cases/<slug:reference>/note/", note, name="note"),
    path("cases/<slug:reference>/asked/<uuid:request_id>/", asked, name="asked"),
    path("another-look/", looks_again, name="looks_again"),
    path("another-look/<uuid:request_id>/", look_again, name="look_again"),
    path("cases/<slug:reference>/packs/", packs, name="packs"),
    path("cases/<slug:reference>/packs/make/", make, name="make_pack"),
    path("packs/<uuid:pack_id>/", pack_page, name="pack"),
    path("packs/<uuid:pack_id>/withdraw/", withdraw_pack, name="withdraw_pack"),
    path("packs/<uuid:pack_id>/<slug:medium>/", pack_file, name="pack_file"),
    path("cases/<slug:reference>/police/", police, name="police"),
    path("cases/<slug:reference>/police/hand-over/", hand_over, name="hand_to_police"),
    path("cases/<slug:reference>/police/answer/", answer, name="police_answer"),
    path("police-answers/", answers_from_file, name="police_answers"),
    *urls_of_sharing.ROUTES,
    path("cases/<slug:reference>/reports/", reports, name="reports"),
    path("cases/<slug:reference>/recorded-as/", record_as, name="record_as"),
    path("cases/<slug:reference>/reports/<slug:report>/take-out/", take_out, name="take_out"),
    path("cases/<slug:reference>/transfer/", transfer, name="transfer"),
    path("cases/<slug:reference>/hold/", wait, name="wait"),
    path("cases/<slug:reference>/resume/", resume, name="resume"),
    path("cases/<slug:reference>/outcomes/", outcomes, name="outcomes"),
    path("cases/<slug:reference>/support/", support, name="support"),
    path("cases/<slug:reference>/conflicts/", conflicts, name="conflicts"),
    path("cases/<slug:reference>/conflicts/new/", keep_out, name="keep_out"),
    path("cases/<slug:reference>/conflicts/<uuid:conflict_id>/lift/", let_in, name="let_in"),
    path("cases/<slug:reference>/close/", close, name="close"),
    path("cases/<slug:reference>/reopen/", reopen, name="reopen"),
    path("how-we-did/", calls, name="how_we_did"),
    path("how-we-did/<slug:reference>/", call, name="how_we_did_call"),
    path("our-centre/how-we-did/", at_centre, name="how_we_did_at_centre"),
    path("our-centre/how-we-did/<slug:reference>/", at_centre_one, name="how_we_did_at_centre_one"),
    path("records/", falling_due, name="records"),
    path("records/reviews/", reviews, name="records_reviews"),
    path("records/holds/", holds, name="records_holds"),
    path("records/erased/", erased, name="records_erased"),
    path("records/schedule/", the_schedule, name="records_schedule"),
    path("records/<slug:reference>/", record, name="record"),
    path("records/<slug:reference>/hold/", hold, name="record_hold"),
    path("records/<slug:reference>/hold/<uuid:hold_id>/lift/", lift, name="record_lift"),
    path("records/<slug:reference>/keep/", keep, name="record_keep"),
    path("records/<slug:reference>/erase/", erase, name="record_erase"),
]
