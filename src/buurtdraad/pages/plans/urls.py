"""Addresses below a plan of residents, for what comes from rooms above it."""

from django.urls import path

from buurtdraad.pages.plans import views

urlpatterns = [
    path("initiatieven/<slug:slug>/geld/", views.money, name="plan_money"),
]
