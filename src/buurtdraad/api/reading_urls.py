"""Address of the page about the API; it stands inside the languages."""

from django.urls import path

from buurtdraad.api.reading import explained

app_name = "api_page"
urlpatterns = [path("open-data/api/", explained, name="explained")]
