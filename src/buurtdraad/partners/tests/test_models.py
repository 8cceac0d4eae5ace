import datetime

import pytest
from django.db import IntegrityError, transaction

from buurtdraad.accounts.tests.city import someone
from buurtdraad.partners.models import Organisation, Representative, WorksIn

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 1, 1)
BEFORE = DAY - datetime.timedelta(days=1)


def organisation(**facts):
    return Organisation.objects.create(**({"name": "Portaal", "kind": "housing", "from_on": DAY} | facts))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"name": "PORTAAL"},
        {"name": ""},
        {"name": "Ander", "until_on": BEFORE},
        {"name": "Ander", "website": "javascript:alert(1)"},
        {"name": "Ander", "website": "//example.org"},
    ],
)
def test_an_organisation_has_a_name_once_a_website_that_is_one_and_ends_after_it_begins(wrong):
    organisation()
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation(**wrong)


def test_it_works_once_in_an_area(areas):
    one = organisation()
    WorksIn.objects.create(organisation=one, area=areas["WK034401"])
    with pytest.raises(IntegrityError), transaction.atomic():
        WorksIn.objects.create(organisation=one, area=areas["WK034401"])


@pytest.mark.parametrize("wrong", [{"until_on": BEFORE}, {"name": "", "email": "kees@example.org"}, {"name": "", "phone": "+31612345678"}])
def test_who_speaks_ends_after_they_begin_and_without_a_name_there_is_nothing_to_reach_them(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.create(**({"organisation": organisation(), "name": "Kees", "from_on": DAY} | wrong))


def test_without_a_name_there_is_no_account():
    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.create(organisation=organisation(), name="", person=someone(), from_on=DAY)


def test_an_account_that_goes_leaves_who_spoke():
    person = someone("Kees")
    spoken = Representative.objects.create(organisation=organisation(), name="Kees", person=person, from_on=DAY)
    person.delete()
    spoken.refresh_from_db()
    assert (spoken.person, spoken.name) == (None, "Kees")
