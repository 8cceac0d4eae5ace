from django.urls import path

from buurtdraad.messages import views

app_name = "messages"
urlpatterns = [
    path("mijn/berichten/", views.choices, name="choices"),
    path("werk/bellen/", views.calls, name="calls"),
    path("werk/bellen/<uuid:uuid>/", views.call, name="call"),
    path("werk/post/", views.undelivered, name="undelivered"),
    path("werk/poster/<slug:code>/", views.poster, name="poster"),
    path("nakijken/", views.look_up, name="look_up"),
    path("afmelden/<str:token>/", views.stop, name="stop"),
    path("demo/post/", views.outbox, name="outbox"),
    path("demo/post/<uuid:uuid>/", views.outbox_mail, name="outbox_mail"),
]
