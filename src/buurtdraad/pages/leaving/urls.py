"""Addresses of a partner that leaves."""

from django.urls import path

from buurtdraad.pages.leaving import views

urlpatterns = [
    path("werk/wijkakkoorden/<uuid:uuid>/vertrek/<int:pk>/", views.leave_accord, name="leave_accord"),
    path("werk/partners/<uuid:uuid>/stoppen/", views.end_partner, name="end_partner"),
    path("werk/partners/<uuid:uuid>/afspraken/", views.partner_agreements, name="partner_agreements"),
]
