"""Who gets what answer from every address: the product asked with every role, for `docs/access.md` and its test."""

import datetime
import itertools
import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.access import SECOND_FACTOR, Reach
from buurtdraad.accounts.actions import give_duty, system_person
from buurtdraad.accounts.duties import CITY_WIDE, STAFF, Duty
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.actions import report
from buurtdraad.accounts.moderation.states import Reason
from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.states import OwnerKind
from buurtdraad.agendas.meetings import actions as meetings
from buurtdraad.agendas.meetings.actions import Plan
from buurtdraad.agendas.ways_in.actions import import_wishes
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.states import NoteStage
from buurtdraad.agendas.wishes.actions import Given, give
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.challenges.actions import load_programme
from buurtdraad.figures.actions import load
from buurtdraad.figures.sources.rows import FigureRow, Origin
from buurtdraad.lib.url_patterns import Address, addresses, walk
from buurtdraad.messages.actions import add_contact, tell
from buurtdraad.messages.states import Kind as About
from buurtdraad.messages.states import Way
from buurtdraad.partners.actions import add_organisation, add_representative
from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.ui.navigation import address
from tests.access_after import after_samples
from tests.access_api import api_samples
from tests.access_asking import asking_samples
from tests.access_budget_after import after_budget_samples
from tests.access_casting import casting_samples
from tests.access_coherence import coherence_samples
from tests.access_counting import counting_samples
from tests.access_deciding import deciding_samples
from tests.access_handling import handling_samples
from tests.access_near import near_samples
from tests.access_open import open_samples
from tests.access_plans import plan_samples
from tests.access_programme import programme_samples
from tests.access_proposals import proposal_samples
from tests.access_purse import purse_samples
from tests.access_report import report_samples
from tests.access_rounds import round_samples
from tests.access_rulebook import rulebook_samples
from tests.access_sheet import sheet_samples
from tests.access_voices import voice_samples
from tests.access_voting import voting_samples
from tests.access_works_registers import register_samples
from tests.access_works_sheets import work_sheet_samples

__all__ = ["Address", "World", "addresses", "answers", "table", "walk"]

METHODS = ("GET", "POST")
VISITOR, SIGNED_IN, WEAK = "visitor", "signed in", "staff without second factor"
EVERY = "every duty"  # somebody with all of them, who is asked beside the roles of the table
ROLES = (VISITOR, SIGNED_IN, WEAK, *(duty.value for duty in Duty))
BACKEND = "django.contrib.auth.backends.ModelBackend"
PLACE = "BU03440241"
PROGRAMME = "ambitie;nummer;opgave;naam;vanaf\nnabij;1;;Nabij;2024-01-01\nnabij;;jeugd;Jeugd;2024-01-01\n"
HOUR = datetime.timedelta(hours=1)
HEAD = """# Who may see and do what

Made by `./run access_table > docs/access.md`, which asks the product itself; `tests/test_access.py` compares. Do not edit.

Each address is asked with GET and with an empty POST by a visitor, by somebody who is signed in and has no duty, by staff
who have not passed a second factor, and by a person with each of the {duties} duties, in the right place and with a second factor
(where a visitor and somebody with every duty get the same answer, those with one duty get it too).
**200** is the page, **302 sign in** asks to sign in first, **302 second factor** to set that up, **302** is the way on.
**403** is not for this person, **404** is not there for this person, **405** is no such deed, **422** is a form with a question to
look at again. The pages of the demo are 404 here: they exist only with the embedded database on a loopback address. Other
languages answer the same.

{counted}

"""


# --- a city with one person for each role -----------------------------------------------------------


