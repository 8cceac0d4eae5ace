"""Addresses of what is read first besides wishes."""

from django.urls import path

from buurtdraad.pages.reading import views

urlpatterns = [
    path("werk/lezen/reacties/", views.read_comments, name="read_comments"),
    path("werk/lezen/fotos/", views.read_pictures, name="read_pictures"),
]
