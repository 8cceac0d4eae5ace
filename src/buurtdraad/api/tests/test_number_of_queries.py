"""A page costs the same queries, whatever its length."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from buurtdraad.api.resources import RESOURCES
from buurtdraad.api.tests.city import make_city
from buurtdraad.api.tests.city_money import make_the_rest
from buurtdraad.messages.models import Contact


def test_three_rows_cost_the_queries_of_thirty(db, ask):
    counted = []
    for number in (3, 30):
        with transaction.atomic():
            make_city(number)
            make_the_rest(number, Contact.objects.get())
            counted.append({resource.name: queries_of(ask, resource) for resource in RESOURCES})
            transaction.set_rollback(True)
    assert counted[0] == counted[1]
    # A program asks often: what belongs together is read together.
    assert counted[0]["rondes"] <= 11
    assert counted[0]["voortgangsrapporten"] <= 3


def queries_of(ask, resource):
    with CaptureQueriesContext(connection) as asked:
        response = ask(f"/{resource.name}", aantal=30)
    assert response.json()["results"]
    return len(asked)
