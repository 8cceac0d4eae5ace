"""Two organisations that turn out to be one: joined, found as one, spoken for as one, and parted again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.audit.models import Event
from buurtdraad.partners import actions
from buurtdraad.partners.access import may_join
from buurtdraad.partners.models import Confirmation, Organisation
from buurtdraad.partners.queries.joining import all_of, now, spoken_for
from buurtdraad.partners.queries.organisations import found, rows_of_all
from buurtdraad.partners.states import Says

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def join(manager):
    def joined(double, into):
        actions.join(double, into=into, by=manager, at=timezone.now())
        return double

    return joined


def names(**asked):
    return [one.name for one in found(on=TODAY, **asked)]


def test_of_doubles_the_lists_show_the_whole_which_is_found_by_the_name_and_areas_of_either(add, join):
    whole, double = add("Portaal", "WK034401"), add("St. Portaal Utrecht", "BU03440201", kind="other")
    join(double, whole)
    assert names() == ["Portaal"]
    assert names(text="st. port") == ["Portaal"]
    assert names(code="BU03440201") == ["Portaal"]
    assert names(text="bo-ex") == []
    assert [row[0] for row in rows_of_all()] == ["Portaal"]


def test_the_page_of_a_double_leads_on_and_shows_who_speaks_for_either(office, add, join, speaks):
    whole, double = add("Portaal", "WK034401"), add("St. Portaal", "WK034401")
    speaks(double, "Kees Vermeer")
    speaks(whole, "Linda Mulder", email="linda@example.org")
    join(double, whole)
    assert office.get(f"/werk/partners/{double.uuid}/").headers["Location"] == f"/werk/partners/{whole.uuid}/"
    page = office.get(f"/werk/partners/{whole.uuid}/").text
    assert "Kees Vermeer" in page
    assert "Linda Mulder" in page
    assert "Dezelfde als" in page
    for deed in ("wijzigen", "stoppen", "contactpersoon", "aanbod", "samenvoegen"):
        assert office.get(f"/werk/partners/{double.uuid}/{deed}/").status_code == 404


def test_a_voice_of_a_double_is_changed_at_the_whole(office, add, join, speaks):
    whole, double = add("Portaal", "WK034401"), add("St. Portaal", "WK034401")
    one = speaks(double)
    join(double, whole)
    sent = {"name": "Kees de Boer", "from_on": "2024-01-01"}
    answer = office.post(f"/werk/partners/contactpersoon/{one.uuid}/wijzigen/", sent)
    assert answer.headers["Location"] == f"/werk/partners/{whole.uuid}/"
    one.refresh_from_db()
    assert (one.name, one.organisation) == ("Kees de Boer", double)


def test_who_speaks_for_a_double_speaks_for_the_whole_and_the_other_way_round(add, join, speaks):
    linda = someone("Linda Mulder", email="linda@example.org", confirmed_at=timezone.now())
    whole, double, other = add("Portaal"), add("St. Portaal"), add("Bo-Ex")
    speaks(double, "Linda Mulder", email=linda.email)
    assert set(spoken_for(linda, on=TODAY)) == {double.pk}
    join(double, whole)
    assert set(spoken_for(linda, on=TODAY)) == {whole.pk}
    assert all_of(whole) == all_of(double) == {whole.pk, double.pk}
    assert now(double) == whole
    assert now(other) == other


def test_an_organisation_joined_while_it_confirms_loses_nothing(add, join):
    whole, double = add("Portaal"), add("St. Portaal")
    facts = {"organisation": double, "title": "Twee banken", "says": Says.RIGHT, "at": timezone.now()}
    before = Confirmation.objects.create(thing="agreement:1", **facts)
    join(double, whole)
    after = Confirmation.objects.create(thing="agreement:2", **facts)
    assert set(Confirmation.objects.filter(organisation__in=all_of(whole))) == {before, after}


def test_ending_the_whole_ends_who_speaks_for_a_double(add, join, speaks, manager):
    whole, double = add("Portaal"), add("St. Portaal")
    one = speaks(double)
    join(double, whole)
    actions.end_organisation(whole, last_day=TODAY, by=manager, at=timezone.now())
    one.refresh_from_db()
    assert one.until_on == TODAY


def test_the_whole_has_the_areas_and_challenges_of_its_doubles_until_they_are_parted(office, add, join, manager, challenge):
    whole, double = add("Portaal", "WK034401"), add("St. Portaal", "BU03440201", challenges=[challenge])
    page = f"/werk/partners/{whole.uuid}/"
    assert "Naam BU03440201" not in office.get(page).text
    join(double, whole)
    assert office.get("/werk/partners/").context["rows"][0].place_names == ["Naam BU03440201", "Naam WK034401"]
    for words in ("Naam BU03440201", challenge.name):
        assert words in office.get(page).text
    # What is the double's own is not written over to the whole: neither by its form, nor by its file.
    assert office.get(f"{page}wijzigen/").context["form"].had == {"WK034401"}
    assert [row[3:5] for row in rows_of_all()] == [("WK034401", "")]
    actions.part(double, by=manager, at=timezone.now())
    assert "Naam BU03440201" not in office.get(page).text


def test_who_works_where_a_double_works_changes_the_whole(client, areas, add, join):
    emine = someone("Emine Yilmaz")
    holds(emine, Duty.AREA_ADVISER, areas["WK034402"])
    sign_in(client, emine)
    whole, double = add("Portaal", "WK034401"), add("St. Portaal", "BU03440201")
    form = f"/werk/partners/{whole.uuid}/wijzigen/"
    assert client.get(form).status_code == 403
    join(double, whole)
    assert client.get(form).status_code == 200
    assert client.get(f"/werk/partners/{whole.uuid}/stoppen/").status_code == 403, "it works elsewhere too"


def test_ending_the_whole_touches_the_areas_of_a_double(add, join, manager):
    whole, double = add("Portaal", "WK034401"), add("St. Portaal", "BU03440201")
    join(double, whole)
    actions.end_organisation(whole, last_day=TODAY, by=manager, at=timezone.now())
    assert {"WK034401", "BU03440201"} <= set(Event.objects.get(verb="organisation.ended").touches)


# --- what cannot be ----------------------------------------------------------------------------------


def test_not_to_itself_not_to_a_double_not_with_doubles_of_its_own_and_not_twice(add, join):
    one, two, three = add("Een"), add("Twee"), add("Drie")
    with pytest.raises(actions.NotJoined):
        join(one, one)
    join(two, one)
    for double, into in [(three, two), (one, three), (two, three)]:
        with pytest.raises(actions.NotJoined):
            join(double, into)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=three.pk).update(joined_to=three)


def test_parting_gives_two_again_and_is_written_down(add, join, manager):
    whole, double = add("Portaal", "WK034401"), add("St. Portaal", "WK034402")
    join(double, whole)
    actions.part(double, by=manager, at=timezone.now())
    assert names() == ["Portaal", "St. Portaal"]
    assert list(Event.objects.filter(verb__in=["organisation.joined", "organisation.parted"]).values_list("thing", "payload")) == [
        (f"organisation:{double.uuid}", {"into": str(whole.uuid)}),
        (f"organisation:{double.uuid}", {"whole": str(whole.uuid)}),
    ]
    with pytest.raises(actions.NotJoined):
        actions.part(double, by=manager, at=timezone.now())


def test_a_file_that_names_a_double_is_told_the_name_of_the_whole(add, join, manager):
    join(add("St. Portaal"), add("Portaal"))
    report = actions.load_partners(b"naam;soort\nSt. Portaal;welzijn\n", by=manager, at=timezone.now())
    assert not report.changes
    assert "Portaal" in report.rows[0].why


@pytest.mark.django_db(transaction=True)
def test_of_two_who_join_them_each_the_other_way_one_succeeds(add, manager):
    one, two = add("Een"), add("Twee")

    def joined(pair):
        try:
            actions.join(pair[0], into=pair[1], by=manager, at=timezone.now())
        except actions.NotJoined:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(joined, [(one, two), (two, one)])) == 1
    assert Organisation.objects.filter(joined_to__isnull=False).count() == 1


# --- pages ---------------------------------------------------------------------------------------------


def test_they_are_joined_and_parted_on_their_page(office, add):
    whole, double = add("Portaal", "WK034401"), add("<script>alert(1)</script>", "WK034401")
    page = office.get(f"/werk/partners/{double.uuid}/samenvoegen/")
    assert "<script>alert(1)" not in page.text
    assert str(double.uuid) not in {str(value) for value, _label in page.context["form"].fields["into"].choices}
    answer = office.post(f"/werk/partners/{double.uuid}/samenvoegen/", {"into": whole.uuid})
    assert answer.headers["Location"] == f"/werk/partners/{whole.uuid}/"
    shown = office.get(answer.headers["Location"]).text
    assert "&lt;script&gt;" in shown
    assert "<script>alert(1)" not in shown
    back = office.post(f"/werk/partners/{double.uuid}/uit-elkaar/")
    assert back.headers["Location"] == f"/werk/partners/{double.uuid}/"
    assert office.post(f"/werk/partners/{double.uuid}/uit-elkaar/").status_code == 404


def test_before_they_are_joined_a_page_shows_what_comes_along(office, add, speaks, challenge):
    whole, double = add("Portaal", "WK034401"), add("St. Portaal", "WK034401", "BU03440201", challenges=[challenge])
    speaks(double, "Kees Vermeer")
    form = f"/werk/partners/{double.uuid}/samenvoegen/"
    assert 'method="get"' in office.get(form).text
    answer = office.get(form, {"into": whole.uuid})
    for words in ("Naam BU03440201", challenge.name, "Kees Vermeer"):
        assert words in answer.text
    assert answer.context["along"].place_names == ["Naam BU03440201"], "the whole works in the other one already"
    assert "kees@portaal" not in answer.text
    double.refresh_from_db()
    assert double.joined_to is None
    assert office.get(form, {"into": double.uuid}).status_code == 422
    nothing = office.get(f"/werk/partners/{whole.uuid}/samenvoegen/", {"into": double.uuid})
    assert "Niets dat er niet al staat" in nothing.text


@pytest.mark.parametrize("sent", ["", "x", "itself", "joined"])
def test_a_choice_that_cannot_be_is_told_in_words(office, add, join, sent):
    double, other = add("Portaal"), add("Ander")
    join(other, add("Nog een"))
    into = {"itself": double.uuid, "joined": other.uuid}.get(sent, sent)
    answer = office.post(f"/werk/partners/{double.uuid}/samenvoegen/", {"into": into})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


HERE, THERE = ["BU03440101"], ["BU03440201"]


@pytest.mark.parametrize("duty", list(Duty))
def test_who_may_end_the_double_and_change_the_other_joins_them(areas, duty):
    person = someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034401"])
    everywhere = duty in (Duty.PROGRAMME_MANAGER, Duty.ADMINISTRATOR)
    here = everywhere or duty in (Duty.AREA_ADVISER, Duty.AREA_MANAGER)
    answers = [
        may_join(person, HERE, HERE),
        may_join(person, HERE, THERE),
        may_join(person, THERE, HERE),
        may_join(person, HERE + THERE, HERE),
    ]
    assert answers == [here, everywhere, everywhere, everywhere]
