"""`/werk/klopt-het/`: what waits for whom, the answer and its way back, and sending a link again."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.agendas.agenda.models import Owner, Topic
from buurtdraad.audit.models import Event
from buurtdraad.pages.tests.confirming import *  # noqa: F403 (a partner who is asked)
from buurtdraad.pages.tests.confirming import EMAIL, TODAY
from buurtdraad.pages.work import waiting_for
from buurtdraad.partners.actions import AnsweredBefore, answer, say
from buurtdraad.partners.models import Confirmation, Organisation, Representative

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WORDS, ANSWER = "De kweker heeft geen bomen.", "We bellen morgen een andere kweker."


@pytest.fixture
def says(partner, benches):
    """De Vechtoever says something of its benches: `says("stuck")`."""

    def said(what="stuck", *, days_ago=0, area=True, through=None, organisation=None):
        return say(
            organisation or partner.organisation, thing=benches.thing, title=benches.what, area=benches.area if area else None, says=what,
            words="" if what == "right" else WORDS, said_by="Linda Mulder", through=through or partner.linda, by=None,
            at=timezone.now() - days_ago * DAY,
        )  # fmt: skip

    return said


def waits_for(*people):
    fresh = [Person.objects.get(pk=person.pk) for person in people]
    return [[item.title for kind, item in waiting_for(person, on=TODAY).lines if kind.name == "partners"] for person in fresh]


# --- what waits for whom -----------------------------------------------------------------------------------


def test_who_is_stuck_waits_for_the_area_manager_with_days_left(says, joris, manager, samira, noor):
    says("stuck", days_ago=4)
    assert waits_for(joris, manager, samira, noor) == [[], ["Een partner loopt vast: Twee banken en drie bomen"], [], []]
    ((_kind, item),) = [line for line in waiting_for(manager, on=TODAY).lines if line[0].name == "partners"]
    assert (item.days_left, item.area) == (10, "Zuilen-Oost")


def test_after_two_weeks_the_programme_manager_sees_it_too(says, manager, noor):
    says("stuck", days_ago=15)
    assert [len(found) for found in waits_for(manager, noor)] == [1, 1]


@pytest.mark.parametrize("area", ["WK034403", "BU03440321"])
def test_where_there_is_no_area_manager_the_programme_manager_sees_it_at_once(says, areas, manager, noor, area):
    DutyHeld.objects.filter(person=manager).update(area=areas[area])
    says("stuck")
    assert [len(found) for found in waits_for(manager, noor)] == [0, 1]


@pytest.mark.parametrize("area", [None, "GM0344", "WK034402", "zuilen-oost", "BU03440241"])
def test_an_area_manager_of_what_lies_around_or_in_it_counts(says, areas, manager, noor, area):
    DutyHeld.objects.filter(person=manager).update(area=areas[area] if area else None)
    says("stuck")
    assert [len(found) for found in waits_for(manager, noor)] == [1, 0]


def test_what_has_changed_waits_for_the_adviser(says, joris, manager, samira, noor):
    says("changed")
    assert waits_for(joris, manager, samira, noor) == [["Een partner zegt dat dit is veranderd: Twee banken en drie bomen"], [], [], []]


def test_what_belongs_to_no_area_waits_for_the_programme_manager(says, joris, manager, noor):
    says("changed", area=False)
    assert [len(found) for found in waits_for(joris, manager, noor)] == [0, 0, 1]


def test_who_presses_right_later_takes_no_question_away(client, says, manager):
    said = says("stuck", days_ago=1)
    says("right")
    assert len(waits_for(manager)[0]) == 1
    sign_in(client, manager)
    for path in ("/werk/klopt-het/", f"/werk/klopt-het/{said.uuid}/"):
        assert "zei iemand: dit klopt" in client.get(path).text


def test_of_two_who_are_stuck_staff_sees_both_with_words_and_name(client, says, benches, manager):
    first, second = says("stuck", days_ago=1), says("changed")
    Confirmation.objects.filter(pk=first.pk).update(words="De eerste vraag", said_by="Ria")
    Confirmation.objects.filter(pk=second.pk).update(words="De tweede vraag", said_by="Kees")
    sign_in(client, manager)
    for path in ("/werk/klopt-het/", f"/werk/afspraken/{benches.pk}/"):
        page = client.get(path).text
        for words in ("De eerste vraag", "Ria", "De tweede vraag", "Kees"):
            assert words in page, path


def test_it_says_who_really_answers(client, says, joris):
    said = says("stuck")
    page = sign_in(client, joris).get(f"/werk/klopt-het/{said.uuid}/")
    assert "De programmamanager geeft hier antwoord op" in page.text, "there is no area manager"


def test_who_answers_reads_whether_the_name_is_known(client, says, manager):
    said = says("stuck")
    sign_in(client, manager)
    assert "naam van een contactpersoon" in client.get(f"/werk/klopt-het/{said.uuid}/").text
    Confirmation.objects.update(said_by="Onbekend")
    assert "kennen wij niet als contactpersoon" in client.get(f"/werk/klopt-het/{said.uuid}/").text


def test_an_answer_shows_with_its_day_and_the_function_of_who_gave_it(client, says, partner, manager):
    answer(says("stuck"), text=ANSWER, on_site=True, by=manager, at=timezone.now())
    partner.ask()
    page = client.get(f"/klopt-het/{partner.token()}/").text
    for words in ("Ons antwoord", "gebiedsmanager", ANSWER):
        assert words.lower() in page.lower()
    assert "antwoord gegeven op" in sign_in(client, manager).get("/werk/klopt-het/").text


def test_an_answer_about_an_offer_has_no_place_on_the_site(client, says, partner, manager):
    said = says("stuck")
    sign_in(client, manager)
    assert 'name="on_site"' in client.get(f"/werk/klopt-het/{said.uuid}/").text
    Confirmation.objects.update(thing=partner.offers().thing)
    assert 'name="on_site"' not in client.get(f"/werk/klopt-het/{said.uuid}/").text


def test_where_nobody_can_be_asked_it_says_so(client, says, partner, benches, joris):
    sign_in(client, joris)
    assert "geen contactpersoon met e-mail" not in client.get("/werk/klopt-het/").text
    Representative.objects.update(email="")
    page = client.get("/werk/klopt-het/").text
    assert "geen contactpersoon met e-mail" in page
    assert f'href="/werk/partners/{partner.organisation.uuid}/"' in page


# --- answering ---------------------------------------------------------------------------------------------


def test_the_answer_goes_by_mail_to_who_asked_and_stands_beside_the_agreement(client, says, partner, benches, manager):
    said = says("stuck")
    sign_in(client, manager)
    assert WORDS in client.get("/werk/klopt-het/").text
    page = client.get(f"/werk/klopt-het/{said.uuid}/")
    assert "Linda Mulder" in page.text
    assert client.post(f"/werk/klopt-het/{said.uuid}/", {"text": ""}).status_code == 422
    done = client.post(f"/werk/klopt-het/{said.uuid}/", {"text": ANSWER, "on_site": "on"}, follow=True)
    assert "De partner krijgt uw antwoord per mail" in done.text
    ((to, text),) = partner.mails()
    assert to == EMAIL
    assert WORDS in text
    assert ANSWER in text
    assert f"https://buurt.example.nl/afspraken/{benches.pk}/" in text
    client.logout()
    public = client.get(f"/afspraken/{benches.pk}/").text
    for words in ("De Vechtoever liep vast", WORDS, ANSWER):
        assert words in public
    assert "Linda" not in public
    assert waits_for(manager) == [[]]


def test_without_the_tick_nobody_else_reads_it(client, says, partner, benches, manager):
    answer(says("stuck"), text=ANSWER, by=manager, at=timezone.now())
    assert WORDS not in client.get(f"/afspraken/{benches.pk}/").text
    partner.ask()
    page = client.get(f"/klopt-het/{partner.token()}/")
    assert ANSWER not in page.text, "the link may have been forwarded"
    assert "We gaven antwoord per mail" in page.text


def test_when_who_asked_left_the_answer_goes_to_who_speaks_now(says, partner, manager):
    said = says("stuck")
    Representative.objects.filter(pk=partner.linda.pk).update(until_on=TODAY - DAY)
    partner.voice("Ria", "ria@example.nl")
    answer(said, text=ANSWER, by=manager, at=timezone.now())
    assert [to for to, _text in partner.mails()] == ["ria@example.nl"]


def test_of_two_answers_one_is_given(client, says, manager, noor):
    said = says("stuck")
    stale = Confirmation.objects.get(pk=said.pk)
    answer(said, text=ANSWER, by=manager, at=timezone.now())
    with pytest.raises(AnsweredBefore):
        answer(stale, text="Nee", by=noor, at=timezone.now())
    page = sign_in(client, noor).post(f"/werk/klopt-het/{said.uuid}/", {"text": "Nee"})
    assert page.status_code == 422
    assert "Iemand gaf hier al antwoord op" in page.text
    assert ANSWER in page.text
    assert "<textarea" not in page.text
    assert Confirmation.objects.get().answer == ANSWER


def test_the_adviser_sees_who_is_stuck_and_the_area_manager_answers(client, says, joris, manager, samira):
    said = says("stuck")
    page = sign_in(client, joris).get(f"/werk/klopt-het/{said.uuid}/")
    assert "De gebiedsmanager geeft hier antwoord op" in page.text
    assert client.post(f"/werk/klopt-het/{said.uuid}/", {"text": ANSWER}).status_code == 403
    sign_in(client, samira)
    assert client.get(f"/werk/klopt-het/{said.uuid}/").status_code == 403
    assert WORDS not in client.get("/werk/klopt-het/").text


# --- the list ----------------------------------------------------------------------------------------------


def test_what_was_not_confirmed_for_two_months_shows_as_such(client, says, benches, joris):
    sign_in(client, joris)
    mark = "twee maanden niet nagekeken"
    paths = ("/werk/klopt-het/", f"/werk/afspraken/{benches.pk}/")
    assert [mark in client.get(path).text for path in paths] == [False, False]
    Owner.objects.update(accepted_at=timezone.now() - 62 * DAY)
    assert [mark in client.get(path).text for path in paths] == [True, True]
    says("right")
    assert [mark in client.get(path).text for path in paths] == [False, False]
    assert "De Vechtoever: Klopt" in client.get(paths[1]).text
    Confirmation.objects.update(at=timezone.now() - 62 * DAY)
    assert [mark in client.get(path).text for path in paths] == [True, True]


@pytest.mark.parametrize("who", ["noor", "manager", "joris"])
def test_the_list_takes_the_same_queries_for_one_and_three(client, request, partner, says, who):
    story = request.getfixturevalue("story")

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get("/werk/klopt-het/").status_code == 200
        return len(found)

    says("stuck", days_ago=20)
    partner.offers("Spreekuur", "zuilen-oost")
    sign_in(client, request.getfixturevalue(who))
    queries()
    one = queries()
    for number in range(3):
        other = partner.another(f"Partner {number}")
        partner.voice(f"Stem {number}", f"stem{number}@example.nl", other)
        partner.offers(f"Spreekuur {number}", "BU03440241", organisation=other)
        partner.owns(story.agree(Topic.objects.get(), f"Nog {number}", owner="", at=timezone.now()), other)
        says("stuck", organisation=other)
    assert queries() == one <= 18


# --- sending again -----------------------------------------------------------------------------------------


def test_somebody_gets_the_link_once_more_and_not_without_end(client, partner, benches, joris):
    sign_in(client, joris)
    again = f"/werk/klopt-het/opnieuw/{partner.linda.uuid}/"
    assert again in client.get("/werk/klopt-het/").text
    assert "Een nieuwe link is op weg naar Linda Mulder" in client.post(again, follow=True).text
    assert client.get(f"/klopt-het/{partner.token()}/").status_code == 200
    for _time in range(3):
        page = client.post(again, follow=True)
    assert "erg vaak geprobeerd" in page.text
    assert len(partner.mails()) == 3


def test_a_link_in_the_wrong_hands_is_stopped_and_that_of_a_colleague_goes_on(client, partner, link, joris):
    ria = partner.voice("Ria", "ria@example.nl")
    assert partner.ask(ria)
    of_ria = f"/klopt-het/{partner.token()}/"
    stop = f"/werk/klopt-het/link-stoppen/{partner.linda.uuid}/"
    sign_in(client, joris)
    assert f'formaction="{stop}"' in client.get("/werk/klopt-het/").text
    assert client.get(stop).status_code == 405
    assert client.get(link).status_code == 200, "looking changes nothing"
    assert "De link van Linda Mulder doet niets meer" in client.post(stop, follow=True).text
    assert client.get(link).status_code == 404
    assert client.post(link, {"thing": "agreement:1", "says": "right"}).status_code == 404
    assert not Confirmation.objects.exists()
    assert client.get(of_ria).status_code == 200
    event = Event.objects.get(verb="partner.link_stopped")
    assert (event.actor, event.payload) == (joris.uuid, {"representative": str(partner.linda.uuid)})
    assert "heeft nu geen link die werkt" in client.post(stop, follow=True).text
    client.post(f"/werk/klopt-het/opnieuw/{partner.linda.uuid}/")
    assert client.get(f"/klopt-het/{partner.token()}/").status_code == 200, "a new one works"


def test_a_link_of_a_partner_elsewhere_is_not_mine_to_stop(client, partner, link, samira):
    assert sign_in(client, samira).post(f"/werk/klopt-het/link-stoppen/{partner.linda.uuid}/").status_code == 403
    assert client.get(link).status_code == 200


def test_who_has_nothing_to_confirm_gets_no_link(client, partner, joris):
    page = sign_in(client, joris).post(f"/werk/klopt-het/opnieuw/{partner.linda.uuid}/", follow=True)
    assert "is nu niets na te kijken, of" in page.text
    assert partner.mails() == []


def test_who_speaks_for_a_double_is_asked_where_the_whole_works(client, partner, benches, joris, areas):
    double = Organisation.objects.create(name="Vechtoever Wonen", kind="housing", from_on=TODAY, joined_to=partner.organisation)
    voice = partner.voice("Aziz", "aziz@example.nl", double)
    again = f"/werk/klopt-het/opnieuw/{voice.uuid}/"
    page = sign_in(client, joris).get("/werk/klopt-het/").text
    assert again in page
    assert "Vechtoever Wonen" not in page
    assert "Een nieuwe link is op weg naar Aziz" in client.post(again, follow=True).text


def test_a_link_of_a_partner_elsewhere_is_not_mine_to_send(client, partner, benches, samira):
    assert sign_in(client, samira).post(f"/werk/klopt-het/opnieuw/{partner.linda.uuid}/").status_code == 403


@pytest.mark.parametrize("duty", [Duty.MODERATOR, Duty.FINANCE, Duty.RESIDENT])
def test_others_do_not_see_what_partners_say(client, areas, duty):
    from buurtdraad.messages.tests.conftest import member_of_staff

    sign_in(client, member_of_staff("Hamid", "hamid2@example.nl", None, duty))
    assert client.get("/werk/klopt-het/").status_code == 403
