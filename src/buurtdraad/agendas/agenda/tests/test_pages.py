"""What everybody sees: all agendas, one, a topic, an agreement, the paper, and the poll."""

import io

import pikepdf
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.actions import OwnerFacts, Promise, TopicFacts
from buurtdraad.agendas.agenda.models import PollAnswer
from buurtdraad.agendas.agenda.states import OwnerKind, Stage
from buurtdraad.agendas.agenda.tests.conftest import CHOSEN, NOW, SOON, TODAY
from buurtdraad.ui.tests.test_pdf import kinds

HOSTILE = '<script>alert("x")</script>"><img src=x onerror=alert(1)>'


def test_without_agendas_the_page_says_so_and_how_to_ask(client, areas):
    assert "Er is nog geen buurtagenda" in client.get("/buurtagenda/").text


@pytest.mark.parametrize("short", ["/agenda/", "/afspraken/"])
def test_who_cuts_an_address_short_comes_to_all_agendas(client, areas, short):
    assert client.get(short).url == "/buurtagenda/"


def test_the_list_leads_to_each_agenda(client, agenda, agreement):
    page = client.get("/buurtagenda/").text
    assert 'href="/agenda/zuilen-oost/"' in page
    assert "Groen en ontmoeten" in page
    assert "0 van 1 afspraak is klaar" in page


@pytest.mark.parametrize(
    ("done", "number", "words"),
    [(0, 1, "0 van 1 afspraak is klaar"), (1, 8, "1 van de 8 afspraken is klaar"), (2, 8, "2 van de 8 afspraken zijn klaar")],
)
def test_how_many_are_done_is_a_right_sentence(done, number, words):
    assert render_to_string("agendas/done_words.html", {"done": done, "number": number}).strip() == words


def test_an_agenda_tells_topics_agreements_and_who_adopted_it(client, agenda, agreement, owner):
    page = client.get("/agenda/zuilen-oost/").text
    for words in (
        "Groen en ontmoeten",
        "Twee banken en drie bomen",
        "Te doen",
        "De Vechtoever",
        "De avond met bewoners",
        "Klaar voor of op",
    ):
        assert words in page
    assert client.get("/en/agenda/zuilen-oost/").status_code == 200
    assert client.get("/agenda/BU03440241/").status_code == 404


def test_a_draft_is_nowhere_for_everybody(client, topic, joris):
    promise = actions.add_agreement(topic, Promise("Iets geheims"), by=joris, at=NOW)
    for path in ("/agenda/zuilen-oost/", "/agenda/zuilen-oost/versie/1/", f"/onderwerpen/{topic.pk}/", f"/afspraken/{promise.pk}/"):
        assert client.get(path).status_code == 404, path
    for path in (f"/onderwerpen/{topic.pk}/doe-mee/", f"/afspraken/{promise.pk}/doe-mee/", "/agenda/zuilen-oost/agenda.pdf"):
        assert client.get(path).status_code == 404, path
    assert "geheims" not in client.get("/buurtagenda/").text


def test_the_summary_is_in_the_language_of_who_reads(client, agenda, joris):
    summary = {"nl": "Meer groen in de buurt.", "en": "More green."}
    actions.change_version(agenda, steering_group="Vijf bewoners", summary=summary, by=joris, at=NOW)
    assert "Meer groen in de buurt." in client.get("/nl-x-simpel/agenda/zuilen-oost/").text
    assert "More green." in client.get("/en/agenda/zuilen-oost/").text
    assert "Wie erop let: Vijf bewoners." in client.get("/agenda/zuilen-oost/").text


def test_a_topic_tells_how_it_was_chosen_and_from_which_wishes(client, agenda, topic, wish, agreement):
    page = client.get(f"/onderwerpen/{topic.pk}/").text
    for words in (
        "Er kozen 47 mensen mee.",
        "31 van de 141 stemmen",
        "Iedereen had 3 stemmen.",
        "met stickers",
        wish.reference,
        "Twee banken",
    ):
        assert words in page
    assert f'href="/onderwerpen/{topic.pk}/doe-mee/"' in page


