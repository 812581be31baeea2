"""What a person may ask of us about their data, and what we told others of it."""

from django.urls import path

from rights.views.pack import pack_page, passage_page, propose, release, take_back, the_file
from rights.views.register import entry, export, new_entry, new_entry_of, register
from rights.views.requests import about, answer_page, check, longer, new_request, one_request, requests

app_name = "rights"
_ONE = "rights/<uuid:request_id>/"
_PACK = f"{_ONE}pack/<uuid:about_id>/"
urlpatterns = [
    path("rights/", requests, name="requests"),
    path("rights/new/", new_request, name="new"),
    path("rights/register/", register, name="register"),
    path("rights/register/new/", new_entry, name="new_entry"),
    path("rights/register/export/", export, name="export"),
    path("rights/register/<uuid:entry_id>/", entry, name="entry"),
    path(_ONE, one_request, name="request"),
    path(f"{_ONE}check/", check, name="check"),
    path(f"{_ONE}longer/", longer, name="longer"),
    path(f"{_ONE}about/", about, name="about"),
    path(f"{_ONE}answer/", answer_page, name="answer"),
    path(f"{_ONE}disclose/", new_entry_of, name="disclose"),
    path(_PACK, pack_page, name="pack"),
    path(f"{_PACK}<int:number>/", passage_page, name="passage"),
    path(f"{_PACK}propose/", propose, name="propose"),
    path(f"{_PACK}take-back/", take_back, name="take_back"),
    path(f"{_PACK}release/", release, name="release"),
    path(f"{_PACK}file/", the_file, name="file"),
]
