"""The worklist, the file and its deeds, and the pages on which who asks for the money answers."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.audit.models import Event
from buurtdraad.fund import access
from buurtdraad.fund.actions import advice, handling, hearing, interests, questions
from buurtdraad.fund.models import Application, ApplicationDocument, Note, Payee, TextBlock
from buurtdraad.fund.states import AT_WORK, DocumentKind, Interest, Stage
from buurtdraad.initiatives.access import HELD
from buurtdraad.messages.tests.conftest import member_of_staff

DAY = datetime.timedelta(days=1)
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
HOSTILE = "<script>alert(1)</script>"


def page(name, *args):
    return reverse(f"fund:{name}", args=args)


def due(application, days):
    Application.objects.filter(pk=application.pk).update(decide_by=TODAY + days * DAY)
    return application


@pytest.fixture
def three(make_application, make_initiative, kees):
    """One that is late, one with three days left, one with thirty."""
    titles = (("Te laat plan", -2), ("Haast plan", 3), ("Rustig plan", 30))
    return [due(make_application(initiative=make_initiative(title, of=kees)), days) for title, days in titles]


@pytest.fixture
def handled(make_application, declared, priya):
    made = make_application(stage=Stage.ASSESSING, on=TODAY - 10 * DAY)
    declared(made, priya)
    return made


def ask(application, priya, at=NOW):
    return questions.ask(application, text="Wie plaatst de bank?", answer_by=TODAY + 14 * DAY, by=priya, at=at)


# --- the worklist ----------------------------------------------------------------------------------------


def test_the_worklist_begins_with_what_is_late_and_says_so_in_words(three, priya, signed_in):
    text = signed_in(priya).get(page("worklist")).content.decode()
    assert text.index("Te laat plan") < text.index("Haast plan") < text.index("Rustig plan")
    assert "2 dagen te laat" in text
    assert "nog 3 dagen" in text
    assert "Kees" not in text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("lijst=late", ["Te laat plan"]),
        ("lijst=this_week", ["Te laat plan", "Haast plan"]),
        ("lijst=mine", []),
        ("lijst=nobodys", ["Te laat plan", "Haast plan", "Rustig plan"]),
        ("lijst=still", []),
        ("gebied=BU03440241&thema=green&stap=assessing", ["Te laat plan", "Haast plan", "Rustig plan"]),
        ("stap=refused", []),
        ("q=haast", ["Haast plan"]),
        ("q=%00&gebied=nergens&thema=x&stap=draft&lijst=x&page=-1", ["Te laat plan", "Haast plan", "Rustig plan"]),
    ],
)
def test_the_worklist_is_narrowed_and_nonsense_is_as_if_it_were_not_there(three, priya, signed_in, query, seen):
    text = signed_in(priya).get(f"{page('worklist')}?{query}").content.decode()
    assert [title for title in ("Te laat plan", "Haast plan", "Rustig plan") if title in text] == seen


def test_steps_have_the_words_of_who_works_on_them(three, priya, signed_in):
    client = signed_in(priya)
    text = client.get(page("worklist")).content.decode()
    for words in ("Plan beoordelen", "Wacht op antwoord van de aanvrager", "Toegekend", "Ingetrokken"):
        assert words in text
    three[0].refresh_from_db()
    file = client.get(page("file", three[0].uuid)).content.decode()
    assert "Plan beoordelen" in file
    to_who_asked = {str(stage.label) for stage in Stage} - {str(words) for words in AT_WORK.values()}
    assert not [words for words in to_who_asked if words in text or words in file]


def test_every_step_has_a_word_at_work():
    assert set(AT_WORK) == set(Stage)
    assert len({str(words) for words in AT_WORK.values()}) == len(Stage)


def test_while_time_stands_still_nothing_is_late(three, declared, priya, signed_in):
    declared(three[0], priya)
    ask(three[0], priya, at=NOW - 5 * DAY)
    due(three[0], -1)
    client = signed_in(priya)
    assert "Te laat plan" not in client.get(f"{page('worklist')}?lijst=late").content.decode()
    assert "tijd staat stil sinds" in client.get(f"{page('worklist')}?lijst=still").content.decode()


def test_an_adviser_sees_only_what_is_asked_in_their_areas(three, samira, joris, signed_in):
    assert "Haast plan" not in signed_in(samira).get(page("worklist")).content.decode()
    assert "Haast plan" in signed_in(joris).get(page("worklist")).content.decode()


def test_what_somebody_asked_for_or_has_an_interest_in_is_not_in_their_list(make_application, make_initiative, priya, bas, signed_in):
    made = make_application(initiative=make_initiative("Eigen tuin", of=priya))
    interests.declare(made, bas, Interest.YES, by=bas, at=NOW)
    for person in (priya, bas):
        client = signed_in(person)
        assert "Eigen tuin" not in client.get(page("worklist")).content.decode()
        assert client.get(page("file", made.uuid)).status_code == 403


def test_the_worklist_asks_as_much_of_the_database_for_one_as_for_three(  # noqa: PLR0917 (fixtures)
    make_application, make_initiative, declared, kees, priya, signed_in
):
    client, numbers = signed_in(priya), []
    for number in (1, 2):
        for _each in range(number):
            declared(made := make_application(initiative=make_initiative("Nog een", of=kees)), priya)
            handling.take(made, by=priya, at=NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page("worklist"))
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


# --- the file --------------------------------------------------------------------------------------------


def test_the_file_shows_who_asks_and_never_the_account(handled, priya, signed_in):
    Payee.objects.create(application=handled, holder="K. Vermeer", iban="NL91ABNA0417164300")
    bank = {"key": "b" * 32, "kind": "pdf", "bytes": 1, "given_at": NOW, "name": "NL91ABNA.pdf"}
    statement = ApplicationDocument.objects.create(application=handled, document_kind=DocumentKind.BANK, **bank)
    client = signed_in(priya)
    text = client.get(page("file", handled.uuid)).content.decode()
    assert "Kees Vermeer" in text
    assert "Wilgenhof 12" in text
    assert "ABNA" not in text
    assert "K. Vermeer" not in text
    assert client.get(page("file_document", handled.uuid, statement.uuid)).status_code == 404
    assert Event.objects.filter(verb="looked", thing=handled.thing, actor=priya.uuid).exists()


def test_the_file_asks_as_much_of_the_database_however_much_is_in_it(handled, make_application, priya, joris, bas, signed_in):  # noqa: PLR0917 (fixtures)
    client = signed_in(priya)

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page("file", handled.uuid)).status_code == 200
        return len(found)

    questions.answer(ask(handled, priya, at=NOW - 3 * DAY), text="Wij", by=None, at=NOW)
    advice.ask(handled, joris, by=priya, at=NOW)
    handling.add_note(handled, "Een", by=priya, at=NOW)
    make_application(initiative=handled.initiative, stage=Stage.REFUSED)
    first = asked()
    questions.answer(ask(handled, priya), text="Wij", by=None, at=NOW)
    advice.ask(handled, bas, by=priya, at=NOW)
    handling.add_note(handled, "Twee", by=priya, at=NOW)
    make_application(initiative=handled.initiative, stage=Stage.REFUSED)
    assert asked() == first


def test_what_people_write_is_shown_as_they_wrote_it_and_never_run(handled, priya, joris, signed_in):
    Application.objects.filter(pk=handled.pk).update(applicant_name=HOSTILE, everybody_can_come=HOSTILE, organisation_name=HOSTILE)
    handled.costs.update(label=HOSTILE)
    type(handled.initiative).objects.update(title=HOSTILE, summary=HOSTILE, story=HOSTILE, place=HOSTILE)
    questions.answer(ask(handled, priya), text=HOSTILE, by=None, at=NOW)
    handled.refresh_from_db()
    view = hearing.ask(handled, about=HOSTILE, give_by=TODAY + DAY, by=priya, at=NOW)
    hearing.give(view, words=HOSTILE, by=None, at=NOW)
    handling.add_note(handled, HOSTILE, by=priya, at=NOW)
    advice.ask(handled, joris, department=HOSTILE, by=priya, at=NOW)
    client = signed_in(priya)
    for name in ("file", "lines", "ask_question", "complete"):
        text = client.get(page(name, handled.uuid)).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text
    assert "<script>alert" not in client.get(page("worklist")).content.decode()


def test_the_same_plan_of_somebody_else_is_shown_as_a_possible_double(handled, make_application, make_initiative, samira, priya, signed_in):  # noqa: PLR0917 (fixtures)
    other = make_application(initiative=make_initiative("Wilgentuin: planten en een bank", of=samira))
    Application.objects.filter(pk=other.pk).update(applicant_address="Elders 1")
    assert other.number in signed_in(priya).get(page("file", handled.uuid)).content.decode()


def test_before_somebody_said_whether_they_have_an_interest_they_can_do_nothing(make_application, priya, signed_in):
    made = make_application(stage=Stage.CHECKING)
    client = signed_in(priya)
    text = client.get(page("file", made.uuid)).content.decode()
    assert page("complete", made.uuid) not in text
    for name in ("complete", "lines", "ask_question", "ask_view", "ask_advice", "more_time", "default_notice", "refer"):
        assert client.get(page(name, made.uuid)).status_code == 403
    assert client.post(page("declare", made.uuid), {}).status_code == 422
    assert client.post(page("declare", made.uuid), {"says": "none"}).url == page("file", made.uuid)
    assert page("complete", made.uuid) in client.get(page("file", made.uuid)).content.decode()


def test_who_says_they_have_an_interest_finds_the_file_closed(handled, priya, signed_in):
    client = signed_in(priya)
    assert client.post(page("declare", handled.uuid), {"says": "yes", "words": ""}).url == page("worklist")
    assert client.get(page("file", handled.uuid)).status_code == 403
    assert client.post(page("take", handled.uuid)).status_code == 403


@pytest.mark.parametrize("stage", Stage.values)
def test_who_opens_a_file_and_who_does_something_with_it(make_application, declared, stage, signed_in, priya, joris, samira, ria, kees):  # noqa: PLR0917 (fixtures)
    made = make_application(stage=stage)
    declared(made, priya, joris)
    sent = stage != Stage.DRAFT
    expected = {
        priya: (200, 200) if sent else (404, 404), joris: (200 if sent else 404, 403), samira: (404, 403),
        ria: (403, 403), kees: (403, 403),
    }  # fmt: skip
    for person, (seen, done) in expected.items():
        client = signed_in(person)
        got = client.get(page("file", made.uuid)).status_code, client.get(page("lines", made.uuid)).status_code
        assert got == (seen, done), (person, stage)


def test_which_deeds_are_open_to_whom(make_application, declared, priya, joris, kees):
    made = make_application(stage=Stage.REFUSED)
    declared(made, priya, joris)
    rights = (access.has_handling_duty, access.may_declare, access.may_give_away, access.may_note, access.may_advise_on, access.may_answer)
    assert [may(priya, made) for may in rights] == [True, True, False, True, False, False]
    assert [may(joris, made) for may in rights] == [False, True, False, True, False, False]
    assert [may(kees, made) for may in rights] == [False, False, False, False, False, True]


# --- deeds -----------------------------------------------------------------------------------------------


def test_a_handler_takes_completes_asks_and_looks_at_the_costs(make_application, declared, priya, signed_in):
    made = make_application(stage=Stage.SUBMITTED, on=TODAY - 3 * DAY)
    declared(made, priya)
    client = signed_in(priya)
    client.post(page("take", made.uuid))
    assert client.post(page("complete", made.uuid), {"on": "2019-01-01"}).status_code == 422
    assert client.post(page("complete", made.uuid), {"on": TODAY.isoformat()}).url == page("file", made.uuid)
    bench, food = made.costs.all()
    sent = {f"accepted_{bench.pk}": "11.900,-", f"reason_{bench.pk}": "", f"accepted_{food.pk}": "0", f"reason_{food.pk}": ""}
    assert client.post(page("lines", made.uuid), sent).status_code == 422
    assert client.post(page("lines", made.uuid), sent | {f"reason_{food.pk}": "Niet uit dit fonds"}).status_code == 302
    made.refresh_from_db()
    assert (made.stage, made.accepted, made.handler) == (Stage.ASSESSING, 11900, priya.uuid)
    text = client.get(page("file", made.uuid)).content.decode()
    assert "€\xa011.900" in text
    assert "Niet uit dit fonds" in text


def test_what_the_rules_do_not_pay_is_filled_in_already(handled, priya, signed_in):
    text = signed_in(priya).get(page("lines", handled.uuid)).content.decode()
    assert "Eten en drinken betaalt het fonds niet." in text


def test_standard_questions_are_put_in_the_text(handled, rules, priya, signed_in):
    blocks = [
        TextBlock.objects.create(scheme=rules.scheme, used_for="question", title=title, text=f"Tekst {title}") for title in ("Een", "Twee")
    ]
    query = "&".join(f"blok={block.uuid}" for block in blocks)
    text = signed_in(priya).get(f"{page('ask_question', handled.uuid)}?{query}&blok=onzin").content.decode()
    assert "Tekst Een" in text
    assert "Tekst Twee" in text


def test_a_forged_form_moves_nothing_to_a_stage_that_cannot_follow(make_application, declared, priya, signed_in):
    made = make_application(stage=Stage.GRANTED)
    declared(made, priya)
    client = signed_in(priya)
    client.post(page("take", made.uuid))
    assert client.post(page("complete", made.uuid), {"on": TODAY.isoformat()}).status_code == 422
    assert client.post(page("refer", made.uuid), {"desk": "other", "other": "Elders"}).status_code == 422
    asked = {"text": "Wat?", "answer_by": (TODAY + 9 * DAY).isoformat()}
    assert client.post(page("ask_question", made.uuid), asked).status_code == 422
    made.refresh_from_db()
    assert made.stage == Stage.GRANTED
    assert not made.questions.exists()


def test_every_deed_of_handling_has_a_page_that_works(handled, priya, bas, joris, signed_in):
    client = signed_in(priya)
    done = {
        "ask_advice": {"colleague": str(joris.uuid), "department": "Groen"},
        "add_note": {"text": "Gebeld"},
        "ask_view": {"about": "Wij denken van niet", "give_by": (TODAY + 9 * DAY).isoformat()},
        "default_notice": {"received_on": TODAY.isoformat(), "words": ""},
        "reject_default": {"why": "Wij zijn op tijd"},
        "give_to": {"colleague": str(bas.uuid)},
    }
    due(handled, 10)
    assert client.post(page("more_time", handled.uuid), {"how": "extend", "why": "Advies"}).status_code == 302
    assert client.post(page("more_time", handled.uuid), {"how": "extend", "why": "Advies"}).status_code == 422
    for name, sent in done.items():
        assert client.get(page(name, handled.uuid)).status_code in {200, 404}, name
        assert client.post(page(name, handled.uuid), {}).status_code in {422, 404}, name
        assert client.post(page(name, handled.uuid), sent).status_code == 302, name
    view = handled.views.get()
    assert client.post(page("note_view", handled.uuid, view.uuid), {"words": "Jammer", "orally": "on"}).status_code == 302
    assert Note.objects.get().text == "Gebeld"
    assert client.post(page("let_go", handled.uuid)).status_code == 302
    handled.refresh_from_db()
    assert handled.handler == bas.uuid


# --- who asks for the money ------------------------------------------------------------------------------


def test_who_asks_answers_in_their_browser_and_a_stranger_finds_nothing(handled, priya, samira, client, signed_in):
    asked = ask(handled, priya)
    address = page("answer", handled.uuid, asked.uuid)
    assert "/inloggen/" in client.get(address).url
    assert signed_in(samira).get(address).status_code == 404
    client.logout()
    session = client.session
    session[HELD] = [str(handled.initiative.uuid)]
    session.save()
    text = client.get(address).content.decode()
    assert "Wie plaatst de bank?" in text
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Wij zelf"}).status_code == 200
    asked.refresh_from_db()
    assert asked.answer == "Wij zelf"
    assert "<form" not in client.get(address).content.decode().split("<main")[1].split("</main")[0]


def test_a_question_of_another_application_is_not_there(handled, make_application, make_initiative, priya, kees, signed_in):  # noqa: PLR0917 (fixtures)
    other = make_application(initiative=make_initiative("Iets anders", of=priya))
    asked = ask(handled, priya)
    assert signed_in(kees).get(page("answer", other.uuid, asked.uuid)).status_code == 404


def test_who_is_heard_reacts_on_a_page_of_their_own(handled, priya, kees, signed_in):
    view = hearing.ask(handled, about="Wij denken van niet", give_by=TODAY + 9 * DAY, by=priya, at=NOW)
    client = signed_in(kees)
    address = page("react", handled.uuid, view.uuid)
    assert "Wij denken van niet" in client.get(address).content.decode()
    assert client.post(address, {"words": "Wij wel"}).status_code == 200
    view.refresh_from_db()
    assert view.words == "Wij wel"


def test_a_document_that_is_not_what_it_says_is_refused_with_the_answer(handled, priya, kees, signed_in):
    asked = ask(handled, priya)
    sent = {"text": "Hier is het", "document_kind": "map", "document": SimpleUploadedFile("kaart.pdf", b"MZ not a pdf")}
    assert signed_in(kees).post(page("answer", handled.uuid, asked.uuid), sent).status_code == 422
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_a_colleague_without_a_duty_for_money_gives_the_advice_that_is_asked_of_them(handled, areas, priya, signed_in):
    tom = member_of_staff("Tom van Dijk", "tom@utrecht.example", None, Duty.EMPLOYEE)
    assert signed_in(tom).get(page("give_advice", handled.uuid)).status_code == 404
    advice.ask(handled, tom, by=priya, at=NOW)
    client = signed_in(tom)
    assert "Wilgentuin" in client.get(page("advice_asked")).content.decode()
    text = client.get(page("give_advice", handled.uuid)).content.decode()
    assert "Kees Vermeer" not in text
    assert client.post(page("give_advice", handled.uuid), {"positive": "1", "words": "Mooi"}).status_code == 422
    client.post(page("declare_to_advise", handled.uuid), {"says": "none"})
    assert client.post(page("give_advice", handled.uuid), {"positive": "1", "words": "Mooi"}).status_code == 302
    assert handled.advices.get().positive
    assert client.get(page("file", handled.uuid)).status_code == 403
