"""What more than one looks at again: repeat victims and places, case reviews, closed cases."""

from django.urls import URLPattern, path

from reviews.views.case_review import answer, appeal_page, ask, case_review, finish, place, threshold
from reviews.views.items import decide_item, give, item_page, items
from reviews.views.items import finish as finish_action
from reviews.views.meetings import (
    change_agenda,
    hold,
    meeting,
    meetings,
    names,
    pack_pdf,
    pack_word,
    plan,
)
from reviews.views.scrutiny import draw_sample, retell_case, sample_page, sampled_case, samples, to_retell

app_name = "reviews"
urlpatterns: list[URLPattern] = [
    path("jag/", items, name="items"),
    path("jag/meetings/", meetings, name="meetings"),
    path("jag/meetings/plan/", plan, name="plan"),
    path("jag/meetings/<int:meeting_id>/", meeting, name="meeting"),
    path("jag/meetings/<int:meeting_id>/agenda/", change_agenda, name="agenda"),
    path("jag/meetings/<int:meeting_id>/held/", hold, name="held"),
    path("jag/meetings/<int:meeting_id>/pack.pdf", pack_pdf, name="pack_pdf"),
    path("jag/meetings/<int:meeting_id>/pack.docx", pack_word, name="pack_word"),
    path("jag/meetings/<int:meeting_id>/names/", names, name="names"),
    path("jag/<slug:number>/", item_page, name="item"),
    path("jag/<slug:number>/decide/", decide_item, name="decide"),
    path("jag/<slug:number>/action/", give, name="give"),
    path("jag/<slug:number>/action/<uuid:action_id>/", finish_action, name="finish_action"),
    path("scrutiny/", samples, name="samples"),
    path("scrutiny/draw/", draw_sample, name="draw_sample"),
    path("scrutiny/retell/", to_retell, name="to_retell"),
    path("scrutiny/retell/<slug:reference>/", retell_case, name="retell"),
    path("scrutiny/<int:sample_id>/", sample_page, name="sample"),
    path("scrutiny/<int:sample_id>/<int:number>/", sampled_case, name="sampled_case"),
    path("cases/<slug:reference>/case-review/", case_review, name="case_review"),
    path("cases/<slug:reference>/case-review/ask/", ask, name="ask"),
    path("cases/<slug:reference>/case-review/accept/", threshold, name="threshold"),
    path("cases/<slug:reference>/case-review/finish/", finish, name="finish_review"),
    path("cases/<slug:reference>/case-review/appeal/", appeal_page, name="appeal"),
    path("cases/<slug:reference>/case-review/answer/", answer, name="answer_appeal"),
    path("cases/<slug:reference>/same-place/", place, name="place"),
]
