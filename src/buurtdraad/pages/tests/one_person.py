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
from buurtdraad.agendas.agenda import actions as agenda
from buurtdraad.agendas.agenda.states import OwnerKind, Said
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.meetings import actions as meetings
from buurtdraad.agendas.meetings.actions import Comer, Plan
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.agendas.wishes.models import Wish, WishPicture
from buurtdraad.agendas.wishes.states import Helped, Showing
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Like, Maker, Part, RulesSheet
from buurtdraad.fund.models import Application, Payee, Scheme, SchemeRules
from buurtdraad.initiatives.models import Concern, HelpOffer, Initiative, Member, Opinion, Update
from buurtdraad.messages import actions as messages
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Kind, Rhythm, Way
from buurtdraad.method.models import Lesson as MethodLesson
from buurtdraad.method.models import MethodVersion, Run, RunPerson
from buurtdraad.partners.actions import say
from buurtdraad.partners.models import Accord, AccordVersion, ContactPicture, LocalContact, Organisation, Representative, Signature
from buurtdraad.partners.states import Says
from buurtdraad.placements.models import Enrolment, Host, Lesson, Module, Placement, Reflection, Session, Shift, SimplerRule, Thanks
from buurtdraad.places.models import Area
from buurtdraad.places.models import Kind as Level
from buurtdraad.works.models import Work, WorkAsked

NAME, EMAIL, PHONE, SUBJECT = "Fatma Yildiz", "Fatma@example.org", "0612345678", "fatma-bij-de-dienst"
TOLD, REPORTED, NOTE = "De bank van Fatma staat er", "Kees liegt over de bank", "na zes uur"
STRUCK, THANKED = "Ik was er stil van", "Dank voor de soep"
WISHED, REACTED, NEEDS = "Een bank voor het huis van mijn moeder", "Mijn buurman wil dat ook", "mijn rolstoel past niet door de deur"
PLANNED, WORRIED = "Een schommel voor mijn zoon", "Mijn zoon kan daar niet langs"
MARK = "mark-of-fatma"
OF_PLANS = (PLANNED, WORRIED, MARK)
MOTIVATION = "Omdat Fatma het wil leren"
HOUR = datetime.timedelta(hours=1)
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
    for_whom = Organisation.objects.create(name="Portaal", kind="housing", from_on=OLD)
    voice = Representative.objects.create(organisation=for_whom, person=person, name=NAME, email=EMAIL.lower(), phone=PHONE, from_on=OLD)
    face = LocalContact.objects.create(
        organisation=for_whom, person=person, first_name="Fatma", phone=PHONE, does=f"{NAME} regelt", from_on=OLD
    )
    facts = {"alt": f"{NAME} lacht", "width": 1, "height": 1, "people": "agreed", "agreed_with": NAME, "agreed_at": at}
    ContactPicture.objects.create(contact=face, key="c" * 32, given_by=other.uuid, given_at=at, **facts)
    module = Module.objects.create(name="Aan de deur", text="Luisteren")
    held = Session.objects.create(module=module, starts_at=at, ends_at=at + HOUR, place="Stadhuis", seats=1)
    Enrolment.objects.create(session=held, person=person, stage="attended", since=at, useful=4, words=f"{NAME} wil meer tijd")
    stuck = {"thing": "agreement:1", "title": "Twee banken", "area": None, "says": Says.STUCK, "words": "De grond is vuil"}
    say(for_whom, **stuck, said_by=NAME, through=voice, by=person, at=at)
    accord = Accord.objects.create(made_at=at)
    version = AccordVersion.objects.create(accord=accord, number=1, title="Wijkakkoord", goal="Goed wonen")
    Signature.objects.create(version=version, organisation=for_whom, signed_on=OLD, signed_by=f"{NAME}, directeur")
    SignIn.objects.create(person=person, at=at, method="openid", provider="digid")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "geheim-van-de-app"})
    make_link(Purpose.SIGN_IN, EMAIL.lower(), valid_for=datetime.timedelta(minutes=15), at=at)
    make_link(Purpose.CONFIRM_ADDRESS, f"person:{person.uuid}", valid_for=datetime.timedelta(days=1), at=at, facts={"email": EMAIL})
    app.configure_task("messages.post").defer(to=EMAIL, subject="Inloggen", text="De code", html="")
    MethodLesson.objects.create(happened="Het was druk", next_time="Twee avonden", by=person.uuid, at=at)
    tell(person, at)
    wish(person, at)
    neighbourhood(person, at)
    run_of_the_method(person, at)
    after_a_placement(person, at)
    placement(person, at)
    plans(person, at)
    money(person, at)
    plans_for_a_budget(person, at)
    leads_a_project(person, at)
    return person


