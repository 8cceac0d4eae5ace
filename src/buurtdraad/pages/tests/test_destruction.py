import datetime
import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.destruction import actions as lists
from buurtdraad.accounts.destruction import queries
from buurtdraad.accounts.destruction.models import DestructionList
from buurtdraad.accounts.destruction.states import MOVES, Stage
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.audit.models import Event
from buurtdraad.lib.retention import CLASSES
from buurtdraad.lib.stages import WrongStage
from buurtdraad.lib.tests.waiting import PATIENCE
from buurtdraad.messages.models import Contact, Mail, Message, PhoneNumber
from buurtdraad.pages.destruction.actions import destroy
from buurtdraad.pages.destruction.kinds import DESTROYABLE, due
from buurtdraad.partners.models import Accord, AccordVersion, Organisation, Representative, Signature

pytestmark = pytest.mark.django_db
ADDRESS = "/werk/vernietigen/"
ON = datetime.date(2026, 12, 1)
OLD = datetime.datetime(2024, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def city_with_a_name(settings):
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"


def report(decided_at=OLD, stage="left"):
    return Report.objects.create(
        thing="wish:1", reason="rude", stage=stage, why="x", made_at=OLD, decided_at=decided_at, text="over Kees Vermeer"
    )


def person(name, *, made=OLD, **facts):
    kept = Person.objects.create(name=name, **facts)
    Person.objects.filter(pk=kept.pk).update(created_at=made)
    return kept


def administrator():
    kept = Person.objects.create(name="Ada")
    DutyHeld.objects.create(person=kept, duty=Duty.ADMINISTRATOR, from_on="2026-01-01", given_at=timezone.now())
    return kept


def client_of(kept):
    client = Client()
    client.force_login(kept)
    session = client.session
    session["second_factor"] = timezone.now().isoformat()
    session.save()
    return client


def proposed():
    return lists.propose(due(ON), on=ON, by=system_person("propose_destruction"), at=timezone.now())


def test_only_what_is_past_its_time_is_on_the_list():
    gone, hidden, open_one, recent = report(), report(stage="hidden"), report(stage="open", decided_at=None), report(timezone.now())
    unused = person("Kees")
    person("Emine", last_login=timezone.now())
    person("nieuw", made=timezone.now())
    person("Joris", demo_role="joris")
    with_duty = person("Noor")
    DutyHeld.objects.create(person=with_duty, duty=Duty.RESEARCHER, from_on="2020-01-01", until_on="2020-02-01", given_at=OLD)
    found = {line.kind: line.ids for line in proposed().lines.all()}
    assert found == {"report": [gone.pk], "person": [unused.pk]}
    assert {hidden.pk, open_one.pk, recent.pk}.isdisjoint(found["report"])


def test_nothing_past_its_time_makes_no_list(capsys):
    call_command("propose_destruction", "--on", "2026-12-01")
    assert "Nothing" in capsys.readouterr().out
    assert not DestructionList.objects.exists()


def test_the_command_twice_leaves_one_list_and_destroys_nothing(capsys):
    report()
    for _ in range(2):
        call_command("propose_destruction", "--on", "2026-12-01")
    assert "1  report" in capsys.readouterr().out
    assert DestructionList.objects.count() == 1
    assert Report.objects.count() == 1


def test_an_administrator_approves_and_the_record_keeps_counts_and_no_name():
    report()
    person("Kees Vermeer")
    made, by = proposed(), administrator()
    client = client_of(by)
    page = client.get(ADDRESS).content.decode()
    assert "Kees" not in page
    assert "1 januari 2024" in page
    assert "Het is grof of kwetst mensen" in page
    assert "AVG, artikel 5: een jaar om op een besluit terug te komen" in page
    answer = client.post(ADDRESS, {"list": made.uuid, "decision": "destroy"})
    assert answer.status_code == 302
    assert not Report.objects.exists()
    assert not Person.objects.filter(name="Kees Vermeer").exists()
    event = Event.objects.latest("id")
    assert (event.verb, event.actor, event.payload["counts"]) == ("destruction.done", by.uuid, {"report": 1, "person": 1})
    assert "Kees" not in str(list(Event.objects.values_list("payload")))
    made.refresh_from_db()
    assert [line.ids for line in made.lines.all()] == [[], []]
    assert client.get(ADDRESS).status_code == 200


def test_the_list_shows_which_mails_messages_and_numbers_without_whom():
    contact = Contact.objects.create(name="Kees Vermeer", created_at=OLD)
    PhoneNumber.objects.create(contact=contact, number="0612345678", given_at=OLD)
    Mail.objects.create(contact=contact, to="kees@example.nl", kind="wish", subject="Kees", made_at=OLD, ended_at=OLD)
    Message.objects.create(contact=contact, kind="money", subject="Kees", way="call", stage="called", made_at=OLD, ended_at=OLD)
    proposed()
    page = client_of(administrator()).get(ADDRESS).content.decode()
    for words in ("Een mail over: wensen", "Een bericht over: geld voor plannen", "Een telefoonnummer", "Iemand zonder account"):
        assert words in page
    assert page.count("1 januari 2024") == 4
    assert "jaar" in page
    for hidden in ("Kees", "kees@", "0612345678"):
        assert hidden not in page


def test_who_spoke_for_a_partner_goes_and_that_somebody_spoke_stays():
    portaal = Organisation.objects.create(name="Portaal", kind="housing", from_on=OLD.date())
    facts = {"name": "Kees Vermeer", "email": "kees@example.nl", "phone": "0612345678", "from_on": OLD.date(), "until_on": OLD.date()}
    spoke = Representative.objects.create(organisation=portaal, **facts)
    made = proposed()
    page = client_of(administrator()).get(ADDRESS).content.decode()
    assert "Hoe u een contactpersoon van Portaal bereikt" in page
    assert "1 januari 2024" in page
    assert "Kees" not in page
    assert destroy(made, by=administrator(), at=timezone.now()) == {"representative": 1}
    spoke.refresh_from_db()
    assert (spoke.name, spoke.email, spoke.phone, spoke.organisation) == ("", "", "", portaal)
    assert proposed() is None


def test_who_signed_an_accord_goes_and_that_the_partner_signed_stays():
    portaal = Organisation.objects.create(name="Portaal", kind="housing", from_on=OLD.date())
    facts = {"number": 1, "stage": "ended", "in_force_on": OLD.date(), "over_on": OLD.date(), "why_over": "Klaar"}
    version = AccordVersion.objects.create(accord=Accord.objects.create(made_at=OLD), title="Wijkakkoord", goal="Goed wonen", **facts)
    signed = Signature.objects.create(version=version, organisation=portaal, signed_on=OLD.date(), signed_by="Kees Vermeer")
    made = proposed()
    page = client_of(administrator()).get(ADDRESS).content.decode()
    assert "Wie ondertekende voor Portaal: Wijkakkoord" in page
    assert "Kees" not in page
    assert destroy(made, by=administrator(), at=timezone.now()) == {"signature": 1}
    signed.refresh_from_db()
    assert (signed.signed_by, signed.organisation) == ("", portaal)
    assert proposed() is None


def test_of_very_many_the_oldest_are_shown(monkeypatch):
    monkeypatch.setattr("buurtdraad.pages.destruction.views.MOST_SHOWN", 2)
    for year in (2021, 2020, 2022):
        report(datetime.datetime(year, 5, 1, 12, tzinfo=datetime.UTC))
    proposed()
    page = client_of(administrator()).get(ADDRESS).content.decode()
    assert page.index("1 mei 2020") < page.index("1 mei 2021")
    assert "1 mei 2022" not in page


def test_what_came_to_life_again_stays():
    kept = person("Kees")
    made = proposed()
    Person.objects.filter(pk=kept.pk).update(last_login=timezone.now())
    assert destroy(made, by=administrator(), at=timezone.now()) == {"person": 0}
    assert Person.objects.filter(pk=kept.pk).exists()


def test_who_proposed_cannot_approve():
    report()
    by = administrator()
    made = lists.propose(due(ON), on=ON, by=by, at=timezone.now())
    answer = client_of(by).post(ADDRESS, {"list": made.uuid, "decision": "destroy"})
    assert answer.status_code == 422
    assert Report.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        DestructionList.objects.update(decided_by=by)


def test_refusing_takes_a_reason_and_destroys_nothing():
    report()
    made, client = proposed(), client_of(administrator())
    assert client.post(ADDRESS, {"list": made.uuid, "decision": "refuse"}).status_code == 422
    assert client.post(ADDRESS, {"list": made.uuid, "decision": "refuse", "why": "Er is een rechtszaak"}).status_code == 302
    assert Report.objects.count() == 1
    assert queries.proposed_list() is None


def test_another_list_than_the_one_on_the_page_is_not_destroyed():
    report()
    first = proposed()
    report()
    proposed()
    answer = client_of(administrator()).post(ADDRESS, {"list": first.uuid, "decision": "destroy"})
    assert answer.status_code == 422
    assert Report.objects.count() == 2


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty != Duty.ADMINISTRATOR])
def test_only_administrators_come_here(duty, client):
    kept = Person.objects.create(name="iemand")
    DutyHeld.objects.create(person=kept, duty=duty, from_on="2026-01-01", given_at=timezone.now())
    assert client_of(kept).get(ADDRESS).status_code == 403
    assert client.get(ADDRESS).status_code == 302


def test_every_kind_has_a_class_and_every_stage_its_moves():
    assert {each.retention_class for each in DESTROYABLE} <= set(CLASSES)
    assert set(MOVES) == set(Stage)


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_at_once_one_destroys():
    report()
    made, people, done, late = proposed(), [administrator() for _ in range(4)], [], []

    def approve(by):
        try:
            destroy(DestructionList.objects.get(pk=made.pk), by=by, at=timezone.now())
            done.append(by)
        except WrongStage:
            late.append(by)
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert (len(done), len(late)) == (1, 3)
    assert Event.objects.filter(verb="destruction.done").count() == 1
