"""The people of an initiative, links in their mail, and who offers help."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.access import HELD
from buurtdraad.initiatives.actions import needs, people
from buurtdraad.initiatives.models import HelpOffer, Member, Need
from buurtdraad.initiatives.states import OFFER_MOVES, OfferStage, Role, Showing, Stage
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact, Message

NOW = timezone.now()


@pytest.fixture
def mailed(db):
    """The last path below `/initiatieven/link/` in the mails that wait."""

    def last():
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'text' FROM procrastinate_jobs ORDER BY id")
            texts = [row[0] or "" for row in cursor.fetchall()]
        found = [text.split("/initiatieven/link/")[1].split()[0] for text in texts if "/initiatieven/link/" in text]
        return f"/initiatieven/link/{found[-1]}" if found else ""

    return last


@pytest.fixture
def held(client, make_initiative):
    """A private plan that this browser holds."""
    made = make_initiative(showing=Showing.PRIVATE)
    session = client.session
    session[HELD] = [str(made.uuid)]
    session.save()
    return made


# --- links -----------------------------------------------------------------------------------------------


def test_a_link_by_mail_makes_another_browser_hold_it_and_its_address_a_member(client, held, mailed):
    assert client.post(f"/initiatieven/{held.slug}/later-verder/", {"email": "Kees@Example.nl"}).status_code == 302
    client.cookies.clear()
    address = mailed()
    assert client.get(address).status_code == 200
    assert not held.members.exists()
    answer = client.post(address)
    assert answer.url == f"/initiatieven/{held.slug}/werken/"
    assert client.get(answer.url).status_code == 200
    member = held.members.get()
    assert (member.role, member.contact.person.email) == (Role.INITIATOR, "kees@example.nl")


def test_a_link_works_once(client, held, mailed):
    client.post(f"/initiatieven/{held.slug}/later-verder/", {"email": "kees@example.nl"})
    address = mailed()
    client.post(address)
    client.cookies.clear()
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert HELD not in client.session


def test_a_link_of_one_sort_does_nothing_elsewhere(client, held, mailed):
    client.post(f"/initiatieven/{held.slug}/later-verder/", {"email": "kees@example.nl"})
    address = mailed().replace("/verder/", "/meedoen/")
    assert client.get(address).status_code == 404
    assert client.get("/initiatieven/link/verder/zomaar/").status_code == 404


def test_a_neighbour_joins_in_by_a_link_and_says_what_stands_on_the_site(client, held, mailed):
    assert client.post(f"/initiatieven/{held.slug}/uitnodigen/", {"email": "emine@example.nl"}).status_code == 302
    client.cookies.clear()
    address = mailed()
    assert client.post(address, {"name": "http://x.nl", "agreed": "on"}).status_code == 422
    assert client.post(address, {"name": "", "agreed": "on"}).status_code == 422
    assert client.post(address, {"name": "Emine", "agreed": "on"}).status_code == 302
    member = held.members.get()
    assert (member.role, member.name, member.agreed_at is not None) == (Role.CO_WORKER, "Emine", True)


def test_too_many_mails_are_refused_in_words(client, held):
    answers = [client.post(f"/initiatieven/{held.slug}/uitnodigen/", {"email": "emine@example.nl"}).status_code for _each in range(12)]
    assert answers[:10] == [302] * 10
    assert answers[-1] == 422


@pytest.mark.parametrize("name", ["www.x.nl", "Kees <b>", "bel 0612345678", "a b c d e f", "K" * 41])
def test_a_name_is_what_people_call_somebody(make_initiative, emine, name):
    with pytest.raises(people.NotAName):
        people.add_member(make_initiative(), emine, name=name, agreed=True, by=None, at=NOW)


@pytest.mark.parametrize("name", ["Kees", "Anne-Marie", "Fatima el", "José", "Ὀδυσσεύς", "d'Artagnan"])
def test_names_of_everywhere_are_names(make_initiative, emine, name):
    assert people.add_member(make_initiative(), emine, name=name, agreed=True, by=None, at=NOW).name == name


def test_one_person_is_of_it_once(make_initiative, kees, emine):
    made = make_initiative(of=kees)
    for _each in range(2):
        people.add_member(made, emine, by=kees, at=NOW)
    assert made.members.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(initiative=made, contact=emine, joined_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(contact=emine).update(agreed_at=NOW, name="")


def test_the_last_one_does_not_leave(make_initiative, kees, emine):
    made = make_initiative(of=kees)
    with pytest.raises(people.LastOne):
        people.remove_member(made.members.get(), by=kees, at=NOW)
    people.add_member(made, emine, by=kees, at=NOW)
    people.remove_member(made.members.get(contact__person=kees), by=kees, at=NOW)
    assert [one.contact for one in made.members.all()] == [emine]


def test_who_takes_the_consent_back_stands_on_no_page(client, make_initiative, kees, signed_in):
    made = make_initiative(of=kees)
    member = made.members.get()
    signed_in(kees).post(f"/initiatieven/{made.slug}/mensen/{member.pk}/", {"name": "Kees"})
    other = make_initiative("Ander", of=kees)
    assert client.get(f"/initiatieven/{other.slug}/mensen/{member.pk}/").status_code == 404
    client.logout()
    assert "Kees" not in client.get(f"/initiatieven/{made.slug}/").text


# --- what it needs -----------------------------------------------------------------------------------------


def test_a_need_is_read_before_it_stands_on_the_site(client, make_initiative, kees, joris, signed_in):
    made = make_initiative(of=kees)
    signed_in(kees).post(f"/initiatieven/{made.slug}/nodig/", {"kind": "money", "words": "Planten", "amount": "1.234,56"})
    need = made.needs.get()
    assert (str(need.amount), need.on_site) == ("1234.56", False)
    assert "Planten" not in client.get(f"/initiatieven/{made.slug}/").text
    needs.read_need(need, yes=True, by=joris, at=NOW)
    assert "€\u00a01.234,56" in client.get(f"/initiatieven/{made.slug}/").text


@pytest.mark.parametrize("amount", ["0", "-5", "veel", "1,234,5"])
def test_what_is_no_amount_is_asked_again(client, held, amount):
    page = client.post(f"/initiatieven/{held.slug}/nodig/", {"kind": "money", "words": "Planten", "amount": amount})
    assert page.status_code == 422
    assert not Need.objects.exists()


@pytest.mark.parametrize("facts", [{"words": ""}, {"amount": 0}, {"amount": -1}])
def test_the_table_refuses_a_need_that_says_nothing(make_initiative, joris, facts):
    need = needs.add_need(make_initiative(), kind="money", words="Planten", by=joris, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(**facts)


def test_it_is_met_and_asked_again(client, held):
    need = needs.add_need(held, kind="hands", words="Handen", by=None, at=NOW)
    for deed, met in (("meet_need", True), ("ask_again", False)):
        client.post(f"/initiatieven/{held.slug}/werken/", {"deed": deed, "which": need.pk})
        need.refresh_from_db()
        assert (need.met_on is not None) is met


# --- who helps -----------------------------------------------------------------------------------------------


def test_a_visitor_offers_help_and_it_counts_after_the_link(client, make_initiative, kees, joris, mailed):
    made = make_initiative(of=kees)
    need = needs.add_need(made, kind="hands", words="Handen", by=joris, at=NOW)
    told = {"name": "Emine", "email": "emine@example.nl", "need": need.pk, "words": "Zaterdag kan ik"}
    assert client.get(f"/initiatieven/{made.slug}/helpen/").status_code == 200
    assert client.post(f"/initiatieven/{made.slug}/helpen/", told).status_code == 200
    assert not HelpOffer.objects.exists()
    address = mailed()
    assert client.get(address).status_code == 200
    assert not HelpOffer.objects.exists()
    assert client.post(address).status_code == 200
    offer = made.offers.get()
    assert (offer.name, offer.words, offer.need, offer.contact.person.email) == ("Emine", "Zaterdag kan ik", need, "emine@example.nl")
    assert Message.objects.filter(contact__person=kees, thing=made.thing).count() == 1
    assert "emine@example.nl" not in client.get(f"/initiatieven/{made.slug}/").text


def test_its_people_see_who_helps_and_answer_and_the_helper_hears(client, make_initiative, kees, signed_in):
    made = make_initiative(of=kees)
    helper = Person.objects.create(name="Emine", email="emine@example.nl", confirmed_at=NOW, password="!")
    offer = needs.offer_help(made, contact=contact_for(helper, at=NOW), name="Emine", by=helper, at=NOW)
    page = signed_in(kees).get(f"/initiatieven/{made.slug}/werken/").text
    assert "emine@example.nl" in page
    client.post(f"/initiatieven/{made.slug}/werken/", {"deed": "take_help", "which": offer.pk})
    offer.refresh_from_db()
    assert offer.stage == OfferStage.TAKEN
    assert Message.objects.filter(contact__person=helper).count() == 1


@pytest.mark.parametrize("state", OfferStage)
def test_an_offer_goes_only_where_its_step_leads(make_initiative, kees, emine, state):
    offer = needs.offer_help(make_initiative(of=kees), contact=emine, by=None, at=NOW)
    HelpOffer.objects.filter(pk=offer.pk).update(stage=state)
    offer.refresh_from_db()
    if OfferStage.TAKEN in OFFER_MOVES[state]:
        needs.answer_offer(offer, take=True, by=kees, at=NOW)
    else:
        with pytest.raises(WrongStage):
            needs.answer_offer(offer, take=True, by=kees, at=NOW)


def test_one_person_offers_one_thing_once(make_initiative, kees, emine):
    made = make_initiative(of=kees)
    for words in ("Zaterdag", "Zondag"):
        needs.offer_help(made, contact=emine, words=words, by=None, at=NOW)
    assert made.offers.get().words == "Zondag"
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpOffer.objects.create(initiative=made, contact=emine, offered_at=NOW)
    HelpOffer.objects.create(initiative=made, contact=None, offered_at=NOW)  # of who was erased there may be more
    HelpOffer.objects.create(initiative=made, contact=None, offered_at=NOW)


@pytest.mark.parametrize("facts", [{"stage": Stage.STOPPED}, {"showing": Showing.PRIVATE}])
def test_nobody_helps_with_what_is_over_or_not_on_the_site(client, areas, make_initiative, emine, facts):
    if facts.get("stage") == Stage.STOPPED:
        made = make_initiative()
        type(made).objects.filter(pk=made.pk).update(stage="stopped", why="Te duur")
    else:
        made = make_initiative(**facts)
    with pytest.raises(needs.NoHelpNow):
        needs.offer_help(made, contact=emine, by=None, at=NOW)
    assert client.get(f"/initiatieven/{made.slug}/helpen/").status_code == 404


def test_a_program_that_fills_in_everything_is_refused(client, make_initiative):
    made = make_initiative()
    told = {"name": "Bot", "email": "bot@example.nl", "homepage": "http://x.nl"}
    assert client.post(f"/initiatieven/{made.slug}/helpen/", told).status_code == 422
    assert not Contact.objects.filter(person__email="bot@example.nl").exists()


def test_who_offered_help_takes_it_back(client, make_initiative, kees, joris, signed_in):
    made = make_initiative(of=joris)
    address = f"/initiatieven/{made.slug}/helpen/"
    signed_in(kees)
    assert client.get(f"{address}terug/").status_code == 404
    assert client.post(address, {"name": "Kees"}).status_code == 200
    assert f"{address}terug/" in client.get(address).text
    assert client.get(f"{address}terug/").status_code == 200
    assert made.offers.get().stage == OfferStage.OFFERED
    assert client.post(f"{address}terug/").status_code == 200
    assert made.offers.get().stage == OfferStage.WITHDRAWN
    assert client.get(f"{address}terug/").status_code == 404


# --- an adviser who helps ------------------------------------------------------------------------------------


def test_an_adviser_writes_down_somebody_without_email_whom_we_call(client, make_initiative, joris, signed_in):
    made = make_initiative(showing=Showing.PRIVATE)
    address = f"/initiatieven/{made.slug}/mensen/nieuw/"
    signed_in(joris)
    assert client.post(address, {"name": "Mevrouw Aydin", "phone": "12"}).status_code == 422
    assert client.post(address, {"name": "Mevrouw Aydin", "phone": "06 12345678"}).status_code == 302
    member = made.members.get()
    assert (member.role, member.contact.way, member.agreed_at) == (Role.INITIATOR, "call", None)


def test_only_an_adviser_adds_somebody_or_helps(client, make_initiative, kees, joris, signed_in):
    made = make_initiative(of=kees)
    signed_in(kees)
    assert client.get(f"/initiatieven/{made.slug}/mensen/nieuw/").status_code == 403
    assert client.post(f"/initiatieven/{made.slug}/werken/", {"deed": "help_them"}).status_code == 403
    assert signed_in(joris).post(f"/initiatieven/{made.slug}/werken/", {"deed": "help_them"}).status_code == 302
    assert made.members.get(contact__person=joris).role == Role.HELPER
