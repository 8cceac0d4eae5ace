"""One person with something in every table that has a key to persons or contacts, and words by which to find it again."""

import datetime

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DestructionList, DutyHeld, Identity, Person, SignIn
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.signing_in.actions.links import make_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.messages import actions as messages
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Kind, Rhythm, Way

NAME, EMAIL, PHONE, SUBJECT = "Fatma Yildiz", "Fatma@example.org", "0612345678", "fatma-bij-de-dienst"
TOLD, REPORTED, NOTE = "De bank van Fatma staat er", "Kees liegt over de bank", "na zes uur"
OLD = datetime.date(2020, 1, 1)


def keys():
    """Each key of a table to persons or contacts: its label and the field."""
    for model in apps.get_models():
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.is_relation and field.related_model in (Person, Contact):
                yield f"{model._meta.label}.{field.name}", field


def rows_to(field, person):
    """How many rows lead to this person, or to their contact, by a key."""
    wanted = {field.name: person} if field.related_model is Person else {f"{field.name}__person": person}
    return field.model._base_manager.filter(**wanted).count()


def signed_in(person, *, began=None, strong=True):
    """A client in which this person signed in at a moment; without one a moment ago."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["began_at"] = (began or timezone.now()).isoformat()
    session["device"] = "Firefox, Windows"
    if strong:
        session["second_factor"] = timezone.now().isoformat()
    session.save()
    return client


def whole_life():
    """The person, with a row at every key. Her duties of staff are over."""
    at = timezone.now()
    person = Person.objects.create(name=NAME, email=EMAIL, confirmed_at=at, last_login=at, password="!")
    other = Person.objects.create(name="Noor de Graaf")
    held = DutyHeld.objects.create(person=person, duty=Duty.MODERATOR, from_on=OLD, until_on=OLD, given_by=other, given_at=at)
    DutyHeld.objects.create(person=person, duty=Duty.RESIDENT, from_on=OLD, given_by=other, given_at=at)
    DutyHeld.objects.create(person=other, duty=Duty.MODERATOR, from_on=OLD, until_on=OLD, given_by=person, given_at=at, stand_in_for=held)
    facts = {"thing": "wish:1", "reason": "wrong", "made_at": at}
    Report.objects.create(**facts, by=person, text=REPORTED)
    Report.objects.create(**facts, stage="left", decided_by=person, decided_at=at, why="Het klopt wel")
    DestructionList.objects.create(on=OLD, stage="refused", proposed_by=person, proposed_at=at, decided_by=other, decided_at=at, why="x")
    DestructionList.objects.create(on=OLD, stage="refused", proposed_by=other, proposed_at=at, decided_by=person, decided_at=at, why="x")
    Identity.objects.create(person=person, provider="digid", subject=SUBJECT, made_at=at)
    SignIn.objects.create(person=person, at=at, method="openid", provider="digid")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "geheim-van-de-app"})
    make_link(Purpose.SIGN_IN, EMAIL.lower(), valid_for=datetime.timedelta(minutes=15), at=at)
    make_link(Purpose.CONFIRM_ADDRESS, f"person:{person.uuid}", valid_for=datetime.timedelta(days=1), at=at, facts={"email": EMAIL})
    app.configure_task("messages.post").defer(to=EMAIL, subject="Inloggen", text="De code", html="")
    tell(person, at)
    return person


def tell(person, at):
    """She wants to be called, has a number, a choice, a message, a slip, and a mail of before."""
    contact = messages.contact_for(person, at=at)
    messages.tell(person, kind=Kind.WISH, subject="Eerst per mail", body="Hallo Fatma", link="/wensen/1/", by=None, at=at)
    messages.choose(contact, way=Way.CALL, phone=PHONE, language="nl", by=person.uuid, at=at)
    messages.choose_rhythm(contact, area=None, kind=Kind.MEETING, rhythm=Rhythm.WEEKLY, by=person.uuid, at=at)
    messages.tell(person, kind=Kind.WISH, subject=TOLD, body="Komt u kijken?", link="/wensen/2/", thing="wish:2", by=None, at=at)
    messages.not_reached(contact, note=NOTE, by=Person.objects.get(name="Noor de Graaf").uuid, at=at)
    messages.send_mail(EMAIL.lower(), kind=Kind.ACCOUNT, subject="Inloggen", text="Hallo Fatma", at=at)


def every_text(but=()):
    """All that stands in the database in words, by model; JSON too."""
    found = {}
    for model in apps.get_models():
        if model._meta.label in but or (not model._meta.managed and model._meta.app_label != "procrastinate"):
            continue
        texts = [f.name for f in model._meta.local_fields if isinstance(f, models.CharField | models.TextField | models.JSONField)]
        found[model._meta.label] = str(list(model._base_manager.values_list(*texts))) if texts else ""
    return found
