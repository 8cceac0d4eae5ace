"""The pages after a decision: who got money shows what they did, who handles it looks, and others see nothing of it."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is, and a test takes what it needs)
import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.fund.actions import changing, objecting
from buurtdraad.fund.models import Application, ChangeAsked, Letter, Objection, Recovery, Settlement
from buurtdraad.fund.states import Stage
from buurtdraad.fund.tests.decisions import linda  # noqa: F401
from buurtdraad.fund.tests.granted import IBAN, big_pot, decide_on, granted, heard, paid, reported  # noqa: F401
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.money.models import Payment

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"
ANSWERS = {"done": f"Bomen {HOSTILE}", "people": "40", "learned": "Meer water"}
FACTS = {"sent_by": "post"}


def mine(application, rest=""):
    return f"/fonds/aanvragen/{application.uuid}/{rest}"


def file_of(application, rest=""):
    return f"/werk/fonds/{application.uuid}/{rest}"


@pytest.fixture
def signed_in():
    """Each person in a browser of their own, with a second factor."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        session = client.session
        session["second_factor"] = timezone.now().isoformat()
        session.save()
        return client

    return sign_in


@pytest.fixture
def as_kees(signed_in, kees):
    return signed_in(kees)


def test_who_got_money_keeps_a_part_and_sends_it_later(granted, as_kees):
    application = granted().application
    page = mine(application, "verantwoording/")
    assert "verantwoording/" in as_kees.get(mine(application)).text
    assert as_kees.post(page, ANSWERS | {"learned": ""}).status_code == 302
    missing = as_kees.post(page, ANSWERS | {"learned": "", "send": "1"})
    assert missing.status_code == 422
    assert HOSTILE not in missing.text
    assert as_kees.post(page, ANSWERS | {"send": "1"}).status_code == 302
    application.refresh_from_db()
    assert application.stage == Stage.REPORTED
    shown = as_kees.get(page)
    assert HOSTILE not in shown.text
    assert "&lt;script&gt;" in shown.text


def test_the_account_the_change_and_the_objection_of_somebody_else_are_not_there(granted, signed_in, samira):
    application = granted().application
    for rest in ("verantwoording/", "wijziging/", "intrekken/", "bezwaar/"):
        for client in (Client(), signed_in(samira)):
            assert client.get(mine(application, rest)).status_code in {403, 404}


def test_a_document_that_is_not_what_it_says_is_refused(granted, as_kees):
    application = granted().application
    given = {"receipt": SimpleUploadedFile("bon.pdf", b"MZ no document", "application/pdf")}
    answer = as_kees.post(mine(application, "verantwoording/"), given | {"add_receipt": "1"})
    assert not application.account.receipts.exists()
    assert answer.status_code == 422


