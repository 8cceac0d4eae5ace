from django.urls import path

from buurtdraad.agendas.wishes import references  # noqa: F401 (the converter `ref`)
from buurtdraad.pages import (
    area_codes,  # noqa: F401 (the converter `area`)
    views,
)
from buurtdraad.pages.confirming.urls import urlpatterns as confirming
from buurtdraad.pages.destruction.urls import urlpatterns as destruction
from buurtdraad.pages.following.urls import urlpatterns as following
from buurtdraad.pages.funding.urls import urlpatterns as funding
from buurtdraad.pages.leaving.urls import urlpatterns as leaving
from buurtdraad.pages.mine.urls import urlpatterns as mine
from buurtdraad.pages.opening.urls import urlpatterns as opening
from buurtdraad.pages.plans.urls import urlpatterns as plans
from buurtdraad.pages.programme.urls import urlpatterns as programme
from buurtdraad.pages.reading.urls import urlpatterns as reading
from buurtdraad.pages.reporting.urls import urlpatterns as reporting

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("buurten/", views.areas, name="areas"),
    path("buurten/hier/", views.here, name="here"),
    path("buurten/<area:code>/", views.area, name="area"),
    path("buurten/<area:code>/cijfers.csv", views.area_csv, name="area_csv"),
    path("buurten/<area:code>/cijfers.json", views.area_json, name="area_json"),
    path("cijfers/", views.indicators, name="indicators"),
    path("cijfers/<slug:code>/", views.indicator, name="indicator"),
    path("cijfers/<slug:code>/cijfers.csv", views.indicator_csv, name="indicator_csv"),
    path("werk/", views.work, name="work"),
    *confirming,
    *following,
    *funding,
    *destruction,
    *leaving,
    *mine,
    *opening,
    *plans,
    *programme,
    *reading,
    *reporting,
]
