"""An initiative is made, changed, goes to another step, and stands on the site after somebody read it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.agenda.models import AgendaVersion, Topic
from buurtdraad.audit.models import Event
from buurtdraad.initiatives.actions import plans, showing
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries import plans as queries
from buurtdraad.initiatives.queries.reading import waiting_to_read
from buurtdraad.initiatives.rules import RESERVED
from buurtdraad.initiatives.states import MOVES, SHOWING_MOVES, Role, Showing, Stage
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Message

NOW = timezone.now()
EVERYWHERE = Reach(everywhere=True)


@pytest.fixture
def begin(areas):
    """Begins a plan in Geuzenwijk, of nobody known."""

    def make(title="Wilgentuin", **facts):
        usual = {"area": areas["BU03440241"], "theme": "green", "contact": None, "by": None, "at": NOW}
        return plans.make(title=title, **(usual | facts))

    return make


def test_a_plan_is_private_at_first_and_stands_in_the_record(begin):
    made = begin(summary="Groen en een bank.")
    assert (made.showing, made.stage, made.slug) == (Showing.PRIVATE, Stage.IDEA, "wilgentuin")
    event = Event.objects.get(verb="initiative.made")
    assert (event.thing, event.channel, event.touches) == (made.thing, "web", [])


def test_two_plans_with_one_title_have_two_addresses_and_none_is_a_word_of_ours(begin):
    assert [begin("Een bank!").slug for _each in range(3)] == ["een-bank", "een-bank-2", "een-bank-3"]
    for word in RESERVED:
        assert begin(word).slug == f"{word}-2"
    assert begin("حديقة").slug == "initiatief"


def test_one_form_that_is_sent_twice_makes_one_plan(begin):
    assert begin(mark="a").pk == begin(mark="a").pk
    assert Initiative.objects.count() == 1


def test_its_point_is_rounded_to_the_street(begin):
    made = begin(point=(52.11267, 5.08123))
    assert (made.latitude, made.longitude) == (52.113, 5.081)


def test_who_starts_it_is_of_it(begin, kees):
    made = begin(contact=contact_for(kees, at=NOW), by=kees)
    assert [(one.role, one.contact.person) for one in made.members.all()] == [(Role.INITIATOR, kees)]


@pytest.mark.parametrize("facts", [{"title": ""}, {"stage": "stopped"}, {"stage": "done"}, {"longitude": 5.1}, {"slug": "tuin"}])
def test_the_table_refuses_what_cannot_be(begin, facts):
    begin("Tuin")
    other = begin("Ander")
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=other.pk).update(**facts)


def test_days_in_the_wrong_order_are_refused(begin):
    made, today = begin(), timezone.localdate()
    with pytest.raises(plans.EndsBefore):
        plans.change(made, from_on=today, until_on=today - datetime.timedelta(days=1), by=None, at=NOW)


# --- on the site ---------------------------------------------------------------------------------------


def test_it_stands_on_the_site_only_after_somebody_read_it(begin, kees, joris):
    made = begin(summary="Groen.", contact=contact_for(kees, at=NOW), by=kees)
    showing.ask_to_show(made, by=kees, at=NOW)
    assert made.showing == Showing.TO_READ
    assert waiting_to_read(EVERYWHERE).number == 1
    plans.show(made, was=plans.mark_of(made), by=joris, at=NOW)
    assert made.showing == Showing.SHOWN
    assert waiting_to_read(EVERYWHERE).number == 0
    assert Message.objects.filter(contact__person=kees, thing=made.thing).count() == 1
    assert "BU03440241" in Event.objects.get(verb="initiative.shown").touches


def test_a_plan_without_a_word_of_what_it_is_is_not_read(begin):
    with pytest.raises(showing.NothingToTell):
        showing.ask_to_show(begin(), by=None, at=NOW)


def test_words_that_changed_while_somebody_read_them_do_not_go_on_the_site(begin, joris):
    made = begin(summary="Groen.")
    showing.ask_to_show(made, by=None, at=NOW)
    was = plans.mark_of(made)
    plans.change(made, summary="Iets anders.", by=None, at=NOW)
    with pytest.raises(plans.OtherWords):
        plans.show(made, was=was, by=joris, at=NOW)


def test_new_words_of_its_people_wait_while_the_old_ones_stay(make_initiative, kees, joris):
    made = make_initiative(of=kees)
    plans.change(made, title="Heel anders", theme="traffic", by=kees, at=NOW)
    assert (made.title, made.theme, made.waiting) == ("Wilgentuin", "traffic", {"title": "Heel anders"})
    assert waiting_to_read(EVERYWHERE).number == 1
    plans.show(made, by=joris, at=NOW)
    assert (made.title, made.waiting) == ("Heel anders", {})


def test_words_that_were_changed_back_wait_no_more(make_initiative, kees):
    made = make_initiative(of=kees)
    plans.change(made, title="Heel anders", by=kees, at=NOW)
    plans.change(made, title="Wilgentuin", by=kees, at=NOW)
    assert made.waiting == {}


def test_what_an_adviser_changes_stands_there_at_once(make_initiative, joris, samira):
    made = make_initiative()
    plans.change(made, title="Beter", by=joris, at=NOW)
    assert (made.title, made.waiting) == ("Beter", {})
    plans.change(made, title="Van elders", by=samira, at=NOW)
    assert made.title == "Beter"


def test_a_question_about_new_words_goes_to_its_people_and_the_page_stays(make_initiative, kees, joris):
    made = make_initiative(of=kees)
    plans.change(made, title="Met een naam", by=kees, at=NOW)
    showing.send_back(made, question="Wie bedoelt u?", by=joris, at=NOW)
    assert (made.showing, made.question) == (Showing.SHOWN, "Wie bedoelt u?")
    assert waiting_to_read(EVERYWHERE).number == 0
    plans.change(made, title="Zonder een naam", by=kees, at=NOW)
    assert (waiting_to_read(EVERYWHERE).number, made.question) == (1, "")


def test_who_takes_it_off_the_site_keeps_the_new_words(make_initiative, kees):
    made = make_initiative(of=kees)
    plans.change(made, title="Nieuw", by=kees, at=NOW)
    showing.hide(made, by=kees, at=NOW)
    assert (made.showing, made.title, made.waiting) == (Showing.PRIVATE, "Nieuw", {})


@pytest.mark.parametrize("state", Showing)
@pytest.mark.parametrize(("deed", "to"), [("show", Showing.SHOWN), ("hide", Showing.PRIVATE), ("ask", Showing.TO_READ)])
def test_each_state_allows_what_its_table_says(make_initiative, joris, state, deed, to):
    made = make_initiative(showing=state)
    deeds = {"show": plans.show, "hide": showing.hide, "ask": showing.ask_to_show}
    again = state == to == Showing.SHOWN  # new words of one that is there
    if to in SHOWING_MOVES[state] or again:
        deeds[deed](made, by=joris, at=NOW)
        assert Initiative.objects.get(pk=made.pk).showing == to
    else:
        with pytest.raises(WrongStage):
            deeds[deed](made, by=joris, at=NOW)


# --- steps ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", Stage)
def test_it_goes_only_where_its_step_leads(make_initiative, kees, to):
    made = make_initiative(of=kees, stage=Stage.DOING)
    if to in MOVES[Stage.DOING]:
        plans.move_to(made, to, why="Te duur", by=kees, at=NOW)
        assert made.stage == to
    else:
        with pytest.raises(WrongStage):
            plans.move_to(made, to, why="Te duur", by=kees, at=NOW)
        assert Initiative.objects.get(pk=made.pk).stage == Stage.DOING


def test_what_does_not_go_on_says_why_and_that_is_read_first(make_initiative, kees, client):
    made = make_initiative(of=kees)
    with pytest.raises(plans.SaysNoReason):
        plans.move_to(made, Stage.STOPPED, by=kees, at=NOW)
    plans.move_to(made, Stage.STOPPED, why="De buurman wil niet", by=kees, at=NOW)
    assert "De buurman wil niet" not in client.get(f"/initiatieven/{made.slug}/").text
    plans.move_to(made, Stage.PLAN, by=kees, at=NOW)
    assert (made.why, made.waiting) == ("", {})


def test_done_is_on_a_day_that_was_and_can_be_taken_up_again(make_initiative, joris):
    made, today = make_initiative(stage=Stage.DOING), timezone.localdate()
    with pytest.raises(plans.NotYet):
        plans.move_to(made, Stage.DONE, done_on=today + datetime.timedelta(days=1), by=joris, at=NOW)
    plans.move_to(made, Stage.DONE, result="Er staat een bank.", by=joris, at=NOW)
    assert (made.done_on, made.result) == (today, "Er staat een bank.")
    plans.move_to(made, Stage.DOING, by=joris, at=NOW)
    assert made.done_on is None


# --- what it answers -----------------------------------------------------------------------------------


def test_it_answers_a_wish_once_and_both_pages_are_made_anew(make_initiative, make_wish, joris):
    made, wish = make_initiative(), make_wish(area="BU03440321")
    for _each in range(2):
        plans.add_wish(made, wish, by=joris, at=NOW)
    event = Event.objects.get(verb="initiative.linked")
    assert {"BU03440241", "BU03440321"} <= set(event.touches)
    assert queries.initiatives_of_wish(wish) == [made]
    assert queries.wishes_of(made) == [wish]
    plans.take_link_away(made, wish, by=joris, at=NOW)
    assert queries.initiatives_of_wish(wish) == []


def test_a_wish_and_a_topic_that_nobody_sees_do_not_show_beside_it(make_initiative, make_wish, areas, joris):
    made, wish = make_initiative(), make_wish(showing="private")
    draft = AgendaVersion.objects.create(area=areas["zuilen-oost"], number=1)
    topic = Topic.objects.create(version=draft, number=1, title="Groen")
    plans.add_wish(made, wish, by=joris, at=NOW)
    plans.add_topic(made, topic, by=joris, at=NOW)
    assert (queries.wishes_of(made), queries.topics_of(made)) == ([], [])


def test_what_is_not_on_the_site_stands_beside_nothing(make_initiative, make_wish, joris):
    made, wish = make_initiative(showing=Showing.PRIVATE), make_wish()
    plans.add_wish(made, wish, by=joris, at=NOW)
    assert queries.initiatives_of_wish(wish) == []
    assert not queries.in_areas(["BU03440241"]).exists()
