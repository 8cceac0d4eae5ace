"""Part of the addresses of `pages`."""

from django.urls import path

from buurtdraad.pages.reporting import views

urlpatterns = [
    path("melden/", views.report, name="report"),
    path("melden/bedankt/", views.reported, name="reported"),
    path("werk/meldingen/", views.report_queue, name="report_queue"),
    path("werk/meldingen/<uuid:uuid>/", views.decide, name="decide_report"),
]
