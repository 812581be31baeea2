"""What somebody tells an officer on the phone or at the counter."""

from django.urls import URLPattern, path

from casework.views import told

app_name = "told"
# The same addresses as those of recording at a centre, under how it is told.
urlpatterns: list[URLPattern] = [
    path("", told.choose, name="choose"),
    path("<slug:how>/", told.first, name="record"),
    path("<slug:how>/<int:number>/", told.sheet, name="sheet"),
    path("<slug:how>/b8/", told.emergency, name="emergency"),
    path("<slug:how>/n5/", told.help_now, name="help"),
    path("<slug:how>/z4/", told.check, name="check"),
    path("<slug:how>/w2/", told.sent, name="sent"),
    path("<slug:how>/<slug:code>/", told.step, name="step"),
]
