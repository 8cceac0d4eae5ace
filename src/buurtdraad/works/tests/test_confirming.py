"""The question of each month to who owns sheets: one mail, one page, and what they say."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.signing_in.models import Link
from buurtdraad.audit.models import Event
from buurtdraad.partners.states import Says
from buurtdraad.works.actions import confirming
from buurtdraad.works.actions.confirming import Answer, NotSaid
from buurtdraad.works.models import Work, WorkAsked
from buurtdraad.works.queries.confirming import unconfirmed
from buurtdraad.works.states import Stage, Trend, WorkKind

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO = NOW - datetime.timedelta(days=70)
MINE = "/werk/projecten/bevestigen/"


@pytest.fixture
def asked(jobs):
    """Ask everybody; gives the mails, each with its address and the link in it."""

    def ask(at=None):
        before = len(jobs())
        confirming.ask_everybody(at=at or timezone.now())
        mails = [args for name, args in jobs()[before:] if name == "messages.post"]
        return [(mail, re.search(r"/projecten/klopt-het/[\w-]+/", mail["text"])[0]) for mail in mails]

    return ask


def says(*answers, who="Tom van Dijk"):
    """What a page sends: work, what is said, and what is filled in."""
    sent = {"said_by": who}
    for work, what, *more in answers:
        sent[f"{work.uuid.hex}-says"] = what
        sent |= {f"{work.uuid.hex}-{name}": value for name, value in (more[0] if more else {}).items()}
    return sent


# --- asking ----------------------------------------------------------------------------------------------


def test_all_sheets_of_an_owner_stand_in_one_mail(make_work, asked):
    make_work("Riool"), make_work("Bomen", owner_email="TOM@utrecht.example"), make_work("Park", owner_email="linda@example.org")
    make_work("Asfalt", kind=WorkKind.MAINTENANCE), make_work("Oud", stage=Stage.DONE, done_on=timezone.localdate())
    make_work("Van niemand", owner_email="")
    mails = asked()
    assert [mail["to"] for mail, _link in mails] == ["linda@example.org", "tom@utrecht.example"]
    text = mails[1][0]["text"]
    assert ("Riool" in text, "Bomen" in text, "Asfalt" in text, "Oud" in text, "Park" in text) == (True, True, False, False, False)
    assert Event.objects.filter(verb="works.owner_asked").count() == 2


def test_twice_in_a_month_is_one_mail(make_work, asked):
    make_work()
    assert len(asked()) == 1
    assert asked() == []
    assert len(asked(at=timezone.now() + datetime.timedelta(days=32))) == 1


def test_who_was_asked_is_forgotten_after_a_year(make_work, asked):
    make_work()
    asked(at=timezone.now() - datetime.timedelta(days=500))
    asked()
    assert WorkAsked.objects.count() == 1


def test_opening_the_link_changes_nothing(make_work, asked):
    work = make_work()
    [(_mail, link)] = asked()
    before = Work.objects.values().get()
    for _again in range(2):
        answer = Client().get(link)
        assert answer.status_code == 200
    assert Work.objects.values().get() == before
    assert Link.objects.get().used_at is None
    assert work.title in answer.text


def test_the_link_gives_no_names_and_no_addresses_away(make_work, asked):
    make_work(owner_name="Tom van Dijk", confirmed_by="Linda Mulder", confirmed_at=NOW)
    [(_mail, link)] = asked()
    page = Client().get(link).text
    assert "Tom van Dijk" not in page
    assert "tom@utrecht.example" not in page
    assert "Linda Mulder" not in page
    assert 'content="noindex"' in page


def test_a_link_shows_what_is_still_theirs(make_work, asked):
    given_away, kept = make_work("Weggegeven"), make_work("Gebleven")
    [(_mail, link)] = asked()
    make_work("Nieuw erbij")
    Work.objects.filter(pk=given_away.pk).update(owner_email="linda@example.org")
    page = Client().get(link).text
    assert (kept.title in page, "Weggegeven" in page, "Nieuw erbij" in page) == (True, False, False)
    Client().post(link, says((given_away, "right")))
    assert Work.objects.get(pk=given_away.pk).confirmed_at is None


def test_a_link_that_is_too_old_says_so(make_work, asked):
    make_work()
    [(_mail, link)] = asked(at=timezone.now() - datetime.timedelta(days=15))
    answer = Client().get(link)
    assert answer.status_code == 404
    assert "Deze link is te oud." in answer.text
    assert Client().get("/projecten/klopt-het/verzonnen/").status_code == 404


# --- hearing ---------------------------------------------------------------------------------------------


def test_thirty_sheets_are_confirmed_with_one_press(make_work, asked):
    works = [make_work(f"Werk {n}") for n in range(30)]
    [(_mail, link)] = asked()
    answer = Client().post(link, says(*((work, "right") for work in works)))
    assert answer.status_code == 302
    assert answer["Location"] == f"{link}?gezegd=30"
    assert set(Work.objects.values_list("confirmed_by", flat=True)) == {"Tom van Dijk"}
    assert not Work.objects.filter(confirmed_at=None).exists()
    assert Event.objects.filter(verb="work.confirmed", actor=None, channel="web").count() == 30
    assert "van 30 projectbladen" in Client().get(answer["Location"]).text


def test_the_button_of_one_sheet_takes_along_what_was_filled_in_elsewhere(make_work, asked):
    one, other, third = make_work("Een"), make_work("Twee"), make_work("Drie")
    [(_mail, link)] = asked()
    Client().post(link, says((other, "stuck", {"why": "Wacht op kabels"})) | {"right": one.uuid.hex})
    one.refresh_from_db(), other.refresh_from_db(), third.refresh_from_db()
    assert one.confirmed_at
    assert (other.trend, other.why) == (Trend.STUCK, "Wacht op kabels")
    assert third.confirmed_at is None


def test_who_sends_without_a_name_is_asked_for_it_and_loses_nothing(make_work, asked):
    work = make_work()
    [(_mail, link)] = asked()
    answer = Client().post(link, says((work, "stuck", {"why": "Wacht op kabels"}), who=""))
    assert answer.status_code == 422
    assert "Wacht op kabels" in answer.text
    assert Work.objects.get().confirmed_at is None


def test_the_name_is_typed_once(make_work, asked):
    work = make_work()
    [(_mail, link)] = asked()
    client = Client()
    client.post(link, says((work, "right"), who="Linda Mulder"))
    assert 'value="Linda Mulder"' in client.get(link).text
    assert 'value="Linda Mulder"' not in Client().get(link).text


def test_what_has_changed_changes_on_the_sheet(make_work, tom, signed_in):
    work = make_work()
    client = signed_in(tom)
    client.post(MINE, says((work, "", {"until_on": "eind 2028", "stage": "busy", "why": "Meer buizen"})))
    work.refresh_from_db()
    assert (work.until_on, work.stage, work.why) == (datetime.date(2028, 12, 31), Stage.BUSY, "Meer buizen")
    assert (work.started_on, work.confirmed_by) == (timezone.localdate(), "Tom van Dijk")
    event = Event.objects.get(verb="work.confirmed")
    assert (event.actor, event.duty) == (tom.uuid, "employee")
    assert "BU03440241" in event.touches
    assert "why" not in event.payload


def test_what_cannot_be_so_stands_at_its_sheet_and_the_rest_is_kept(make_work, tom, signed_in):
    good, bad, worse = make_work("Goed"), make_work("Fout", from_on=timezone.localdate()), make_work("Vast")
    sent = says((good, "right"), (bad, "changed", {"until_on": "01-01-2020"}), (worse, "stuck"))
    answer = signed_in(tom).post(MINE, sent)
    assert answer.status_code == 422
    assert "Vertel in een paar woorden waarom het vastzit." in answer.text
    assert "De laatste dag ligt voor de eerste dag." in answer.text
    good.refresh_from_db()
    assert good.confirmed_at
    assert Work.objects.filter(confirmed_at=None).count() == 2


@pytest.mark.parametrize(
    "answer",
    [
        Answer(Says.RIGHT, why="Toch iets"),
        Answer(Says.CHANGED),
        Answer(Says.STUCK, why="  "),
        Answer(Says.CHANGED, stage="paused"),
        Answer(Says.CHANGED, until_on=datetime.date(2020, 1, 1)),
    ],
)
def test_what_says_too_little_or_two_things_is_refused(make_work, answer):
    work = make_work(from_on=timezone.localdate())
    with pytest.raises(NotSaid):
        confirming.say(work, answer, name="Tom", by=None, at=NOW)


def test_who_says_that_it_is_done_ends_it_and_says_no_more(make_work):
    work = make_work()
    confirming.say(work, Answer(Says.CHANGED, stage="done"), name="Tom", by=None, at=NOW)
    work.refresh_from_db()
    assert (work.stage, work.done_on) == (Stage.DONE, timezone.localdate(NOW))
    with pytest.raises(NotSaid):
        confirming.say(work, Answer(Says.RIGHT), name="Tom", by=None, at=NOW)


def test_who_was_stuck_and_says_what_changed_is_stuck_no_more(make_work):
    work = make_work()
    confirming.say(work, Answer(Says.STUCK, why="Kabels"), name="Tom", by=None, at=NOW)
    confirming.say(work, Answer(Says.RIGHT), name="Tom", by=None, at=NOW)
    assert Work.objects.get().trend == Trend.STUCK
    confirming.say(work, Answer(Says.CHANGED, until_on=datetime.date(2030, 1, 1)), name="Tom", by=None, at=NOW)
    assert Work.objects.get().trend == ""


# --- signed in, and what shows -----------------------------------------------------------------------------


def test_who_is_signed_in_sees_their_own_sheets_only(make_work, tom, signed_in):
    make_work("Van Tom"), make_work("Van Linda", owner_email="linda@example.org")
    page = signed_in(tom).get(MINE).text
    assert ("Van Tom" in page, "Van Linda" in page) == (True, False)
    assert "Wie bent u?" not in page


def test_who_owns_nothing_reads_so(tom, signed_in):
    assert "Er is geen projectblad om na te kijken" in signed_in(tom).get(MINE).text


def test_a_resident_has_no_such_page(kees, signed_in):
    assert signed_in(kees).get(MINE).status_code == 403


def test_what_nobody_confirmed_for_two_months_shows(make_work, tom, signed_in):
    make_work("Oud", made_at=LONG_AGO), make_work("Nieuw")
    make_work("Klopt", made_at=LONG_AGO, confirmed_at=NOW), make_work("Klaar", made_at=LONG_AGO, stage=Stage.DONE, done_on=NOW)
    make_work("Elders", codes=("BU03440321",), made_at=LONG_AGO)
    assert [work.title for work in unconfirmed(["BU03440241"])] == ["Oud"]
    assert unconfirmed(None).count() == 2
    assert signed_in(tom).get(MINE).text.count("Twee maanden niet bevestigd") == 2


def test_one_sheet_or_many_take_as_many_queries(make_work, tom, signed_in):
    client = signed_in(tom)
    counts = []
    for number in (1, 3):
        for n in range(number):
            make_work(f"Werk {number} {n}", codes=("BU03440241", "BU03440242"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(MINE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_hostile_words_are_shown_as_words(make_work, tom, signed_in):
    make_work("<script>alert(1)</script>", why="<img src=x onerror=alert(1)>")
    page = signed_in(tom).get(f"{MINE}?gezegd=<script>").text
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_nonsense_that_is_sent_changes_nothing(make_work, tom, signed_in):
    work = make_work()
    sent = {"right": "niets", f"{work.uuid.hex}-says": "misschien", f"{work.uuid.hex}-stage": "weg", "x" * 200: "1"}
    assert signed_in(tom).post(MINE, sent).status_code == 422
    assert Work.objects.get().confirmed_at is None
