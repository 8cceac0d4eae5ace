"""A partner confirms what it agreed to by the link in its mail; what it may meet there, and what becomes of what it says."""

import datetime
import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.models import Link
from buurtdraad.agendas.agenda.models import Agreement, Owner
from buurtdraad.audit.models import Event
from buurtdraad.lib.monthly import asks_on, first_working_day
from buurtdraad.pages import tasks
from buurtdraad.pages.confirming.actions import ask_everybody
from buurtdraad.pages.tests.confirming import *  # noqa: F403 (a partner who is asked)
from buurtdraad.pages.tests.confirming import EMAIL, LONG_AGO, TODAY
from buurtdraad.partners.models import Asked, Confirmation, LocalContact, Organisation, Representative
from buurtdraad.partners.states import Says

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
HOSTILE = "<script>alert(1)</script>"


def press(client, link, thing, says="right", *, once="", **words):
    return client.post(link, {"thing": thing, "says": says, "once": once} | words)


# --- the mail of the month -----------------------------------------------------------------------------


@pytest.mark.parametrize(("month", "day"), [((2026, 8), 3), ((2026, 11), 2), ((2026, 12), 1), ((2027, 1), 4), ((2026, 1), 2)])
def test_partners_are_asked_on_the_first_working_day(month, day):
    first = datetime.date(*month, day)
    assert first_working_day(datetime.date(*month, 15)) == first
    asked = [number for number in range(1, 29) if asks_on(datetime.date(*month, number))]
    assert asked[0] == day
    assert asked[-1] <= 7, "a day that was missed is made up for in the same week"


def test_the_job_asks_at_seven_on_that_day_alone(monkeypatch):
    asked = []
    monkeypatch.setattr(tasks, "ask_everybody", lambda *, at: asked.append(at.day))
    for day, hour in ((1, 6), (2, 5), (2, 6), (8, 6)):
        moment = datetime.datetime(2026, 11, day, hour, 5, tzinfo=datetime.UTC)
        monkeypatch.setattr(tasks.timezone, "now", lambda moment=moment: moment)
        tasks.ask_partners(int(moment.timestamp()))
    assert asked == [2]


def test_everybody_who_speaks_for_a_partner_gets_one_mail_a_month_however_often_the_job_runs(partner, benches):
    partner.offers()
    partner.voice("Zonder mail", "")
    partner.voice("Weg", "weg@example.nl", until_on=TODAY - DAY)
    partner.voice("Niets te vragen", "niets@example.nl", partner.another("Leeg"))
    at = timezone.now()
    assert [ask_everybody(at=at), ask_everybody(at=at)] == [1, 0]
    ((to, text),) = partner.mails()
    assert to == EMAIL
    assert "- Twee banken en drie bomen" in text
    assert "- Spreekuur op dinsdag" in text
    assert Asked.objects.get().month == timezone.localdate(at).replace(day=1)
    assert ask_everybody(at=at + 31 * DAY) == 1


def test_who_speaks_for_one_area_is_asked_about_that_area(partner, areas, benches):
    partner.offers("Spreekuur in Overvecht", "WK034403")
    partner.offers("Overal bereikbaar", "GM0344")
    there = partner.voice("Ria", "ria@example.nl")
    there.areas.set([areas["WK034403"]])
    here = partner.voice("Kees", "kees@example.nl")
    here.areas.set([areas["WK034402"]])
    ask_everybody(at=timezone.now())
    said = dict(partner.mails())
    assert "Twee banken" not in said["ria@example.nl"]
    assert "Spreekuur in Overvecht" in said["ria@example.nl"]
    assert "Twee banken" in said["kees@example.nl"], "the working area lies in their district"
    assert "Spreekuur in Overvecht" not in said["kees@example.nl"]
    assert all("Overal bereikbaar" in text for text in said.values())


def test_nobody_is_asked_for_an_organisation_that_is_over(partner, benches):
    Organisation.objects.update(until_on=TODAY - DAY)
    assert ask_everybody(at=timezone.now()) == 0
    assert partner.mails() == []


@pytest.mark.parametrize("how", ["done", "did not say yes", "draft"])
def test_what_is_not_agreed_and_open_is_not_asked(partner, benches, how):
    if how == "done":
        Agreement.objects.update(stage="done", done_on=TODAY)
    elif how == "draft":
        benches.topic.version.__class__.objects.update(stage="draft")
    else:
        Owner.objects.update(accepted_at=None, said="")
    assert not partner.ask()
    assert partner.mails() == []
    assert not Asked.objects.exists()


