"""Part of the addresses of `pages`."""

from django.urls import path

from buurtdraad.pages.mine import views

urlpatterns = [
    path("mijn/", views.mine, name="mine"),
    path("mijn/alles/<slug:slug>/", views.my_part, name="my_part"),
    path("mijn/gegevens/", views.my_data, name="my_data"),
    path("mijn/wissen/", views.erase_me, name="erase_me"),
    path("gewist/", views.erased, name="erased"),
]
