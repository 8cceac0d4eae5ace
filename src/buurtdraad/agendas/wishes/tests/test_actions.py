"""Giving, showing, answering and joining: what is written, told and recorded."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.agendas.conftest import BENCH
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.actions import Given, NotAnswered, NotJoined
from buurtdraad.agendas.wishes.actions.people import counted
from buurtdraad.agendas.wishes.actions.showing import SeenMeanwhile
from buurtdraad.agendas.wishes.models import Answered, Giver, Rating, Series, Step, Supporter, Wish
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.states import Channel, Helped, Showing, Stage, Theme
from buurtdraad.audit.models import Event
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Mail, Message, Slip

NOW = timezone.now() + datetime.timedelta(hours=1)


def given(areas, text=BENCH, code="BU03440241", **facts):
    return Given(text, areas[code], **facts)


def test_a_wish_of_a_visitor_waits_until_somebody_has_read_it(areas):
    wish = actions.give(given(areas), contact=None, by=None, at=NOW)
    assert (wish.showing, wish.stage, wish.reference) == (Showing.WAITING, Stage.TOLD, "ZO-1")
    assert [giver.words for giver in wish.givers.all()] == [BENCH]
    assert Event.objects.get(verb="wish.given").touches == []
    assert not Wish.objects.on_site().exists()


def test_where_an_area_reads_afterwards_a_wish_is_shown_at_once_unless_it_is_personal(areas, joris):
    actions.choose(areas["zuilen-oost"], answer_within=7, read_first=False, comments=False, by=joris, duty="area_adviser", at=NOW)
    plain = actions.give(given(areas), contact=None, by=None, at=NOW)
    named = actions.give(given(areas, "De buurman op Wilgenlaan 12 maakt lawaai."), contact=None, by=None, at=NOW)
    doubted = actions.give(given(areas), contact=None, by=None, at=NOW, doubts=["links"])
    assert [wish.showing for wish in (plain, named, doubted)] == [Showing.SHOWN, Showing.WAITING, Showing.WAITING]
    assert set(named.waits_for) == {"house", "person"}
    assert plain.answer_by == timezone.localdate(NOW) + datetime.timedelta(days=7)


def test_a_note_of_staff_stays_off_the_site_until_it_is_put_there(areas, joris, emine):
    wish = actions.give(given(areas, channel=Channel.PHONE), contact=emine, by=joris, at=NOW)
    assert wish.showing == Showing.PRIVATE
    actions.show(wish, was=Showing.PRIVATE, by=joris, duty="area_adviser", at=NOW)
    assert Wish.objects.on_site().get() == wish
    with pytest.raises(SeenMeanwhile):
        actions.keep_private(wish, was=Showing.PRIVATE, why="", by=joris, duty="area_adviser", at=NOW)


def test_one_form_sent_twice_is_one_wish(areas):
    first = actions.give(given(areas), contact=None, by=None, at=NOW, mark="form-1")
    assert actions.give(given(areas), contact=None, by=None, at=NOW, mark="form-1") == first
    assert Wish.objects.count() == Giver.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_mark_are_one_wish_and_others_get_numbers_of_their_own(areas):
    def give(n):
        try:
            return actions.give(given(areas), contact=None, by=None, at=NOW, mark="same" if n % 2 else f"other-{n}").reference
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        references = list(pool.map(give, range(20)))
    assert len(set(references)) == Wish.objects.count() == 11
    assert Wish.objects.filter(mark="same").count() == 1


def test_numbers_go_by_working_area_or_district_and_prefixes_differ(areas, make_wish):
    assert [make_wish(area=code).reference for code in ("BU03440241", "BU03440242", "zuilen-oost", "WK034402", "BU03440321")] == [
        "ZO-1", "ZO-2", "ZO-3", "NO-1", "OV-1",
    ]  # fmt: skip
    assert Series.objects.count() == 3


def test_trouble_between_people_has_no_point_and_others_are_on_the_street(make_wish):
    assert make_wish(theme=Theme.NUISANCE, point=(52.1, 5.1)).latitude is None
    wish = make_wish(point=(52.123456, 5.098765))
    assert (wish.latitude, wish.longitude) == (52.123, 5.099)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.filter(pk=wish.pk).update(theme=Theme.NUISANCE)


def test_an_answer_tells_each_giver_with_their_own_words_in_their_own_way(wish, kees, joris, django_capture_on_commit_callbacks):
    actions.add_giver(wish, contact=contact_for(kees, at=NOW), words="Een bankje graag!", channel=Channel.WEB, by=kees, at=NOW)
    actions.answer([wish], text="Er komen twee banken.", stage=Stage.CHOSEN, by=joris, at=NOW)
    wish.refresh_from_db()
    assert (wish.stage, wish.answered_at, wish.why) == (Stage.CHOSEN, NOW, "Er komen twee banken.")
    call, mail = Message.objects.exclude(contact=None).order_by("way")[:2]
    assert "geen schaduw" in call.body
    assert "Een bankje graag!" in mail.body
    assert "Er komen twee banken." in mail.body
    assert mail.link == f"/wensen/{wish.reference}/"
    assert Mail.objects.get().to == "kees@example.nl"
    assert Slip.objects.get().thing == "wish:ZO-1"
    assert Answered.objects.get().told == 2
    assert [step.stage for step in wish.steps.all()] == [Stage.TOLD, Stage.CHOSEN]


def test_who_hears_no_or_later_hears_why_and_when(wish, joris):
    with pytest.raises(NotAnswered):
        actions.move_to(wish, Stage.NOT_DONE, why="Te duur", by=joris, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.filter(pk=wish.pk).update(stage=Stage.LATER)
    actions.answer([wish], text="Er ligt een leiding.", stage=Stage.NOT_DONE, by=joris, at=NOW)
    wish.refresh_from_db()
    assert (wish.stage, wish.why, wish.told_at) == (Stage.NOT_DONE, "Er ligt een leiding.", NOW)
    actions.move_to(wish, Stage.SEEN, why="De leiding gaat weg", by=joris, at=NOW)
    wish.refresh_from_db()
    assert (wish.told_at, wish.why) == (None, "De leiding gaat weg")


def test_an_answer_that_cannot_be_for_one_of_them_changes_nothing(make_wish, emine, joris):
    done, open_one = make_wish(contact=emine), make_wish("Een boom")
    actions.move_to(done, Stage.DONE, why="Klaar", by=joris, at=NOW)
    with pytest.raises(WrongStage):
        actions.answer([open_one, done], text="Bezig", stage=Stage.CHOSEN, by=joris, at=NOW)
    assert not Message.objects.exists()
    assert not Answered.objects.exists()
    assert Step.objects.filter(wish=open_one).count() == 1


def test_support_counts_a_person_once_also_the_giver(wish, kees, emine):
    contact = contact_for(kees, at=NOW)
    assert actions.support(wish, contact=contact, at=NOW)
    assert not actions.support(wish, contact=contact, at=NOW)
    assert not actions.support(wish, contact=emine, at=NOW)
    assert people_of([wish]) == {wish.pk: 2}
    actions.take_back_support(wish, contact=contact, at=NOW)
    assert people_of([wish]) == {wish.pk: 1}


def test_who_follows_hears_and_does_not_count(wish, kees, joris):
    actions.follow(wish, contact=contact_for(kees, at=NOW), at=NOW)
    assert people_of([wish]) == {wish.pk: 1}
    actions.answer([wish], text="Ja", stage=None, by=joris, at=NOW)
    assert "U volgt deze wens" in Message.objects.get(contact__person=kees).body
    actions.stop_following(wish, contact=contact_for(kees, at=NOW), at=NOW)
    assert not Supporter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_supports_of_one_person_at_once_are_one(wish, kees):
    contact = contact_for(kees, at=NOW)

    def support(_n):
        try:
            return actions.support(wish, contact=contact, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(support, range(50)))
    assert Supporter.objects.count() == 1


def test_a_link_makes_the_address_of_a_giver_known_and_tells_a_late_one_the_answer(areas, joris, rf, django_capture_on_commit_callbacks):
    wish = actions.give(given(areas), contact=None, by=None, at=NOW)
    token = mailed_token(rf, "nieuw@example.nl", wish.givers.get())
    actions.answer([wish], text="Dat doen we.", stage=Stage.CHOSEN, by=joris, at=NOW)
    assert actions.confirm(token, at=NOW) == wish
    assert wish.givers.get().contact.person.email == "nieuw@example.nl"
    assert "Dat doen we." in Message.objects.exclude(contact=None).get().body
    with pytest.raises(BadLink):
        actions.confirm(token, at=NOW)


def test_support_by_mail_counts_after_the_button_only(wish, rf):
    token = mailed_token(rf, "Nieuw@Example.nl", wish)
    assert people_of([wish]) == {wish.pk: 1}
    actions.confirm(token, at=NOW)
    assert people_of([wish]) == {wish.pk: 2}


def mailed_token(rf, email, about):
    """The token in the mail that the action puts on its way."""
    actions.mail_to_confirm(rf.get("/"), email, about=about, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'text' FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
        text = cursor.fetchone()[0]
    return text.split("/wensen/bevestigen/")[1].split("/")[0]


def test_a_rating_is_of_one_person_and_the_last_one_counts(wish, emine, joris):
    made = actions.answer([wish], text="Ja", stage=None, by=joris, at=NOW)
    actions.rate(made, wish, emine, helped=Helped.NO, words="", at=NOW)
    actions.rate(made, wish, emine, helped=Helped.YES, words="Toch wel", at=NOW)
    assert [(rating.helped, rating.words) for rating in Rating.objects.all()] == [(Helped.YES, "Toch wel")]


# --- joining and parting -----------------------------------------------------------------------------


def test_a_joined_wish_keeps_its_people_and_they_hear_the_answer_to_the_other(wish, make_wish, kees, joris, emine):
    other = make_wish("Geen bank op de Wilgenhof", contact=contact_for(kees, at=NOW))
    actions.merge(other, wish, why="Hetzelfde", by=joris, at=NOW)
    assert people_of([wish]) == {wish.pk: 2}
    assert counted(wish, contact_for(kees, at=NOW))
    actions.answer([other], text="Er komt een bank.", stage=Stage.BUSY, by=joris, at=NOW)
    assert Message.objects.filter(contact__isnull=False).count() == 2
    assert "Geen bank op de Wilgenhof" in Message.objects.get(contact__person=kees).body
    other.refresh_from_db()
    assert other.answered_at == NOW


def test_undoing_a_join_gives_back_all_that_was_there(make_wish, kees, joris):
    first, second, third = make_wish("Eén"), make_wish("Twee", contact=contact_for(kees, at=NOW)), make_wish("Drie")
    actions.merge(third, second, why="", by=joris, at=NOW)
    joined = actions.merge(second, first, why="", by=joris, at=NOW)
    third.refresh_from_db()
    assert third.head == first
    assert third.merged_into == second
    actions.unmerge(joined, by=joris, at=NOW)
    second.refresh_from_db(), third.refresh_from_db()
    assert second.head is None
    assert third.head == second
    assert people_of([first, second]) == {first.pk: 0 + 1, second.pk: 2}
    with pytest.raises(NotJoined):
        actions.unmerge(joined, by=joris, at=NOW)


def test_a_wish_is_not_joined_to_itself_nor_in_a_circle_nor_twice(make_wish, joris):
    first, second, third = make_wish("Eén"), make_wish("Twee"), make_wish("Drie")
    actions.merge(second, first, why="", by=joris, at=NOW)
    for wish, into in ((first, first), (first, second), (second, third)):
        with pytest.raises(NotJoined):
            actions.merge(wish, into, why="", by=joris, at=NOW)
    assert actions.merge(third, second, why="", by=joris, at=NOW).into == first


@pytest.mark.django_db(transaction=True)
def test_two_joins_at_once_in_both_directions_make_no_circle(make_wish, joris):
    first, second = make_wish("Eén"), make_wish("Twee")

    def join(pair):
        try:
            actions.merge(*pair, why="", by=joris, at=NOW)
        except NotJoined:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(join, [(first, second), (second, first)])) == 1
    assert Wish.objects.heads().count() == 1


def test_a_split_gives_both_parts_the_same_people_and_can_be_undone(wish, emine, joris):
    made = actions.split(wish, text="Geen bank.", part_text="Geen schaduw.", part_theme=Theme.GREEN, by=joris, at=NOW)
    wish.refresh_from_db()
    assert (wish.text, made.part.text, made.part.reference) == ("Geen bank.", "Geen schaduw.", "ZO-2")
    assert people_of([wish, made.part]) == {wish.pk: 1, made.part.pk: 1}
    actions.unsplit(made, by=joris, at=NOW)
    wish.refresh_from_db()
    assert wish.text == BENCH
    assert people_of([wish]) == {wish.pk: 1}
    with pytest.raises(NotJoined):
        actions.unsplit(made, by=joris, at=NOW)
