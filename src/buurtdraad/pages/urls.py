from django.urls import path, register_converter

from buurtdraad.pages import views
from buurtdraad.pages.destruction.urls import urlpatterns as destruction
from buurtdraad.pages.mine.urls import urlpatterns as mine
from buurtdraad.pages.reporting.urls import urlpatterns as reporting


class AreaCode:
    """A code of CBS or the slug of a working area; anything else is no address of ours."""

    regex = "[A-Za-z0-9-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(AreaCode, "area")

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
    path("wensen/", views.coming, {"subject": "wishes"}, name="wishes"),
    path("buurtagenda/", views.coming, {"subject": "agenda"}, name="agenda"),
    path("fonds/", views.coming, {"subject": "fund"}, name="fund"),
    path("bijeenkomsten/", views.coming, {"subject": "meetings"}, name="meetings"),
    path("gedaan/", views.coming, {"subject": "done"}, name="done"),
    path("open-data/", views.open_data, name="open_data"),
    path("werk/", views.work, name="work"),
    *destruction,
    *mine,
    *reporting,
]
