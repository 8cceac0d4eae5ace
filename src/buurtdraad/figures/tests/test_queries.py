import pytest
from django.utils import translation

from buurtdraad.figures.models import Break, Indicator
from buurtdraad.figures.queries import as_rows, indicator_page, profile, standouts
from buurtdraad.places.models import Area, AreaChange, Kind, Membership

from .conftest import make_area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dutch")]
HERE = "BU03440201"


def figure(code, area=HERE, year=None):
    return next(found for found in profile(area, year) if found.indicator.code == code)


def test_a_figure_comes_with_sentence_trend_comparison_and_source(put):
    put(
        ("inwoners", HERE, 2020, 1_465),
        ("inwoners", HERE, 2025, 1_880),
        ("huurwoningen", HERE, 2025, 55),
        ("huurwoningen", "WK034402", 2025, 58),
        ("huurwoningen", "GM0344", 2025, 55),
        ("huurwoningen", "GM0344", 2020, 54),
    )
    people, rented = figure("inwoners"), figure("huurwoningen")
    assert people.sentence == "Ongeveer 1.880 mensen wonen hier."
    assert people.trend_sentence == "Meer dan in 2020 (toen 1.465 mensen)."
    assert people.series == [(2020, 1_465), (2025, 1_880)]
    assert people.comparisons == []
    assert rented.sentence == "55 van de 100 woningen zijn huurwoningen."
    assert [one.sentence for one in rented.comparisons] == ["Lager dan in Noordwest (58%).", "Ongeveer gelijk aan Utrecht (55%)."]
    assert (rented.parent_value, rented.municipality_series) == (58, [(2020, 54), (2025, 55)])
    assert rented.source_line == "Bron: CBS 84799NED, 2025 (CC BY 4.0)"
    assert rented.trend is None


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("secret", "Geen cijfer: hier wonen te weinig mensen, of het is niet bekend."),
        ("not_applicable", "Dit cijfer past niet bij dit gebied."),
        ("not_yet", "Dit cijfer volgt later."),
    ],
)
def test_each_reason_for_a_missing_figure_has_its_own_words(put, reason, sentence):
    put(("woz", HERE, 2025, reason))
    assert (figure("woz").sentence, figure("woz").value) == (sentence, None)


def test_a_figure_that_is_not_published_yet_leaves_the_last_one_standing(put):
    put(("woz", HERE, 2024, 450_000), ("woz", HERE, 2025, "not_yet"))
    assert (figure("woz").year, figure("woz").text) == (2024, "450.000 euro")


def test_a_page_of_an_earlier_year_knows_nothing_of_later(put):
    put(("inwoners", HERE, 2020, 100), ("inwoners", HERE, 2025, 200))
    assert (figure("inwoners", year=2023).value, figure("inwoners", year=2023).series) == (100, [(2020, 100)])
    assert profile(HERE, 2019) == []


def test_an_empty_neighbourhood_is_not_told_as_a_number(put):
    put(("inwoners", HERE, 2025, 0))
    assert figure("inwoners").sentence == "Hier woont niemand, of bijna niemand."


def test_the_number_of_a_city_is_exact(put):
    put(("inwoners", "GM0344", 2025, 376_757))
    assert figure("inwoners", "GM0344").sentence == "376.757 mensen wonen hier."


def test_a_share_of_too_few_homes_is_not_shown(put):
    put(("woningen", HERE, 2025, 14), ("huurwoningen", HERE, 2025, 80))
    assert (figure("huurwoningen").value, figure("huurwoningen").missing) == (None, "secret")


def test_origin_and_benefits_are_hidden(put):
    put(("bijstand", HERE, 2025, 20), ("herkomst-nederland", HERE, 2025, 800))
    assert profile(HERE) == []
    assert list(as_rows([HERE])) == []
    assert indicator_page("bijstand", "GM0344") is None


def test_a_break_and_a_border_that_moved_stop_the_trend(put):
    put(("huurwoningen", HERE, 2020, 40), ("huurwoningen", HERE, 2025, 55), ("inwoners", HERE, 2020, 100), ("inwoners", HERE, 2025, 900))
    Break.objects.create(indicator=Indicator.objects.get(code="huurwoningen"), year=2023, why="Andere bron")
    assert figure("huurwoningen").trend is None
    assert figure("inwoners").trend
    AreaChange.objects.create(
        from_area=Area.objects.get(code="BU03440202"), to_area=Area.objects.get(code=HERE), year=2024, kind="border_moved", share=1
    )
    assert figure("inwoners").trend is None


