"""Addresses under /staff/sog/."""

from django.urls import path

from actionplans.sog import views

urlpatterns = [
    path("", views.sog_dashboard, name="sog_dashboard"),
    path("report/", views.sog_report, name="sog_report"),
    path("report.pdf", views.sog_report_pdf, name="sog_report_pdf"),
]