class World:
    """A place, a person for each role, and what the parameters of addresses stand for."""

    def __init__(self) -> None:
        self.make_place()
        by, at = system_person("access_table"), timezone.now()
        names = [SIGNED_IN, WEAK, *(duty.value for duty in Duty), EVERY]
        self.people = {
            name: Person.objects.create(name=name, password="!", email=f"{name.replace(' ', '-')}@example.org") for name in names
        }
        area = Area.objects.get(code=PLACE)
        for role, duty in [(WEAK, Duty.ADMINISTRATOR), *((duty.value, duty) for duty in Duty), *((EVERY, duty) for duty in Duty)]:
            place = None if duty in CITY_WIDE else area
            give_duty(person=self.people[role], duty=duty, area=place, from_on=timezone.localdate(at), by=by, at=at)
        load_programme(PROGRAMME.encode(), by=by, at=at)
        today = timezone.localdate(at)
        partner = add_organisation(name="Portaal", kind="housing", areas=[area], from_on=today, by=by, at=at)
        voice = add_representative(partner, name="Kees", email="kees@example.org", from_on=today, by=by, at=at)
        other = Person.objects.create(name="Somebody", password="!", email="somebody@example.org")
        held = give_duty(person=other, duty=Duty.RESIDENT, area=area, from_on=timezone.localdate(at), by=by, at=at)
        # By name of the address where that says it, else by name of the parameter.
        self.samples: dict[str, Any] = {
            "pages:area": PLACE, "pages:area_csv": PLACE, "pages:area_json": PLACE,
            "pages:indicator": "inwoners", "pages:indicator_csv": "inwoners",
            "pages:my_part": "berichten",
            "running:look_as": "joris", "uuid": other.uuid, "pk": held.pk,
            "messages:poster": "WK034402", "messages:call": self.to_call(at), "pages:decide_report": self.reported(at),
            "challenges:change_ambition": "nabij", "challenges:end_ambition": "nabij",
            "challenges:change_challenge": "jeugd", "challenges:end_challenge": "jeugd",
            "partners:organisation": partner.uuid, "partners:change_organisation": partner.uuid,
            "pages:end_partner": partner.uuid, "partners:add_representative": partner.uuid,
            "partners:change_representative": voice.uuid, "partners:end_representative": voice.uuid,
            "reference": self.wish(at),
            "agendas:choices": PLACE,
            "agendas:listen_to": self.spoken(at), "agendas:sound": self.spoken(at, heard=True), "agendas:spoken": "call",
            "agendas:imported": self.imported(at),
            **self.meeting(at), **self.agenda(at),
            **near_samples(self.people, partner, voice, at),
            **open_samples(at),
            **plan_samples(self.people, at),
            **programme_samples(self.people, at),
            **purse_samples(self.people, at),
            **rulebook_samples(at),
            **asking_samples(self.people[SIGNED_IN], at),
            **handling_samples(self.people, at),
            **after_samples(self.people, at),
            **deciding_samples(self.people, at),
            **voice_samples(self.people, at),
            **casting_samples(self.people, at),
            "code": PLACE,
            **round_samples(self.people, at),
            **sheet_samples(self.people, at),
            **work_sheet_samples(self.people, at),
            **voting_samples(self.people, at),
            **counting_samples(self.people, at),
            **after_budget_samples(self.people, at),
            **proposal_samples(self.people, at),
            **register_samples(self.people, at),
            **coherence_samples(at),
            **report_samples(self.people, at),
            **api_samples(),
            # What nobody has: no link, no device, no provider, no second step.
            "token": "unknown", "mark": "unknown", "provider": "unknown", "number": 1, "width": 320,
        }  # fmt: skip

    def make_place(self) -> None:
        at = timezone.now()
        kinds = {"GM0344": Kind.MUNICIPALITY, "WK034402": Kind.DISTRICT, PLACE: Kind.NEIGHBOURHOOD}
        areas = {code: Area.objects.create(code=code, kind=kind) for code, kind in kinds.items()}
        for code, above in zip(kinds, [None, "GM0344", "WK034402"], strict=True):
            parent = areas[above] if above else None
            AreaYear.objects.create(area=areas[code], year=2025, name=code, parent=parent, municipality=areas["GM0344"], loaded_at=at)
        rows = [FigureRow("inwoners", code, 2025, 1000) for code in areas]
        load(rows, origin=Origin("CBS"), by=system_person("access_table"), at=at)

    def wish(self, at: datetime.datetime) -> str:
        given = Given("A bench in the shade", Area.objects.get(code=PLACE))
        return give(given, contact=None, by=None, at=at, showing=Showing.SHOWN).reference

    def to_call(self, at: datetime.datetime) -> UUID:
        contact = add_contact(name="Neighbour", way=Way.CALL, phone="030 123 45 67", by=None, at=at)
        tell(contact, kind=About.WISH, subject="Seen", body="We saw it.", link="/", by=None, at=at)
        return contact.uuid

    def reported(self, at: datetime.datetime) -> UUID:
        area = Area.objects.get(code=PLACE)
        return report(thing=f"area:{PLACE}", area=area, reason=Reason.OTHER, text="Wrong", doubts=(), by=None, at=at).uuid

    def spoken(self, at: datetime.datetime, *, heard: bool = False) -> UUID:
        """A note that waits; or one of which the sound is gone, since there is no folder for sounds here."""
        facts = {"stage": NoteStage.WRITTEN, "ended_at": at} if heard else {"key": "0" * 32}
        return SpokenNote.objects.create(area=Area.objects.get(code=PLACE), kind="wav", bytes=1, made_at=at, **facts).uuid

    def imported(self, at: datetime.datetime) -> UUID:
        found = import_wishes(
            b"wens\nA bench\n", name="list.csv", otherwise=Area.objects.get(code=PLACE), reach=Reach(everywhere=True),
            by=system_person("access_table"), at=at, dry_run=False,
        )  # fmt: skip
        assert found.batch
        return found.batch.uuid

    def meeting(self, at: datetime.datetime) -> dict[str, Any]:
        """A meeting that is going on, by the addresses that name it."""
        plan = Plan(area=Area.objects.get(code=PLACE), title="Evening", starts_at=at, ends_at=at + HOUR, place="Here")
        made = meetings.make(plan, by=self.people["area_adviser"], at=at)
        meetings.announce(made, by=self.people["area_adviser"], at=at)
        names = (
            "meeting",
            "join",
            "meeting_calendar",
            "work_meeting",
            "edit_meeting",
            "work_people",
            "work_room",
            "round_off",
            "meeting_groups",
        )
        by_pk = {f"agendas:{name}": made.pk for name in (*names, "meeting_poster", "meeting_flyer")}
        return (
            by_pk
            | {f"agendas:{name}": made.code for name in ("room", "stickers", "screen")}
            | {"agendas:area_calendar": PLACE, "width": 320}
        )

    def agenda(self, at: datetime.datetime) -> dict[str, Any]:
        """An agenda that counts, with a topic, an agreement and its owner, by the addresses that name them."""
        by, today = self.people["area_adviser"], timezone.localdate(at)
        version = agendas.make_draft(Area.objects.get(code=PLACE), by=by, at=at)
        topic = agendas.add_topic(version, agendas.TopicFacts("Green"), by=by, at=at)
        agendas.adopt(version, adopted_by="An evening", valid_from=today, by=by, at=at)
        topic.refresh_from_db()
        agreement = agendas.add_agreement(topic, agendas.Promise("Two benches"), by=by, at=at)
        owner = agendas.add_owner(agreement, agendas.OwnerFacts("Neighbours", OwnerKind.RESIDENT), by=by, at=at)
        topics = ("topic", "join_topic", "topic_joiners", "work_topic", "change_topic", "choose_wishes", "remove_topic", "add_agreement")
        agreements = (
            "agreement", "join_agreement", "agreement_joiners", "not_done", "answer_agreement", "work_agreement", "change_agreement",
            "move_agreement", "see_not_done", "add_agreement_picture", "add_owner",
        )  # fmt: skip
        return (
            {f"agendas:{name}": topic.pk for name in topics}
            | {f"agendas:{name}": agreement.pk for name in agreements}
            | {f"agendas:{name}": owner.uuid for name in ("ask_owner", "owner_told", "remove_owner")}
        )

    def client(self, role: str) -> Client:
        client = Client()
        if role != VISITOR:
            client.force_login(self.people[role], backend=BACKEND)
            if role != WEAK:
                session = client.session
                session[SECOND_FACTOR] = timezone.now().isoformat()
                session.save()
        return client

    def path(self, one: Address) -> str:
        """The address with something real in the place of its parameters; KeyError when there is no sample for one."""
        own = self.samples.get(one.name)
        # An address with two parameters names both.
        return one.path({name: own[name] if isinstance(own, dict) else own or self.samples[name] for name in one.parameters})


