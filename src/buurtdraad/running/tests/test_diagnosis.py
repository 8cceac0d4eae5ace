"""What `doctor` says about settings, files, and what the database tells."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.messages.models import Mail
from buurtdraad.messages.states import Kind, Stage
from buurtdraad.running import diagnosis
from buurtdraad.running.diagnosis import FINE, NOTE, WRONG, post

pytestmark = pytest.mark.django_db


def found(examination):
    """Verdict by subject."""
    return {finding.subject: finding.verdict for finding in examination()}


@pytest.mark.parametrize(
    ("set_to", "subject"),
    [
        ({"HTTPS": True, "TRUSTED_PROXIES": []}, "HTTPS"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "short", "EMBEDDED_DATABASE": False}, "SECRET_KEY"),
    ],
)
def test_settings_that_do_not_agree_are_said(settings, set_to, subject):
    settings.SECRET_KEY, settings.SECURITY_CONTACT = "k" * 50, "mailto:linda@example.nl"
    settings.ALLOWED_HOSTS = ["buurt.example.nl"]
    assert found(diagnosis.agreeing) == {}
    for name, value in set_to.items():
        setattr(settings, name, value)
    assert found(diagnosis.agreeing) == {subject: WRONG}


def test_styles_that_are_not_built_are_said(monkeypatch, tmp_path):
    assert found(diagnosis.static_files) == {"static files": FINE}
    diagnosis.built.manifest.cache_clear()
    monkeypatch.setattr(diagnosis.built, "FOLDER", tmp_path)
    assert found(diagnosis.static_files) == {"static files": WRONG}
    monkeypatch.undo()
    diagnosis.built.manifest.cache_clear()


def test_a_full_disk_and_a_logo_that_is_not_there_are_said(settings, monkeypatch, tmp_path):
    settings.BUURTDRAAD_HOME, settings.CITY_LOGO = tmp_path, tmp_path / "logo.svg"
    assert found(diagnosis.disk) == {"disk": FINE}
    monkeypatch.setattr(diagnosis, "LEAST_DISK", 10**18)
    assert found(diagnosis.disk) == {"disk": WRONG}
    assert found(diagnosis.files) == {"CITY_LOGO": WRONG}


def test_a_migration_that_is_lacking_is_named():
    assert found(diagnosis.migrations) == {"migrations": FINE}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'works'")
    (finding,) = diagnosis.migrations()
    assert (finding.verdict, finding.said) == (WRONG, "1 not applied, the first works.0001_initial")


def test_what_is_not_well_says_what_to_do(settings):
    settings.SECURITY_CONTACT = ""
    lazy = [finding for finding in diagnosis.examine() if finding.verdict != FINE and not finding.do]
    assert not lazy


def mail(stage, hours):
    at = timezone.now() - datetime.timedelta(hours=hours)
    Mail.objects.create(to="kees@example.nl", kind=Kind.WISH, subject="x", stage=stage, made_at=at, ended_at=at)


def verdicts():
    return [finding.verdict for finding in post()]


def test_mail_that_leaves_soon_is_fine():
    assert verdicts() == [FINE]
    mail(Stage.WAITING, 0.5)
    mail(Stage.SENT, 9)
    assert verdicts() == [FINE]


@pytest.mark.parametrize(("embedded", "verdict"), [(True, NOTE), (False, WRONG)])
def test_mail_that_waits_for_hours_is_said(settings, embedded, verdict):
    settings.EMBEDDED_DATABASE = embedded
    mail(Stage.WAITING, 2)
    assert verdicts() == [verdict]


def test_mail_that_did_not_arrive_is_said_with_where_to_see_it():
    mail(Stage.FAILED, 2)
    assert verdicts() == [FINE, NOTE]
    assert "/werk/post/" in list(post())[1].do


@pytest.mark.parametrize("name", ["METRICS_TOKEN", "ZGW_SECRET", "MAIL_URL", "SECRET_KEY", "OIDC_PROVIDERS"])
def test_of_a_secret_only_is_said_that_it_is_set(monkeypatch, name):
    monkeypatch.setenv(name, "x" * 50)
    monkeypatch.setattr(diagnosis.ours.env, "dump", lambda: {name: "secret-word"})
    assert [finding.said for finding in diagnosis.what_is_set() if finding.subject == name] == ["set"]
