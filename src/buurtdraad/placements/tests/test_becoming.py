"""A shared lesson becomes a wish, belongs to a topic, or is a proposal for the method; one finds it back from there."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from buurtdraad.agendas.agenda import actions as agenda
from buurtdraad.agendas.wishes.actions import show
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.audit.models import Event
from buurtdraad.method.models import Lesson as MethodLesson
from buurtdraad.method.models import MethodStep, MethodVersion
from buurtdraad.placements.actions import becoming
from buurtdraad.placements.actions.becoming import CannotBecome
from buurtdraad.placements.models import LessonTopic, LessonWish
from buurtdraad.placements.tests.afterwards import *  # noqa: F403 (the meal at which Tom was)
from buurtdraad.placements.tests.afterwards import LEARNED, NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_noor(client, signed_in, noor):
    return signed_in(noor)


@pytest.fixture
def topic(areas, joris, wish):
    """A topic of the agenda of Zuilen-Oost, with Mevrouw Aydin's wish."""
    version = agenda.make_draft(areas["zuilen-oost"], by=joris, at=NOW)
    made = agenda.add_topic(version, agenda.TopicFacts("Groen en ontmoeten"), by=joris, at=NOW)
    agenda.choose_wishes(made, [wish], by=joris, at=NOW)
    agenda.adopt(version, adopted_by="De avond", valid_from=TODAY, by=joris, at=NOW)
    return made


def work(lesson, rest=""):
    return f"/werk/stages/lessen/{lesson.uuid}/{rest}"


def test_a_lesson_becomes_a_wish_that_the_adviser_puts_on_the_site(as_noor, client, shared, samira):
    as_noor.post(work(shared, "wens/"), {"text": "Een formulier voor een bankje", "area": "BU03440321"})
    wish = Wish.objects.get()
    assert (wish.showing, wish.text) == (Showing.PRIVATE, "Een formulier voor een bankje")
    page = as_noor.get(work(shared)).text
    assert (wish.reference in page, f"/wensen/{wish.reference}/" in page, "wacht op de adviseur" in page) == (True, False, True)
    client.logout()
    assert wish.reference not in client.get(f"/stages/lessen/{shared.uuid}/").text
    show(wish, was=Showing.PRIVATE, by=samira, duty="area_adviser", at=NOW)
    assert wish.reference in client.get(f"/stages/lessen/{shared.uuid}/").text
    page = client.get(f"/wensen/{wish.reference}/").text
    assert "Geleerd op een stage in Overvecht" in page
    assert f'href="/stages/lessen/{shared.uuid}/"' in page


def test_a_topic_is_chosen_in_words(as_noor, shared, topic):
    page = as_noor.get(work(shared, "onderwerp/")).text
    assert ("Kies een onderwerp" in page, "Select an option" in page) == (True, False)


def test_a_lesson_belongs_to_a_topic_and_stands_in_the_thread_of_its_wishes(as_noor, client, shared, topic, wish):
    as_noor.post(work(shared, "onderwerp/"), {"topic": topic.pk})
    assert as_noor.post(work(shared, "onderwerp/"), {"topic": topic.pk}).status_code == 422
    assert "Groen en ontmoeten" in as_noor.get(work(shared)).text
    client.logout()
    assert f'href="/onderwerpen/{topic.pk}/"' in client.get(f"/stages/lessen/{shared.uuid}/").text
    assert LEARNED in client.get(f"/wensen/{wish.reference}/").text


def test_the_page_of_a_topic_leads_to_its_own_lessons(as_noor, client, shared, topic):
    path = f"/stages/?onderwerp={topic.pk}"
    assert f'href="{path}#h-lessons"' in client.get(f"/onderwerpen/{topic.pk}/").text
    page = client.get(path).text
    assert (LEARNED in page, f'href="/onderwerpen/{topic.pk}/"' in page) == (False, True)
    as_noor.post(work(shared, "onderwerp/"), {"topic": topic.pk})
    client.logout()
    assert LEARNED in client.get(path).text


@pytest.mark.parametrize("number", ["", "0", "-1", "abc", "9" * 30, "²"])
def test_lessons_of_a_topic_that_is_not_there_are_all_lessons(client, shared, number):
    page = client.get("/stages/", {"onderwerp": number})
    assert (page.status_code, LEARNED in page.text, "horen bij het onderwerp" in page.text) == (200, True, False)


