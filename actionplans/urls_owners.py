"""Addresses of those who own plans, and of change requests, under /staff/plans/."""

from django.urls import path

from actionplans.views import changes, editing, publishing, writing

urlpatterns = [
    path("requests/", changes.change_requests, name="change_requests"),
    path("requests/<int:request_id>/", changes.change_request, name="change_request"),
    path("requests/<int:request_id>/decide/", changes.decide_change, name="decide_change"),
    path("requests/<int:request_id>/take-back/", changes.withdraw_change, name="withdraw_change"),
    path("new/", writing.new_plan, name="new_plan"),
    path("<slug:code>/add/", writing.add_action, name="add_action"),
    path("<slug:code>/discard/", writing.discard_plan, name="discard_plan"),
    path("<slug:code>/next/", writing.next_plan, name="next_plan"),
    path("<slug:code>/owner/", writing.name_owner, name="name_owner"),
    path("<slug:code>/priorities/", writing.add_priority, name="add_priority"),
    path("<slug:code>/publish/", publishing.publish_plan, name="publish_plan"),
    path("<slug:code>/start/", writing.start_plan, name="start_plan"),
    path("<slug:code>/<slug:ref>/ask/", changes.ask_change, name="ask_change"),
    path("<slug:code>/<slug:ref>/close/", changes.close_action, name="close_action"),
    path("<slug:code>/<slug:ref>/reopen/", changes.reopen_action, name="reopen_action"),
    path("<slug:code>/<slug:ref>/edit/", editing.edit_action, name="edit_action"),
    path("<slug:code>/<slug:ref>/measure/", editing.edit_measure, name="edit_measure"),
    path("<slug:code>/<slug:ref>/milestones/add/", editing.add_milestone, name="add_milestone"),
    path("<slug:code>/<slug:ref>/milestones/<int:milestone_id>/", editing.milestone, name="milestone"),
    path("<slug:code>/<slug:ref>/remove/", writing.remove_action, name="remove_action"),
    path("<slug:code>/<slug:ref>/roll/", writing.roll_action, name="roll_action"),
]
