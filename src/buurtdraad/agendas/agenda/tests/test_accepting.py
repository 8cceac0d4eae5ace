"""Owners say yes or no: by a link, signed in, or told to us."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.actions.owners import NotAsked, asked_by
from buurtdraad.agendas.agenda.models import Owner
from buurtdraad.agendas.agenda.states import Said
from buurtdraad.agendas.agenda.tests.conftest import NOW, TODAY
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Message
from buurtdraad.partners.models import Representative

DAY = datetime.timedelta(days=1)
YES = {"answer": "yes", "said_by": "Linda Mulder", "why": ""}
NO = {"answer": "no", "said_by": "Linda Mulder", "why": "Wij hebben geen tuinman."}


def test_the_link_is_opened_without_changing_anything(client, asked, owner):
    for _n in range(2):
        page = client.get(f"/afspraken/aannemen/{asked}/")
        assert "Twee banken en drie bomen" in page.text
        assert "linda@example.nl" not in page.text.lower()
    owner.refresh_from_db()
    assert not owner.answered
    assert not Person.objects.filter(email="linda@example.nl").exists()


def test_linda_says_yes_without_an_account_and_hears_of_it_from_then_on(client, asked, owner):
    page = client.post(f"/afspraken/aannemen/{asked}/", YES)
    assert "U zei ja" in page.text
    owner.refresh_from_db()
    assert (owner.said, owner.said_by, owner.contact.person.email) == (Said.LINK, "Linda Mulder", "linda@example.nl")
    public = client.get(f"/afspraken/{owner.agreement_id}/").text
    assert "zei ja op" in public
    assert "Linda" not in public
    assert "_auth_user_id" not in client.session


def test_a_no_is_for_the_staff_alone_and_the_address_is_not_kept(client, asked, owner):
    assert client.post(f"/afspraken/aannemen/{asked}/", NO | {"why": ""}).status_code == 422
    assert "U zei nee" in client.post(f"/afspraken/aannemen/{asked}/", NO).text
    owner.refresh_from_db()
    assert (owner.refused_at is not None, owner.why, owner.contact) == (True, "Wij hebben geen tuinman.", None)
    assert not Person.objects.filter(email="linda@example.nl").exists()
    public = client.get(f"/afspraken/{owner.agreement_id}/").text
    assert "De Vechtoever" not in public
    assert "tuinman" not in public


@pytest.mark.parametrize("first", [YES, NO])
def test_a_link_that_was_used_says_so_and_changes_nothing(client, asked, owner, first):
    client.post(f"/afspraken/aannemen/{asked}/", first)
    owner.refresh_from_db()
    before = (owner.accepted_at, owner.refused_at)
    for answer in (client.get(f"/afspraken/aannemen/{asked}/"), client.post(f"/afspraken/aannemen/{asked}/", YES)):
        assert answer.status_code == 404
        assert "Deze link is al gebruikt" in answer.text
    owner.refresh_from_db()
    assert (owner.accepted_at, owner.refused_at) == before


def test_a_second_link_after_a_no_by_the_first_says_what_was_answered(client, asked, owner, joris, mailed):
    rf = RequestFactory()
    actions.ask_by_mail(rf.get("/"), owner, "piet@example.nl", by=joris, at=NOW)
    second = mailed("/afspraken/aannemen/")
    assert second != asked
    client.post(f"/afspraken/aannemen/{asked}/", NO)
    for answer in (client.get(f"/afspraken/aannemen/{second}/"), client.post(f"/afspraken/aannemen/{second}/", YES)):
        assert "De Vechtoever zei hier nee tegen op" in answer.text
    # Asked anew, they can say yes after all.
    owner.refresh_from_db()
    actions.ask_by_mail(rf.get("/"), owner, "linda@example.nl", by=joris, at=NOW)
    assert "U zei ja" in client.post(f"/afspraken/aannemen/{mailed('/afspraken/aannemen/')}/", YES).text
    owner.refresh_from_db()
    with pytest.raises(NotAsked):
        actions.ask_by_mail(rf.get("/"), owner, "linda@example.nl", by=joris, at=NOW)


def test_a_link_that_is_too_old_unknown_or_of_who_was_taken_away_does_nothing(client, asked, owner, joris):
    with pytest.raises(BadLink):
        actions.accept_by_link(asked, said_by="Linda", at=NOW + 31 * DAY)
    assert client.get("/afspraken/aannemen/onbekend/").status_code == 404
    actions.remove_owner(owner, by=joris, at=NOW)
    answer = client.post(f"/afspraken/aannemen/{asked}/", YES)
    assert (answer.status_code, "Dit vragen wij u niet meer" in answer.text) == (404, True)


def test_who_forwards_the_link_gives_nothing_else_away(client, asked, owner, signed_in, kees):
    """Somebody else who is signed in can answer, writes who they are, and gets no account of Linda's."""
    signed_in(kees, second_factor=False)
    client.post(f"/afspraken/aannemen/{asked}/", YES | {"said_by": "Kees van de buurt"})
    owner.refresh_from_db()
    assert owner.said_by == "Kees van de buurt"
    assert owner.contact.person.email == "linda@example.nl"
    assert int(client.session["_auth_user_id"]) == kees.pk


