"""The addresses of the product with a stand-in for each page of the menu, so that the frame is tested by itself."""

from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from buurtdraad.ui.urls import fixed_urlpatterns


def page(request, **facts):
    return render(request, "ui/statement.html", {"statement": {"title": "Bladzij"}} | facts)


def someone(request):
    return page(request, person_name="Fatma <b>", person_url="/mijn/")


def wish(request):
    return page(request, section="wishes")


def broken(request):
    raise ZeroDivisionError


def absent(request):
    raise Http404


def refused(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def odd(request):
    from django.core.exceptions import BadRequest

    raise BadRequest


def form(request):
    return HttpResponse("sent")


pages = [
    path("", page, name="home"),
    path("buurten/", page, name="areas"),
    path("wensen/4/", wish, name="wish"),
    path("agenda/", page, name="agenda"),
    path("geld/", page, name="fund"),
    path("gedaan/", page, name="done"),
    path("demo/", page, name="demo"),
    path("open-data/", page, name="open_data"),
    path("mijn/", someone, name="mine"),
    path("stuk/", broken, name="broken"),
    path("weg/", absent, name="absent"),
    path("niet/", refused, name="refused"),
    path("raar/", odd, name="odd"),
    path("formulier/", form, name="form"),
]
agendas = [path("buurtagenda/", page, name="agendas"), path("wensen/", page, name="wishes"), path("bijeenkomsten/", page, name="meetings")]
urlpatterns = [
    *fixed_urlpatterns,
    *i18n_patterns(
        path("", include("buurtdraad.ui.urls")),
        path("", include((pages, "pages"))),
        path("", include((agendas, "agendas"))),
        prefix_default_language=False,
    ),
]
handler400 = "buurtdraad.ui.views.bad_request"
handler403 = "buurtdraad.ui.views.forbidden"
handler404 = "buurtdraad.ui.views.not_found"
handler500 = "buurtdraad.ui.views.server_error"
