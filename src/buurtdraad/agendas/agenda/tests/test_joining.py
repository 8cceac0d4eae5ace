""" "Ik doe mee": without an account, once, and seen by the owner and the adviser alone."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.actions.joining import AlreadyAnswered
from buurtdraad.agendas.agenda.models import Joiner
from buurtdraad.agendas.agenda.states import Said, Stage
from buurtdraad.agendas.agenda.tests.conftest import NOW, TODAY
from buurtdraad.audit.models import LOOKED, Event
from buurtdraad.lib.spam import SALT
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact, Message
from buurtdraad.messages.states import Way
from buurtdraad.pages.work import waiting_for
from buurtdraad.partners.models import Representative

KEES = {"name": "Kees", "phone": "06 12345678", "email": ""}


def opened():
    """The signed moment of a form that was opened a minute ago."""
    from django.core import signing

    with_past = signing.TimestampSigner(salt=SALT)
    with_past.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - 60)
    return with_past.sign("form")


def test_a_first_name_and_a_number_are_enough_and_twice_is_once(client, agenda, topic):
    path, form = f"/onderwerpen/{topic.pk}/doe-mee/", KEES | {"opened": opened()}
    assert "Fijn dat u meedoet" in client.post(path, form).text
    assert "Fijn dat u meedoet" in client.post(path, form).text
    # Another form with the same number.
    client.post(path, KEES | {"phone": "0612345678"})
    joiner = Joiner.objects.get()
    assert (joiner.name, joiner.contact.way, joiner.contact.phone.number) == ("Kees", Way.CALL, "0612345678")
    assert "Kees" not in client.get(f"/onderwerpen/{topic.pk}/").text


@pytest.mark.parametrize("facts", [{"name": ""}, {"phone": ""}, {"phone": "12"}, {"email": "geen adres"}, {"name": "x" * 61}])
def test_what_is_missing_is_asked_in_plain_words(client, agenda, topic, facts):
    assert client.post(f"/onderwerpen/{topic.pk}/doe-mee/", KEES | facts).status_code == 422
    assert not Joiner.objects.exists()


def test_by_e_mail_it_counts_after_the_button(client, agreement, mailed):
    path = f"/afspraken/{agreement.pk}/doe-mee/"
    page = client.post(path, {"name": "Kees", "phone": "", "email": "Kees@example.nl"}).text
    assert "Kijk in uw mail" in page
    assert not Joiner.objects.exists()
    link = f"/doe-mee/{mailed('/doe-mee/')}/"
    assert "Twee banken" in client.get(link).text
    assert not Joiner.objects.exists()
    assert "Fijn dat u meedoet" in client.post(link).text
    assert Joiner.objects.get().contact.person.email == "kees@example.nl"
    assert client.post(link).status_code == 404


def test_who_is_signed_in_joins_with_their_own_contact(client, agreement, kees, signed_in):
    signed_in(kees, second_factor=False)
    path = f"/afspraken/{agreement.pk}/doe-mee/"
    assert "telefoonnummer" not in client.get(path).text
    client.post(path, {"name": "Kees"})
    client.post(path, {"name": "Kees"})
    assert Joiner.objects.get().contact.person == kees


def test_joris_types_names_over_from_the_lists_of_the_tables(client, agenda, topic, joris, signed_in):
    signed_in(joris)
    assert "Groen en ontmoeten" in client.get("/werk/agenda/zuilen-oost/lijst/").text
    client.post(f"/onderwerpen/{topic.pk}/doe-mee/", KEES)
    assert Joiner.objects.get().contact.person is None


def test_nobody_joins_what_is_finished(client, agreement, joris):
    actions.move_on(agreement, Stage.DONE, by=joris, at=NOW)
    assert client.get(f"/afspraken/{agreement.pk}/doe-mee/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_twenty_of_one_person_at_once_are_one(agenda, topic, kees):
    contact = contact_for(kees, at=NOW)

    def join(n):
        try:
            return actions.join(topic, name="Kees", contact=contact, mark=f"form-{n % 3}", by=kees, at=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(join, range(20)))) == 1


def test_a_joiner_joins_one_thing_and_has_a_name(agreement, topic, kees):
    made = actions.join(topic, name="Kees", contact=contact_for(kees, at=NOW), by=kees, at=NOW)
    for facts in ({"agreement": agreement}, {"topic": None}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Joiner.objects.filter(pk=made.pk).update(**facts)


@pytest.fixture
def people(kees, samira, joris):
    return kees, samira, joris


def test_only_the_adviser_and_the_owner_who_said_yes_see_who_joins_in(client, owner, linda, people, signed_in):
    kees, samira, joris = people
    agreement, vechtoever = owner.agreement, owner.organisation
    actions.join(agreement, name="Emine", phone="06 12345678", by=None, at=NOW)
    path = f"/afspraken/{agreement.pk}/wie-doet-mee/"
    assert client.get(path).status_code == 302
    Representative.objects.create(organisation=vechtoever, person=linda, name="Linda", from_on=TODAY - datetime.timedelta(days=2))
    for person in (kees, samira, linda):
        signed_in(person)
        assert client.get(path).status_code == 403, person
    actions.accept(owner, said_by="Linda", how=Said.TOLD, by=joris, at=NOW)
    for person in (linda, joris):
        signed_in(person)
        page = client.get(path)
        assert "0612345678" in page.text
        assert Event.objects.filter(verb=LOOKED, actor=person.uuid, thing=f"agreement:{agreement.pk}").count() == 1


def test_a_reaction_goes_in_their_own_way_and_once(client, agenda, topic, joris, signed_in):
    joiner = actions.join(topic, name="Emine", phone="06 12345678", by=None, at=NOW)
    signed_in(joris)
    path = f"/onderwerpen/{topic.pk}/wie-doet-mee/"
    assert client.post(path, {"joiner": "x", "text": "Hoi"}).status_code == 404
    assert client.post(path, {"joiner": str(joiner.uuid), "text": ""}).status_code == 422
    assert client.post(path, {"joiner": str(joiner.uuid), "text": "Kom zaterdag om tien uur."}).status_code == 200
    message = Message.objects.get(contact=joiner.contact)
    assert (message.way, "Kom zaterdag" in message.body) == (Way.CALL, True)
    with pytest.raises(AlreadyAnswered):
        actions.answer_joiner(joiner, text="Nog een keer", by=joris, at=NOW)
    assert Contact.objects.count() == 2  # hers, and that of Mevrouw Aydin, who gave the wish


def test_what_waits_stands_on_the_page_of_work_without_names(agreement, owner, topic, joris, samira):
    at = timezone.now()
    actions.join(topic, name="Emine", phone="06 12345678", by=None, at=at)
    actions.refuse(owner, said_by="Linda", why="Nee", how=Said.TOLD, by=joris, at=at)
    lines = [item.title for _kind, item in waiting_for(joris, on=timezone.localdate(at)).lines]
    assert "Iemand wil meedoen: Groen en ontmoeten" in lines
    assert "Nee gezegd tegen een afspraak: Twee banken en drie bomen op de Wilgenhof" in lines
    late = waiting_for(joris, on=agreement.due_on + datetime.timedelta(days=2)).items
    assert [item.days_left for item in late if "Twee banken" in item.title] == [-2]
    assert waiting_for(samira, on=timezone.localdate(at)).lines == []