# --- the page --------------------------------------------------------------------------------------------


def test_opening_the_link_shows_what_is_public_and_changes_nothing(client, partner, benches, link):
    partner.offers("Spreekuur op dinsdag", "zuilen-oost", for_whom="wie huurt")
    before = (Event.objects.count(), list(Link.objects.values()))
    for _again in range(2):
        page = client.get(link)
    assert page.status_code == 200
    for words in ("Twee banken en drie bomen", "Spreekuur op dinsdag", "wie huurt", "Klopt", "Is veranderd", "Ik loop vast", "14 030"):
        assert words in page.text
    for secret in ("Linda", EMAIL):
        assert secret not in page.text
    assert "noindex" in page.text
    assert not page.wsgi_request.user.is_authenticated
    assert (Event.objects.count(), list(Link.objects.values())) == before


def test_right_is_one_press_and_stands_on_the_site_at_once(client, benches, link, partner):
    client.get("/agenda/zuilen-oost/")
    page = press(client, link, benches.thing, once="abc")
    assert page.url == f"{link}?gezegd=ja"
    assert "We hebben het opgeschreven" in client.get(page.url).text
    press(client, link, benches.thing, once="abc")
    said = Confirmation.objects.get()
    assert (said.says, said.organisation, said.title, said.area, said.through) == (
        "right", partner.organisation, benches.what, benches.area, partner.linda,
    )  # fmt: skip
    for path in (f"/afspraken/{benches.pk}/", "/agenda/zuilen-oost/", f"/onderwerpen/{benches.topic_id}/"):
        assert "Bevestigd door De Vechtoever op" in client.get(path).text, path
    event = Event.objects.get(verb="partner.said")
    assert (event.thing, event.channel, event.actor) == (benches.thing, "web", None)
    assert "zuilen-oost" in event.touches


def test_what_is_said_last_counts(client, benches, link):
    press(client, link, benches.thing)
    press(client, link, benches.thing, "changed", words="Het wordt een bank.", said_by="Linda")
    assert "Bevestigd door" not in client.get(f"/afspraken/{benches.pk}/").text
    press(client, link, benches.thing)
    assert "Bevestigd door" in client.get(f"/afspraken/{benches.pk}/").text
    assert Confirmation.objects.waiting().count() == 1, "whoever presses, what was asked waits for an answer"
    assert Confirmation.objects.count() == 3, "nothing that was said is changed"


@pytest.mark.parametrize(("says", "asks"), [("changed", "Wat is er veranderd?"), ("stuck", "Waarom loopt u vast?")])
def test_the_other_two_ask_for_words_and_who_says_so(client, benches, link, says, asks):
    page = client.get(link, {"wat": benches.thing, "zegt": says})
    assert asks in page.text
    assert "Wie bent u?" in page.text
    empty = press(client, link, benches.thing, says)
    assert empty.status_code == 422
    assert "2 vragen" in empty.text
    assert not Confirmation.objects.exists()
    assert press(client, link, benches.thing, says, words=HOSTILE, said_by="Linda Mulder, beheer").status_code == 302
    said = Confirmation.objects.get()
    assert (said.says, said.words, said.said_by) == (says, HOSTILE, "Linda Mulder, beheer")
    assert said.answer_by == (TODAY + 14 * DAY if says == "stuck" else None)
    assert HOSTILE not in client.get(link).text
    assert "Linda Mulder" not in client.get(link).text, "who opens the link later sees nobody's name"


@pytest.mark.parametrize("thing", ["agreement:999999", "agreement:x", "agreement:" + "9" * 40, "offer:x", "wish:1", "x"])
def test_what_is_not_theirs_cannot_be_confirmed_and_words_come_back(client, partner, benches, link, thing):
    page = press(client, link, thing, "stuck", words="De bomen komen niet", said_by="Linda")
    assert page.status_code == 404
    assert "De bomen komen niet" in page.text
    assert "14 030" in page.text
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"says": "right"}, {"thing": "agreement:1", "says": "maybe"}, {"thing": "x" * 90, "says": "right"}])
def test_a_form_that_is_not_ours_leads_back(client, link, sent):
    assert client.post(link, sent).url == link
    assert not Confirmation.objects.exists()


