"""The end of the thread: a report to the council that counts a wish, in the words of that report; and from its number back."""

# ruff: noqa: F811 (a fixture is named like what it is)

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from buurtdraad.agendas.agenda.models import Agreement, TopicWish
from buurtdraad.agendas.agenda.states import Stage
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.audit.actions import EVERYTHING
from buurtdraad.audit.models import Event
from buurtdraad.pages.thread import thread_of
from buurtdraad.reports.actions import reviewing, sentences
from buurtdraad.reports.actions.drafting import draft
from buurtdraad.reports.conftest import anouk, areas, city_with_a_name, emine, joris, make_wish, noor  # noqa: F401
from buurtdraad.reports.models import Mention, Sentence
from buurtdraad.reports.tests.conftest import approved, published, report, told  # noqa: F401
from buurtdraad.reports.tests.report_city import FROM, UNTIL

pytestmark = pytest.mark.django_db
NOW = timezone.now()
# Of five wishes in Zuilen-Oost two were answered in time, two late, and one still has time.
IN_TIME = "In Zuilen-Oost kregen 2 van de 4 wensen op tijd antwoord."
DONE = "Klaar: Twee banken (Zuilen-Oost)."
AGREED = "De afspraken: 1 klaar, 1 bezig, 1 later en 1 nog te doen."


def line(report, key):
    return Sentence.objects.get(section__report=report, section__subject="zuilen-oost", key=key)


def links_to_reports(reference):
    return [link for link in thread_of(Wish.objects.get(reference=reference)) if "/voortgang/" in link.url]


def publish(report, noor, joris, anouk):
    reviewing.send_to_read(report, by=noor, at=NOW)
    reviewing.say_read(report, by=joris, at=NOW)
    reviewing.approve(report, by=anouk, at=NOW)
    reviewing.publish(report, by=noor, at=NOW)


def test_a_wish_leads_to_the_sentence_that_counts_it_and_the_number_back_to_the_wish(published, client):
    _done, link = links_to_reports("ZO-1")
    assert IN_TIME in link.text
    assert link.at == published.published_at
    page = client.get("/wensen/ZO-1/").text
    assert IN_TIME in page
    path, _hash, anchor = link.url.partition("#")
    assert f'href="{link.url}"' in page
    chapter = client.get(path).text.partition(f'id="{anchor}"')[2].partition("</section>")[0]
    number = re.search(r'href="(/voortgang/[^"]*/cijfer/wensen-op-tijd-zuilen-oost/)"', chapter)
    assert 'href="/wensen/ZO-1/"' in client.get(number[1]).text


def said_of(reference):
    """What reports say of it, without where they say that."""
    return [link.text.partition("\n\n")[2] for link in links_to_reports(reference)]


def test_the_agreements_about_it_are_counted_too_in_the_order_of_the_report(published):
    assert said_of("ZO-1") == [DONE, f"{IN_TIME} {AGREED}"]
    assert links_to_reports("ZO-1")[1].text.startswith(f"{published.title}: Zuilen-Oost.")


def test_what_is_done_is_named_and_of_the_same_words_elsewhere_nothing_is_said(told, areas, noor, joris, anouk):
    agreement = Agreement.objects.get(what="Twee banken")
    Agreement.objects.create(
        number=9, what="Twee banken", stage=Stage.DONE, done_on=agreement.done_on, topic=agreement.topic, area=areas["BU03440242"],
        made_at=agreement.made_at,
    )  # fmt: skip
    made = draft(from_on=FROM, until_on=UNTIL, by=noor, at=NOW)
    for one in Sentence.objects.filter(section__report=made, key=f"A-{agreement.pk}"):
        sentences.rewrite(one, "Mooi: hier staan nu: Twee banken (Zuilen-Oost), en ook een boom (klein).", by=noor, at=NOW)
    publish(made, noor, joris, anouk)
    named = [one.page for one in Mention.objects.all() if any(words.startswith("Mooi: ") for _place, words in one.said)]
    assert named == [f"/afspraken/{agreement.pk}/"]


def test_where_no_sentence_names_what_is_done_it_is_counted(report, noor, joris, anouk):
    for one in Sentence.objects.filter(section__report=report, text__contains="Twee banken"):
        sentences.leave_out(one, by=noor, at=NOW)
    publish(report, noor, joris, anouk)
    assert said_of("ZO-1") == [f"{IN_TIME} {AGREED}"]


def test_each_wish_has_the_sentence_that_says_most_about_it(published):
    TopicWish.objects.all().delete()
    assert said_of("ZO-1") == [IN_TIME]
    assert said_of("ZO-5") == ["Voor 1 wens is er nog tijd voor een antwoord."]
    # A sentence that names it says more than any number; it stands in another chapter.
    (late,) = links_to_reports("ZO-3")
    assert "ZO-3: het antwoord kwam 12 dagen te laat" in late.text
    assert "Zuilen-Oost." not in late.text.partition("\n\n")[0]


