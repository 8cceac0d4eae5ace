"""Bringing requests to a case system that fails, hangs, drops the line and talks nonsense: nothing lost, nothing twice."""

import datetime
import json
import os
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund.actions import drafting
from buurtdraad.fund.models import CaseMessage, Payee
from buurtdraad.fund.outbox import actions, sources
from buurtdraad.fund.outbox.rules import LONGEST_PAUSE, pause_after
from buurtdraad.fund.outbox.states import Problem, Stage
from buurtdraad.fund.outbox.tests.case_systems import CLIENT, DROPPED, NONSENSE, RSIN, SECRET, SILENT, case_system
from buurtdraad.fund.states import Stage as Step
from buurtdraad.fund.states import Who
from buurtdraad.lib.outgoing import NoAnswer, send
from buurtdraad.running.diagnosis import WRONG
from buurtdraad.running.diagnosis import case_system as examine

pytestmark = pytest.mark.django_db
IBAN, PHONE, STREET = "NL91ABNA0417164300", "0612345678", "Wilgenhof 12, Utrecht"


def settings_for(origin, **more):
    facts = {"ZGW_CLIENT_ID": CLIENT, "ZGW_SECRET": SECRET, "ZGW_RSIN": RSIN, "ZGW_INTERNAL": True}
    return {"ZGW_URL": origin, "ZGW_ZAAKTYPE": origin + "catalogi/api/v1/zaaktypen/1"} | facts | more


@pytest.fixture
def system():
    with case_system() as running, override_settings(**settings_for(running.origin)):
        yield running


@pytest.fixture
def waiting(make_application):
    """A request that was sent, and its row."""

    def make(**facts):
        application = make_application(stage=Step.SUBMITTED, **facts)
        application.phone = PHONE
        application.save(update_fields=["phone"])
        Payee.objects.create(application=application, holder="K. Vermeer", iban=IBAN)
        actions.put(application, at=timezone.now())
        return CaseMessage.objects.get(application=application)

    return make


def later(message):
    """When it is its turn again."""
    message.refresh_from_db()
    return message.next_at


def bring(at=None):
    return actions.bring_due(at=at or timezone.now())


# --- noted with the request ---------------------------------------------------------------------------------


def test_a_request_and_its_row_are_both_there_or_neither(system, rules, areas, kees, joris):
    from buurtdraad.fund.tests.test_drafting import written

    draft = written(drafting.PlanFacts("Straatfeest", areas["BU03440241"]), kees, timezone.now())
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        drafting.submit(draft, by=kees, at=timezone.now())
        assert CaseMessage.objects.count() == 1
        raise KeyboardInterrupt
    assert not CaseMessage.objects.exists()
    draft.refresh_from_db()
    drafting.submit(draft, by=kees, at=timezone.now())
    assert CaseMessage.objects.get().application == draft


def test_without_a_case_system_nothing_is_noted_and_nothing_is_asked(make_application):
    actions.put(make_application(stage=Step.SUBMITTED), at=timezone.now())
    assert not CaseMessage.objects.exists()
    assert bring() == 0


def test_without_a_case_system_the_page_does_not_say_that_all_has_arrived(priya, signed_in, system):
    page = "/werk/fonds/zaaksysteem/"
    assert "Alles is aangekomen" in signed_in(priya).get(page).content.decode()
    with override_settings(**dict.fromkeys(settings_for(""), "")):
        said = signed_in(priya).get(page).content.decode()
    assert "Er is geen zaaksysteem ingesteld" in said
    assert "Alles is aangekomen" not in said
    assert "Elke aanvraag die binnenkomt" not in said


# --- brought ---------------------------------------------------------------------------------------------------


def test_a_case_gets_its_initiator_its_first_status_and_the_properties_that_it_has(system, waiting):
    message = waiting()
    assert bring() == 1
    message.refresh_from_db()
    case, application = system.kept["zaken"][0], message.application
    assert (message.stage, message.case_url) == (Stage.THERE, case["url"])
    assert (case["identificatie"], case["bronorganisatie"]) == (message.identification, RSIN)
    assert case["omschrijving"] == f"{application.number}: Wilgentuin"
    assert case["startdatum"] == application.received_on.isoformat()
    assert [one["betrokkeneIdentificatie"] for one in system.kept["rollen"]] == [{"geslachtsnaam": "Kees Vermeer"}]
    assert [one["statustype"][-1] for one in system.kept["statussen"]] == ["1"]
    assert [one["waarde"] for one in system.kept["zaakeigenschappen"]] == [application.number, "12400.00"]
    assert Event.objects.get(verb="case.brought").thing == application.thing


