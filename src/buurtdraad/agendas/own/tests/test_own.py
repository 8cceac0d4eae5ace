"""One's own wishes on `/mijn/`, what is destroyed a year after the end, and what is left of who goes."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.agendas.own import actions as own
from buurtdraad.agendas.own.queries import wishes as queries
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import Giver, Step, Wish
from buurtdraad.agendas.wishes.queries.past import givers_due
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.states import Showing, Stage
from buurtdraad.messages.actions import contact_for

NOW = timezone.now()


@pytest.fixture
def kees_contact(kees):
    return contact_for(kees, at=NOW)


def test_ones_own_wishes_say_how_they_stand_and_lead_to_their_page(kees, kees_contact, make_wish):
    shown = make_wish("Een bank", contact=kees_contact)
    make_wish("Een wens die wacht", contact=kees_contact, showing=Showing.WAITING)
    rows = [queries.wish_row(giver) for giver in queries.wishes_of(kees)]
    assert [(row.words, row.url, row.state) for row in rows] == [
        ("ZO-2: Een wens die wacht", "", "Verteld"),
        ("ZO-1: Een bank", f"/wensen/{shown.reference}/", "Verteld"),
    ]


def test_a_joined_wish_leads_to_the_one_it_lives_in(kees, kees_contact, make_wish, joris):
    mine, other = make_wish("Een bank", contact=kees_contact), make_wish("Ook een bank")
    actions.merge(mine, other, why="", by=joris, at=NOW)
    assert queries.wish_row(queries.wishes_of(kees).get()).url == f"/wensen/{other.reference}/"


def test_who_goes_leaves_the_wish_and_its_count_and_nothing_of_themselves(kees, kees_contact, make_wish, emine):
    given, wanted = make_wish("Mijn moeder wil een bank", contact=kees_contact), make_wish("Bomen")
    unread = make_wish("Mijn moeder woont op 12", contact=kees_contact, showing=Showing.WAITING)
    shared = make_wish("Van ons samen", contact=kees_contact, showing=Showing.PRIVATE)
    actions.add_giver(shared, contact=emine, words="Ook van mij", channel="phone", by=None, at=NOW)
    actions.support(wanted, contact=kees_contact, at=NOW)
    before = people_of([given, wanted, shared])
    own.erase(kees, at=NOW)
    assert people_of([given, wanted, shared]) == before
    assert not Giver.objects.filter(contact=kees_contact).exists()
    assert {giver.words for giver in Giver.objects.exclude(contact=emine).exclude(wish=wanted)} == {""}
    unread.refresh_from_db(), shared.refresh_from_db()
    assert "moeder" not in unread.text
    assert unread.showing == Showing.PRIVATE
    assert shared.text == "Van ons samen"


@pytest.mark.parametrize(("days", "due"), [(365, 0), (367, 1)])
def test_a_year_after_the_end_we_forget_who_gave_a_wish_and_keep_the_wish(wish, joris, days, due):
    at = NOW - datetime.timedelta(days=days)
    actions.answer([wish], text="Het is klaar", stage=Stage.DONE, by=joris, at=at)
    Step.objects.update(at=at)
    today = timezone.localdate(NOW)
    assert own.forget_givers(list(givers_due(today).values_list("pk", flat=True)), on=today) == due
    assert Giver.objects.filter(words="", contact=None).count() == due
    assert Wish.objects.get().text == wish.text
    assert not givers_due(today).exists()
    assert people_of([wish]) == {wish.pk: 1}


def test_what_still_goes_on_is_never_due(wish, joris):
    actions.move_to(wish, Stage.BUSY, why="Bezig", by=joris, at=NOW)
    Step.objects.update(at=NOW - datetime.timedelta(days=2000))
    assert not givers_due(timezone.localdate(NOW)).exists()