def leads_a_project(person, at):
    """She led a project of the municipality, and said that it was right."""
    named = {"owner_name": NAME, "owner_email": EMAIL.lower(), "confirmed_by": NAME, "confirmed_at": at, "made_by": person.uuid}
    Work.objects.create(title="Bankjes", department="Wijken", until_on=OLD, made_at=at, changed_at=at, **named)
    WorkAsked.objects.create(email=EMAIL.lower(), month=OLD, at=at)


def plans_for_a_budget(person, at):
    """She made a plan of a neighbourhood budget that stands on the site, one that nobody read, and likes another."""
    contact, area = Contact.objects.get(person=person), Area.objects.get(code="BU03440999")
    round_ = BudgetRound.objects.create(slug="ronde", name="Buurtbudget", area=area, year=2026, stage="gathering", made_at=at)
    RulesSheet.objects.create(round=round_)
    part = Part.objects.create(round=round_, name="Buurt", area=area, amount=1000)
    facts = {"round": round_, "part": part, "area": area, "theme": "green", "stage": "proposed", "made_at": at}
    shown = BudgetPlan.objects.create(number=1, title="Bank", shown=True, **facts)
    alone = BudgetPlan.objects.create(number=2, title=PLANNED, story=PLANNED, **facts)
    for plan in (shown, alone):
        Maker.objects.create(plan=plan, contact=contact, name="Fatma", agreed_at=at)
    Like.objects.create(plan=BudgetPlan.objects.create(number=3, title="Boom", **facts), contact=contact, at=at)
    facts = {"email": EMAIL.lower(), "language": "nl", "name": "Fatma", "agreed": True}
    make_link(Purpose.PROPOSE_PLAN, shown.thing, valid_for=datetime.timedelta(days=1), at=at, facts=facts)


def money(person, at):
    """She writes a request for money."""
    plan = Initiative.objects.create(slug="bank", title="Bank", area=Area.objects.get(code="BU03440999"), theme="green", made_at=at)
    scheme = Scheme.objects.create(slug="fonds", name="Fonds", municipality="Utrecht")
    rules = SchemeRules.objects.create(scheme=scheme, from_on=OLD, source="Bedacht", most=1000, decides="iemand", made_at=at)
    facts = {"applicant_name": NAME, "applicant_address": "Dreef 2", "phone": PHONE, "made_at": at, "saved_at": at}
    draft = Application.objects.create(initiative=plan, rules=rules, contact=Contact.objects.get(person=person), **facts)
    Payee.objects.create(application=draft, holder=NAME, iban="NL91ABNA0417164300")


def plans(person, at):
    """She is part of a plan on the site and has one alone, offers help, is against a plan, and worries about it."""
    contact, area = Contact.objects.get(person=person), Area.objects.get(code="BU03440999")
    facts = {"area": area, "theme": "green", "made_at": at}
    shown = Initiative.objects.create(slug="tuin", title="Wilgentuin", showing="shown", **facts)
    alone = Initiative.objects.create(slug="alleen", title=PLANNED, story=PLANNED, waiting={"summary": PLANNED}, **facts)
    for plan in (shown, alone):
        Member.objects.create(initiative=plan, contact=contact, name="Fatma", agreed_at=at, joined_at=at)
    Update.objects.create(initiative=shown, text=f"{NAME} schreef dit", given_by=person.uuid, at=at)
    HelpOffer.objects.create(initiative=shown, contact=contact, name=NAME, words=f"Bel mij: {PHONE}", offered_at=at)
    Opinion.objects.create(initiative=shown, contact=contact, household=MARK, says="against", given_at=at)
    Concern.objects.create(initiative=shown, contact=contact, words=WORRIED, given_at=at)
    facts = {"email": EMAIL.lower(), "says": "against"}
    make_link(Purpose.CONFIRM_OPINION, f"initiative:{shown.uuid}", valid_for=datetime.timedelta(days=1), at=at, facts=facts)


def placement(person, at):
    """She asked for a shift that her manager still has to agree to."""
    facts = {"name": "De Dreef", "address": "Dreefplein 1", "tasks": "Koken", "from_on": OLD}
    host = Host.objects.create(organisation=Organisation.objects.get(name="Portaal"), area=Area.objects.get(code="BU03440999"), **facts)
    shift = Shift.objects.create(host=host, starts_at=at + HOUR, ends_at=at + 2 * HOUR, seats=1, tasks="Koken", made_at=at)
    facts = {"department": "Verkeer", "manager_email": "petra@example.org", "motivation": MOTIVATION, "since": at}
    Placement.objects.create(shift=shift, person=person, **facts)


