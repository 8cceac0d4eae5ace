"""Part of the addresses of `pages`."""

from django.urls import path

from buurtdraad.pages.confirming.views import partner, work

urlpatterns = [
    path("klopt-het/<str:token>/", partner.confirm, name="confirm"),
    path("klopt-het/<str:token>/bijeenkomsten.pdf", partner.confirm_meetings, name="confirm_meetings"),
    path("klopt-het/<str:token>/wie-werkt-waar/", partner.confirm_people, name="confirm_people"),
    path("mijn/klopt-het/<uuid:uuid>/", partner.confirm_mine, name="confirm_mine"),
    path("mijn/klopt-het/<uuid:uuid>/bijeenkomsten.pdf", partner.confirm_mine_meetings, name="confirm_mine_meetings"),
    path("mijn/klopt-het/<uuid:uuid>/wie-werkt-waar/", partner.confirm_mine_people, name="confirm_mine_people"),
    path("werk/klopt-het/", work.confirmations, name="confirmations"),
    path("werk/klopt-het/<uuid:uuid>/", work.answer_partner, name="answer_partner"),
    path("werk/klopt-het/opnieuw/<uuid:uuid>/", work.ask_again, name="ask_partner_again"),
    path("werk/klopt-het/link-stoppen/<uuid:uuid>/", work.stop_link, name="stop_partner_link"),
]
