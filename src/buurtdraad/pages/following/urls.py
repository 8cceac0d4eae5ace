"""Addresses of one wish, and of what was done."""

from django.urls import path

from buurtdraad.agendas.wishes import references  # noqa: F401 (the converter `ref`)
from buurtdraad.pages.following import views

urlpatterns = [
    path("wensen/<ref:reference>/", views.wish, name="wish"),
    path("gedaan/", views.done, name="done"),
]
