from django.urls import path

from buurtdraad.accounts.own import views as own
from buurtdraad.accounts.signing_in.urls import urlpatterns as signing_in
from buurtdraad.accounts.views import duties, logbook

app_name = "accounts"
urlpatterns = [
    *signing_in,
    path("mijn/naam/", own.my_name, name="my_name"),
    path("mijn/taken/", duties.my_duties, name="my_duties"),
    path("werk/taken/", duties.duties, name="duties"),
    path("werk/taken/nieuw/", duties.add_person, name="add_person"),
    path("werk/taken/<uuid:uuid>/", duties.person_duties, name="person_duties"),
    path("werk/taken/<uuid:uuid>/geven/", duties.give_duty, name="give_duty"),
    path("werk/taken/<uuid:uuid>/tweede-stap/", duties.forget_second_step, name="forget_second_step"),
    path("werk/taken/<int:pk>/stoppen/", duties.end_duty, name="end_duty"),
    path("werk/taken/<int:pk>/vervanger/", duties.stand_in, name="stand_in"),
    path("werk/logboek/", logbook.logbook, name="logbook"),
    path("werk/logboek/gebeurtenissen.jsonl", logbook.logbook_export, name="logbook_export"),
]