def test_a_road_in_a_sentence_is_no_agreement(report, noor, joris, anouk):
    agreement = Agreement.objects.get(what="Twee banken")
    sentences.rewrite(line(report, "topics"), f"Langs de A-{agreement.pk} is het rustig.", by=noor, at=NOW)
    publish(report, noor, joris, anouk)
    assert said_of("ZO-1") == [DONE, f"{IN_TIME} {AGREED}"]


def test_each_chapter_has_a_link_of_its_own_so_that_no_words_are_mixed(published, client):
    links = links_to_reports("ZO-3")
    assert len({link.url for link in links}) == len(links) == 3
    for link in links:
        path, _hash, anchor = link.url.partition("#")
        chapter = client.get(path).text.partition(f'id="{anchor}"')[2].partition("</section>")[0]
        title = link.text.partition("\n\n")[0].partition(": ")[2].rstrip(".")
        assert f">{title}</h2>" in chapter


def test_what_is_not_published_is_not_told(approved):
    assert links_to_reports("ZO-1") == []


def test_a_wish_that_no_number_counts_has_no_link(published):
    # Its answer came, in time, before the period began.
    TopicWish.objects.all().delete()
    assert links_to_reports("ZO-8") == []


def test_a_wish_that_is_not_on_the_site_is_counted_and_not_found(published):
    TopicWish.objects.all().delete()
    assert links_to_reports("ZO-2") == []
    assert not Mention.objects.filter(page__in=["", "/wensen/ZO-2/"]).exists()


def test_a_joined_wish_brings_its_report_along(published, noor):
    TopicWish.objects.all().delete()
    joined, head = Wish.objects.get(reference="ZO-1"), Wish.objects.get(reference="ZO-8")
    actions.merge(joined, head, why="", by=noor, at=NOW)
    assert said_of("ZO-8") == [IN_TIME]


def test_a_report_that_was_corrected_says_so(published, noor):
    before = links_to_reports("ZO-1")[0].title
    reviewing.correct(published, "Er staat 2, het is 1.", by=noor, at=NOW)
    assert links_to_reports("ZO-1")[0].title == f"{before}. Dat rapport is later verbeterd"
    assert EVERYTHING in Event.objects.get(verb="report.corrected").touches


def test_the_words_of_a_report_are_dutch_on_an_english_page_and_say_so(published, client):
    page = " ".join(client.get("/en/wensen/ZO-1/").text.split())
    assert f'lang="nl"> <p>{published.title}: Zuilen-Oost.</p> <p>{IN_TIME}' in page


def test_the_words_are_those_of_who_wrote_the_report(report, noor, joris, anouk):
    TopicWish.objects.all().delete()
    sentences.rewrite(line(report, "answers"), "Het lukte {wensen-op-tijd-zuilen-oost} keer. <b>", by=noor, at=NOW)
    publish(report, noor, joris, anouk)
    assert said_of("ZO-1") == ["Het lukte 2 keer. <b>"]


def test_the_words_are_dutch_in_whatever_language_it_was_published(report, noor, joris, anouk):
    sentences.rewrite(line(report, "answers"), "{wensen-op-tijd-zuilen-oost} voor {geld-beloofd-zuilen-oost}", by=noor, at=NOW)
    with translation.override("en"):
        publish(report, noor, joris, anouk)
    done, link = links_to_reports("ZO-1")
    assert DONE in done.text
    assert re.search(r"2 voor €.11\.900", link.text)


def test_a_sentence_that_was_left_out_is_not_told(report, noor, joris, anouk):
    TopicWish.objects.all().delete()
    for key in ("answers", "wishes"):
        sentences.leave_out(line(report, key), by=noor, at=NOW)
    publish(report, noor, joris, anouk)
    # The chapter about Zuilen-Oost is silent about it now; that about the whole city is not.
    (link,) = links_to_reports("ZO-1")
    assert "Zuilen-Oost" not in link.text
    assert re.search(r"wensen kregen op tijd antwoord", link.text)


def test_two_reports_have_links_of_their_own_and_more_wishes_ask_no_more_questions(published, noor, joris, anouk):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            found = links_to_reports("ZO-1")
        return len(found), len(asked)

    one, few = questions()
    another = draft(from_on=FROM, until_on=UNTIL - datetime.timedelta(days=1), by=noor, at=NOW)
    publish(another, noor, joris, anouk)
    two, many = questions()
    assert (one, two) == (2, 4)
    assert few == many


def test_publishing_renews_the_pages_that_were_kept(published):
    assert EVERYTHING in Event.objects.get(verb="report.published").touches
