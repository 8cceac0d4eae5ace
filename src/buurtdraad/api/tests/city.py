"""A small city for the tests of the API: of every collection so many public rows, tied to each other, and full of what is private.

The keys in the examples of the document exist in it. Straight into the tables: what matters is what stands there, not how it came.
"""

import datetime

import shapely
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Joiner, NotDone, Owner, Topic, TopicWish
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish, Outcome, SignUp
from buurtdraad.agendas.wishes.models import Answer, Giver, Rating, Supporter, Wish
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.figures.models import Import, Indicator, Measurement
from buurtdraad.initiatives.models import (
    HelpOffer,
    Initiative,
    InitiativeAgreement,
    InitiativeTopic,
    InitiativeWish,
    Member,
    Need,
)
from buurtdraad.messages.models import Contact, PhoneNumber
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area, AreaYear, Kind, Membership

# Of nobody: what may come out nowhere.
SECRETS = ("Geheimzinnig", "geheim.bewoner@example.nl", "06 98 76 54 32", "0698765432", "NL91ABNA0417164300", "zaal1")
# An organisation that said no to an agreement: a partner, and in no agreement.
REFUSED = "Wijnhandel Stil"
SECRET = "Vraag Geheimzinnig, geheim.bewoner@example.nl, 06 98 76 54 32, NL91ABNA0417164300"
NAME = "Geheimzinnig"
AT = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
PLACE = "BU03440241"


def make_city(number: int = 3) -> None:
    """Everything, `number` times."""
    make_areas(number)
    make_figures()
    person = Person.objects.create(name=NAME, email=SECRETS[1], password="!")
    contact = Contact.objects.create(person=person, name=NAME, created_at=AT)
    PhoneNumber.objects.create(contact=contact, number="0698765432", given_at=AT)
    make_wishes(number, contact)
    make_meetings(number, contact)
    make_agendas(number, contact)
    make_initiatives(number, contact)


def make_areas(number: int) -> None:
    square = shapely.to_wkb(shapely.box(5.08, 52.10, 5.0912345678, 52.11))
    codes = [("GM0344", Kind.MUNICIPALITY, None), ("WK034402", Kind.DISTRICT, "GM0344"), ("zuilen-oost", Kind.WORKING_AREA, None)]
    codes += [(f"BU034402{40 + one}", Kind.NEIGHBOURHOOD, "WK034402") for one in range(1, number + 1)]
    made: dict[str, Area] = {}
    for code, kind, parent in codes:
        made[code] = Area.objects.create(code=code, kind=kind)
        for year in (2024, 2025):
            AreaYear.objects.create(
                area=made[code], year=year, name=f"{code} in {year}", parent=made.get(parent or ""), municipality=made["GM0344"],
                boundary=square, latitude=52.105, longitude=5.085, area_ha="75.5", source="CBS", loaded_at=AT,
            )  # fmt: skip
    Membership.objects.create(working_area=made["zuilen-oost"], neighbourhood=made[PLACE])


def place() -> Area:
    return Area.objects.get(code=PLACE)


def make_figures() -> None:
    origin = Import.objects.create(source="CBS", table="84799NED", file=f"{NAME}.csv", loaded_at=AT, rows=1, licence="CC BY 4.0")
    shown, _new = Indicator.objects.update_or_create(
        code="inwoners", defaults={"kind": "count", "name": "Inwoners", "unit": "mensen", "shown": True}
    )
    hidden = Indicator.objects.create(code="geheim", kind="count", name=SECRET[:120], shown=False)
    for area in Area.objects.all():
        for year in (2024, 2025):
            Measurement.objects.create(area=area, indicator=shown, year=year, value=1000 + year, origin=origin)
            Measurement.objects.create(area=area, indicator=hidden, year=year, value=1, origin=origin)
    Measurement.objects.filter(area__code="GM0344", indicator=shown, year=2024).update(value=None, missing="secret")


def make_wishes(number: int, contact: Contact) -> None:
    facts = {"area": place(), "theme": "green", "given_at": AT, "answer_by": AT.date()}
    for one in range(1, number + 1):
        wish = Wish.objects.create(
            reference=f"NO-{one}", text=f"Een bank op plein {one}.", showing="shown", latitude=52.1, longitude=5.08, **facts
        )
        Giver.objects.create(wish=wish, contact=contact, words=SECRET, channel="web", given_at=AT)
        Supporter.objects.create(wish=wish, contact=contact, since=AT)
    answer = Answer.objects.create(text=SECRET, at=AT)
    Rating.objects.create(answer=answer, wish=wish, contact=contact, helped=1, words=SECRET, at=AT)
    Wish.objects.create(reference="GEHEIM-1", text=SECRET, showing="waiting", **facts)
    hidden = Wish.objects.create(reference="GEHEIM-2", text=SECRET, showing="shown", **facts)
    Report.objects.create(
        thing=f"wish:{hidden.reference}", area=place(), reason="private", text=SECRET, stage="hidden", made_at=AT, decided_at=AT, why="Ja"
    )


