"""Addresses of meetings; those of the room are short, for people type them."""

from django.urls import path

from buurtdraad.agendas.meetings.views import coming, documents, groups, leading, public, room, work

urlpatterns = [
    path("bijeenkomsten/", public.meetings, name="meetings"),
    path("bijeenkomsten/briefje/", coming.by_slip, name="sign_up_by_slip"),
    path("bijeenkomsten/aanmelding/<str:token>/", coming.sign_up, name="sign_up"),
    path("bijeenkomsten/bevestigen/<str:token>/", coming.confirm, name="confirm_sign_up"),
    path("bijeenkomsten/<int:pk>/", public.meeting, name="meeting"),
    path("bijeenkomsten/<int:pk>/aanmelden/", coming.join, name="join"),
    path("bijeenkomsten/<int:pk>/kalender.ics", public.meeting_calendar, name="meeting_calendar"),
    path("buurten/<slug:code>/bijeenkomsten.ics", public.area_calendar, name="area_calendar"),
    path("werk/bijeenkomsten/", work.work_meetings, name="work_meetings"),
    path("werk/bijeenkomsten/nieuw/", work.make, name="make_meeting"),
    path("werk/bijeenkomsten/<int:pk>/", work.work_meeting, name="work_meeting"),
    path("werk/bijeenkomsten/<int:pk>/wijzig/", work.edit, name="edit_meeting"),
    path("werk/bijeenkomsten/<int:pk>/aanmeldingen/", work.people, name="work_people"),
    path("werk/bijeenkomsten/<int:pk>/zaal/", leading.work_room, name="work_room"),
    path("werk/bijeenkomsten/<int:pk>/groepen/", groups.groups, name="meeting_groups"),
    path("werk/bijeenkomsten/<int:pk>/afronden/", leading.round_off, name="round_off"),
    path("werk/bijeenkomsten/<int:pk>/poster.pdf", documents.poster, name="meeting_poster"),
    path("werk/bijeenkomsten/<int:pk>/flyer.pdf", documents.flyer, name="meeting_flyer"),
    path("werk/bijeenkomsten/foto/<uuid:uuid>/<int:width>/", leading.flip_picture, name="flip_picture"),
    path("m/", room.enter, name="enter"),
    path("m/<slug:code>/", room.room, name="room"),
    path("m/<slug:code>/stickers/", room.stickers, name="stickers"),
    path("m/<slug:code>/scherm/", room.screen, name="screen"),
]
