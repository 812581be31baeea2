"""Staff pages about reporting centres: the list of all is `centres`, the page of one `centre`, and that of those who
work at one `our_centre`."""

from django.urls import URLPattern, path

from centres import urls_lists
from centres.views import listing, standing

app_name = "centres"
urlpatterns: list[URLPattern] = [
    *urls_lists.urlpatterns,
    path("centres/add/", listing.add_centre, name="add"),
    path("centres/<slug:code>/edit/", listing.edit_centre, name="edit"),
    path("centres/<slug:code>/verify/", standing.record_check, name="verify"),
    path("centres/<slug:code>/list/", standing.list_centre, name="list"),
    path("centres/<slug:code>/suspend/", standing.suspend_centre, name="suspend"),
    path("centres/<slug:code>/lift/", standing.lift_suspension, name="lift"),
    path("our-centre/listing/", listing.edit_own, name="edit_own"),
    path("our-centre/confirm/", listing.confirm_own, name="confirm_own"),
]