def test_a_receipt_is_given_back_to_who_gave_it_and_to_who_handles_it(granted, as_kees, signed_in, priya, samira, settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    application = granted().application
    content = b"%PDF-1.4\nbon\n%%EOF\n"
    file = SimpleUploadedFile("bon.pdf", content, "application/pdf")
    assert as_kees.post(mine(application, "verantwoording/"), {"receipt": file, "add_receipt": "1"}).status_code == 302
    found = application.account.receipts.get()
    address = mine(application, f"verantwoording/bon/{found.uuid}/")
    for client in (as_kees, signed_in(priya)):
        assert b"".join(client.get(address).streaming_content) == content
    assert signed_in(samira).get(address).status_code == 404
    assert as_kees.post(mine(application, f"verantwoording/{found.uuid}/weg/")).status_code == 302
    assert not application.account.receipts.exists()


def test_a_request_is_taken_back_after_a_yes(make_application, as_kees):
    application = make_application()
    page = mine(application, "intrekken/")
    assert as_kees.get(page).status_code == 200
    assert as_kees.post(page).status_code == 422
    assert as_kees.post(page, {"sure": "on"}).status_code == 302
    application.refresh_from_db()
    assert application.stage == Stage.WITHDRAWN
    assert as_kees.get(page).status_code == 403


def test_somebody_objects_on_the_site_and_others_judge_it(granted, as_kees, signed_in, priya, bas, declared, linda, areas):
    fatma = member_of_staff("Fatma Yildiz", "fatma@utrecht.example", None, "fund_decider")
    application = granted().application
    declared(application, fatma)
    assert as_kees.post(mine(application, "bezwaar/"), {"words": f"Te weinig {HOSTILE}"}).status_code == 302
    objection = Objection.objects.get()
    page = file_of(application, f"bezwaar/{objection.uuid}/")
    assert HOSTILE not in signed_in(bas).get(page).text
    assert signed_in(bas).get(f"{page}besluit/").status_code == 403
    client = signed_in(fatma)
    assert client.post(f"{page}nemen/").status_code == 302
    assert client.post(f"{page}langer/").status_code == 302
    day = timezone.localdate().isoformat()
    assert client.post(f"{page}horen/", {"heard_on": day, "heard": "Zij vertelden het"}).status_code == 302
    wrong = client.post(f"{page}besluit/", {"outcome": "founded", "answer": "Toch"})
    assert wrong.status_code == 422
    answer = client.post(f"{page}besluit/", {"outcome": "unfounded", "answer": "Het klopt"})
    letter = Letter.objects.get(about="objection")
    assert answer.url.endswith(f"/brieven/{letter.uuid}/")
    assert client.post(answer.url, FACTS | {"on": day}).status_code == 302
    assert as_kees.get(f"/fonds/brieven/{letter.uuid}.pdf").content.startswith(b"%PDF")


def test_the_final_amount_from_the_file_to_the_letter(reported, signed_in, priya, bas):
    application = reported()
    handler, decider = signed_in(priya), signed_in(bas)
    assert "verantwoording/goed/" in handler.get(file_of(application)).text
    assert handler.post(file_of(application, "verantwoording/goed/")).status_code == 302
    assert "Het is in orde: nu het eindbedrag." in decider.get("/werk/fonds/achteraf/").text
    assert handler.get(file_of(application, "eindbedrag/")).status_code == 403
    page = file_of(application, "eindbedrag/")
    assert decider.get(page).status_code == 200
    lower = {"ground": "not_done", "amount": "9.000,00", "words": "Niet alles"}
    assert decider.post(page, lower).status_code == 422
    give_by = (timezone.localdate() + datetime.timedelta(days=14)).isoformat()
    assert handler.post(file_of(application, "achteraf-horen/"), {"about": "U deed niet alles", "give_by": give_by}).status_code == 302
    view = application.views.get()
    assert signed_in(application.contact.person).get(mine(application, f"reactie/{view.uuid}/")).status_code == 200
    assert (
        signed_in(application.contact.person).post(mine(application, f"reactie/{view.uuid}/"), {"words": "Het regende"}).status_code == 200
    )
    answer = decider.post(page, lower)
    assert answer.status_code == 302
    letter = Settlement.objects.get().letter
    assert signed_in(application.contact.person).get(f"/fonds/brieven/{letter.uuid}.pdf").status_code == 404
    assert decider.post(answer.url, FACTS | {"on": timezone.localdate().isoformat()}).status_code == 302
    assert signed_in(application.contact.person).get(f"/fonds/brieven/{letter.uuid}.pdf").status_code == 200
    assert Payment.objects.filter(stage="due").get().amount == 9000


def test_a_handler_gives_it_back_answers_a_change_and_notes_the_account(reported, granted, make_initiative, signed_in, priya, ria, kees):
    application = reported()
    client = signed_in(priya)
    assert client.post(file_of(application, "verantwoording/terug/"), {"why": "Waar is de bon?"}).status_code == 302
    change = changing.ask(Application.objects.get(), words=f"Later {HOSTILE}", by=None, at=timezone.now())
    assert HOSTILE not in client.get(file_of(application)).text
    page = file_of(application, f"wijziging/{change.uuid}/")
    assert client.post(page, {"agreed": "yes", "answer": "Goed"}).status_code == 302
    assert ChangeAsked.objects.get().agreed
    note = file_of(application, "rekening/")
    assert client.post(note, {"holder": "Kees", "iban": "NL91ABNA0417164301"}).status_code == 422
    assert client.post(note, {"holder": "Kees", "iban": IBAN}).status_code == 302
    assert IBAN not in client.get(file_of(application)).text


def test_money_that_is_taken_back_comes_back_in_parts(granted, paid, signed_in, priya, bas):
    application = granted().application
    paid(application)
    decider, handler = signed_in(bas), signed_in(priya)
    page = file_of(application, "terugnemen/")
    assert decider.post(page, {"words": "Het ging niet door"}).status_code == 422
    assert decider.post(page, {"words": "Het ging niet door", "on_request": "on"}).status_code == 302
    recovery = Recovery.objects.get()
    back = file_of(application, f"terugbetalen/{recovery.uuid}/")
    day = timezone.localdate().isoformat()
    assert handler.post(back, {"amount": "20000", "on": day}).status_code == 422
    assert handler.post(back, {"amount": "2.000", "on": day}).status_code == 302
    assert handler.get(f"{back}niet/").status_code == 403
    assert decider.post(f"{back}niet/", {"why": "Geen geld meer"}).status_code == 302
    recovery.refresh_from_db()
    assert (recovery.received, recovery.dropped_why) == (Decimal(2000), "Geen geld meer")


def test_the_list_after_decisions_takes_the_same_number_of_queries(granted, make_initiative, signed_in, priya, kees, big_pot):
    client = signed_in(priya)
    assert client.get("/werk/fonds/achteraf/").status_code == 200
    counts = []
    for number in (1, 3):
        while Application.objects.count() < number:
            title = f"Plan {Application.objects.count()}"
            decision = granted(costs=("6000",), initiative=make_initiative(title, of=kees), account=False)
            changing.ask(decision.application, words="Later", by=None, at=timezone.now())
            today = timezone.localdate()
            objecting.receive(decision, words="Nee", received_on=today, by=None, at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/werk/fonds/achteraf/").text.count("Plan ") >= number
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("rest", ["verantwoording/terug/", "eindbedrag/", "terugnemen/", "rekening/", "achteraf-horen/", "bezwaar/"])
def test_who_asked_or_did_not_declare_works_on_nothing(granted, signed_in, kees, ria, areas, rest):
    application = granted().application
    new = member_of_staff("Omar Haddad", "omar@utrecht.example", None, "fund_decider")
    for person in (kees, ria, new):
        assert signed_in(person).get(file_of(application, rest)).status_code in {403, 404}
