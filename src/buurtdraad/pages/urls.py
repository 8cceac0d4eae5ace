from django.urls import path

from buurtdraad.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
]
