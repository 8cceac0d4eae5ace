"""After somebody changed their e-mail address: nobody gets in by the old one, and every room follows."""

import datetime

import pytest
from django.apps import apps
from django.db.models import EmailField
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.models import Link, Person, Session
from buurtdraad.accounts.signing_in.actions.links import make_link, open_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.accounts.signing_in.tests.conftest import Post
from buurtdraad.messages import actions as messages
from buurtdraad.messages.models import Mail
from buurtdraad.messages.states import Kind
from buurtdraad.pages.mine.actions import erase
from buurtdraad.pages.tests.new_address import DAY, NEW, OLD, PAGE, address_of, change
from buurtdraad.pages.tests.one_person import EMAIL, every_text, signed_in, whole_life
from buurtdraad.partners.models import Organisation, Representative
from buurtdraad.placements.models import Host, Placement
from buurtdraad.works.models import Work, WorkAsked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city_with_a_name(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"


@pytest.fixture
def post(db):
    return Post()


@pytest.fixture
def kees(db):
    return Person.objects.create(name="Kees Vermeer", email=OLD, confirmed_at=timezone.now(), password="!")


def test_other_devices_are_signed_out_and_this_one_stays(kees, post):
    here, elsewhere = signed_in(kees), signed_in(kees)
    change(here, post)
    assert here.get("/mijn/").status_code == 200
    assert elsewhere.get("/mijn/").status_code == 302
    assert Session.objects.filter(person=kees).count() == 1


def test_a_link_to_sign_in_that_waits_in_the_old_mailbox_makes_no_account(kees, post):
    other = Client()
    other.post("/inloggen/", {"email": OLD})
    link, code = post.link, post.code
    change(signed_in(kees), post)
    assert other.post(link).status_code == 400
    assert other.post("/inloggen/verstuurd/", {"code": code}).status_code == 400
    assert Person.objects.get().email == NEW


def test_the_free_address_is_for_somebody_else_who_asked_for_it(kees, post):
    emine = Person.objects.create(name="Emine", email="emine@example.org")
    facts = {"email": OLD}
    fresh = make_link(Purpose.CONFIRM_ADDRESS, f"person:{emine.uuid}", valid_for=DAY, at=timezone.now(), facts=facts)
    change(signed_in(kees), post)
    assert signed_in(emine).post(f"{PAGE}{fresh.token}/").status_code == 302
    assert (address_of(kees), address_of(emine)) == (NEW, OLD)


def test_messages_that_wait_and_messages_to_come_go_to_the_new_address(kees, post):
    tell = {"kind": Kind.WISH, "body": "Hallo", "by": None, "at": timezone.now()}
    messages.tell(kees, subject="Eerst", link="/wensen/1/", **tell)
    change(signed_in(kees), post)
    messages.tell(Person.objects.get(pk=kees.pk), subject="Daarna", link="/wensen/2/", **tell)
    assert list(Mail.objects.order_by("pk").values_list("subject", "to")) == [("Eerst", NEW), ("Daarna", NEW)]


def test_partners_sheets_hosts_and_managers_know_the_new_address(kees, post):
    at, day = timezone.now(), datetime.date(2020, 1, 1)
    for_whom = Organisation.objects.create(name="Portaal", kind="housing", from_on=day)
    Representative.objects.create(organisation=for_whom, person=kees, name="Kees", email=OLD, from_on=day)
    Representative.objects.create(organisation=for_whom, name="Kees", email=OLD, from_on=day)
    Representative.objects.create(organisation=for_whom, name="Noor", email="noor@example.org", from_on=day)
    Work.objects.create(title="Bankjes", department="Wijken", until_on=day, made_at=at, changed_at=at, owner_email=OLD)
    for email, month in ((OLD, 1), (OLD, 2), (NEW, 2)):
        WorkAsked.objects.create(email=email, month=datetime.date(2020, month, 1), at=at)
    change(signed_in(kees), post)
    assert sorted(Representative.objects.values_list("email", flat=True)) == [NEW, NEW, "noor@example.org"]
    assert Work.objects.get().owner_email == NEW
    assert sorted(WorkAsked.objects.values_list("email", "month__month")) == [(NEW, 1), (NEW, 2)]


def test_of_a_whole_life_the_old_address_stands_only_in_what_was_sent_there(post):
    person = whole_life()
    old = EMAIL.lower()
    Host.objects.update(contact_email=old)
    Placement.objects.filter(manager_email__gt="").update(manager_email=old)
    change(signed_in(person), post)
    left = {label for label, text in every_text().items() if old in text.lower()}
    # Jobs: mails on their way; links: to sign in, dead until they are forgotten tomorrow, and her own to this very address.
    assert left == {"procrastinate.ProcrastinateJob", "accounts.Link", "buurt_messages.Mail"}
    living = Link.objects.filter(used_at=None, valid_until__gt=timezone.now())
    assert not [link for link in living if old in str(link.facts).lower() + link.subject.lower()]
    assert not Mail.objects.filter(to__iexact=old, contact=None).exists()
    assert Host.objects.filter(contact_email=NEW).exists()
    assert Placement.objects.filter(manager_email=NEW).exists()


def test_no_column_with_an_e_mail_address_is_forgotten():
    """A room that keeps one follows another address (`Kept.follow_address` in `pages/mine/parts.py`), and stands here then."""
    columns = {
        f"{model._meta.label}.{f.name}" for model in apps.get_models() for f in model._meta.local_fields if isinstance(f, EmailField)
    }
    assert columns == {
        "account.EmailAddress.email",  # table of a package, always empty
        "accounts.Person.email",
        "buurt_messages.Mail.to",
        "partners.Representative.email",
        "placements.Host.contact_email",
        "placements.Placement.manager_email",
        "works.Work.owner_email",
        "works.WorkAsked.email",
    }


def test_what_was_given_before_an_account_is_confirmed_for_the_person_at_the_new_address(kees, post):
    facts = {"email": OLD, "wants": True}
    fresh = make_link(Purpose.CONFIRM_WISH, "giver:1", valid_for=DAY, at=timezone.now(), facts=facts)
    change(signed_in(kees), post)
    assert open_link(Purpose.CONFIRM_WISH, fresh.token, at=timezone.now()).facts == {"email": NEW, "wants": True}


def test_who_erases_themselves_afterwards_leaves_neither_address(kees, post):
    messages.send_mail(OLD, kind=Kind.ACCOUNT, subject="Inloggen", text="Hallo", at=timezone.now())
    change(signed_in(kees), post)
    erase(Person.objects.get(pk=kees.pk), at=timezone.now())
    on_their_way = {"procrastinate.ProcrastinateJob"}
    assert not [label for label, text in every_text(but=on_their_way).items() if OLD in text or NEW in text]