def test_pressing_on_and_on_is_stopped(client, benches, link):
    assert {press(client, link, benches.thing).status_code for _time in range(110)} == {302, 429}


# --- links that do nothing --------------------------------------------------------------------------------


def refused(client, link):
    page = client.get(link)
    assert "Deze link doet niets meer" in page.text
    assert "14 030" in page.text
    posted = press(client, link, "agreement:1")
    assert posted.status_code == page.status_code
    assert not Confirmation.objects.exists()
    for more in ("bijeenkomsten.pdf", "wie-werkt-waar/"):
        assert client.get(link + more).status_code == page.status_code
    return page


def test_an_unknown_link_says_so(client):
    assert "Wij kennen deze link niet" in refused(client, "/klopt-het/onzin/").text


def test_a_link_works_for_fourteen_days(client, link):
    Link.objects.update(made_at=timezone.now() - 15 * DAY, valid_until=timezone.now() - DAY)
    page = refused(client, link)
    assert page.status_code == 404
    assert "te oud" in page.text
    assert "Elke maand krijgt u een nieuwe link" in page.text


def test_words_written_when_the_link_got_too_old_come_back(client, benches, link):
    Link.objects.update(made_at=timezone.now() - 15 * DAY, valid_until=timezone.now() - DAY)
    assert "De bomen komen niet" in press(client, link, benches.thing, "stuck", words="De bomen komen niet").text
    assert not Confirmation.objects.exists()


def test_the_question_stays_the_same_in_another_language_also_after_an_error(client, benches, link):
    query = {"wat": benches.thing, "zegt": "stuck"}
    for page in (client.get(link, query), press(client, link, benches.thing, "stuck")):
        assert f'href="/en{link}?wat=agreement%3A{benches.pk}&amp;zegt=stuck"' in page.text


def test_a_link_for_something_else_does_nothing_here(client, link):
    Link.objects.update(purpose="accept_agreement")
    assert refused(client, link).status_code == 404


def test_who_left_is_told_so_and_the_organisation_is_asked_through_another(client, partner, link):
    Representative.objects.filter(pk=partner.linda.pk).update(until_on=TODAY - DAY)
    page = refused(client, link)
    assert "geen contactpersoon meer van De Vechtoever" in page.text
    assert "Linda" not in page.text
    assert partner.ask(partner.voice("Ria", "ria@example.nl"))


def test_an_organisation_that_ended_is_told_so(client, partner, link):
    Organisation.objects.update(until_on=TODAY - DAY)
    assert "De Vechtoever gestopt op" in refused(client, link).text


def test_an_agreement_that_ended_meanwhile_keeps_the_words(client, benches, link):
    Agreement.objects.update(stage="done", done_on=TODAY)
    assert "Er is nu niets na te kijken" in client.get(link).text
    assert "Dit is intussen voorbij" in client.get(link, {"wat": benches.thing, "zegt": "stuck"}).text
    press(client, link, benches.thing, "stuck", words="Een bank is kapot", said_by="Linda")
    assert Confirmation.objects.get().words == "Een bank is kapot"


def test_an_organisation_that_was_joined_while_it_confirms_loses_nothing(client, partner, benches, link):
    merged = partner.another("Woonkracht")
    partner.offers("Hulp bij verhuizen", organisation=merged)
    press(client, link, benches.thing)
    Organisation.objects.filter(pk=partner.organisation.pk).update(joined_to=merged)
    page = client.get(link)
    assert "Bij ons hoort De Vechtoever nu bij Woonkracht" in page.text
    assert "Hulp bij verhuizen" in page.text
    assert "Gezegd op" in page.text
    press(client, link, benches.thing)
    assert "Bevestigd door Woonkracht op" in client.get(f"/afspraken/{benches.pk}/").text
    assert client.get(f"/afspraken/{benches.pk}/").text.count("Bevestigd door") == 1


# --- in return ---------------------------------------------------------------------------------------------


def test_in_return_there_is_the_meeting_list_of_the_area_on_paper(client, partner, story, wish, link):
    story.meet(wish, "Samen de plek kiezen", days=5)
    story.meet(wish, "Dit was gisteren")
    paper = client.get(link + "bijeenkomsten.pdf")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")

    with pikepdf.open(io.BytesIO(paper.content)) as read:
        assert read.docinfo["/Title"] == "Bijeenkomsten voor De Vechtoever"


