"""Staff pages about one's own sign-in and other people's second step."""

from django.urls import path

from partners.views import printed_codes, sessions

app_name = "sign_in"
urlpatterns = [
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/others/end/", sessions.end_other_sessions, name="end_other_sessions"),
    path("sessions/<uuid:session_id>/end/", sessions.end_session, name="end_session"),
    path("people/<int:person_id>/printed-codes/", printed_codes.printed_codes, name="printed_codes"),
]
