"""Who gets what answer from every address: the product asked with every role, for `docs/access.md` and its test."""

import datetime
import itertools
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.actions import give_duty, system_person
from buurtdraad.accounts.duties import CITY_WIDE, STAFF, Duty
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.actions import report
from buurtdraad.accounts.moderation.states import Reason
from buurtdraad.figures.actions import load
from buurtdraad.figures.sources.rows import FigureRow, Origin
from buurtdraad.lib.access import Rule, rule_of
from buurtdraad.messages.actions import add_contact, tell
from buurtdraad.messages.states import Kind as About
from buurtdraad.messages.states import Way
from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.ui.navigation import address

METHODS = ("GET", "POST")
VISITOR, SIGNED_IN, WEAK = "visitor", "signed in", "staff without second factor"
ROLES = (VISITOR, SIGNED_IN, WEAK, *(duty.value for duty in Duty))
BACKEND = "django.contrib.auth.backends.ModelBackend"
PLACE = "BU03440241"
HEAD = """# Who may see and do what

Made by `./run access_table > docs/access.md`, which asks the product itself; `tests/test_access.py` compares. Do not edit.

Each address is asked with GET and with an empty POST by a visitor, by somebody who is signed in and has no duty, by staff
who have not passed a second factor, and by a person with each of the {duties} duties, in the right place and with a second factor.
**200** is the page, **302 sign in** asks to sign in first, **302 second factor** to set that up, **302** is the way on.
**403** is not for this person, **404** is not there for this person, **405** is no such deed, **422** is a form with a question to
look at again. The pages of the demo are 404 here: they exist only with the embedded database on a loopback address. Other
languages answer the same.

{counted}

"""


@dataclass(frozen=True)
class Address:
    """One URL pattern: how it is written, its name, and the view that answers."""

    pattern: str
    name: str
    view: Any
    parameters: tuple[str, ...]

    @property
    def rule(self) -> Rule | None:
        return rule_of(self.view)


def addresses() -> list[Address]:
    """Every URL pattern of the product, once (in Dutch), by how it is written."""
    with translation.override(settings.LANGUAGE_CODE):
        return sorted(walk(get_resolver().url_patterns), key=lambda one: one.pattern)


def walk(patterns: list, before: str = "/", space: str = "") -> Iterator[Address]:
    for one in patterns:
        written = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, written, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield Address(written, f"{space}{one.name or ''}", one.callback, tuple(one.pattern.converters))


# --- a city with one person for each role -----------------------------------------------------------


class World:
    """A place, a person for each role, and what the parameters of addresses stand for."""

    def __init__(self) -> None:
        self.make_place()
        by, at = system_person("access_table"), timezone.now()
        names = [SIGNED_IN, WEAK, *(duty.value for duty in Duty)]
        self.people = {
            name: Person.objects.create(name=name, password="!", email=f"{name.replace(' ', '-')}@example.org") for name in names
        }
        area = Area.objects.get(code=PLACE)
        for role, duty in [(WEAK, Duty.ADMINISTRATOR), *((duty.value, duty) for duty in Duty)]:
            place = None if duty in CITY_WIDE else area
            give_duty(person=self.people[role], duty=duty, area=place, from_on=timezone.localdate(at), by=by, at=at)
        other = Person.objects.create(name="Somebody", password="!", email="somebody@example.org")
        held = give_duty(person=other, duty=Duty.RESIDENT, area=area, from_on=timezone.localdate(at), by=by, at=at)
        # By name of the address where that says it, else by name of the parameter.
        self.samples: dict[str, Any] = {
            "pages:area": PLACE, "pages:area_csv": PLACE, "pages:area_json": PLACE,
            "pages:indicator": "inwoners", "pages:indicator_csv": "inwoners",
            "pages:my_part": "berichten",
            "running:look_as": "joris", "uuid": other.uuid, "pk": held.pk,
            "messages:poster": "WK034402", "messages:call": self.to_call(at), "pages:decide_report": self.reported(at),
            # What nobody has: no link, no device, no provider, no second step.
            "token": "unknown", "mark": "unknown", "provider": "unknown", "number": 1,
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

    def to_call(self, at: datetime.datetime) -> UUID:
        contact = add_contact(name="Neighbour", way=Way.CALL, phone="030 123 45 67", by=None, at=at)
        tell(contact, kind=About.WISH, subject="Seen", body="We saw it.", link="/", by=None, at=at)
        return contact.uuid

    def reported(self, at: datetime.datetime) -> UUID:
        area = Area.objects.get(code=PLACE)
        return report(thing=f"area:{PLACE}", area=area, reason=Reason.OTHER, text="Wrong", doubts=(), by=None, at=at).uuid

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
        if not one.name.rpartition(":")[2]:
            return one.pattern
        values = {name: self.samples.get(one.name, None) or self.samples[name] for name in one.parameters}
        with translation.override(settings.LANGUAGE_CODE):
            return reverse(one.name, kwargs=values or None)


# --- asking -----------------------------------------------------------------------------------------


def answers(world: World) -> dict[tuple[str, str, str], str]:
    """What each address answers, by pattern, role and method. Whatever a request did is undone."""
    found = {}
    logging.disable(logging.ERROR)
    try:
        for role in ROLES:
            client = world.client(role)
            for one, method in itertools.product(addresses(), METHODS):
                found[one.pattern, role, method] = asked(client, method, world.path(one))
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
    rows = ["| Address | Rule | Visitor | Signed in | Staff without second factor | With a duty |", "|---|---|---|---|---|---|"]
    rows += [row(one, found) for one in addresses()]
    number = len(addresses())
    counted = f"{number} addresses x {len(ROLES)} roles x {len(METHODS)} methods: {number * len(ROLES) * len(METHODS)} answers."
    return HEAD.format(duties=len(Duty), counted=counted) + "\n".join(rows) + "\n\n" + rules()


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
