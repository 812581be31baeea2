"""The one page of this room that needs no sign-in."""

from django.urls import path

from casework.views.schemas import schema

urlpatterns = [path("schemas/<slug:name>/<int:version>/", schema, name="schema")]
