"""Part of the addresses of `pages`."""

from django.urls import path

from buurtdraad.pages.destruction import views

urlpatterns = [path("werk/vernietigen/", views.destruction, name="destruction")]
