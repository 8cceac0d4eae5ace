"""What a host does behind its link, without an account; what the link does not give away; and the organiser's pages."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.signing_in.models import Link
from buurtdraad.audit.models import Event
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.partners.models import Organisation, Representative
from buurtdraad.placements.actions import hosts, shifts
from buurtdraad.placements.actions.shifts import NoSeat
from buurtdraad.placements.models import BlackOut, Host, Placement, Shift
from buurtdraad.placements.queries.hosts import addresses_of, hosts_mailed_at
from buurtdraad.placements.states import ShiftStage, Stage
from buurtdraad.placements.tests.conftest import DAY, HOUR, NOW, STARTS, TODAY

OFFER = {"on": STARTS.date(), "starts": "17:00", "ends": "20:00", "seats": 2, "tasks": "Soep uitdelen", "weeks": 1}


@pytest.fixture
def link(host, token_of):
    """The address of the host's page, from its mail."""
    return f"/gastheer/{token_of('/gastheer/')}/"


@pytest.fixture
def linda(kees, host):
    """Kees speaks for the organisation of the host."""
    Representative.objects.create(organisation=host.organisation, person=kees, name="Kees", from_on=TODAY)
    return kees


def guest_path(link, placement):
    return f"{link}wie/{placement.uuid}/"


def test_a_host_offers_a_series_changes_one_and_calls_one_off(client, link, host):
    page = client.post(f"{link}aanbieden/", OFFER | {"weeks": 3}, follow=True)
    assert page.redirect_chain == [(link, 302)]
    first, second, _third = host.shifts.all()
    assert (first.starts_at, first.seats) == (STARTS, 2)
    assert client.post(f"{link}dienst/{first.uuid}/", OFFER | {"starts": "16:00", "seats": 1}).url == link
    first.refresh_from_db()
    assert (timezone.localtime(first.starts_at).hour, first.seats) == (16, 1)
    assert client.post(f"{link}dienst/{second.uuid}/afzeggen/", {"why": ""}).status_code == 422
    assert client.post(f"{link}dienst/{second.uuid}/afzeggen/", {"why": "De keuken is dicht."}).url == link
    second.refresh_from_db()
    assert (second.stage, second.why) == (ShiftStage.CANCELLED, "De keuken is dicht.")
    assert "al afgezegd" in client.get(f"{link}dienst/{second.uuid}/", follow=True).text
    assert "al afgezegd" in client.post(f"{link}dienst/{second.uuid}/afzeggen/", {"why": "Dicht"}, follow=True).text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "wrong",
    [{"seats": 3}, {"ends": "16:00"}, {"on": "2020-01-01"}, {"tasks": ""}, {"weeks": 99}, {"on": "morgen"}, {"seats": "-1"}],
)
def test_a_shift_that_cannot_be_is_refused_on_the_form(client, link, wrong):
    page = client.post(f"{link}aanbieden/", OFFER | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not Shift.objects.exists()


def test_on_days_that_the_host_keeps_free_no_shift_is_offered_and_what_stood_there_is_asked_about(client, link, offer, ask):
    there = offer()
    days = {"from_on": STARTS.date(), "until_on": STARTS.date() + DAY, "why": "Dicht"}
    page = client.post(f"{link}dagen/", days)
    assert page.status_code == 422
    assert "Wat gebeurt er met deze diensten?" in page.text
    assert client.post(f"{link}dagen/", days | {"then": "call_off"}).status_code == 422
    assert not BlackOut.objects.exists()
    assert client.post(f"{link}dagen/", days | {"then": "keep"}).url == link
    there.refresh_from_db()
    assert there.stage == ShiftStage.OFFERED
    with pytest.raises(NoSeat):
        ask(there)
    tomorrow = OFFER | {"on": STARTS.date() + DAY}
    assert client.post(f"{link}aanbieden/", tomorrow).status_code == 422
    # A series with one such day is not made at all.
    assert client.post(f"{link}aanbieden/", OFFER | {"on": STARTS.date() - 6 * DAY, "weeks": 2}).status_code == 422
    black_out = BlackOut.objects.get()
    assert client.get(f"{link}dagen/{black_out.pk}/terug/").url == link
    assert BlackOut.objects.exists()
    assert client.post(f"{link}dagen/{black_out.pk}/terug/").url == link
    assert client.post(f"{link}aanbieden/", tomorrow).url == link


def test_shifts_on_days_that_the_host_keeps_free_are_called_off_in_the_same_step(client, link, offer, ask):
    placement = ask(offer())
    days = {"from_on": STARTS.date(), "until_on": STARTS.date(), "then": "call_off", "call_off_why": "De keuken is dicht."}
    assert "afgezegd" in client.post(f"{link}dagen/", days, follow=True).text
    placement.refresh_from_db()
    assert (placement.stage, placement.shift.stage, placement.shift.why) == (Stage.CANCELLED, ShiftStage.CANCELLED, "De keuken is dicht.")


def test_a_fresh_link_ends_the_one_of_before(client, link, host, noor, token_of):
    hosts.send_link(host, by=noor, at=timezone.now())
    assert client.get(link).status_code == 404
    assert client.get(f"/gastheer/{token_of('/gastheer/')}/").status_code == 200


def test_what_was_noted_is_changed_after_a_question_and_after_two_weeks_by_the_organiser(client, link, offer, expected, noor):
    placement = expected(offer())
    Shift.objects.update(starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR)
    client.post(guest_path(link, placement), {"deed": "came"})
    assert "er toch niet" in client.get(guest_path(link, placement)).text
    assert Placement.objects.get().stage == Stage.ATTENDED
    Shift.objects.update(starts_at=NOW - 15 * DAY - HOUR, ends_at=NOW - 15 * DAY)
    assert "twee weken geleden" in client.post(guest_path(link, placement), {"deed": "not_after_all"}, follow=True).text
    assert Placement.objects.get().stage == Stage.ATTENDED
    shifts.attended(placement, came=False, by=noor, at=NOW)
    assert Placement.objects.get().stage == Stage.NO_SHOW


def test_the_host_says_yes_or_no_and_notes_who_was_there(client, link, offer, ask, colleague):
    shift = offer()
    first, second = ask(shift, colleague(1)), ask(shift, colleague(2))
    for one in (first, second):
        shifts.agree(one, by=None, at=NOW)
    page = client.get(link)
    assert "Collega1 (Verkeer) wil graag komen" in page.text
    client.post(guest_path(link, first), {"deed": "yes"})
    assert client.post(guest_path(link, second), {"deed": "refuse", "why": ""}).status_code == 422
    client.post(guest_path(link, second), {"deed": "refuse", "why": "Wij zijn met genoeg."})
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.stage, second.stage, second.why) == (Stage.CONFIRMED, Stage.REFUSED, "Wij zijn met genoeg.")
    assert "al beantwoord" in client.post(guest_path(link, first), {"deed": "yes"}, follow=True).text
    assert "nog niet begonnen" in client.post(guest_path(link, first), {"deed": "came"}, follow=True).text
    Shift.objects.update(starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR)
    assert "Was Collega1 (Verkeer) er?" in client.get(link).text
    client.post(guest_path(link, first), {"deed": "came"})
    first.refresh_from_db()
    assert first.stage == Stage.ATTENDED
    client.post(guest_path(link, first), {"deed": "stayed_away"})
    assert Placement.objects.get(pk=first.pk).stage == Stage.ATTENDED, "it is asked first"
    client.post(guest_path(link, first), {"deed": "not_after_all"})
    assert Placement.objects.get(pk=first.pk).stage == Stage.NO_SHOW


