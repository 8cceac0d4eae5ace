from django.urls import path

from buurtdraad.challenges.models import Aim, Pledge
from buurtdraad.challenges.views import programme, promises

AIM, PLEDGE = {"model": Aim}, {"model": Pledge}

app_name = "challenges"
urlpatterns = [
    path("werk/opgaven/", programme.programme, name="programme"),
    path("werk/opgaven/nieuw/", programme.add_challenge, name="add_challenge"),
    path("werk/opgaven/inlezen/", programme.take_in, name="take_in"),
    path("werk/opgaven/opgaven.csv", programme.file, name="file"),
    path("werk/opgaven/ambitie/nieuw/", programme.add_ambition, name="add_ambition"),
    path("werk/opgaven/ambitie/<slug:code>/wijzigen/", programme.change_ambition, name="change_ambition"),
    path("werk/opgaven/ambitie/<slug:code>/stoppen/", programme.end_ambition, name="end_ambition"),
    path("werk/opgaven/beloften/", promises.promises, name="promises"),
    path("werk/opgaven/beloften/inlezen/", promises.take_in, name="take_in_promises"),
    path("werk/opgaven/beloften/beloften.csv", promises.file, name="promises_file"),
    path("werk/opgaven/beloften/nieuw/", promises.add_aim, name="add_aim"),
    path("werk/opgaven/beloften/<int:pk>/wijzigen/", promises.change, AIM, name="change_aim"),
    path("werk/opgaven/beloften/<int:pk>/klaar/", promises.finish, AIM, name="finish_aim"),
    path("werk/opgaven/beloften/<int:pk>/toch-niet-klaar/", promises.reopen, AIM, name="reopen_aim"),
    path("werk/opgaven/beloften/<int:pk>/weg/", promises.remove, AIM, name="remove_aim"),
    path("werk/opgaven/toezeggingen/nieuw/", promises.add_pledge, name="add_pledge"),
    path("werk/opgaven/toezeggingen/<int:pk>/wijzigen/", promises.change, PLEDGE, name="change_pledge"),
    path("werk/opgaven/toezeggingen/<int:pk>/klaar/", promises.finish, PLEDGE, name="finish_pledge"),
    path("werk/opgaven/toezeggingen/<int:pk>/toch-niet-klaar/", promises.reopen, PLEDGE, name="reopen_pledge"),
    path("werk/opgaven/toezeggingen/<int:pk>/weg/", promises.remove, PLEDGE, name="remove_pledge"),
    path("werk/opgaven/<slug:code>/wijzigen/", programme.change_challenge, name="change_challenge"),
    path("werk/opgaven/<slug:code>/stoppen/", programme.end_challenge, name="end_challenge"),
]
