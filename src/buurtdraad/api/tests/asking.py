"""Asking the API in tests: what it answers, how many questions that takes, and where a thread leads."""

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROOT = "/api/v1/"


def ask(path: str, **query) -> dict:
    """What it answers, which has to be 200."""
    response = Client().get(ROOT + path, query)
    assert response.status_code == 200, response.text
    return response.json()


def rows(path: str, **query) -> list[dict]:
    return ask(path, **query)["results"]


def questions(path: str, **query) -> int:
    """How many questions the database gets."""
    with CaptureQueriesContext(connection) as asked:
        ask(path, **query)
    return len(asked)


def at(path: str) -> str:
    """The whole address."""
    return f"{settings.SITE_URL}{ROOT}{path}"


def thread(path: str, side: str) -> set[str]:
    """Where the thread of an item leads, on one side."""
    return {link["url"] for link in ask(path)["draad"][side]}