def test_two_guests_of_one_name_are_told_apart_on_every_button(client, link, offer, ask):
    shift = offer(seats=2)
    toms = [member_of_staff(f"Tom {last}", f"{last}@utrecht.example", None, Duty.EMPLOYEE) for last in ("Bos", "Vos")]
    first, second = [ask(shift, person) for person in toms]
    for one in (first, second):
        shifts.agree(one, by=None, at=one.since)
    page = client.get(link).text
    assert [page.count(words) for words in ("Tom 1 (Verkeer) wil", "Ja, Tom 1 kan", "Ja, Tom 2 kan", "Ja, Tom kan")] == [1, 1, 1, 0]
    Placement.objects.filter(pk=second.pk).update(department="Zorg")
    page = client.get(link).text
    assert [page.count(words) for words in ("Tom (Zorg) wil", "Ja, Tom (Verkeer) kan", "Ja, Tom (Zorg) kan")] == [1, 1, 1]
    assert "Tom (Zorg)" in client.get(guest_path(link, second)).context["title"]
    assert "Tom (Zorg)" in client.post(guest_path(link, second), {"deed": "yes"}, follow=True).text
    shifts.refuse(first, why="Vol", by=None, at=NOW)
    assert "(Zorg): wordt verwacht" in client.get(link).text


def test_opening_any_page_of_a_host_changes_nothing(client, link, offer, ask):
    placement = ask(offer())
    shifts.agree(placement, by=None, at=NOW)
    before = Event.objects.count()
    for path in ("", "aanbieden/", "dagen/", f"dienst/{placement.shift.uuid}/", f"dienst/{placement.shift.uuid}/afzeggen/"):
        assert client.get(f"{link}{path}").status_code == 200
    assert client.get(guest_path(link, placement), {"deed": "yes"}).status_code == 200
    placement.refresh_from_db()
    assert (placement.stage, Event.objects.count()) == (Stage.AGREED, before)


