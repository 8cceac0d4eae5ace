import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from buurtdraad.running.cluster import APP, OWNER, Cluster
from buurtdraad.running.demo.actions import load_demo
from buurtdraad.running.tests.serving import Folder


def pytest_collection_modifyitems(items):
    """Loading the whole demo takes ten seconds: tests that begin with it are slow ones."""
    for item in items:
        if "first_day" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def place_for_uploads(request, tmp_path):
    """The demo city keeps a list with what neighbours think."""
    if "settings" in request.fixturenames:
        request.getfixturevalue("settings").BUURTDRAAD_HOME = tmp_path


@pytest.fixture(scope="module")
def whole_demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole demo, loaded once for a file of tests: what a test changes in it is undone behind that test. Where its files are."""
    home = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True, BUURTDRAAD_HOME=home):
            load_demo()
        yield home
        transaction.set_rollback(True)


@pytest.fixture
def first_day(whole_demo, settings, client, tmp_path):
    """A visitor of the whole demo, as it is on the first day. In a file of such tests alone: others would find the demo there too."""
    shutil.copytree(whole_demo, tmp_path, dirs_exist_ok=True)
    settings.DEMO, settings.BUURTDRAAD_HOME = True, tmp_path
    return client


@pytest.fixture
def folder():
    """A data folder whose database has its tables, gone after the test with everything that ran for it."""
    made = Folder()
    yield made
    made.remove()


@pytest.fixture
def empty_folder():
    """The same as a person begins: with nothing in it. Making the database and its tables takes half a minute."""
    made = Folder(empty=True)
    yield made
    made.remove()


@pytest.fixture
def spare_cluster():
    """A cluster beside that of the tests, to be stopped, killed and altered."""
    place = Path(tempfile.mkdtemp(prefix="bd-spare-", dir="/tmp"))
    if os.geteuid() == 0:
        place.chmod(0o711)
    cluster = Cluster(place, options=("-c", "fsync=off"))  # safe against a kill, not against a power cut
    yield cluster
    cluster.stop()
    shutil.rmtree(place)


@pytest.fixture
def cluster_of_a_city(spare_cluster):
    """Addresses of a server that is not ours to start or stop."""
    spare_cluster.start()
    return {"app": spare_cluster.url(APP), "owner": spare_cluster.url(OWNER)}