def private_wishes() -> list[Wish]:
    return list(Wish.objects.filter(reference__startswith="GEHEIM"))


def make_meetings(number: int, contact: Contact) -> None:
    wish = Wish.objects.get(reference="NO-1")
    for one in range(1, number + 2):
        private = one > number
        meeting = Meeting.objects.create(
            pk=one, area=place(), title=SECRET[:120] if private else f"Avond {one}", text=SECRET if private else "Kom ook.",
            starts_at=AT, ends_at=AT + DAY, place="De Uithoek", address="Wilgenplein 1", latitude=52.1, longitude=5.08,
            offers=["food"], languages="Turks", stage="draft" if private else "closed", code=f"zaal1{one}", made_at=AT, changed_at=AT,
        )  # fmt: skip
        SignUp.objects.create(meeting=meeting, contact=contact, name=NAME, needs=SECRET, stage="came", at=AT)
        Outcome.objects.create(meeting=meeting, band="11-25", minutes=SECRET if private else "Een bank.", by=meeting.uuid, at=AT)
        for tied in (wish, *private_wishes()):
            MeetingWish.objects.create(meeting=meeting, wish=tied)


def make_agendas(number: int, contact: Contact) -> None:
    ambition = Ambition.objects.create(code="nabij", number=1, name="Nabij", from_on=AT.date())
    challenge = Challenge.objects.create(ambition=ambition, code="jeugd", name="Jeugd", from_on=AT.date())
    known = Organisation.objects.create(name="De Vechtoever", kind="housing", from_on=AT.date())
    refused = Organisation.objects.create(name=REFUSED, kind="business", from_on=AT.date())
    facts = {"valid_from": AT.date(), "adopted_by": SECRET, "adopted_at": AT, "steering_group": SECRET}
    adopted = AgendaVersion.objects.create(area=place(), number=1, stage="adopted", **facts)
    draft = AgendaVersion.objects.create(area=place(), number=2, stage="draft", steering_group=SECRET)
    for one in range(1, number + 2):
        private = one > number
        topic = Topic.objects.create(
            pk=one, version=draft if private else adopted, number=one, title=SECRET[:120] if private else f"Groen {one}",
            challenge=challenge, method="stickers", votes=3, votes_total=9, chosen_on=AT.date(),
        )  # fmt: skip
        TopicWish.objects.bulk_create([TopicWish(topic=topic, wish=wish) for wish in Wish.objects.all()])
        Joiner.objects.create(topic=topic, contact=contact, name=NAME, since=AT)
        agreement = Agreement.objects.create(
            pk=one, topic=topic, area=place(), number=one, what=SECRET if private else f"Twee banken {one}", due_on=AT.date(), made_at=AT
        )
        make_owners(agreement, contact, known, refused)
        NotDone.objects.create(agreement=agreement, words=SECRET, at=AT)


def make_owners(agreement: Agreement, contact: Contact, known: Organisation, refused: Organisation) -> None:
    for kind in ("resident", "entrepreneur", "partner", "municipality"):
        Owner.objects.create(agreement=agreement, kind=kind, name=SECRET, contact=contact)
    said = {"said": "told", "said_by": SECRET, "why": SECRET, "contact": contact, "name": SECRET, "agreement": agreement}
    Owner.objects.create(kind="partner", organisation=known, accepted_at=AT, **said)
    Owner.objects.create(kind="partner", organisation=refused, refused_at=AT, **said)


def make_initiatives(number: int, contact: Contact) -> None:
    shown = [(one, "shown") for one in range(1, number + 1)]
    for one, showing in (*shown, (number + 1, "private"), (number + 2, "removed")):
        private = showing != "shown"
        plan = Initiative.objects.create(
            slug=f"geheim-{one}" if private else "wilgentuin" if one == 1 else f"wilgentuin-{one}",
            title=SECRET[:120] if private else f"Wilgentuin {one}", summary=SECRET if private else "Groen.", place="de Wilgenhof",
            story=SECRET if private else "Wij planten.", area=place(), theme="green", stage="stopped", why=SECRET, showing=showing,
            latitude=52.1, longitude=5.08, waiting={"why": SECRET, "title": SECRET, "story": SECRET}, question=SECRET, made_at=AT,
        )  # fmt: skip
        Member.objects.create(initiative=plan, contact=contact, name=NAME, agreed_at=AT, joined_at=AT)
        Need.objects.create(initiative=plan, kind="hands", words=SECRET)
        HelpOffer.objects.create(initiative=plan, contact=contact, name=NAME, words=SECRET, offered_at=timezone.now())
        InitiativeWish.objects.bulk_create([InitiativeWish(initiative=plan, wish=wish) for wish in Wish.objects.all()])
        InitiativeTopic.objects.bulk_create([InitiativeTopic(initiative=plan, topic=topic) for topic in Topic.objects.all()])
        InitiativeAgreement.objects.bulk_create([InitiativeAgreement(initiative=plan, agreement=done) for done in Agreement.objects.all()])
