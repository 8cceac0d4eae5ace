"""Addresses of the programme and its challenges."""

from django.urls import path

from buurtdraad.pages.programme import views

urlpatterns = [
    path("programma/", views.programme, name="programme"),
    path("programma/beloften.csv", views.programme_csv, name="programme_csv"),
    path("opgaven/", views.challenges, name="challenges"),
    path("opgaven/<slug:code>/", views.challenge, name="challenge"),
    path("opgaven/<slug:code>/werk.csv", views.challenge_csv, name="challenge_csv"),
    path("opgaven/<slug:code>/geld.csv", views.challenge_money_csv, name="challenge_money_csv"),
]