def test_a_working_area_adds_counts_as_about_and_leaves_shares_out(put):
    both = ["BU03440201", "BU03440202"]
    put(
        *[("inwoners", code, 2025, 1_005) for code in both],
        *[("huurwoningen", code, 2025, 50) for code in both],
        ("inwoners", "BU03440201", 2020, 900),
    )
    zuilen = make_area("zuilen-oost", Kind.WORKING_AREA, "Zuilen-Oost", municipality=Area.objects.get(code="GM0344"))
    Membership.objects.bulk_create(Membership(working_area=zuilen, neighbourhood=Area.objects.get(code=code)) for code in both)
    found = profile("zuilen-oost")
    assert [(one.indicator.code, one.sentence) for one in found] == [("inwoners", "Ongeveer 2.010 mensen wonen hier.")]
    assert found[0].series == [(2025, 2_010)]


@pytest.mark.parametrize("years", [[2025], [2023, 2024, 2025]])
def test_a_profile_takes_four_queries_however_much_there_is(put, django_assert_num_queries, years):
    put(*[(code, area, year, 50) for code in ("inwoners", "werk", "woz") for area in (HERE, "GM0344") for year in years])
    with django_assert_num_queries(4):
        assert len(profile(HERE)) == 3


def crowd(put, *, here):
    places = [f"BU034402{number:02}" for number in range(1, 11)]
    shares = [here, 40, 42, 44, 45, 46, 47, 48, 50, 52]
    put(
        *[("inwoners", place, 2025, 1_000) for place in places],
        *[("huurwoningen", place, 2025, share) for place, share in zip(places, shares, strict=True)],
    )


def test_what_stands_out_is_told_beside_what_is_usual(put, django_assert_num_queries):
    crowd(put, here=90)
    with django_assert_num_queries(4):
        found = standouts(HERE)
    assert [one.sentence for one in found] == ["Huurwoningen: 90%. In Utrecht is dit meestal ongeveer 47%."]
    assert standouts("BU03440205") == []
    assert standouts("GM0344") == standouts("niets") == []


def test_a_neighbourhood_where_few_people_live_does_not_stand_out(put):
    crowd(put, here=90)
    put(("inwoners", HERE, 2025, 140))
    assert standouts(HERE) == []


def test_an_indicator_lists_areas_by_name_and_shades_them(put, django_assert_num_queries):
    crowd(put, here=90)
    put(("huurwoningen", "BU03440202", 2024, 39), ("huurwoningen", "BU03440203", 2025, "secret"))
    with django_assert_num_queries(4):
        page = indicator_page("huurwoningen", "GM0344")
    assert (page.year, page.years) == (2025, [2025, 2024])
    assert [area.name for area in page.areas][:3] == ["Buurt 1", "Buurt 10", "Buurt 2"]
    assert {area.code: area.shade for area in page.areas}[HERE] == 3
    secret = next(area for area in page.areas if area.code == "BU03440203")
    assert (secret.shade, secret.text) == (None, "Geen cijfer: hier wonen te weinig mensen, of het is niet bekend.")
    assert len(page.legend) == 4
    assert indicator_page("huurwoningen", "GM0344", 2019) is None
    assert indicator_page("niets", "GM0344") is None


def test_open_data_says_area_indicator_year_value_reason_source_and_licence(put):
    put(("huurwoningen", HERE, 2025, "secret"), ("inwoners", HERE, 2025, 0))
    rows = list(as_rows([HERE]))
    assert [(row["indicator"], row["value"], row["missing"], row["unit"]) for row in rows] == [
        ("inwoners", 0, "", "mensen"),
        ("huurwoningen", None, "secret", "%"),
    ]
    assert {(row["area"], row["year"], row["source"], row["licence"]) for row in rows} == {(HERE, 2025, "CBS 84799NED", "CC BY 4.0")}


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("nl", "Ongeveer 1.880 mensen wonen hier.", "Inwoners"),
        ("nl-x-simpel", "Hier wonen ongeveer 1.880 mensen.", "Mensen die hier wonen"),
        ("en", "About 1,880 people live here.", "Inhabitants"),
    ],
)
def test_figures_speak_three_languages(put, language, sentence, name):
    put(("inwoners", HERE, 2025, 1_880))
    with translation.override(language):
        found = figure("inwoners")
        assert (found.sentence, found.name) == (sentence, name)
