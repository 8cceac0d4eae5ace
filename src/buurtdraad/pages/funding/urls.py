"""Addresses of the front page of the fund."""

from django.urls import path

from buurtdraad.pages.funding import views

urlpatterns = [
    path("fonds/", views.fund, name="fund"),
    path("fonds/per-wijk.csv", views.fund_csv, name="fund_csv"),
]