# --- asking -----------------------------------------------------------------------------------------


def answers(world: World, among: Sequence[Address]) -> dict[tuple[str, str, str], str]:
    """What each of these addresses answers, by pattern, role and method. Whatever a request did is undone.

    A duty only adds to what one may. So where a visitor, who has none, and somebody with every duty get the same answer, those with
    one of them get it too, and are not asked.
    """
    found = {}
    clients = {role: world.client(role) for role in (EVERY, *ROLES)}
    logging.disable(logging.ERROR)
    try:
        for one, method in itertools.product(among, METHODS):
            path = world.path(one)
            said = {role: asked(clients[role], method, path) for role in (EVERY, VISITOR, SIGNED_IN, WEAK)}
            alike = said[EVERY] == said[VISITOR] == said[SIGNED_IN]
            for duty in Duty:
                said[duty.value] = said[EVERY] if alike else asked(clients[duty.value], method, path)
            found |= {(one.pattern, role, method): said[role] for role in ROLES}
    finally:
        logging.disable(logging.NOTSET)
    return found


def asked(client: Client, method: str, path: str) -> str:
    cookies = client.cookies.copy()
    try:
        with transaction.atomic():
            response = client.get(path) if method == "GET" else client.post(path)
            said = in_words(response)
            if response.streaming:
                # To its end, which closes it; closing it here would take the connection along.
                response.getvalue()
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return said


