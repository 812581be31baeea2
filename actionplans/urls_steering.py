"""Addresses of steering: meetings and their logs, under /staff/plans/."""

from django.urls import path

from actionplans.views import log, meetings, minutes, minuting, steering

urlpatterns = [
    path("steering/", steering.steering, name="steering"),
    path("steering/since/", steering.since_last_meeting, name="since_last_meeting"),
    path("steering/waiting/", steering.waiting_for, name="waiting_for"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.plan_meeting, name="plan_meeting"),
    path("meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/agenda/", meetings.change_agenda, name="change_agenda"),
    path("meetings/<int:meeting_id>/details/", meetings.meeting_details, name="meeting_details"),
    path("meetings/<int:meeting_id>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<int:meeting_id>/open/", meetings.open_meeting, name="open_meeting"),
    path("meetings/<int:meeting_id>/close/", meetings.close_meeting, name="close_meeting"),
    path("meetings/<int:meeting_id>/call-off/", meetings.call_off, name="call_off_meeting"),
    path("meetings/<int:meeting_id>/items/<int:item_id>/", minuting.minute, name="minute"),
    path("meetings/<int:meeting_id>/paper.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("meetings/<int:meeting_id>/paper.docx", minutes.minutes_word, name="minutes_word"),
    path("log/", log.log, name="log"),
    path("log/add/", log.add_entry, name="add_log_entry"),
    path("log/file.csv", log.log_file, {"ending": "csv"}, name="log_csv"),
    path("log/file.xlsx", log.log_file, {"ending": "xlsx"}, name="log_xlsx"),
    path("log/<slug:group>/<int:number>/", log.log_entry, name="log_entry"),
    path("log/<slug:group>/<int:number>/<slug:act>/", log.log_act, name="log_act"),
]
