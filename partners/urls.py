"""Staff pages about people."""

from django.urls import path

from partners.views import people

app_name = "partners"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitations/<uuid:invitation_id>/", people.invite_again, name="invite_again"),
    path("people/centres/<slug:code>/", people.confirm_centre, name="confirm_centre"),
    path("people/<int:person_id>/suspend/", people.suspend, name="suspend"),
    path("people/<int:person_id>/restore/", people.restore, name="restore"),
]
