from django.urls import URLPattern, path

from reporting.views.back import back
from reporting.views.check import check
from reporting.views.evidence import evidence_page, way_back_evidence
from reporting.views.help import emergency, help_now
from reporting.views.language import language
from reporting.views.later import come_back, saved
from reporting.views.leave import leave
from reporting.views.paper import paper
from reporting.views.sent import sent
from reporting.views.start import safety, start
from reporting.views.step import step
from reporting.views.survey_link import survey_by_link, survey_thanks
from reporting.views.way_back import finish, way_back
from reporting.views.way_back_asks import asking, contact, look_again, lost_code, survey
from reporting.views.way_back_copy import copy, copy_file
from reporting.views.way_back_sharing import must_not_see, sharing
from reporting.views.way_back_words import correction, message, more, more_page, more_words

app_name = "reporting"
# Addresses of the journey say nothing: they stay in a browser's history.
urlpatterns: list[URLPattern] = [
    path("", start, name="start"),
    path("safety/", safety, name="safety"),
    path("p/b8/", emergency, name="emergency"),
    path("p/n5/", help_now, name="help"),
    path("p/z4/", check, name="check"),
    path("p/w2/", sent, name="sent"),
    path("p/d5/", saved, name="saved"),
    path("p/w7/", evidence_page, name="evidence"),
    path("p/<slug:code>/", step, name="step"),
    path("back/", back, name="back"),
    path("back/h3/", way_back, name="way_back"),
    path("back/f9/", finish, name="way_back_finish"),
    path("back/s4/", sharing, name="way_back_sharing"),
    path("back/n8/", must_not_see, name="way_back_bar"),
    path("back/m7/", message, name="way_back_message"),
    path("back/d8/", more, name="way_back_more"),
    path("back/d8/w5/", more_words, name="way_back_more_words"),
    path("back/d8/<slug:code>/", more_page, name="way_back_more_page"),
    path("back/c9/", correction, name="way_back_correction"),
    path("back/r6/", contact, name="way_back_contact"),
    path("back/e2/", asking, {"kind": "erase"}, name="way_back_erase"),
    path("back/t6/", asking, {"kind": "stop"}, name="way_back_stop"),
    path("back/k4/", look_again, name="way_back_look_again"),
    path("back/q5/", survey, name="way_back_survey"),
    path("back/y4/", survey_thanks, name="survey_thanks"),
    path("q/<str:token>/", survey_by_link, name="survey_by_link"),
    path("back/g5/", lost_code, name="lost_code"),
    path("back/w7/", way_back_evidence, name="way_back_evidence"),
    path("back/v8/", copy, name="way_back_copy"),
    path("back/v8/<slug:kind>/", copy_file, name="way_back_copy_file"),
    path("back/m3/", come_back, name="come_back"),
    path("l/<slug:code>/", language, name="language"),
    path("form/", paper, name="paper"),
    path("leave/", leave, name="leave"),
]
