import pytest
from django.db import IntegrityError, connection, transaction

from buurtdraad.audit.models import Event
from buurtdraad.figures.actions import NoSuchIndicator, NothingKnown, show
from buurtdraad.figures.models import Import, Indicator, Measurement, Missing
from buurtdraad.figures.sources.rows import Origin
from buurtdraad.lib.bad_source import BadSource
from buurtdraad.places.models import Area
from buurtdraad.running.cluster import APP

pytestmark = pytest.mark.django_db
ONDIEP = ("inwoners", "BU03440201", 2025, 5220)


def kept():
    return list(Measurement.objects.order_by("pk").values_list("area_id", "indicator_id", "year", "value", "missing", "origin_id"))


def test_two_loads_of_one_source_give_the_same_rows_and_one_event(put):
    first = put(ONDIEP, ("huurwoningen", "BU03440201", 2025, "secret"))
    before = kept()
    second = put(ONDIEP, ("huurwoningen", "BU03440201", 2025, "secret"))
    assert (first.new, second.new, second.changed, second.same) == (2, 0, 0, 2)
    assert kept() == before
    assert Import.objects.count() == Event.objects.count() == 1


def test_a_changed_value_replaces_the_old_one_and_says_where_it_came_from(put):
    put(ONDIEP, ("inwoners", "BU03440202", 2025, 100))
    report = put(("inwoners", "BU03440201", 2025, 5230), origin=Origin(source="CBS", table="86165NED"))
    assert (report.new, report.changed) == (0, 1)
    assert Measurement.objects.get(area__code="BU03440201").origin.table == "86165NED"
    assert Measurement.objects.get(area__code="BU03440202").origin.table == "84799NED"
    assert Event.objects.last().touches == ["*"]


def test_zero_is_a_value_and_three_reasons_stay_apart(put):
    put(
        ("inwoners", "BU03440201", 2025, 0),
        ("huurwoningen", "BU03440201", 2025, "secret"),
        ("leegstand", "BU03440201", 2025, "not_yet"),
        ("woz", "BU03440201", 2025, "not_applicable"),
    )
    stored = dict(Measurement.objects.values_list("indicator__code", "missing"))
    assert stored == {"inwoners": "", "huurwoningen": "secret", "leegstand": "not_yet", "woz": "not_applicable"}
    assert Measurement.objects.get(indicator__code="inwoners").value == 0


def test_areas_that_are_not_known_are_counted_and_left_out(put):
    report = put(ONDIEP, ("inwoners", "BU99990001", 2025, 5), ("inwoners", "BU99990001", 2024, 5))
    assert report.unknown == {"BU99990001": 2}
    assert report.new == 1
    assert "BU99990001" in str(report)


def test_a_source_without_one_known_area_is_refused(put):
    with pytest.raises(NothingKnown, match="84799NED"):
        put(("inwoners", "BU99990001", 2025, 5))


def test_areas_can_be_made_from_codes_of_the_form_of_cbs(put):
    report = put(("inwoners", "NL00", 2025, 18), ("inwoners", "BU0363AD07", 2025, 5), ("inwoners", "elders", 2025, 5), make_areas=True)
    assert (report.made_areas, report.new, dict(report.unknown)) == (2, 2, {"elders": 1})
    assert Area.objects.get(code="BU0363AD07").kind == "neighbourhood"


@pytest.mark.parametrize(
    ("fact", "cause"),
    [
        (("onbekend", "BU03440201", 2025, 1), "nobody knows the indicator 'onbekend'"),
        (("inwoners", "BU03440201\t1", 2025, 1), "no code of an area"),
        (("inwoners", "BU03440201", 2025, float("nan")), "value_is_a_number"),
        (("inwoners", "BU03440201", 1, 1), "measured_in_a_year"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_kept(put, fact, cause):
    with pytest.raises(BadSource, match=cause):
        put(("inwoners", "BU03440202", 2025, 7), fact)
    assert not Measurement.objects.exists()
    assert not Import.objects.exists()


def test_a_value_that_stands_in_the_source_twice_is_refused(put):
    with pytest.raises(BadSource, match="row BU03440201: 'inwoners' of 2025 stands there twice"):
        put(ONDIEP, ONDIEP)


def test_the_web_role_can_load(put):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        assert put(ONDIEP).new == 1


def test_a_measurement_has_a_value_or_a_reason_never_both_or_none(put):
    put(ONDIEP)
    for wrong in ({"missing": Missing.SECRET}, {"value": None}, {"value": None, "missing": "?"}):
        with pytest.raises(IntegrityError, match="value_or_why_missing"), transaction.atomic():
            Measurement.objects.update(**wrong)


def test_what_the_city_shows_or_hides_survives_a_load(put, loader):
    put(ONDIEP)
    at = Import.objects.get().loaded_at
    assert show("bijstand", shown=True, by=loader, at=at)
    assert not show("bijstand", shown=True, by=loader, at=at)
    assert show("woz", shown=False, by=loader, at=at)
    put(ONDIEP)
    assert dict(Indicator.objects.filter(code__in=["bijstand", "woz"]).values_list("code", "shown")) == {"bijstand": True, "woz": False}
    with pytest.raises(NoSuchIndicator):
        show("niets", shown=True, by=loader, at=at)
