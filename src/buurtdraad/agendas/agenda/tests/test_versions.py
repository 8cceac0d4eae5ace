"""Versions, topics and what goes on: what is written, told and recorded."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.actions import Promise, TellGivers, TopicFacts
from buurtdraad.agendas.agenda.actions.topics import NotATopic
from buurtdraad.agendas.agenda.actions.versions import NotAdopted
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, PollAnswer, Topic, TopicWish
from buurtdraad.agendas.agenda.queries.agendas import agenda_page, all_agendas, polled, version_of
from buurtdraad.agendas.agenda.queries.thread import agreements_of, topics_of
from buurtdraad.agendas.agenda.states import Following, Stage, VersionStage
from buurtdraad.agendas.agenda.tests.conftest import CHOSEN, NOW, SOON, TODAY
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.agendas.wishes.queries.shown import family_ids
from buurtdraad.agendas.wishes.states import Stage as WishStage
from buurtdraad.audit.models import Event
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message


def next_version(areas, joris):
    return actions.make_draft(areas["zuilen-oost"], by=joris, at=NOW)


def adopt(version, joris, **more):
    actions.adopt(version, adopted_by="De stuurgroep", valid_from=TODAY, by=joris, at=NOW, **more)


def test_a_second_draft_is_the_first_one(areas, joris, draft):
    assert next_version(areas, joris) == draft
    assert (draft.number, draft.stage) == (1, VersionStage.DRAFT)
    assert Event.objects.get(verb="agenda.drafted").touches == []


@pytest.mark.django_db(transaction=True)
def test_ten_drafts_at_once_are_one(areas, joris):
    def make(_n):
        try:
            return actions.make_draft(areas["zuilen-oost"], by=joris, at=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(make, range(10)))) == AgendaVersion.objects.count() == 1


def test_a_draft_without_topics_is_not_adopted(draft, joris):
    with pytest.raises(NotAdopted):
        adopt(draft, joris)
    assert AgendaVersion.objects.get().stage == VersionStage.DRAFT


def test_adopting_says_by_whom_and_touches_the_pages_of_the_area(agenda, joris):
    assert (agenda.stage, agenda.adopted_by, agenda.valid_from, agenda.adopted_at) == ("adopted", "De avond met bewoners", TODAY, NOW)
    assert {"zuilen-oost", "GM0344"} <= set(Event.objects.get(verb="agenda.adopted").touches)
    assert Message.objects.get(contact=None).board == "De nieuwe buurtagenda van Zuilen-Oost is er."
    with pytest.raises(WrongStage):
        adopt(agenda, joris)


@pytest.mark.parametrize(
    "facts",
    [{"adopted_by": ""}, {"valid_from": None}, {"adopted_at": None}],
)
def test_an_adopted_agenda_always_says_by_whom_and_when(agenda, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaVersion.objects.filter(pk=agenda.pk).update(**facts)


def test_one_agenda_counts_and_one_draft_is_made_in_an_area(agenda, areas):
    for stage in ("adopted", "draft"):
        facts = {"adopted_by": "x", "valid_from": TODAY, "adopted_at": NOW} if stage == "adopted" else {}
        AgendaVersion.objects.filter(stage="draft").delete()
        if stage == "draft":
            AgendaVersion.objects.create(area=areas["zuilen-oost"], number=8, stage=stage)
        with pytest.raises(IntegrityError), transaction.atomic():
            AgendaVersion.objects.create(area=areas["zuilen-oost"], number=9, stage=stage, **facts)


@pytest.mark.parametrize("facts", [{"votes": 142}, {"title": ""}])
def test_a_topic_has_a_title_and_no_more_votes_than_there_were(topic, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(**facts)


def test_people_of_the_wishes_are_told_only_when_staff_wrote_it(draft, topic, joris, wish):
    adopt(draft, joris)
    wish.refresh_from_db()
    assert wish.stage == WishStage.TOLD
    assert not Message.objects.exclude(contact=None).exists()


def test_one_answer_at_adoption_goes_to_all_and_the_wishes_are_chosen(topic, joris, wish, make_wish, emine):
    draft = topic.version
    gone = make_wish("Een boom", contact=emine)
    wishes.move_to(gone, WishStage.DONE, why="Klaar", by=joris, at=NOW)
    actions.choose_wishes(topic, [wish, gone], by=joris, at=NOW)
    adopt(draft, joris, tell=TellGivers("Uw wens is gekozen.", [wish, gone]))
    wish.refresh_from_db()
    gone.refresh_from_db()
    assert (wish.stage, gone.stage) == (WishStage.CHOSEN, WishStage.DONE)
    assert "Uw wens is gekozen." in Message.objects.exclude(contact=None).get().body


def test_the_next_version_begins_as_a_copy_and_unfinished_agreements_go_on(agenda, agreement, areas, joris, wish):
    topic = agreement.topic
    done = actions.add_agreement(topic, Promise("Een buurtfeest"), by=joris, at=NOW)
    actions.move_on(done, Stage.DONE, by=joris, at=NOW)
    second = next_version(areas, joris)
    copy = second.topics.get()
    assert (second.number, copy.title, copy.votes, list(copy.wishes.all())) == (2, topic.title, 31, [wish])
    adopt(second, joris)
    agenda.refresh_from_db()
    agreement.refresh_from_db()
    done.refresh_from_db()
    assert agenda.stage == VersionStage.FOLLOWED
    assert (agreement.topic, done.topic) == (copy, topic)
    assert agreements_of(topic) == [agreement, done]
    assert agreements_of(copy) == [agreement]
    assert topics_of(family_ids(wish)) == [copy, topic]
    assert version_of("zuilen-oost") == second
    assert version_of("zuilen-oost", 1) == agenda


def test_what_differs_from_the_version_before_is_told(agenda, topic, agreement, areas, joris):
    second = next_version(areas, joris)
    copy = second.topics.get()
    actions.add_topic(second, TopicFacts("Jongeren"), by=joris, at=NOW)
    replaced = actions.add_topic(second, TopicFacts("Verkeer"), follows={topic: Following.REPLACED}, by=joris, at=NOW)
    actions.remove_topic(copy, by=joris, at=NOW)
    adopt(second, joris)
    page = agenda_page(version_of("zuilen-oost"))
    assert [one.title for one in page.changed.new] == ["Jongeren"]
    assert (page.changed.replaced, page.changed.gone, page.changed.continued) == ([replaced], [], [])
    # Nothing follows the old topic, so its agreement stays there and is not lost.
    assert page.left == [agreement]


def test_a_topic_follows_an_earlier_one_of_its_own_area_only(agenda, topic, areas, joris):
    second = next_version(areas, joris)
    with pytest.raises(NotATopic):
        actions.add_topic(second, TopicFacts("Nieuw"), follows={second.topics.get(): Following.MERGED}, by=joris, at=NOW)
    for wrong in (topic,):
        with pytest.raises(NotATopic):
            actions.remove_topic(wrong, by=joris, at=NOW)


def test_an_agenda_has_no_more_topics_than_fit(draft, joris):
    for n in range(12):
        actions.add_topic(draft, TopicFacts(f"Onderwerp {n}"), by=joris, at=NOW)
    with pytest.raises(NotATopic):
        actions.add_topic(draft, CHOSEN, by=joris, at=NOW)


def test_a_joined_wish_counts_as_the_one_it_was_joined_to(topic, wish, make_wish, joris):
    other = make_wish("Geen schaduw")
    wishes.merge(other, wish, why="", by=joris, at=NOW)
    other.refresh_from_db()
    actions.choose_wishes(topic, [wish, other], by=joris, at=NOW)
    assert TopicWish.objects.filter(topic=topic).count() == 1


def test_topics_of_a_draft_are_in_no_thread(topic, wish):
    assert topics_of(family_ids(wish)) == []


@pytest.mark.django_db(transaction=True)
def test_agreements_made_at_once_get_numbers_of_their_own(agenda, topic, joris):
    def add(n):
        try:
            return actions.add_agreement(topic, Promise(f"Nummer {n}", due_on=SOON), by=joris, at=NOW).number
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(add, range(10))) == list(range(1, 11))


def test_a_poll_counts_each_form_once_and_doubted_ones_not_at_all(agenda):
    def poll(mark, doubted=False):
        return actions.answer_poll(agenda, better=3, kept=2, could_join=1, doubted=doubted, mark=mark, at=NOW)

    for n in range(9):
        poll(f"form-{n}")
    assert not polled(agenda).enough
    assert poll("form-0") == PollAnswer.objects.get(mark="form-0")
    poll("form-10", doubted=True)
    assert not polled(agenda).enough
    poll("")
    found = polled(agenda)
    assert (found.number, found.enough, found.better, found.kept, found.could_join) == (10, True, (10, 0, 0), (0, 10, 0), (0, 0, 10))


def test_the_list_of_agendas_needs_the_same_queries_for_one_and_three(areas, joris, agenda, agreement, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert [(shelf.name, shelf.agreements, shelf.done) for shelf in all_agendas()] == [("Zuilen-Oost", 1, 0)]
    for code in ("BU03440321", "WK034403"):
        version = actions.make_draft(areas[code], by=joris, at=NOW)
        actions.add_topic(version, CHOSEN, by=joris, at=NOW)
        adopt(version, joris)
    with django_assert_num_queries(3):
        assert len(all_agendas()) == 3


def test_the_page_of_a_version_needs_the_same_queries_for_one_and_many(agenda, topic, agreement, joris, django_assert_num_queries):
    def queries():
        with django_assert_num_queries(8):
            agenda_page(version_of("zuilen-oost"))

    queries()
    for n in range(3):
        more = actions.add_topic(agenda, TopicFacts(f"Nog een {n}"), by=joris, at=NOW)
        actions.add_agreement(more, Promise("Iets", due_on=SOON + datetime.timedelta(days=n)), by=joris, at=NOW)
    queries()
    assert Agreement.objects.filter(number=F("number")).count() == 4
