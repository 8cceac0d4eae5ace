"""Views that use the page cache rightly and wrongly, with addresses; only tests see them."""

import threading
from collections import Counter

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.urls import path

from buurtdraad.lib.page_cache import cached_page, shows

renders: Counter[str] = Counter()
saw: list[dict] = []
# What the page says; a test changes it as a deed would.
words = {"area": "Lombok"}
# Holds renders back while it is set to a gate that is closed.
gate = threading.Event()
gate.set()
begun = threading.Semaphore(0)


@cached_page(query=["jaar", "soort"])
def area(request, code):
    renders[code] += 1
    saw.append(dict(request.META))
    said = words["area"]
    begun.release()
    gate.wait(10)
    part = "deel" if request.headers.get("HX-Request") == "true" else "heel"
    body = f"<p>{part} {code} {said} {request.META['QUERY_STRING']}</p>" + "<p>Veel woorden over deze buurt.</p>" * 100
    return shows(HttpResponse(body), code, "GM0344")


@cached_page
def static_words(request):
    return shows(HttpResponse("<p>Privacy</p>"))


@cached_page
def broken(request):
    renders["broken"] += 1
    raise ZeroDivisionError


@cached_page
def answers(request, status):
    renders[str(status)] += 1
    return shows(HttpResponse(f"{status}", status=status), "GM0344")


def not_cached(request):
    renders["not cached"] += 1
    return HttpResponse(f"hallo {request.COOKIES}")


@cached_page
def with_token(request):
    return shows(HttpResponse(get_token(request)))


@cached_page
def with_session(request):
    return shows(HttpResponse(str(request.session.get("name"))))


@cached_page
def with_person(request):
    return shows(HttpResponse(str(request.user)))


@cached_page
def with_message_shown(request):
    return shows(HttpResponse(str(list(messages.get_messages(request)))))


@cached_page
def with_message_added(request):
    messages.info(request, "Gelukt")
    return shows(HttpResponse("ok"))


@cached_page
def with_cookie(request):
    response = HttpResponse("ok")
    response.set_cookie("kleur", "rood")
    return shows(response)


@cached_page
def with_stream(request):
    return shows(StreamingHttpResponse(iter([b"a", b"b"])))


@cached_page
def with_late_token(request):
    template = engines["django"].from_string("{{ token }}")
    return shows(SimpleTemplateResponse(template, {"token": lambda: get_token(request)}))


@cached_page
def silent(request):
    return HttpResponse("whose page is this?")


@cached_page
def private(request):
    return shows(HttpResponse("ok", headers={"Cache-Control": "private"}))


WRONG = {
    "with-token": with_token,
    "with-session": with_session,
    "with-person": with_person,
    "with-message-shown": with_message_shown,
    "with-message-added": with_message_added,
    "with-cookie": with_cookie,
    "with-stream": with_stream,
    "with-late-token": with_late_token,
    "silent": silent,
}

urlpatterns = [
    path("buurten/<str:code>/", area),
    path("privacy/", static_words),
    path("stuk/", broken),
    path("antwoord/<int:status>/", answers),
    path("los/", not_cached),
    path("besloten/", private),
    *(path(f"fout/{name}/", view) for name, view in WRONG.items()),
]


def handler500(request):
    return HttpResponse("500", status=500)
