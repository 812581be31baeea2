"""Staff pages about people."""

from django.urls import path

from partners.views import access, access_review, away, people, person, second_factor_reset, teams

app_name = "partners"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitations/<uuid:invitation_id>/", people.invite_again, name="invite_again"),
    path("people/invitations/<uuid:invitation_id>/take-back/", people.take_back, name="take_back"),
    path("people/teams/", teams.teams, name="teams"),
    path("people/reviews/", access_review.reviews, name="access_reviews"),
    path("people/reviews/<int:review_id>/", access_review.review, name="access_review"),
    path("people/resets/<int:reset_id>/", second_factor_reset.decide, name="decide_reset"),
    path("people/<int:person_id>/", person.person, name="person"),
    path("people/<int:person_id>/roles/", person.change_roles, name="change_roles"),
    path("people/<int:person_id>/move/", person.move, name="move"),
    path("people/<int:person_id>/suspend/", person.suspend, name="suspend"),
    path("people/<int:person_id>/restore/", person.restore, name="restore"),
    path("people/<int:person_id>/reset/", second_factor_reset.ask, name="ask_reset"),
    path("people/<int:person_id>/away/", away.person_away, name="person_away"),
    path("audit/access/", access.access, name="access"),
    path("away/", away.away, name="away"),
    path("away/<int:absence_id>/back/", away.back, name="back_from_absence"),
]
