"""The one page of this room that needs no sign-in."""

from django.urls import path

from partners.views import invitation

urlpatterns = [path("invitation/<str:token>/", invitation.accept, name="invitation")]
