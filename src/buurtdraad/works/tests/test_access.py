"""Who reads a sheet, and who changes it."""

import pytest

from buurtdraad.accounts.duties import Duty
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.works.tests.story import path_of

pytestmark = pytest.mark.django_db
LIST = "/werk/projecten/"


# --- who may ----------------------------------------------------------------------------------------

DEEDS = ("invullen/waarom/", "stap/", "geld/", "antwoord-op/", "regel/partner/", "weg/")


@pytest.fixture
def ria(areas):
    """Works for the municipality, elsewhere."""
    return member_of_staff("Ria", "ria@utrecht.example", None, Duty.EMPLOYEE)


@pytest.mark.parametrize(
    ("who", "may"), [("tom", True), ("joris", True), ("noor", True), ("samira", False), ("ria", False), ("maker", True)]
)
def test_its_owner_its_maker_and_who_keeps_its_area_change_a_sheet_and_all_colleagues_read_it(request, make_work, ria, who, may):
    person = ria if who == "maker" else request.getfixturevalue(who)
    work = make_work(made_by=person.uuid if who == "maker" else None)
    client = request.getfixturevalue("signed_in")(person)
    text = client.get(path_of(work)).text
    assert "tom@utrecht.example" in text
    assert ("stap/" in text) == may
    for deed in DEEDS:
        assert client.get(path_of(work, deed)).status_code == (200 if may else 403)
    assert client.post(path_of(work, "klopt/")).status_code == (302 if may else 403)
    # Who made it keeps it until somebody confirmed it.
    assert client.get(path_of(work, "stap/")).status_code == (200 if may and who != "maker" else 403)


def test_residents_and_visitors_do_not_come_here(client, signed_in, kees, make_work):
    work = make_work()
    for path in (LIST, LIST + "nieuw/", path_of(work), path_of(work, "geld/")):
        assert client.get(path).status_code == 302
    signed_in(kees.person if hasattr(kees, "person") else kees)
    for path in (LIST, LIST + "nieuw/", path_of(work), path_of(work, "geld/")):
        assert client.get(path).status_code == 403
