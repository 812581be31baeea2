from django.urls import URLPattern, URLResolver, include, path

from actionplans.views.action import action
from actionplans.views.history import history
from actionplans.views.plans import plan, plans
from actionplans.views.rating import rating
from actionplans.views.strategy import strategy

app_name = "actionplans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", plans, name="plans"),
    path("plans/strategy/", strategy, name="strategy"),
    path("plans/", include("actionplans.urls_updates")),
    path("plans/", include("actionplans.urls_communications")),
    path("plans/", include("actionplans.urls_steering")),
    path("plans/", include("actionplans.urls_papers")),
    path("plans/", include("actionplans.urls_owners")),
    path("plans/<slug:code>/", plan, name="plan"),
    path("plans/<slug:code>/<slug:ref>/", action, name="action"),
    path("plans/<slug:code>/<slug:ref>/history/", history, name="history"),
    path("plans/<slug:code>/<slug:ref>/rating/", rating, name="rating"),
    path("sog/", include("actionplans.sog.urls")),
]
