import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from buurtdraad.audit.actions import record, seal
from buurtdraad.audit.models import Event, Revision, Seal
from buurtdraad.running.cluster import APP

pytestmark = pytest.mark.django_db


def tell(verb="area.loaded", touches=("BU03440241",)):
    return record(verb, room="places", thing="area:1", by=None, at=timezone.now(), touches=touches)


def test_a_deed_bumps_the_revision_of_each_place_it_touches():
    tell(touches=["GM0344", "BU03440241"])
    tell(touches=["GM0344"])
    assert dict(Revision.objects.values_list("code", "number")) == {"GM0344": 2, "BU03440241": 1}


def test_a_deed_that_touches_nothing_bumps_nothing():
    tell(touches=())
    assert not Revision.objects.exists()


@pytest.mark.parametrize("deed", [lambda: Event.objects.update(verb="forged"), lambda: Event.objects.all().delete()])
def test_an_event_can_be_neither_altered_nor_removed(deed):
    tell()
    with pytest.raises(ProgrammingError, match="audit only grows"), transaction.atomic():
        deed()


@pytest.mark.parametrize(
    "deed", ["UPDATE audit_event SET verb = 'forged'", "DELETE FROM audit_event", "TRUNCATE audit_event", "UPDATE audit_seal SET hash = ''"]
)
def test_the_web_role_has_no_right_to_alter_events(deed):
    tell()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        cursor.execute(deed)


def test_the_web_role_can_record_and_seal():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        tell()
        seal(at=timezone.now())
        cursor.execute("RESET ROLE")
    assert Seal.objects.get().events == 1
