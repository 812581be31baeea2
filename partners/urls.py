"""Staff pages about people."""

from django.urls import path

from partners.views import people

app_name = "partners"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:person_id>/suspend/", people.suspend, name="suspend"),
    path("people/<int:person_id>/restore/", people.restore, name="restore"),
]
