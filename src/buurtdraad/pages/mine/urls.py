"""Part of the addresses of `pages`."""

from django.urls import path

from buurtdraad.pages.mine import views

urlpatterns = [
    path("mijn/", views.mine, name="mine"),
    path("mijn/alles/<slug:slug>/", views.my_part, name="my_part"),
    path("mijn/gegevens/", views.my_data, name="my_data"),
    path("mijn/e-mailadres/", views.my_address, name="my_address"),
    path("mijn/e-mailadres/verstuurd/", views.my_address_sent, name="my_address_sent"),
    path("mijn/e-mailadres/<str:token>/", views.new_address, name="new_address"),
    path("mijn/wissen/", views.erase_me, name="erase_me"),
    path("gewist/", views.erased, name="erased"),
]
