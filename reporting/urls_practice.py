from django.urls import URLPattern, path

from reporting.views import practice

app_name = "practice"
# The same addresses as those of recording, under the story.
urlpatterns: list[URLPattern] = [
    path("", practice.practice, name="stories"),
    path("done/<uuid:run_id>/", practice.feedback, name="feedback"),
    path("<slug:story>/", practice.practice_first, name="record"),
    path("<slug:story>/story/", practice.read_out, name="story"),
    path("<slug:story>/<int:number>/", practice.practice_sheet, name="sheet"),
    path("<slug:story>/b8/", practice.practice_emergency, name="emergency"),
    path("<slug:story>/n5/", practice.practice_help, name="help"),
    path("<slug:story>/z4/", practice.practice_check, name="check"),
    path("<slug:story>/<slug:code>/", practice.practice_step, name="step"),
]