def test_a_topic_of_a_draft_is_named_nowhere(client, shared, areas, joris):
    version = agenda.make_draft(areas["zuilen-oost"], by=joris, at=NOW)
    draft = agenda.add_topic(version, agenda.TopicFacts("Nog geheim"), by=joris, at=NOW)
    assert "Nog geheim" not in client.get(f"/stages/?onderwerp={draft.pk}").text


def test_what_was_put_with_a_topic_is_taken_away_again(as_noor, shared, topic, wish):
    as_noor.post(work(shared, "onderwerp/"), {"topic": topic.pk})
    for _time in range(2):
        as_noor.post(work(shared, f"onderwerp/{topic.pk}/weg/"))
    assert not LessonTopic.objects.exists()
    assert LEARNED not in as_noor.get(f"/wensen/{wish.reference}/").text


def test_taken_back_it_is_in_no_thread(as_noor, client, shared, topic, wish):
    as_noor.post(work(shared, "onderwerp/"), {"topic": topic.pk})
    as_noor.post(work(shared, "weg/"))
    client.logout()
    assert LEARNED not in client.get(f"/wensen/{wish.reference}/").text


def test_a_lesson_is_a_proposal_to_change_a_step(as_noor, client, shared):
    version = MethodVersion.objects.create(number=1, name="De eerste", stage="in_use", made_at=NOW, in_use_on=TODAY)
    MethodStep.objects.create(version=version, number=1, key="horen", name="Luisteren", purpose="Weten wat er speelt")
    assert "1. Luisteren" in as_noor.get(work(shared, "stap/")).text
    wrong = as_noor.post(work(shared, "stap/"), {"step_key": "horen", "next_time": "Bel 06 12345678"})
    assert (wrong.status_code, MethodLesson.objects.exists()) == (422, False)
    as_noor.post(work(shared, "stap/"), {"step_key": "horen", "next_time": "Ga eerst eten met bewoners."})
    proposal = MethodLesson.objects.get()
    assert (proposal.step_key, proposal.happened, proposal.run) == ("horen", LEARNED, None)
    assert Event.objects.filter(verb="lesson.learned", thing=f"lesson:{proposal.uuid}").exists()
    client.logout()
    page = client.get(f"/stages/lessen/{shared.uuid}/").text
    assert "Luisteren" in page
    assert "Ga eerst eten met bewoners." in page


def test_it_becomes_a_wish_and_a_proposal_once(as_noor, shared, noor, areas):
    for _time in range(2):
        as_noor.post(work(shared, "stap/"), {"step_key": "", "next_time": "Anders"})
        as_noor.post(work(shared, "wens/"), {"text": "Een wens", "area": "WK034403"})
    assert (MethodLesson.objects.count(), Wish.objects.count()) == (1, 1)
    with pytest.raises(CannotBecome):
        becoming.to_wish(shared, text="Nog een", area=areas["WK034403"], by=noor, at=NOW)


def test_a_lesson_that_waits_becomes_nothing(as_noor, lesson, noor, areas):
    for rest in ("wens/", "onderwerp/", "stap/"):
        assert as_noor.get(work(lesson, rest)).status_code == 404
    with pytest.raises(CannotBecome):
        becoming.to_step(lesson, step_key="", next_time="x", by=noor, at=NOW)


@pytest.mark.parametrize(
    ("rest", "sent"),
    [("wens/", {"text": "", "area": "WK034403"}), ("wens/", {"text": "x", "area": "nergens"}), ("stap/", {"next_time": ""})],
)
def test_nonsense_is_answered_on_the_form(as_noor, shared, rest, sent):
    assert as_noor.post(work(shared, rest), sent).status_code == 422


def test_a_topic_holds_a_lesson_once_and_a_lesson_is_one_wish(shared, topic, wish):
    LessonTopic.objects.create(lesson=shared, topic=topic)
    LessonWish.objects.create(lesson=shared, wish=wish)
    for row in (LessonTopic(lesson=shared, topic=topic), LessonWish(lesson=shared, wish=wish)):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


@pytest.mark.django_db(transaction=True)
def test_of_five_at_once_one_makes_a_wish(shared, noor, areas):
    def make(n):
        try:
            becoming.to_wish(shared, text=f"Wens {n}", area=areas["WK034403"], by=noor, at=NOW)
        except CannotBecome:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(make, range(5))) == 1
    assert Wish.objects.count() == 1