def test_a_wish_that_is_not_on_the_site_is_not_with_its_topic(client, agenda, topic, wish, joris):
    from buurtdraad.agendas.wishes import actions as wishes

    wishes.keep_private(wish, was="shown", why="Naam", by=joris, duty="area_adviser", at=NOW)
    assert wish.reference not in client.get(f"/onderwerpen/{topic.pk}/").text


def test_what_is_later_says_its_reason_once_and_what_is_finished_has_no_next_step(client, agreement, joris):
    path = f"/afspraken/{agreement.pk}/"
    assert "De plek kiezen" in client.get(path).text
    actions.postpone(agreement, due_on=SOON.replace(year=SOON.year + 1), why="Levering bomen", by=joris, at=NOW)
    page = client.get(path).text
    assert page.count("Levering bomen") == 1
    assert "Wordt later" in page
    assert "Nieuwe datum" in page
    actions.move_on(agreement, Stage.DONE, result="Ze staan er.", by=joris, at=NOW)
    page = client.get(path).text
    assert page.count("Levering bomen") == 1
    assert "De plek kiezen" not in page
    assert "De volgende stap" not in page
    assert "Ze staan er." in page


def test_an_older_agenda_stays_readable_and_leads_to_the_one_of_now(client, agreement, areas, joris):
    topic = agreement.topic
    second = actions.make_draft(areas["zuilen-oost"], by=joris, at=NOW)
    actions.add_topic(second, TopicFacts("Jongeren"), by=joris, at=NOW)
    actions.adopt(second, adopted_by="De stuurgroep", valid_from=TODAY, by=joris, at=NOW)
    now, older = client.get("/agenda/zuilen-oost/").text, client.get("/agenda/zuilen-oost/versie/1/").text
    assert "Wat is er anders dan de vorige keer" in now
    assert "Nieuw: Jongeren" in now
    assert "Gaat door: Groen en ontmoeten" in now
    assert 'href="/agenda/zuilen-oost/versie/1/"' in now
    assert "Dit is een oudere agenda." in older
    assert "Twee banken en drie bomen" in older
    assert "Jongeren" not in older
    assert "Dit onderwerp gaat door in een nieuwere agenda" in client.get(f"/onderwerpen/{topic.pk}/").text


def test_hostile_words_are_only_words(client, agenda, joris):
    topic = actions.add_topic(agenda, TopicFacts(HOSTILE, HOSTILE), by=joris, at=NOW)
    made = actions.add_agreement(topic, Promise(HOSTILE, next_step=HOSTILE, money_needed=HOSTILE, money_source=HOSTILE), by=joris, at=NOW)
    actions.add_owner(made, OwnerFacts(HOSTILE, OwnerKind.RESIDENT), by=joris, at=NOW)
    actions.move_on(made, Stage.STOPPED, why=HOSTILE, by=joris, at=NOW)
    actions.look_back(agenda, lesson=HOSTILE, by=joris, at=NOW)
    actions.change_version(agenda, steering_group=HOSTILE, summary={"nl": HOSTILE}, by=joris, at=NOW)
    for path in ("/buurtagenda/", "/agenda/zuilen-oost/", f"/onderwerpen/{topic.pk}/", f"/afspraken/{made.pk}/"):
        page = client.get(path).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


@pytest.mark.parametrize("path", ["/agenda/zuilen-oost/", "/onderwerpen/{topic}/", "/buurtagenda/"])
def test_a_page_needs_the_same_queries_for_one_and_three(client, agenda, owner, joris, path):
    topic = owner.agreement.topic
    path = path.format(topic=topic.pk)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    queries()
    one = queries()
    for n in range(3):
        made = actions.add_agreement(topic, Promise(f"Nog een {n}", due_on=SOON), by=joris, at=NOW)
        actions.add_owner(made, OwnerFacts(f"Bewoners {n}", OwnerKind.RESIDENT), by=joris, at=NOW)
        actions.add_topic(agenda, CHOSEN, by=joris, at=NOW)
    assert queries() == one <= 12