def test_in_return_one_sees_who_works_where(client, partner, areas, link):
    here = LocalContact.objects.create(
        organisation=partner.organisation, first_name="Aziz", does="Beheer", helps_with="Uw woning", phone="0612345678", from_on=LONG_AGO,
        on_site=True, agreed_on=LONG_AGO,
    )  # fmt: skip
    here.areas.set([areas["BU03440241"]])
    there = LocalContact.objects.create(organisation=partner.organisation, first_name="Bea", from_on=LONG_AGO)
    there.areas.set([areas["WK034403"]])
    over = LocalContact.objects.create(organisation=partner.organisation, first_name="Cor", from_on=LONG_AGO, until_on=TODAY - DAY)
    over.areas.set([areas["BU03440241"]])
    page = client.get(link + "wie-werkt-waar/")
    for words in ("Aziz", "Beheer", "0612345678", "Geuzenwijk"):
        assert words in page.text
    assert "Bea" not in page.text
    assert "Cor" not in page.text


@pytest.mark.parametrize("until", [None, TODAY])
def test_the_link_gives_no_name_or_phone_of_who_does_not_stand_on_the_site(client, partner, areas, link, until):
    facts = {"first_name": "Dirk", "does": "Huismeester", "phone": "0612345678", "from_on": LONG_AGO, "until_on": until}
    hidden = LocalContact.objects.create(organisation=partner.organisation, **facts)
    hidden.areas.set([areas["BU03440241"]])
    page = client.get(link + "wie-werkt-waar/").text
    assert "Dirk" not in page
    assert "0612345678" not in page
    assert ("Huismeester" in page) is (until is None), "who leaves today is gone at once"


# --- signed in ---------------------------------------------------------------------------------------------


@pytest.fixture
def linda(partner):
    person = Person.objects.create(name="Linda Mulder", email=EMAIL, confirmed_at=timezone.now(), password="!")
    Representative.objects.filter(pk=partner.linda.pk).update(person=person)
    return person


def test_who_is_signed_in_finds_the_same_page_under_mijn(client, partner, benches, linda):
    client.force_login(linda)
    here = f"/mijn/klopt-het/{partner.linda.uuid}/"
    assert f'href="{here}"' in client.get("/mijn/").text
    assert "Twee banken" in client.get(here).text
    assert "Wie bent u?" not in client.get(here, {"wat": benches.thing, "zegt": "stuck"}).text
    assert press(client, here, benches.thing, "stuck", words="De grond is vuil").url == f"{here}?gezegd=ja"
    said = Confirmation.objects.get()
    assert (said.said_by, said.words) == ("Linda Mulder", "De grond is vuil")
    assert Event.objects.get(verb="partner.said").actor == linda.uuid
    assert client.get(f"{here}bijeenkomsten.pdf").status_code == 200
    assert client.get(f"{here}wie-werkt-waar/").status_code == 200


def test_the_page_of_another_is_not_there(client, partner, benches, linda, kees):
    here = f"/mijn/klopt-het/{partner.linda.uuid}/"
    assert client.get(here).status_code == 302
    client.force_login(kees)
    assert [client.get(here).status_code, press(client, here, benches.thing).status_code] == [404, 404]


# --- how much it asks of the database -----------------------------------------------------------------------


def test_the_page_takes_the_same_queries_for_one_line_and_three(client, partner, story, benches, link):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(link).status_code == 200
        return len(found)

    partner.offers("Spreekuur", "zuilen-oost")
    queries()
    one = queries()
    for number in range(3):
        partner.offers(f"Spreekuur {number}", "BU03440241")
        partner.owns(story.agree(benches.topic, f"Nog {number}", owner="", at=timezone.now()))
    press(client, link, benches.thing)
    assert queries() == one <= 16


def test_two_presses_of_one_button_are_one(partner, benches):
    from buurtdraad.partners.actions import say

    facts = {"thing": benches.thing, "title": "x", "area": None, "says": Says.RIGHT, "mark": "a", "by": None, "at": timezone.now()}
    assert say(partner.organisation, **facts) == say(partner.organisation, **facts)
