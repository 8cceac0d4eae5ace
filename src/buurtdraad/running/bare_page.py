"""The yardstick of `./run bench`: what a template page costs that any Django project could have, without database or session."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

FRAME = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title></head>
<body><header><a href="/">{{ city }}</a></header><main>{% block main %}{% endblock %}</main></body></html>"""
PAGE = """{% extends "frame.html" %}{% block title %}{{ name }}{% endblock %}
{% block main %}<h1>{{ name }}</h1>
<p>{% if people %}{{ people }} mensen wonen hier.{% endif %}</p>
<ul>{% for street in streets %}<li><a href="/straat/{{ street.number }}/">{{ street.name|title }}</a></li>{% endfor %}</ul>
{% endblock %}"""
STREETS = [{"number": number, "name": f"{number}e voorbeeldstraat"} for number in range(1, 11)]


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"city": "Utrecht", "name": "Lombok", "people": 7385, "streets": STREETS})


urlpatterns = [path("", page)]

settings.configure(
    SECRET_KEY="a page without secrets",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [("django.template.loaders.locmem.Loader", {"frame.html": FRAME, "page.html": PAGE})],
                    )
                ]
            },
        }
    ],
)
application = get_wsgi_application()
