"""Addresses of wishes. The page of one wish shows the whole thread, so it is in `pages`."""

from django.urls import path

from buurtdraad.agendas.wishes import references  # noqa: F401 (the converter `ref`)
from buurtdraad.agendas.wishes.views import (
    giving,
    people,
    pictures,
    site,
    work_choices,
    work_deeds,
    work_groups,
    work_list,
    work_note,
    work_reading,
    work_wish,
)

urlpatterns = [
    path("wensen/", site.wishes, name="wishes"),
    path("wensen/kaart/", site.wishes_map, name="map"),
    path("wensen/nieuw/", giving.give, name="give"),
    path("wensen/nieuw/lijkt-op/", giving.while_typing, name="alike"),
    path("wensen/nieuw/bedankt/<str:token>/", giving.given, name="given"),
    path("wensen/foto/<uuid:uuid>/<int:width>/", pictures.picture, name="picture"),
    path("wensen/bevestigen/<str:token>/", people.confirm, name="confirm"),
    path("wensen/geholpen/<str:token>/", people.rate, name="rate"),
    path("wensen/<ref:reference>/steun/", people.support, name="support"),
    path("wensen/<ref:reference>/volgen/", people.follow, name="follow"),
    path("werk/notitie/", work_note.note, name="note"),
    path("werk/lezen/", work_reading.read, name="to_read"),
    path("werk/wensen/", work_list.to_answer, name="to_answer"),
    path("werk/wensen/antwoord/", work_deeds.answer, name="answer"),
    path("werk/wensen/stap/", work_deeds.step, name="step"),
    path("werk/wensen/samen/", work_deeds.join, name="join"),
    path("werk/wensen/<ref:reference>/", work_wish.wish, name="work_wish"),
    path("werk/groepen/", work_groups.groups, name="groups"),
    path("werk/afspraken-met-de-buurt/<slug:area>/", work_choices.choices, name="choices"),
]
