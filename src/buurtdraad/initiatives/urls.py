"""Addresses of initiatives."""

from django.urls import URLPattern, path

from buurtdraad.initiatives.views import beginning, concerns, evidence, managing, people, public, support, work, zones

app_name = "initiatives"
urlpatterns: list[URLPattern] = [
    # plans: what begins with a word of our own stands in `rules.RESERVED`
    path("initiatieven/", public.gallery, name="gallery"),
    path("initiatieven/lijst/", public.plan_list, name="list"),
    path("initiatieven/kaart/", public.plan_map, name="map"),
    path("initiatieven/nieuw/", beginning.begin, name="begin"),
    path("initiatieven/foto/<uuid:uuid>/<int:width>/", public.picture, name="picture"),
    path("initiatieven/link/meedoen/<str:token>/", beginning.join, name="join"),
    path("initiatieven/link/verder/<str:token>/", beginning.go_on, name="go_on"),
    path("initiatieven/link/helpen/<str:token>/", people.confirm_offer, name="confirm_offer"),
    path("werk/initiatieven/", work.work, name="work"),
    path("werk/initiatieven/lezen/", work.to_read, name="to_read"),
    path("initiatieven/<slug:slug>/", public.initiative, name="initiative"),
    path("initiatieven/<slug:slug>/werken/", managing.manage, name="manage"),
    path("initiatieven/<slug:slug>/wijzigen/", managing.change, name="change"),
    path("initiatieven/<slug:slug>/stap/", managing.stage, name="stage"),
    path("initiatieven/<slug:slug>/hoort-bij/", managing.links, name="links"),
    path("initiatieven/<slug:slug>/uitnodigen/", people.invite, name="invite"),
    path("initiatieven/<slug:slug>/later-verder/", people.send_link, name="send_link"),
    path("initiatieven/<slug:slug>/mensen/<int:pk>/", people.member, name="member"),
    path("initiatieven/<slug:slug>/mensen/nieuw/", people.add_somebody, name="add_somebody"),
    path("initiatieven/<slug:slug>/helpen/terug/", people.take_back, name="take_back"),
    path("initiatieven/<slug:slug>/nodig/", people.add_need, name="add_need"),
    path("initiatieven/<slug:slug>/helpen/", people.offer, name="offer"),
    path("initiatieven/<slug:slug>/nieuws/", people.add_update, name="add_update"),
    path("initiatieven/<slug:slug>/foto/", people.add_picture, name="add_picture"),
    path("initiatieven/<slug:slug>/nieuws/<uuid:uuid>/foto/", people.add_picture, name="add_update_picture"),
    path("initiatieven/<slug:slug>/prijs/", people.add_prize, name="add_prize"),
    path("initiatieven/<slug:slug>/van-de-site/", work.take_off, name="take_off"),
    # voices
    path("initiatieven/link/mening/<str:token>/", support.confirm, name="confirm_opinion"),
    path("initiatieven/zorgen/<uuid:uuid>/", concerns.answer, name="answer_concern"),
    path("initiatieven/bewijs/<uuid:uuid>/terugnemen/", evidence.take_back, name="take_back_evidence"),
    path("werk/initiatieven/zorgen/", concerns.to_read, name="concerns_to_read"),
    path("werk/initiatieven/tellen/", evidence.to_count, name="to_count"),
    path("werk/initiatieven/tellen/<uuid:uuid>/", evidence.count, name="count"),
    path("werk/initiatieven/tellen/<uuid:uuid>/bestand/", evidence.file, name="evidence_file"),
    path("werk/initiatieven/tellen/<uuid:uuid>/telt-niet/", evidence.reject, name="reject_evidence"),
    path("werk/initiatieven/tellen/<uuid:uuid>/opnieuw/", evidence.count_again, name="count_again"),
    path("initiatieven/<slug:slug>/wat-vindt-u/", support.opinion, name="opinion"),
    path("initiatieven/<slug:slug>/zorg/", concerns.give, name="concern"),
    path("initiatieven/<slug:slug>/lijst-geven/", evidence.add, name="add_evidence"),
    path("initiatieven/<slug:slug>/buren/", zones.neighbours, name="neighbours"),
    path("initiatieven/<slug:slug>/buren/deel/", zones.add, name="add_zone"),
    path("initiatieven/<slug:slug>/buren/deel/<int:pk>/", zones.change, name="zone"),
    path("initiatieven/<slug:slug>/buren/deel/<int:pk>/weg/", zones.remove, name="remove_zone"),
]
