"""Figures for Prometheus, readiness, and the number on the page of an error."""

import datetime
import os
import re
import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from buurtdraad.lib.page_cache.addresses import around
from buurtdraad.lib.watching.answers import Watched
from buurtdraad.lib.watching.seen import Seen, current
from buurtdraad.messages.models import Mail
from buurtdraad.messages.states import Kind, Stage
from buurtdraad.running import facts
from buurtdraad.running.home import STOPPING
from buurtdraad.running.metrics import observe

TOKEN = "a-token-of-twenty-characters"


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = TOKEN
    return {"Authorization": f"Bearer {TOKEN}"}


def figures(client, headers):
    """Value by name and labels."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_without_a_token_set_there_is_no_such_page(client, db):
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("told", [{}, {"Authorization": "Bearer other"}, {"Authorization": TOKEN}, {"Authorization": f"Bearer {TOKEN}é"}])
def test_without_the_token_nothing_is_told(client, db, token, told):
    answer = client.get("/metrics", headers=told)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert b"buurtdraad" not in answer.content


def test_the_figures_are_never_kept(client, db, token):
    answer = client.get("/metrics", headers=token)
    assert "no-store" in answer["Cache-Control"]
    assert not hasattr(answer.resolver_match.func, "cached_query")


def test_requests_are_counted_by_view_method_and_kind_of_status(client, db, token):
    for status in (200, 200, 404):
        observe(Seen("n", "GET", 0, view="pages:area", cache="hit", status=status), 0.02)
    observe(Seen("n", "BREW", 0, view="none", status=500), 0.02)
    found = figures(client, token)
    labels = (("method", "GET"), ("status", "2xx"), ("view", "pages:area"))
    assert found["buurtdraad_request_seconds_count", *labels] >= 2
    assert found["buurtdraad_request_seconds_count", ("method", "other"), ("status", "5xx"), ("view", "none")] >= 1
    assert found["buurtdraad_page_cache_total", ("result", "hit")] >= 3


def test_the_database_tells_of_jobs_mail_and_seals(client, db, token):
    at = timezone.now() - datetime.timedelta(hours=2)
    Mail.objects.create(to="kees@example.nl", kind=Kind.WISH, subject="x", stage=Stage.WAITING, made_at=at)
    Mail.objects.create(to="noor@example.nl", kind=Kind.WISH, subject="x", stage=Stage.FAILED, made_at=at, ended_at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('mail', 'send', 0, NULL, NULL, '{}', NULL)::procrastinate_job_to_defer_v1])"
        )
    found = figures(client, token)
    assert found["buurtdraad_jobs", ("queue", "mail"), ("state", "todo")] == 1
    assert found["buurtdraad_mail_waiting",] == 1
    assert found["buurtdraad_mail_waiting_seconds",] >= 7200
    assert found["buurtdraad_mail_undelivered",] == 1
    assert found["buurtdraad_events_unsealed",] == 0
    assert found["buurtdraad_database_up",] == 1
    assert found["buurtdraad_database_bytes",] > 1_000_000
    assert found["buurtdraad_process_memory_bytes", ("number", "1"), ("process", "web")] > 1_000_000


def test_no_figure_holds_a_person_or_an_address(client, db, token):
    Mail.objects.create(to="kees@example.nl", kind=Kind.WISH, subject="Lombok", stage=Stage.WAITING, made_at=timezone.now())
    said = client.get("/metrics", headers=token).content.decode()
    assert not re.search(r"kees|Lombok|@|/buurten|BU0344", said)


def test_without_a_database_the_rest_is_still_told(client, db, token, monkeypatch):
    class Gone:
        def cursor(self):
            raise facts.Error("gone")

    monkeypatch.setattr(facts, "connection", Gone())
    found = figures(client, token)
    assert found["buurtdraad_database_up",] == 0
    assert not any("mail" in name for name, *_ in found)


def test_who_asks_for_no_figures_pays_nothing_for_them():
    ask = "import django, sys; django.setup(); import buurtdraad.urls, buurtdraad.wsgi; print('prometheus_client' in sys.modules)"
    known = {name: value for name, value in os.environ.items() if name != "METRICS_TOKEN"} | {"SECRET_KEY": "k" * 50}
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, env=known)
    assert said.stdout.split() == ["False"], said.stderr[-500:]


def test_processes_count_together_in_one_folder(tmp_path):
    known = os.environ | {"SECRET_KEY": "k" * 50, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "METRICS_TOKEN": TOKEN}
    count = (
        "import django; django.setup();"
        "from buurtdraad.lib.watching.seen import Seen; from buurtdraad.running import metrics, facts;"
        "metrics.observe(Seen('n', 'GET', 0, view='pages:area', status=200), 0.02);"
        "facts.Facts.collect = lambda self: []; print(metrics.exposition().decode())"
    )
    for expected in (1, 2):
        said = subprocess.run([sys.executable, "-c", count], capture_output=True, text=True, env=known)
        assert f'buurtdraad_request_seconds_count{{method="GET",status="2xx",view="pages:area"}} {expected}.0' in said.stdout, said.stderr


# --- readiness -----------------------------------------------------------------------------------


def test_not_ready_while_a_migration_is_lacking(client, db):
    assert client.get("/readyz").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'works' AND name = '0001_initial'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"1 migrations lacking\n")


def test_not_ready_while_the_server_was_asked_to_stop(client, db, settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    (tmp_path / STOPPING).touch()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"stopping\n")
    assert client.get("/healthz").status_code == 200


# --- the number of a request ---------------------------------------------------------------------


def test_the_page_of_an_error_names_the_number_of_the_request(db, settings, rf):
    from buurtdraad.ui.views import server_error

    token = current.set(Seen("abc123def456", "GET", 0))
    try:
        page = server_error(rf.get("/")).content.decode()
    finally:
        current.reset(token)
    assert "abc123def456" in page
    assert "abc123" not in server_error(rf.get("/")).content.decode()


def test_the_view_is_seen_and_the_page_cache_says_what_it_did(db, settings):
    from django.core.wsgi import get_wsgi_application

    told = []

    class Hears:
        def __init__(self, shelf):
            shelf.hears()

    app = Watched(around(get_wsgi_application(), watch=Hears), slow_ms=0, observe=lambda seen, _: told.append((seen.view, seen.cache)))
    settings.ALLOWED_HOSTS = ["testserver"]
    environ = Client()._base_environ(PATH_INFO="/en/toegankelijkheid/")
    for path in ("/healthz", "/en/nothing/"):
        list(app(dict(environ, PATH_INFO=path), lambda *_: None))
    assert told == [("buurtdraad.running.views.healthz", "pass"), ("none", "pass")]