def test_an_organisation_comes_by_its_name(system, waiting):
    message = waiting()
    message.application.__class__.objects.update(who=Who.ORGANISATION, organisation_name="Stichting Wilgentuin")
    bring()
    assert system.kept["rollen"][0]["betrokkeneIdentificatie"] == {"statutaireNaam": "Stichting Wilgentuin"}


def test_no_account_card_phone_or_address_ever_leaves(system, waiting):
    waiting()
    Payee.objects.update(card=True)
    bring()
    sent = json.dumps(system.bodies)
    assert system.bodies
    for private in (IBAN, PHONE, STREET, "K. Vermeer", "card", "kaart"):
        assert private not in sent


def test_what_is_there_is_not_brought_again(system, waiting):
    message = waiting()
    bring()
    asked = len(system.asked)
    assert bring(timezone.now() + datetime.timedelta(days=2)) == 0
    assert len(system.asked) == asked
    CaseMessage.objects.filter(pk=message.pk).update(stage=Stage.WAITING)
    assert bring() == 1
    assert {name: len(things) for name, things in system.kept.items()} == {"zaken": 1, "rollen": 1, "statussen": 1, "zaakeigenschappen": 2}


# --- what goes wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["zaken", "rollen", "statussen", "zaakeigenschappen", "roltypen"])
@pytest.mark.parametrize(("how", "problem"), [(500, Problem.BROKEN), (DROPPED, Problem.NO_ANSWER), (NONSENSE, Problem.NONSENSE)])
@pytest.mark.parametrize("when", ["wrong", "after"])
def test_whatever_breaks_before_or_after_it_was_kept_all_is_there_once_in_the_end(system, waiting, place, how, problem, when):  # noqa: PLR0917
    message, times = waiting(), []

    def once(method, path):
        if path.endswith(place) and (method == "POST" or place == "roltypen") and not times:
            times.append(path)
            return how
        return None

    setattr(system, when, once)
    assert bring() == 0
    message.refresh_from_db()
    assert (message.stage, message.problem, message.tries) == (Stage.WAITING, problem, 1)
    assert bring() == 0, "it waits for its time"
    assert bring(later(message)) == 1
    assert {name: len(things) for name, things in system.kept.items()} == {"zaken": 1, "rollen": 1, "statussen": 1, "zaakeigenschappen": 2}


def test_a_look_up_that_makes_no_sense_makes_no_case(system, waiting):
    message = waiting()
    system.get = lambda _path, _params: (200, {"count": 1, "results": [{"identificatie": "another", "url": system.origin + "x"}]})
    bring()
    message.refresh_from_db()
    assert message.problem == Problem.NONSENSE
    assert not any(method == "POST" for method, _path in system.asked)


def test_a_system_that_hangs_is_given_up_and_asked_later(system, waiting, monkeypatch):
    monkeypatch.setattr(sources, "SECONDS", 0.3)
    message = waiting()
    system.after = lambda method, path: SILENT if method == "POST" and path.endswith("zaken") and not system.released.is_set() else None
    assert bring() == 0
    system.released.set()
    assert bring(later(message)) == 1
    assert len(system.kept["zaken"]) == 1


@pytest.mark.parametrize(("status", "problem"), [(403, Problem.NOT_KNOWN), (401, Problem.NOT_KNOWN), (400, Problem.SAYS_NO)])
def test_a_refusal_waits_for_a_person_who_can_try_it_again(system, waiting, status, problem, priya, signed_in):  # noqa: PLR0917
    message = waiting()
    system.wrong = lambda method, _path: status if method == "POST" else None
    bring()
    message.refresh_from_db()
    assert (message.stage, message.problem) == (Stage.FAILED, problem)
    assert str(status) in message.detail
    assert bring(timezone.now() + datetime.timedelta(days=9)) == 0
    assert [finding.verdict for finding in examine()][-1] == WRONG
    system.wrong = lambda *_: None
    page = signed_in(priya).get("/werk/fonds/zaaksysteem/").content.decode()
    assert "Wilgentuin" in page
    signed_in(priya).post("/werk/fonds/zaaksysteem/", {"one": str(message.pk)})
    assert bring() == 1
    assert "Wilgentuin" not in signed_in(priya).get("/werk/fonds/zaaksysteem/").content.decode()


@pytest.mark.parametrize("one", ["x", "-1", "99999999999999999999", "²"])
def test_nonsense_tries_nothing_again(system, waiting, priya, signed_in, one):
    message = waiting()
    CaseMessage.objects.update(stage=Stage.FAILED, problem=Problem.SAYS_NO)
    assert signed_in(priya).post("/werk/fonds/zaaksysteem/", {"one": one}).status_code == 302
    message.refresh_from_db()
    assert message.stage == Stage.FAILED


