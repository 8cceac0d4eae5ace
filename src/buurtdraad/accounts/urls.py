"""Addresses of persons and what they do alike."""

from buurtdraad.accounts.moderation.urls import urlpatterns as moderation

app_name = "accounts"
urlpatterns = [*moderation]
