from django.urls import path

from buurtdraad.running.demo import views

app_name = "running"
urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/kijk-als/<slug:slug>/", views.look_as, name="look_as"),
    path("demo/stop/", views.stop_looking, name="stop_looking"),
    path("demo/opnieuw/", views.again, name="again"),
]
