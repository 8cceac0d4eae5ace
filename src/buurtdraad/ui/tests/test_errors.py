import pytest
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory

from buurtdraad.ui import views

# No test here may touch a database: pytest-django refuses it without a mark.
pytestmark = pytest.mark.urls("buurtdraad.ui.tests.site_urls")

CASES = [
    ("/bestaat-niet/", 404, "Wij kunnen deze pagina niet vinden"),
    ("/weg/", 404, "Wij kunnen deze pagina niet vinden"),
    ("/en/weg/", 404, "We cannot find this page"),
    ("/nl-x-simpel/weg/", 404, "Deze pagina is er niet"),
    ("/niet/", 403, "U mag deze pagina niet zien"),
    ("/raar/", 400, "Wij begrijpen deze vraag niet"),
    ("/stuk/", 500, "Er ging iets fout bij ons"),
    ("/en/stuk/", 500, "Something went wrong with us"),
]


@pytest.mark.parametrize(("address", "status", "title"), CASES)
def test_what_went_wrong_is_told_plainly_with_a_way_on(address, status, title):
    client = Client(raise_request_exception=False)
    response = client.get(address)
    assert response.status_code == status
    assert f'<h1 class="utrecht-heading-1">{title}</h1>' in response.text
    assert 'href="tel:14030"' in response.text
    assert '<main id="inhoud"' in response.text


def test_a_form_without_a_token_is_told_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/formulier/", {"naam": "Ali"})
    assert response.status_code == 403
    assert "Het versturen is niet gelukt" in response.text


def test_an_address_with_markup_is_not_repeated():
    response = Client().get("/<script>alert(1)</script>/")
    assert response.status_code == 404
    assert "<script>alert" not in response.text


def test_an_error_is_told_when_the_templates_are_what_broke(monkeypatch):
    def gone(*args, **kwargs):
        raise TemplateDoesNotExist("ui/error.html")

    monkeypatch.setattr(views, "render", gone)
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "14 030" in response.text


@pytest.mark.django_db
@pytest.mark.urls("buurtdraad.urls")
def test_an_address_that_only_takes_a_form_says_so_in_words(client):
    response = client.get("/inloggen/passkey/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Zo kunt u deze pagina niet openen" in response.text
