"""Sheets with areas of another year: which area follows is said, and one button takes it over."""

from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.places.models import Area, AreaChange, AreaYear, Change
from buurtdraad.works.models import Work

pytestmark = pytest.mark.django_db
LIST = "/werk/projecten/"


@pytest.fixture
def old(areas):
    """Oud-Geuzen was there until 2023; its land went to Geuzenwijk and Schaakbuurt."""
    made = Area.objects.create(code="BU03440239", kind="neighbourhood")
    AreaYear.objects.create(area=made, year=2023, name="Oud-Geuzen", municipality=areas["GM0344"], loaded_at=timezone.now())
    for code in ("BU03440241", "BU03440242"):
        AreaChange.objects.create(from_area=made, to_area=areas[code], year=2024, kind=Change.SPLIT, share=Decimal("0.5"))
    return made


def codes(work):
    return {one.area.code for one in work.work_areas.all()}


def test_a_sheet_of_an_area_that_ended_says_what_follows_and_one_button_takes_it_over(by_tom, make_work, old):
    work = make_work(codes=("BU03440239", "BU03440321"))
    path = f"{LIST}{work.uuid}/"
    assert "Oud-Geuzen is er niet meer sinds 2024. Nu is het: Geuzenwijk, Schaakbuurt." in by_tom.get(path).text
    assert by_tom.post(path + "gebieden-van-nu/").status_code == 302
    assert codes(work) == {"BU03440241", "BU03440242", "BU03440321"}
    assert "er niet meer sinds" not in by_tom.get(path).text


def test_a_new_sheet_in_an_area_that_ended_is_asked_again(by_tom, old):
    sent = {"title": "Riool", "place": "oud-geuzen", "department": "Stadsbedrijven", "until_on": "2031"}
    answer = by_tom.post(LIST + "nieuw/", sent)
    assert answer.status_code == 422
    assert "Nu is het: Geuzenwijk, Schaakbuurt." in answer.text
    assert not Work.objects.exists()


def test_a_sheet_that_has_it_can_be_changed_and_keeps_it(by_tom, make_work, old):
    work = make_work(codes=("BU03440239",))
    path = f"{LIST}{work.uuid}/invullen/vier-vragen/"
    sent = {"title": "Anders", "place": "Oud-Geuzen, Wilgenhof", "department": "Stadsbedrijven", "until_on": "2031"}
    assert by_tom.post(path, sent).status_code == 302
    work.refresh_from_db()
    assert (work.title, work.where, codes(work)) == ("Anders", "Wilgenhof", {"BU03440239"})
