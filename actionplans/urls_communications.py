"""The calendar, the library and training: they stand above a plan's own addresses."""

from django.urls import path

from actionplans.views import calendar, campaign, contacts, materials, sessions, weeks

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/add/", campaign.add, name="add_campaign"),
    path("calendar/weeks/", weeks.weeks, name="awareness_weeks"),
    path("calendar/weeks/<int:year>/", weeks.edit_week, name="awareness_week"),
    path("calendar/weeks/<int:year>/accept/", weeks.accept_week, name="accept_week"),
    path("calendar/contacts/", contacts.contacts, name="comms_contacts"),
    path("calendar/contacts/<slug:organisation_code>/", contacts.name, name="comms_contact"),
    path("calendar/contacts/<slug:organisation_code>/end/", contacts.end, name="end_comms_contact"),
    path("calendar/<slug:campaign_code>/", campaign.campaign, name="campaign"),
    path("calendar/<slug:campaign_code>/edit/", campaign.edit, name="edit_campaign"),
    path("calendar/<slug:campaign_code>/cancel/", campaign.cancel, name="cancel_campaign"),
    path("calendar/<slug:campaign_code>/events/add/", campaign.add_event, name="add_event"),
    path(
        "calendar/<slug:campaign_code>/events/<int:event_id>/cancel/",
        campaign.cancel_event,
        name="cancel_event",
    ),
    path("calendar/<slug:campaign_code>/reach/", campaign.reach, name="enter_reach"),
    path("materials/", materials.materials, name="materials"),
    path("materials/add/", materials.add, name="add_material"),
    path("materials/<int:material_id>/", materials.material, name="material"),
    path("materials/<int:material_id>/file/", materials.open_file, name="material_file"),
    path("materials/<int:material_id>/retire/", materials.retire, name="retire_material"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/record/", sessions.record, name="record_session"),
    path("sessions/<int:session_id>/", sessions.session, name="session"),
    path("sessions/<int:session_id>/take-back/", sessions.take_back_session, name="take_back_session"),
]
