"""Addresses of the other ways in."""

from django.urls import path, register_converter

from buurtdraad.agendas.ways_in.views import importing, listening, meetings, pile, speaking


class Then:
    """What happens after somebody spoke."""

    regex = "call|told|none"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Then, "then")

urlpatterns = [
    path("wensen/inspreken/", speaking.speak, name="speak"),
    path("wensen/inspreken/bedankt/<then:then>/", speaking.spoken, name="spoken"),
    path("werk/luisteren/", listening.listen, name="listen"),
    path("werk/luisteren/nieuw/", listening.bring, name="bring_recording"),
    path("werk/luisteren/<uuid:uuid>/", listening.listen_to, name="listen_to"),
    path("werk/luisteren/<uuid:uuid>/geluid/", listening.sound, name="sound"),
    path("werk/stapel/", pile.pile, name="pile"),
    path("werk/stapel/bladen/", pile.sheets, name="sheets"),
    path("werk/bijeenkomsten/inlezen/", meetings.import_meetings, name="import_meetings"),
    path("werk/bijeenkomsten/inlezen/tabel/", meetings.meetings_table, name="meetings_table"),
    path("werk/bijeenkomsten/ingelezen/", meetings.imported_meetings, name="imported_meetings"),
    path("werk/wensen/inlezen/", importing.import_wishes, name="import_wishes"),
    path("werk/wensen/inlezen/<uuid:uuid>/", importing.imported, name="imported"),
]
