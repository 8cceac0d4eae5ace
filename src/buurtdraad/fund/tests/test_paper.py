"""What is asked or told before a decision goes on paper to who does not read e-mail of us; and the pot is chosen where only one fits."""

import datetime
import io

import pikepdf
import pytest
from django.utils import timezone
from django.utils.formats import date_format

from buurtdraad.fund import rules
from buurtdraad.fund.actions import handling, hearing, lateness, questions
from buurtdraad.fund.actions.sending import send
from buurtdraad.fund.models import Application, Letter
from buurtdraad.fund.queries import clock
from buurtdraad.fund.queries.to_decide import papers
from buurtdraad.fund.states import ClockEventKind, SentBy, Stage
from buurtdraad.fund.tests.decisions import days_ago, in_english  # noqa: F401
from buurtdraad.messages.models import Message
from buurtdraad.money.models import Pot
from buurtdraad.money.states import Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]
NOW = timezone.now()
SOON = timezone.localdate() + datetime.timedelta(days=14)


@pytest.fixture
def by_post(make_application, declared, priya):
    """Applications of which who asked chose post."""

    def make(stage=Stage.ASSESSING, **facts):
        made = make_application(stage=stage, **facts)
        declared(made, priya)
        Application.objects.filter(pk=made.pk).update(send_by=SentBy.POST)
        made.refresh_from_db()
        return made

    return make


def question_of(application, by, text="Wat kost de bank?"):
    return questions.ask(application, text=text, answer_by=SOON, by=by, at=NOW)


def test_a_question_on_paper_waits_in_the_list_and_has_a_pdf(by_post, priya, signed_in):
    question_of(by_post(Stage.CHECKING), priya)
    (letter,) = papers(priya)
    assert letter.about == Letter.About.QUESTION
    assert "Wat kost de bank?" in letter.facts["paragraphs"]
    assert letter.facts["to"] == ["Kees Vermeer", "Wilgenhof 12, Utrecht"]
    client = signed_in(priya)
    page = client.get("/werk/fonds/besluiten/").text
    assert f"/werk/fonds/achteraf/brieven/{letter.uuid}/" in page
    paper = client.get(f"/fonds/brieven/{letter.uuid}.pdf")
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        assert document.Root.MarkInfo.Marked


def test_on_paper_the_time_stands_still_from_the_day_on_which_the_letter_goes_out(by_post, priya):
    asked_at, today = NOW - datetime.timedelta(days=5), timezone.localdate(NOW)
    application = by_post(on=today - datetime.timedelta(days=10))
    asked_on = timezone.localdate(asked_at)
    question = questions.ask(application, text="Wat kost de bank?", answer_by=asked_on + datetime.timedelta(days=14), by=priya, at=asked_at)
    (letter,) = papers(priya)
    send(letter, sent_by=SentBy.POST, on=today, by=priya, at=NOW)
    question.refresh_from_db()
    assert question.answer_by == today + datetime.timedelta(days=14)
    assert application.clock.get(kind=ClockEventKind.ASKED).on == today
    letter.refresh_from_db()
    assert any(date_format(question.answer_by, "j F Y") in line for line in letter.facts["paragraphs"])
    # Five days more have gone by than had the time stood still from the day on which we asked.
    start = clock.started_on(application)
    assert (
        clock.days_left(Application.objects.get(pk=application.pk), today)
        == rules.last_day(start_on=start, weeks=4, happened=[]).toordinal() - today.toordinal()
    )


def test_a_question_that_was_answered_before_its_letter_went_out_moves_nothing(by_post, priya, kees):
    asked_at, today = NOW - datetime.timedelta(days=5), timezone.localdate(NOW)
    application = by_post(on=today - datetime.timedelta(days=10))
    question = questions.ask(application, text="Wat kost de bank?", answer_by=SOON, by=priya, at=asked_at)
    (letter,) = papers(priya)
    questions.answer(question, text="100 euro", by=kees, at=NOW)
    send(letter, sent_by=SentBy.POST, on=today, by=priya, at=NOW)
    question.refresh_from_db()
    assert question.answer_by == SOON


def test_a_hearing_and_more_time_go_on_paper_too(by_post, priya):
    hearing.ask(by_post(), about="Wij willen minder geven.", give_by=SOON, by=priya, at=NOW)
    lateness.extend(by_post(), why="Er zijn veel aanvragen.", by=priya, at=NOW)
    about = [letter.about for letter in papers(priya)]
    assert about == [Letter.About.VIEW, Letter.About.EXTENSION]
    assert any("Er zijn veel aanvragen." in line for line in papers(priya)[1].facts["paragraphs"])


def test_who_reads_e_mail_of_us_gets_no_paper(make_application, declared, priya, kees):
    application = make_application(stage=Stage.CHECKING)
    declared(application, priya)
    question_of(application, priya)
    assert not Letter.objects.exists()
    type(kees).objects.filter(pk=kees.pk).update(confirmed_at=None)
    other = make_application(stage=Stage.CHECKING)
    declared(other, priya)
    question_of(other, priya)
    assert Letter.objects.get().application == other


def test_what_was_sent_or_answered_is_gone_from_the_list(by_post, priya, kees):
    question = question_of(by_post(Stage.CHECKING), priya)
    (letter,) = papers(priya)
    told = Message.objects.count()
    send(letter, sent_by=SentBy.POST, on=days_ago(0), by=priya, at=timezone.now())
    assert not papers(priya)
    assert Message.objects.count() == told, "they were told when it was asked"
    assert Letter.objects.get().facts["date"] != letter.made_at
    questions.answer(question, text="900 euro", by=kees, at=timezone.now())
    second = question_of(by_post(Stage.CHECKING), priya)
    assert papers(priya).count() == 1
    questions.answer(second, text="900 euro", by=kees, at=timezone.now())
    assert not papers(priya)


def test_hostile_words_stay_words_on_paper(by_post, priya, signed_in):
    question_of(by_post(Stage.CHECKING), priya, text='<script>alert(1)</script> #panic("x") $x$')
    (letter,) = papers(priya)
    assert signed_in(priya).get(f"/fonds/brieven/{letter.uuid}.pdf").content.startswith(b"%PDF")


def test_the_list_is_of_who_works_there(by_post, priya, samira, kees):
    question_of(by_post(Stage.CHECKING), priya)
    assert not papers(samira)
    assert not papers(kees)


# --- the pot ------------------------------------------------------------------------------------------


def completed(application, by):
    handling.complete(application, on=timezone.localdate(), by=by, at=timezone.now())
    application.refresh_from_db()
    return application.pot


def test_when_only_one_pot_fits_it_is_chosen_when_everything_is_there(by_post, make_pot, priya):
    year = timezone.localdate().year
    make_pot(name="Vorig jaar", year=year - 1)
    make_pot(name="Elders", year=year, area="WK034403")
    make_pot(name="Ander thema", year=year, theme="children")
    make_pot(name="Agenda", year=year, source=Source.AGENDA)
    Pot.objects.filter(pk=make_pot(name="Dicht", year=year).pk).update(closed_at=NOW)
    ceiling = make_pot(name="Plafond", year=year)
    part = make_pot(name="Noordwest", year=year, within=ceiling)
    assert completed(by_post(Stage.CHECKING), priya) == part


def test_when_more_pots_fit_or_none_somebody_chooses(by_post, make_pot, priya):
    assert completed(by_post(Stage.CHECKING), priya) is None
    for name in ("Groen", "Noordwest"):
        make_pot(name=name, year=timezone.localdate().year)
    assert completed(by_post(Stage.CHECKING), priya) is None