def in_words(response: HttpResponseBase) -> str:
    where = response.headers.get("Location", "")
    if where.partition("?")[0] == address_of(settings.LOGIN_URL):
        return f"{response.status_code} sign in"
    if where and where == address("accounts:second_factor"):
        return f"{response.status_code} second factor"
    return str(response.status_code)


def address_of(name: str) -> str:
    return name if name.startswith("/") else address(name)


# --- the table --------------------------------------------------------------------------------------


def table(found: dict[tuple[str, str, str], str]) -> str:
    """`docs/access.md`."""
    return with_all([row(one, found) for one in addresses()])


def with_all(rows: list[str]) -> str:
    """The page around the rows of all addresses."""
    head = ["| Address | Rule | Visitor | Signed in | Staff without second factor | With a duty |", "|---|---|---|---|---|---|"]
    counted = f"{len(rows)} addresses x {len(ROLES)} roles x {len(METHODS)} methods: {len(rows) * len(ROLES) * len(METHODS)} answers."
    return HEAD.format(duties=len(Duty), counted=counted) + "\n".join([*head, *rows]) + "\n\n" + rules()


def row(one: Address, found: dict[tuple[str, str, str], str]) -> str:
    def cell(role: str) -> str:
        return " / ".join(found[one.pattern, role, method] for method in METHODS)

    by_answer: dict[str, list[str]] = {}
    for duty in Duty:
        by_answer.setdefault(cell(duty.value), []).append(duty.value.replace("_", " "))
    groups = sorted(by_answer.items(), key=lambda pair: len(pair[1]))
    names = [", ".join(duties) for _, duties in groups]
    names[-1] = "each" if len(groups) == 1 else "all others"
    with_a_duty = "; ".join(f"{name}: {said}" for name, (said, _) in zip(names, groups, strict=True))
    rule = one.rule.name if one.rule else "**none**"
    return f"| `{one.pattern}` | {rule} | {cell(VISITOR)} | {cell(SIGNED_IN)} | {cell(WEAK)} | {with_a_duty} |"


def rules() -> str:
    """The rules that stand in the table, in a sentence each."""
    known = {one.rule.name: one.rule for one in addresses() if one.rule}
    lines = [f"- **{name}**: {rule.says}" for name, rule in sorted(known.items())]
    staff = ", ".join(duty.value.replace("_", " ") for duty in Duty if duty in STAFF)
    return "## The rules\n\n" + "\n".join(lines) + f"\n\nDuties of staff, which need a second factor: {staff}.\n"
