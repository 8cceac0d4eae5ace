import json
import os
import subprocess
import sys

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("buurtdraad.ui.tests.site_urls")


def policy(response):
    return {name: values for name, *values in (part.split() for part in response["Content-Security-Policy"].split(";"))}


@pytest.mark.parametrize(
    "address", ["/", "/bestaat-niet/", "/stuk/", "/huisstijl/", "/.well-known/security.txt", "/huisstijl/voorbeeld.csv"]
)
def test_every_answer_carries_the_safe_headers(address):
    response = Client(raise_request_exception=False).get(address)
    rules = policy(response)
    assert rules["default-src"] == ["'self'"]
    assert rules["script-src"] == rules["style-src"] == ["'self'"]
    assert rules["base-uri"] == rules["frame-ancestors"] == rules["object-src"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]
    assert not any("unsafe" in value or "*" in value for values in rules.values() for value in values)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


def test_with_https_browsers_are_told_to_keep_to_it_for_a_year():
    asked = (
        "import json, buurtdraad.settings as s; print(json.dumps([s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | {"HTTPS": "1", "SECRET_KEY": "x" * 60}, capture_output=True, text=True
    )
    assert json.loads(told.stdout) == [31_536_000, True, True]


def test_a_safe_connection_answers_with_hsts(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert Client().get("/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")
