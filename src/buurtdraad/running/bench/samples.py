"""A page of every address: where another page leads to, else with rows of the city in the place of its parameters, tried until it
answers. So a new address needs no list here.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch

from buurtdraad.accounts.models import Person
from buurtdraad.lib.url_patterns import Address, addresses
from buurtdraad.running.bench.actions.viewers import RESIDENT, VIEWERS, VISITOR, client
from buurtdraad.running.bench.leading import Leads, values_of
from buurtdraad.running.bench.values import candidates

# A link in a mail or a slip opens these: the database holds a hash of it only.
SECRET = {"token"}
NOBODY, HIDDEN, FORM = "nobody sees one", "opened by a secret link", "is no page: a form is sent to it"
OURS = ("BEGIN", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT")
LIKELY, TRIES = 3, 30


class Sample(NamedTuple):
    """One page through one pair of eyes."""

    name: str
    pattern: str
    viewer: str
    path: str


@dataclass
class Found:
    """Every page that can be asked, and why another cannot."""

    samples: list[Sample] = field(default_factory=list)
    without: dict[str, str] = field(default_factory=dict)


def find(only: str = "") -> Found:
    """Samples of every GET address of the product, for a visitor, a resident and one of the staff. `only`: that hold this text."""
    seeker = Seeker({name: client(name) for name in VIEWERS})
    asked = [one for one in addresses() if only in one.pattern]
    seeker.look_at(asked)
    if only and seeker.missing(asked):
        # The pages that lead to one that is missing may be any other.
        seeker.look_at([one for one in addresses() if one not in asked])
    seeker.look_around(asked)
    return Found([sample for one in asked for sample in seeker.seen.get(one.pattern, ())], seeker.without(asked))


class Seeker:
    """What was found until now: the pages, where they lead to, and which rows fitted the beginning of an address."""

    def __init__(self, eyes: Mapping[str, Client]) -> None:
        self.eyes = eyes
        self.requests = {viewer: as_asked(held) for viewer, held in eyes.items()}
        self.seen: dict[str, list[Sample]] = {}
        self.why: dict[str, str] = {}
        self.may: dict[str, list[str]] = {}
        self.fitted: dict[str, list] = {}
        self.in_vain: set[tuple[str, str]] = set()
        self.leads = Leads()

    def missing(self, asked: Sequence[Address]) -> list[Address]:
        """The pages that nobody saw yet."""
        return [one for one in asked if self.why.get(one.pattern, "").startswith((NOBODY, HIDDEN))]

    def without(self, asked: Sequence[Address]) -> dict[str, str]:
        return {one.pattern: self.why[one.pattern] for one in asked if one.pattern not in self.seen}

    def look_at(self, asked: Sequence[Address]) -> None:
        """First what needs no row and where that leads to, then with rows what nothing led to."""
        for one in (one for one in asked if not one.parameters):
            self.look(one)
        self.follow_all(asked)
        for one in asked:
            if one.pattern not in self.seen and one.pattern not in self.why:
                self.look(one)
        self.follow_all(asked)

    def look_around(self, asked: Sequence[Address]) -> None:
        """Read the pages above what is missing, of other rows and through the eyes of all: who does the work is led there."""
        missing = self.missing(asked)
        for start in [start for start in self.leads.known if any(one.pattern.startswith(start) for one in missing)]:
            for (path, _viewer), viewer in itertools.product(self.leads.to(start), self.may.get(start, ())):
                answer = ask(self.eyes[viewer], path)
                if answer.status_code == 200:
                    self.leads.read(answer, viewer)
        self.follow_all(asked)

    def follow_all(self, asked: Sequence[Address]) -> None:
        """Follow links to what is not seen, and what stands there, until nothing more comes."""
        while any(self.follow(one) for one in asked if one.pattern not in self.seen and self.why.get(one.pattern) != FORM):
            continue

    def look(self, one: Address) -> None:
        """The page through up to three pairs of eyes, or why nobody sees it."""
        if self.follow(one):
            return
        if SECRET & set(one.parameters):
            self.why[one.pattern] = HIDDEN
            return
        said: set[int] = set()
        may = self.may_see(one)
        for values, viewer in turns(one, may, self.fitted):
            try:
                path = one.path(values)
            except NoReverseMatch:
                continue
            status = self.tried(one, path, viewer, values)
            if status in (200, 405):
                return
            said.add(status)
        if not one.parameters and said and said <= {301, 302}:
            self.why[one.pattern] = "leads on to another page"
        else:
            self.why[one.pattern] = f"{NOBODY}: " + (", ".join(map(str, sorted(said))) or "no row fits")

    def follow(self, one: Address) -> bool:
        """Whether somebody sees this page by a link of another one."""
        for path, led in self.leads.to(one.pattern):
            for viewer in dict.fromkeys([led, *self.may_see(one)[:2]]):
                if (path, viewer) not in self.in_vain and self.tried(one, path, viewer, values_of(path)) in (200, 405):
                    return True
                self.in_vain.add((path, viewer))
        return False

    def tried(self, one: Address, path: str, viewer: str, values: Mapping[str, Any]) -> int:
        """Ask it; keep what was seen when it answers, or that it is no page. Returns the status."""
        answer = ask(self.eyes[viewer], path)
        if answer.status_code == 405:
            self.why[one.pattern] = FORM
        if answer.status_code == 200:
            if one.parameters:
                self.fitted.setdefault(one.pattern.partition(">")[0], []).insert(0, values[one.parameters[0]])
            self.leads.read(answer, viewer)
            self.seen[one.pattern] = self.through(one, path, viewer)
            self.why.pop(one.pattern, None)
        return answer.status_code

    def through(self, one: Address, path: str, first: str) -> list[Sample]:
        """A visitor, a resident and the first of the staff who get this page."""
        kinds = {first: kind(first)}
        for viewer in self.may_see(one):
            if kind(viewer) not in kinds.values() and (answer := ask(self.eyes[viewer], path)).status_code == 200:
                kinds[viewer] = kind(viewer)
                self.leads.read(answer, viewer)
        return [Sample(one.name, one.pattern, viewer, path) for viewer in kinds]

    def may_see(self, one: Address) -> list[str]:
        """Whom the rule of the address lets in, in the order in which they are asked."""
        if one.pattern not in self.may:
            # Without a rule the answers tell.
            self.may[one.pattern] = [viewer for viewer, request in self.requests.items() if one.rule is None or one.rule.holds(request)]
        return self.may[one.pattern]


def turns(one: Address, may: Sequence[str], fitted: Mapping[str, list]) -> Iterator[tuple[dict[str, Any], str]]:
    """What is tried, through whose eyes: the likely rows by everybody, the others by the first two."""
    for tried, values in enumerate(itertools.islice(candidates(one, fitted), TRIES)):
        yield from ((values, viewer) for viewer in (may if tried < LIKELY else may[:2]))


def kind(viewer: str) -> str:
    return viewer if viewer in (VISITOR, RESIDENT) else "staff"


def as_asked(eyes: Client) -> HttpRequest:
    """A request of this person, to put the rule of an address to."""
    request = RequestFactory().get("/", headers={"host": "localhost"})
    request.session = eyes.session
    person = request.session.get("_auth_user_id")
    request.user = Person.objects.get(pk=person) if person else AnonymousUser()
    return request


def ask(eyes: Client, path: str) -> HttpResponseBase:
    """The answer to one question, of which nothing stays behind."""
    cookies = eyes.cookies.copy()
    eyes.raise_request_exception = False
    try:
        with transaction.atomic():
            response = eyes.get(path)
            if response.streaming:
                response.getvalue()
            transaction.set_rollback(True)
    finally:
        eyes.cookies = cookies  # type: ignore[assignment] # a copy of what it was
    return response


def queries(eyes: Client, path: str) -> int | None:
    """How many queries a page asks once its templates are loaded; None when it does not answer."""
    ask(eyes, path)
    with CaptureQueriesContext(connection) as captured:
        answer = ask(eyes, path)
    # The transaction around the question is ours.
    return sum(not query["sql"].startswith(OURS) for query in captured) if answer.status_code == 200 else None