def test_a_link_that_is_forwarded_shows_first_names_and_departments_and_nothing_else(client, link, offer, ask, tom):
    placement = ask(offer())
    assert "Tom" not in client.get(link).text, "the manager did not say yes yet"
    shifts.agree(placement, by=None, at=NOW)
    page = client.get(link).text
    assert "Tom (Verkeer)" in page
    for secret in ("van Dijk", tom.email, "petra@", "Ik wil zien", "ans@dreef.example", "0612345678"):
        assert secret not in page
    assert client.get("/werk/stages/").status_code == 302
    assert client.get(f"/stages/mijn/{placement.uuid}/").status_code == 302


def test_a_link_opens_its_own_host_only_and_stops_when_the_contact_is_another(client, link, host, host_facts, ask, noor):  # noqa: PLR0917
    other = hosts.add_host(host_facts(name="Voedselbank Zuilen", contact_email="piet@zuilen.example"), by=noor, at=NOW)
    shift = Shift.objects.create(host=other, starts_at=STARTS, ends_at=STARTS + HOUR, seats=1, tasks="Pakken", made_at=NOW)
    placement = ask(shift)
    shifts.agree(placement, by=None, at=NOW)
    assert client.post(guest_path(link, placement), {"deed": "yes"}).status_code == 404
    assert client.post(f"{link}dienst/{shift.uuid}/afzeggen/", {"why": "Weg"}).status_code == 404
    assert client.get(f"/gastheer/{other.uuid}/").status_code == 302
    hosts.change_host(host, host_facts(contact_email="nieuw@dreef.example"), by=noor, at=NOW)
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("token", ["onzin", "a" * 43, "%00", "..%2f", "0" * 32])
def test_nonsense_for_a_link_is_no_error(client, host, token):
    assert client.get(f"/gastheer/{token}/").status_code in {302, 404}


def test_after_thirty_days_a_fresh_link_is_asked_for_and_goes_to_a_known_address_only(client, link, host, mails):
    Link.objects.update(made_at=NOW - 40 * DAY, valid_until=NOW - DAY)
    assert "/gastheer/" in client.get(link).text
    number = len(mails())
    answers = [client.post("/gastheer/", {"email": email}).text for email in ("ANS@dreef.example", "vreemd@elders.example")]
    assert [to for to, _text in mails()[number:]] == ["ans@dreef.example"]
    assert answers[0].count("mail") == answers[1].count("mail")


def test_who_speaks_for_the_host_needs_no_link_and_finds_it_on_their_own_page(client, host, linda, signed_in, offer, ask):  # noqa: PLR0917
    shifts.agree(ask(offer()), by=None, at=NOW)
    page = signed_in(linda, second_factor=False).get("/mijn/").text
    assert f"/gastheer/{host.uuid}/" in page
    assert "Tom" not in page
    assert client.post(f"/gastheer/{host.uuid}/aanbieden/", OFFER | {"on": STARTS.date() + DAY}).status_code == 302
    assert host.shifts.count() == 2
    assert not Event.objects.filter(verb="looked").exists()
    Representative.objects.update(until_on=TODAY - DAY, from_on=TODAY - 9 * DAY)
    assert client.get(f"/gastheer/{host.uuid}/").status_code == 403


def test_who_speaks_for_a_double_of_the_host_speaks_for_the_host_and_gets_its_mail(client, host, linda, signed_in):
    own = host.organisation
    whole = Organisation.objects.create(name="De Dreef Utrecht", kind="residents", from_on=TODAY)
    Representative.objects.update(organisation=whole, email="linda@example.nl")
    assert signed_in(linda, second_factor=False).get(f"/gastheer/{host.uuid}/").status_code == 403
    Organisation.objects.filter(pk=own.pk).update(joined_to=whole)
    assert client.get(f"/gastheer/{host.uuid}/").status_code == 200
    Host.objects.update(contact_email="")
    assert addresses_of(Host.objects.get()) == ["linda@example.nl"]
    assert hosts_mailed_at("Linda@example.nl") == [host]


def test_a_host_of_a_double_is_shown_and_kept_as_one_of_the_whole(host, noor, signed_in):
    own, client = host.organisation, signed_in(noor)
    whole = Organisation.objects.create(name="De Dreef Utrecht", kind="residents", from_on=TODAY)
    Organisation.objects.filter(pk=own.pk).update(joined_to=whole)
    form = client.get(f"/werk/stages/{host.uuid}/wijzigen/").context["form"]
    assert own.name not in str(form)
    assert client.post(f"/werk/stages/{host.uuid}/wijzigen/", form.initial | {"name": "De Dreef eet"}).status_code == 302
    host.refresh_from_db()
    assert (host.name, host.organisation) == ("De Dreef eet", own)
    assert "De Dreef Utrecht" in client.get("/werk/stages/").text


