"""What the neighbours think: who counts, and what of it is shown to whom."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.audit.models import LOOKED, Event
from buurtdraad.initiatives.actions import support, zones
from buurtdraad.initiatives.models import Opinion, Zone
from buurtdraad.initiatives.queries.support import seen_of, support_of
from buurtdraad.initiatives.states import Says, Showing, Stage, Unit, ZoneRule
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SCRIPT = "<script>alert(1)</script>"
LINK = "/initiatieven/link/mening/"


@pytest.fixture
def plan(make_initiative):
    return make_initiative(slug="wilgentuin")


@pytest.fixture
def voices(plan):
    """Lets so many neighbours say something: `voices(Says.FOR, 3)`."""

    def say(says, number, *, zone=None, household="mark"):
        for _each in range(number):
            contact = Contact.objects.create(created_at=NOW)
            mark = f"{household} {contact.pk}" if zone and zone.unit == Unit.HOUSEHOLD else ""
            support.give_opinion(plan, says=says, contact=contact, zone=zone, household=mark, by=None, at=NOW)

    return say


@pytest.fixture
def street(plan, joris):
    """The part that closes (12 households) and the rest of the street (30)."""

    def zone(name, rule, units):
        return zones.add_zone(plan, name=name, rule=rule, unit=Unit.HOUSEHOLD, units=units, by=joris, at=NOW)

    return zone("Dicht", ZoneRule.EVERYBODY, 12), zone("Rest", ZoneRule.MAJORITY, 30)


def opened(client, path):
    return re.search(r'name="opened" value="([^"]+)"', client.get(path).text)[1]


def last_mail():
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'text' FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
        return cursor.fetchone()[0]


def token_in(mail):
    return mail.split(LINK)[1].split("/")[0]


# --- who counts ---------------------------------------------------------------------------------------------


def test_who_says_it_twice_counts_once_and_as_said_last(plan, kees):
    contact = contact_for(kees, at=NOW)
    for says in (Says.FOR, Says.AGAINST):
        support.give_opinion(plan, says=says, contact=contact, by=kees, at=NOW)
    found = support_of(plan)
    assert (found.says_for, found.against, found.total) == (0, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(initiative=plan, contact=contact, says=Says.FOR, given_at=NOW)


def test_who_is_signed_in_counts_at_once_changes_it_and_takes_it_back(client, plan, kees):
    client.force_login(kees)
    path = "/initiatieven/wilgentuin/wat-vindt-u/"
    assert 'name="email"' not in client.get(path).text
    assert client.post(path, {"says": "for", "opened": opened(client, path)}).status_code == 200
    assert support_of(plan).says_for == 1
    assert re.search(r'value="for"[^>]*checked', client.get(path).text)
    client.post(path, {"deed": "back"})
    assert support_of(plan).total == 0


def test_a_link_of_a_week_ago_does_not_count_any_more(client, rf, plan):
    support.mail_to_confirm(rf.get("/"), plan, "buur@example.nl", says=Says.FOR, at=NOW - datetime.timedelta(days=8))
    assert client.post(f"{LINK}{token_in(last_mail())}/").status_code == 404
    assert not Person.objects.filter(email="buur@example.nl").exists()


def test_a_visitor_counts_after_the_button_in_the_mail(client, plan):
    path = "/initiatieven/wilgentuin/wat-vindt-u/"
    said = {"says": "against", "email": "Buur@example.nl", "opened": opened(client, path)}
    assert client.post(path, said).status_code == 200
    assert support_of(plan).total == 0
    link = f"{LINK}{token_in(last_mail())}/"
    assert client.get(link).status_code == 200
    assert support_of(plan).total == 0
    assert client.post(link).status_code == 200
    assert support_of(plan).against == 1
    assert client.post(link).status_code == 404


def test_the_mail_does_not_tell_what_somebody_thinks(rf, plan):
    mails = []
    for says in (Says.FOR, Says.AGAINST):
        support.mail_to_confirm(rf.get("/"), plan, "buur@example.nl", says=says, at=NOW)
        mails.append(last_mail().replace(token_in(last_mail()), ""))
    assert "Wilgentuin" in mails[0]
    assert mails[0] == mails[1]


@pytest.mark.parametrize("sent", [{}, {"says": "maybe"}, {"says": "for", "email": "no address"}, {"says": SCRIPT, "email": SCRIPT}])
def test_what_is_missing_or_nonsense_is_said_on_the_form(client, plan, sent):
    path = "/initiatieven/wilgentuin/wat-vindt-u/"
    page = client.post(path, sent | {"opened": opened(client, path)})
    assert page.status_code == 422
    assert SCRIPT not in page.text
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(("stage", "showing"), [(Stage.DONE, Showing.SHOWN), (Stage.PLAN, Showing.PRIVATE), (Stage.PLAN, Showing.TO_READ)])
def test_nobody_is_asked_about_what_is_over_or_not_on_the_site(client, make_initiative, kees, stage, showing):
    done = {"done_on": timezone.localdate()} if stage == Stage.DONE else {}
    plan = make_initiative(slug="dicht", showing=showing)
    type(plan).objects.filter(pk=plan.pk).update(stage=stage, **done)
    assert client.get("/initiatieven/dicht/wat-vindt-u/").status_code == 404
    with pytest.raises(support.NotAskedNow):
        support.give_opinion(plan, says=Says.FOR, contact=contact_for(kees, at=NOW), by=kees, at=NOW)


def test_the_record_never_tells_which_opinion(plan, kees):
    support.give_opinion(plan, says=Says.AGAINST, contact=contact_for(kees, at=NOW), by=kees, at=NOW)
    [event] = Event.objects.filter(verb="opinion.given")
    assert "against" not in str(event.payload)


# --- zones and households -------------------------------------------------------------------------------------


def test_one_of_a_household_counts(plan, street, kees, joris):
    closed, _rest = street
    mark = support.household_mark(plan, "3562 kj", "12 a")
    assert mark == support.household_mark(plan, "3562KJ", "12A") != support.household_mark(plan, "3562KJ", "12")
    told = {"says": Says.FOR, "zone": closed, "household": mark, "at": NOW}
    support.give_opinion(plan, contact=contact_for(kees, at=NOW), by=kees, **told)
    with pytest.raises(support.HouseholdSpoke):
        support.give_opinion(plan, contact=contact_for(joris, at=NOW), by=joris, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(initiative=plan, household=mark, says=Says.FOR, given_at=NOW)


@pytest.mark.parametrize("address", [("", ""), ("3562 KJ", ""), ("0000 AA", "1"), ("3562", "1"), ("3562 KJ", SCRIPT)])
def test_what_is_no_address_has_no_mark(plan, address):
    assert support.household_mark(plan, *address) == ""


def test_the_mark_of_a_household_holds_no_address_and_is_another_one_for_another_plan(plan, make_initiative):
    other = make_initiative("Speeltuin")
    marks = {support.household_mark(each, "3562 KJ", "12") for each in (plan, other)}
    assert len(marks) == 2
    assert not any("3562" in mark[:4] for mark in marks)


def test_where_households_count_the_address_is_asked(client, plan, street, kees):
    client.force_login(kees)
    path, closed = "/initiatieven/wilgentuin/wat-vindt-u/", street[0]
    said = {"says": "for", "zone": closed.pk, "opened": opened(client, path)}
    page = client.post(path, said)
    assert page.status_code == 422
    assert 'name="number"' in page.text
    assert client.post(path, said | {"postcode": "3562 KJ", "number": "12"}).status_code == 200
    assert Opinion.objects.get().household


def test_a_zone_of_another_plan_is_refused(plan, make_initiative, joris, kees):
    other = zones.add_zone(make_initiative("Elders"), name="X", rule="heard", unit="person", by=joris, at=NOW)
    with pytest.raises(support.WhichPart):
        support.give_opinion(plan, says=Says.FOR, contact=contact_for(kees, at=NOW), zone=other, by=kees, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_ten_of_one_household_at_once_are_one(plan, street):
    contacts = [Contact.objects.create(created_at=NOW) for _each in range(10)]

    def say(contact):
        try:
            support.give_opinion(plan, says=Says.FOR, contact=contact, zone=street[0], household="mark", by=None, at=NOW)
        except support.HouseholdSpoke:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(say, contacts)) == 1
    assert support_of(plan).total == 1


def test_in_the_part_that_closes_one_against_is_not_enough(plan, street, voices):
    closed, rest = street
    voices(Says.FOR, 12, zone=closed)
    voices(Says.FOR, 19, zone=rest)
    assert [zone.enough for zone in support_of(plan).zones] == [True, False]
    voices(Says.FOR, 1, zone=rest)
    assert support_of(plan).enough is True
    voices(Says.AGAINST, 1, zone=closed)
    assert support_of(plan).enough is False


def test_without_a_number_of_households_nobody_knows_whether_it_is_enough(plan, joris, voices):
    zone = zones.add_zone(plan, name="Straat", rule=ZoneRule.MAJORITY, unit=Unit.PERSON, by=joris, at=NOW)
    voices(Says.FOR, 3, zone=zone)
    assert support_of(plan).enough is None
    zones.change_zone(zone, name="Straat", rule=ZoneRule.HEARD, unit=Unit.PERSON, units=3, by=joris, at=NOW)
    assert support_of(plan).enough is True


def test_a_part_in_which_somebody_spoke_stays_and_keeps_whom_a_voice_stands_for(plan, street, voices, joris):
    closed, rest = street
    voices(Says.FOR, 1, zone=closed)
    with pytest.raises(zones.ZoneInUse):
        zones.remove_zone(closed, by=joris, at=NOW)
    with pytest.raises(zones.ZoneInUse):
        zones.change_zone(closed, name="Dicht", rule="heard", unit=Unit.PERSON, by=joris, at=NOW)
    zones.remove_zone(rest, by=joris, at=NOW)
    assert [zone.name for zone in plan.zones.all()] == ["Dicht"]


def test_two_parts_have_no_one_name(plan, street, joris):
    with pytest.raises(zones.NameTaken):
        zones.add_zone(plan, name="Dicht", rule="heard", unit="person", by=joris, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Zone.objects.create(initiative=plan, name="Dicht", rule="heard")


# --- what is shown ----------------------------------------------------------------------------------------------


def test_below_five_only_how_many_is_shown(client, plan, voices):
    voices(Says.FOR, 3)
    voices(Says.AGAINST, 1)
    assert seen_of(support_of(plan)).voices is None
    page = client.get("/initiatieven/wilgentuin/").text
    assert "3 voor" not in page
    voices(Says.FOR, 1)
    assert seen_of(support_of(plan)).voices.against == 1


def test_a_part_is_not_shown_by_itself_while_few_are_against(plan, street, voices):
    closed, rest = street
    voices(Says.FOR, 10, zone=closed)
    voices(Says.AGAINST, 9, zone=rest)
    seen = seen_of(support_of(plan))
    assert (seen.zones, seen.total, len(seen.asked)) == ([], 19, 2)
    voices(Says.AGAINST, 1, zone=rest)
    assert [zone.total for zone in seen_of(support_of(plan)).zones] == [10, 10]


def test_one_part_that_is_too_small_hides_all_so_that_nobody_subtracts(plan, street, voices):
    closed, rest = street
    voices(Says.AGAINST, 10, zone=rest)
    voices(Says.FOR, 4, zone=closed)
    assert seen_of(support_of(plan)).zones == []
    voices(Says.FOR, 1, zone=closed)
    assert len(seen_of(support_of(plan)).zones) == 2
    voices(Says.FOR, 1)
    assert seen_of(support_of(plan)).zones == []


def test_the_people_of_the_plan_see_no_more_than_everybody(client, make_initiative, kees, joris, signed_in):
    plan = make_initiative("Straat", of=kees, slug="straat")
    zone = zones.add_zone(plan, name="Dicht", rule="everybody", unit="person", units=3, by=joris, at=NOW)
    for says in (Says.FOR, Says.FOR, Says.AGAINST):
        contact = Contact.objects.create(created_at=NOW)
        support.give_opinion(plan, says=says, contact=contact, zone=zone, by=None, at=NOW)
    client.force_login(kees)
    page = client.get("/initiatieven/straat/werken/").text
    assert "Dicht" in page
    assert "1 tegen" not in page
    assert client.get("/initiatieven/straat/buren/").status_code == 403
    signed_in(joris)
    assert "1 tegen" in client.get("/initiatieven/straat/buren/").text
    assert Event.objects.filter(verb=LOOKED, thing=plan.thing, actor=joris.uuid).exists()


def test_the_pages_take_the_same_number_of_queries_with_one_part_and_with_three(client, plan, joris, voices, signed_in):
    numbers = []
    for number in (1, 2, 3):
        zone = zones.add_zone(plan, name=f"Deel {number}", rule="heard", unit="person", by=joris, at=NOW)
        voices(Says.FOR, 5, zone=zone)
        with CaptureQueriesContext(connection) as found:
            support_of(plan)
        numbers.append(len(found))
    assert numbers == [3, 3, 3]


def test_the_adviser_of_the_area_keeps_the_parts_and_nobody_else(client, plan, joris, samira, signed_in):
    path = "/initiatieven/wilgentuin/buren/deel/"
    sent = {"name": SCRIPT, "rule": "everybody", "unit": "household", "units": "12"}
    signed_in(samira)
    assert client.post(path, sent).status_code == 403
    signed_in(joris)
    assert client.post(path, sent | {"units": "-1"}).status_code == 422
    assert client.post(path, sent).status_code == 302
    page = client.get("/initiatieven/wilgentuin/buren/")
    assert SCRIPT not in page.text
    zone = plan.zones.get()
    assert client.post(f"{path}{zone.pk}/", sent | {"name": "Dicht", "units": ""}).status_code == 302
    assert client.post(f"{path}{zone.pk}/weg/").status_code == 302
    assert not plan.zones.exists()