def test_the_paper_for_the_wall_is_tagged_and_holds_no_markup(client, owner, joris):
    topic = owner.agreement.topic
    actions.add_agreement(topic, Promise('#panic("x") *a* $b$ </script>', due_on=SOON), by=joris, at=NOW)
    answer = client.get("/agenda/zuilen-oost/agenda.pdf")
    assert answer["Content-Type"] == "application/pdf"
    document = pikepdf.open(io.BytesIO(answer.content))
    assert bool(document.Root.MarkInfo.Marked)
    with document.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert facts["dc:title"] == "Buurtagenda Zuilen-Oost"
    found = kinds(document.Root.StructTreeRoot.K, [])
    assert {"/H1", "/H2", "/LI"} <= set(found)


def test_the_poll_asks_three_questions_and_shows_answers_from_ten_on(client, agenda):
    path = "/agenda/zuilen-oost/hoe-gaat-het/"
    assert client.post(path, {"better": "3"}).status_code == 422
    answers = {"better": "3", "kept": "2", "could_join": "1"}
    assert client.post(path, answers).headers["Location"] == f"{path}bedankt/"
    assert client.get(f"{path}bedankt/").status_code == 200
    # Sent without the form that we gave: it is kept, and does not count.
    assert [answer.counts for answer in PollAnswer.objects.all()] == [False]
    for n in range(10):
        assert "bewoners antwoordden" not in client.get("/agenda/zuilen-oost/").text
        actions.answer_poll(agenda, better=3, kept=2, could_join=1, doubted=False, mark=f"form-{n}", at=NOW)
    assert "Wat 10 bewoners antwoordden" in client.get("/agenda/zuilen-oost/").text
    assert client.get("/agenda/WK034402/hoe-gaat-het/").status_code == 404


def test_not_done_is_on_the_page_for_four_weeks_and_without_an_account(client, agreement, joris):
    path = f"/afspraken/{agreement.pk}/niet-gedaan/"
    assert client.get(path).status_code == 404
    actions.move_on(agreement, Stage.DONE, by=joris, at=NOW)
    assert path in client.get(f"/afspraken/{agreement.pk}/").text
    assert client.post(path, {"words": ""}).status_code == 422
    assert "Dan gaan wij er weer mee aan de slag." in client.get(path).text
    # Sent by hand: a doubt, so it waits for staff.
    assert "De wijkadviseur leest" in client.post(path, {"words": "Niet gedaan, zegt Piet"}).text
    agreement.refresh_from_db()
    assert agreement.stage == Stage.DONE
    assert "Piet" not in client.get(f"/afspraken/{agreement.pk}/").text


def test_not_done_a_second_time_promises_only_that_the_adviser_looks_at_it(client, agreement, joris):
    for _time in range(2):
        actions.move_on(agreement, Stage.DONE, by=joris, at=NOW)
        actions.say_not_done(agreement, words="De bomen staan er niet.", doubted=False, mark="", at=NOW)
        agreement.refresh_from_db()
    page = client.get(f"/afspraken/{agreement.pk}/niet-gedaan/").text
    assert "De wijkadviseur kijkt ernaar." in page
    assert "weer mee aan de slag" not in page


def test_who_joins_in_is_asked_for_one_of_two_and_an_empty_form_says_so(client, agenda, topic):
    path = f"/onderwerpen/{topic.pk}/doe-mee/"
    page = client.get(path).text
    assert page.count("(vul één van de twee in)") == 2
    assert "(mag u overslaan)" not in page
    assert "Anders kan niemand u bereiken" in client.post(path, {}).text
