"""Addresses of comments."""

from django.urls import path

from buurtdraad.agendas.comments import views
from buurtdraad.agendas.wishes import references  # noqa: F401 (the converter `ref`)

urlpatterns = [path("wensen/<ref:reference>/reacties/", views.react, name="react")]
