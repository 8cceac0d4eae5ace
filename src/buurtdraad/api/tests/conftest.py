"""The small city, and a way to ask it often: each question from another address, for one address may ask so much."""

import itertools

import pytest
from django.db import transaction
from django.test import Client

from buurtdraad.api.tests.city import make_city
from buurtdraad.api.tests.city_money import make_the_rest
from buurtdraad.messages.models import Contact


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """The city, made once for a file of tests: what a test changes in it is undone behind that test."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_city()
        make_the_rest(3, Contact.objects.get())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(standing, db):
    """The small city, to ask and to change."""


@pytest.fixture
def ask():
    """Asks an address of the API: `ask("/wensen", aantal=3)`; another header by `headers`."""
    numbers = itertools.count()

    def asked(path, headers=None, **query):
        number = next(numbers)
        client = Client(REMOTE_ADDR=f"10.1.{number // 250 % 250}.{number % 250}")
        path = path.removeprefix("http://127.0.0.1").partition("/api/v1")[2] or path
        return client.get(f"/api/v1{path}", query or None, headers=headers)

    return asked


@pytest.fixture
def walk(ask):
    """Every page of a list, the first one first, by its links."""

    def pages(path, **query):
        response = ask(path, **query)
        while True:
            assert response.status_code == 200, response.content
            yield response
            if not (following := response.json()["next"]):
                return
            response = ask(following)

    return pages