def test_who_works_elsewhere_sees_and_tries_nothing(system, waiting, signed_in, kees):
    waiting()
    assert signed_in(kees).get("/werk/fonds/zaaksysteem/").status_code == 403


def test_a_system_that_is_away_is_not_asked_about_each_of_many(system, waiting, make_initiative):
    for number in range(5):
        waiting(initiative=make_initiative(f"Plan {number}"))
    system.wrong = lambda *_: 503
    bring()
    assert len(system.asked) == actions.MOST_PROBLEMS
    system.wrong = lambda *_: None
    assert bring(timezone.now() + datetime.timedelta(minutes=2)) == 5


def test_one_that_breaks_us_does_not_hold_up_the_others(system, waiting, make_initiative):
    broken = waiting()
    type(broken.application).objects.filter(pk=broken.application_id).update(stage=Step.WITHDRAWN, received_on=None)
    waiting(initiative=make_initiative("Ander plan"))
    assert bring() == 1


def test_doctor_counts_what_waits_and_says_when_it_waits_long(system, waiting):
    message = waiting()
    assert [(one.verdict, one.said) for one in examine()] == [("ok", "1 requests on their way")]
    CaseMessage.objects.update(made_at=message.made_at - datetime.timedelta(hours=3))
    assert next(iter(examine())).verdict == WRONG


def test_the_pause_grows_and_never_ends_in_giving_up():
    pauses = [pause_after(tries) for tries in range(1, 40)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


# --- only there ----------------------------------------------------------------------------------------------


def test_an_internal_address_is_asked_only_when_that_is_set(system, waiting):
    message = waiting()
    with override_settings(ZGW_INTERNAL=False):
        bring()
    message.refresh_from_db()
    assert (message.problem, message.detail) == (Problem.NO_ANSWER, "it is at an internal address")
    assert not system.asked


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/x", "http://127.0.0.1/x", "http://169.254.169.254/x", "http://[::1]/x", "http://[::ffff:10.0.0.1]/x"]
)
def test_nothing_is_sent_to_an_internal_address(url):
    origin = url.removesuffix("x")
    with pytest.raises(NoAnswer, match="internal"):
        send("POST", url, headers={}, allowed=(origin,), seconds=2, largest=10)


def test_nothing_is_sent_to_a_host_that_is_not_allowed(system):
    with pytest.raises(NoAnswer, match="another address"):
        send("POST", system.origin, headers={}, allowed=("https://openzaak.example.nl/",), internal=True, seconds=2, largest=10)
    assert not system.asked


def test_an_address_of_a_case_that_lies_elsewhere_is_not_followed(system, waiting):
    message = waiting()
    real = system.post
    system.post = lambda path, body: (201, real(path, body)[1] | {"url": "http://169.254.169.254/zaken/1"})
    bring()
    message.refresh_from_db()
    assert message.problem == Problem.NONSENSE


# --- two workers, and one that is killed ------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_case(system, waiting):
    waiting()
    begin = threading.Barrier(2)

    def work():
        begin.wait()
        try:
            bring()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(system.kept["zaken"]) == 1
    assert CaseMessage.objects.get().stage == Stage.THERE


WORK = """
import django
django.setup()
from django.utils import timezone
from buurtdraad.fund.outbox import actions
actions.bring_due(at=timezone.now())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_worker_that_is_killed_after_the_case_was_kept_makes_no_second_one(system, waiting):
    waiting()
    system.after = lambda method, path: SILENT if method == "POST" and path.endswith("zaken") else None
    there = connection.settings_dict
    url = f"postgresql://{there['USER']}:{there['PASSWORD']}@{quote(there['HOST'], safe='')}/{there['NAME']}"
    given = {name: str(int(value) if isinstance(value, bool) else value) for name, value in settings_for(system.origin).items()}
    given |= {"DATABASE_URL": url, "SECRET_KEY": "x" * 60, "DJANGO_SETTINGS_MODULE": "buurtdraad.settings"}
    worker = subprocess.Popen([sys.executable, "-c", WORK], env=os.environ | given, cwd=django_settings.PACKAGE.parent)
    until = time.monotonic() + 60
    while not system.kept["zaken"]:
        assert time.monotonic() < until, "the worker never came"
        assert worker.poll() is None, "the worker ended"
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    system.after = lambda *_: None
    while CaseMessage.objects.get().stage != Stage.THERE:
        assert time.monotonic() < until, "its row stayed held"
        bring(timezone.now() + datetime.timedelta(minutes=5))
    assert len(system.kept["zaken"]) == 1