def test_who_speaks_for_it_elsewhere_does_not_speak_for_this_host(client, host, linda, areas, signed_in):
    Representative.objects.get().areas.add(areas["BU03440241"])
    assert signed_in(linda, second_factor=False).get(f"/gastheer/{host.uuid}/").status_code == 403


def test_the_organiser_keeps_hosts_and_a_look_at_people_leaves_a_trace(host, noor, signed_in, offer, ask, mails):  # noqa: PLR0917
    client = signed_in(noor)
    assert "Buurtmaaltijd De Dreef" in client.get("/werk/stages/").text
    looked = Event.objects.filter(verb="looked", thing=host.thing, actor=noor.uuid)
    client.get(f"/gastheer/{host.uuid}/")
    assert not looked.exists(), "nobody stands there yet"
    shifts.agree(ask(offer()), by=None, at=NOW)
    assert "Tom (Verkeer)" in client.get(f"/gastheer/{host.uuid}/").text
    assert looked.count() == 1
    assert "0612345678" in client.get(f"/werk/stages/{host.uuid}/").text
    assert looked.count() == 2
    number = len(mails())
    client.post(f"/werk/stages/{host.uuid}/link/")
    assert [to for to, _text in mails()[number:]] == ["ans@dreef.example"]


def test_the_organiser_adds_changes_and_ends_a_host(areas, host, noor, tom, signed_in, expected, offer, settings):  # noqa: PLR0917
    settings.CITY_CODE = "GM0344"
    client = signed_in(noor)
    given = {
        "organisation": host.organisation.uuid, "area": "BU03440241", "name": "Voedselbank Zuilen", "address": "Zuilenplein 1",
        "tasks": "Pakketten maken", "most_seats": 4, "physical": ["lifting"], "contact_name": "Piet",
        "contact_email": "piet@zuilen.example", "contact_phone": "06 12345678", "from_on": TODAY, "others_first": "on",
    }  # fmt: skip
    assert client.post("/werk/stages/nieuw/", given | {"contact_phone": "12"}).status_code == 422
    assert client.post("/werk/stages/nieuw/", given | {"most_seats": 0}).status_code == 422
    assert client.post("/werk/stages/nieuw/", given).status_code == 302
    made = Host.objects.get(name="Voedselbank Zuilen")
    assert (made.most_seats, made.others_first, made.physical, made.contact_phone) == (4, True, ["lifting"], "0612345678")
    assert client.post(f"/werk/stages/{made.uuid}/wijzigen/", given | {"most_seats": 1}).status_code == 302
    placement = expected(offer())
    end = {"last_day": TODAY + datetime.timedelta(days=2)}
    assert client.post(f"/werk/stages/{host.uuid}/stoppen/", end).status_code == 302
    placement.refresh_from_db()
    assert (placement.stage, placement.shift.stage) == (Stage.CANCELLED, ShiftStage.CANCELLED)
    assert client.post(f"/werk/stages/{host.uuid}/stoppen/", {"last_day": "2020-01-01"}).status_code == 422


@pytest.mark.parametrize("who", ["joris", "samira", "tom", "kees"])
@pytest.mark.parametrize("path", ["/werk/stages/", "/werk/stages/nieuw/", "/werk/stages/{}/", "/gastheer/{}/", "/gastheer/{}/aanbieden/"])
def test_nobody_but_the_organiser_keeps_hosts(request, host, signed_in, who, path):
    assert signed_in(request.getfixturevalue(who)).get(path.format(host.uuid)).status_code == 403


def test_mail_goes_to_who_speaks_for_the_organisation_where_the_host_has_no_address(host, linda):
    Host.objects.update(contact_email="")
    Representative.objects.update(email="Kees@Example.nl")
    host.refresh_from_db()
    assert addresses_of(host) == ["kees@example.nl"]


def test_what_a_host_types_stays_text(client, link, host):
    client.post(f"{link}aanbieden/", OFFER | {"tasks": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get(link).text


def test_the_page_takes_as_many_queries_for_one_person_as_for_three(client, link, offer, ask, colleague):
    counts = []
    for number in range(3):
        shifts.agree(ask(offer(days=number), colleague(number)), by=None, at=NOW)
        with CaptureQueriesContext(connection) as queries:
            client.get(link)
        counts.append(len(queries))
    assert counts[0] == counts[2]