def wish(person, at):
    """She gave a wish that waits to be read, wants another one too, and said that an answer helped."""
    contact, area = Contact.objects.get(person=person), Area.objects.get_or_create(code="BU03440999", kind=Level.NEIGHBOURHOOD)[0]
    mine = wishes.give(wishes.Given(WISHED, area), contact=contact, by=person, at=at)
    other = wishes.give(wishes.Given("Meer bomen", area), contact=None, by=None, at=at, showing=Showing.SHOWN)
    wishes.support(other, contact=contact, at=at)
    made = wishes.answer([mine], text="We kijken ernaar", stage=None, by=Person.objects.get(name="Noor de Graaf"), at=at)
    wishes.rate(made, mine, contact, helped=Helped.YES, words=WISHED, at=at)
    make_link(
        Purpose.CONFIRM_WISH, f"giver:{mine.givers.get().pk}", valid_for=datetime.timedelta(days=1), at=at, facts={"email": EMAIL.lower()}
    )


def neighbourhood(person, at):
    """She spoke in a wish, reacted, showed a picture, comes to a meeting, joins in with a topic, and said yes to an agreement."""
    contact, area, noor = Contact.objects.get(person=person), Area.objects.get(code="BU03440999"), Person.objects.get(name="Noor de Graaf")
    other = Wish.objects.get(text="Meer bomen")
    SpokenNote.objects.create(area=area, contact=contact, key="a" * 32, kind="wav", bytes=1, made_at=at)
    WishPicture.objects.create(
        wish=other, key="b" * 32, given_by=person.uuid, given_at=at, alt=f"De tuin van {NAME}", width=1, height=1, people="nobody"
    )
    Comment.objects.create(wish=other, person=person, name="Fatma", text=REACTED, at=at)
    plan = Plan(area=area, title="Avond", starts_at=at + HOUR, ends_at=at + 2 * HOUR, place="De Uithoek")
    meeting = meetings.make(plan, by=noor, at=at)
    meetings.announce(meeting, by=noor, at=at)
    meetings.sign_up(meeting, Comer("Fatma", 3, NEEDS), by=person, at=at)
    topic = agenda.add_topic(agenda.make_draft(area, by=noor, at=at), agenda.TopicFacts("Groen"), by=noor, at=at)
    agenda.join(topic, name="Fatma", contact=contact, by=person, at=at)
    agreement = agenda.add_agreement(topic, agenda.Promise("Twee banken"), by=noor, at=at)
    owner = agenda.add_owner(agreement, agenda.OwnerFacts(NAME, OwnerKind.RESIDENT, contact=contact), by=noor, at=at)
    agenda.accept(owner, said_by=NAME, how=Said.SIGNED_IN, by=person, at=at)
    facts = {"email": EMAIL.lower(), "name": "Fatma"}
    make_link(Purpose.JOIN_AGENDA, f"topic:{topic.pk}", valid_for=datetime.timedelta(days=1), at=at, facts=facts)


def run_of_the_method(person, at):
    """She works on a run."""
    version = MethodVersion.objects.create(number=90, stage="followed", name="Werkwijze", in_use_on=OLD, made_at=at)
    run = Run.objects.create(area=Area.objects.get(code="BU03440999"), version=version, started_on=OLD)
    RunPerson.objects.create(run=run, person=person, role="trekker")


def after_a_placement(person, at):
    """She was at a meal, kept what struck her, thanked, told a lesson that is shared, and sees to a rule."""
    area, host = Area.objects.get(code="BU03440999"), Organisation.objects.get(name="Portaal")
    host = Host.objects.create(organisation=host, area=area, name="De Dreef", address="Dreef 1", tasks="Koken", from_on=OLD)
    shift = Shift.objects.create(host=host, starts_at=at - 2 * HOUR, ends_at=at - HOUR, seats=2, tasks="Koken", stage="held", made_at=at)
    placement = Placement.objects.create(shift=shift, person=person, department="Zorg", stage="attended", since=at, over_at=at)
    Reflection.objects.create(placement=placement, words=STRUCK, at=at)
    Thanks.objects.create(placement=placement, words=THANKED, at=at)
    facts = {"writer": person, "area": area, "department": "Zorg", "theme": "rules", "stage": "shared", "shared_at": at, "made_at": at}
    lesson = Lesson.objects.create(placement=placement, text="Twee formulieren is te veel", **facts)
    SimplerRule.objects.create(
        lesson=lesson, rule="Twee formulieren", proposal="Maak er een van", owner=person, owner_name="Zorg", due_on=OLD, stage="busy"
    )


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