@pytest.mark.django_db(transaction=True)
def test_of_ten_answers_at_once_one_counts(asked, owner):
    def answer(n):
        try:
            if n % 2:
                actions.accept_by_link(asked, said_by=f"Linda {n}", at=NOW)
            else:
                actions.refuse_by_link(asked, said_by=f"Linda {n}", why="Nee", at=NOW)
        except (BadLink, NotAsked):
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(answer, range(10))) == 1
    owner.refresh_from_db()
    assert bool(owner.accepted_at) != bool(owner.refused_at)


def test_who_speaks_for_a_partner_says_yes_signed_in(client, owner, linda, kees, signed_in):
    vechtoever = owner.organisation
    path = f"/afspraken/{owner.agreement_id}/ja-of-nee/"
    assert client.get(path).status_code == 302
    signed_in(linda, second_factor=False)
    assert client.get(path).status_code == 404
    voice = Representative.objects.create(organisation=vechtoever, person=linda, name="Linda", from_on=TODAY - 2 * DAY)
    assert "Twee banken" in client.get(path).text
    assert "U zei ja" in client.post(path, YES).text
    assert "zei hier ja tegen op" in client.post(path, NO).text
    owner.refresh_from_db()
    assert owner.said == Said.SIGNED_IN
    voice.until_on = TODAY - DAY
    voice.save()
    assert client.get(path).status_code == 404
    signed_in(kees, second_factor=False)
    assert client.get(path).status_code == 404


def test_what_was_told_to_us_is_written_down_once(owner, joris):
    actions.accept(owner, said_by="Linda", how=Said.TOLD, by=joris, at=NOW)
    with pytest.raises(NotAsked):
        actions.refuse(owner, said_by="Linda", why="Toch niet", how=Said.TOLD, by=joris, at=NOW)
    for facts in ({"refused_at": NOW}, {"said": ""}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Owner.objects.filter(pk=owner.pk).update(**facts)


def test_an_owner_whom_we_know_is_asked_in_their_own_way(owner, emine, linda, joris, mailed):
    rf = RequestFactory()
    with pytest.raises(NotAsked):
        actions.ask_contact(rf.get("/"), owner, by=joris, at=NOW)
    Owner.objects.filter(pk=owner.pk).update(contact=emine)
    owner.refresh_from_db()
    actions.ask_contact(rf.get("/"), owner, by=joris, at=NOW)
    assert "Twee banken" in Message.objects.get(contact=emine).body
    Owner.objects.filter(pk=owner.pk).update(contact=contact_for(linda, at=NOW))
    owner.refresh_from_db()
    actions.ask_contact(rf.get("/"), owner, by=joris, at=NOW)
    assert asked_by(mailed("/afspraken/aannemen/"), at=NOW) == owner
