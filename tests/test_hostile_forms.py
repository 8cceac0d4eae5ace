"""Every form and every address of the product gets hostile values, as each kind of person: never a 500.

The addresses come from the URL configuration and the forms from the pages, so what is built later is tried too.
"""

import datetime
import itertools
import random
import uuid
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from buurtdraad.accounts.destruction import actions as destruction
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation import actions as moderation
from buurtdraad.lib.models import Allowance

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

HOSTILE = (
    "", " ", "\0", "a\0b", "\r\nSet-Cookie: x=1", "Kees\r\nBcc: a@example.org", "\ud800", "\u202eabc", "😀" * 1000, "x" * 100_000,
    "-1", "0",
    "9" * 400, "1e309", "NaN", "2026-02-31", "99999-01-01", "' OR 1=1 --", "<script>alert(1)</script>",
    "{{ 7|add:7 }}", "%s%n%x", "../../etc/passwd",
    "//example.org", "javascript:alert(1)", "http://127.0.0.1/", "[]", '{"a": 1}', "true", "null", "1,2,3", "a@b", "wish:12",
    "page:/", "GM0344",
    "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
SEED = 20261124


def hostile(chance: random.Random) -> str:
    """One of those above, or characters from anywhere in Unicode. Plain chance: Hypothesis needs ten times as long for so many draws."""
    if chance.random() < 0.6:
        return chance.choice(HOSTILE)
    most = chance.choice([0xFF, 0x2FFF, 0x10FFFF])
    return "".join(chr(chance.randint(0, most)) for _ in range(chance.randint(0, 40)))


def sendable(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


QUERY = ("q", "page", "jaar", "wat", "waar", "lat", "lon", "next", "volgende", "sort", "v", "code", "token")
ARGUMENTS = {"uuid": str(uuid.UUID(int=7)), "int": "7", "slug": "a-b", "str": "x", "path": "a/b", "area": "GM0344", "ref": "ZO-1"}


class Forms(HTMLParser):
    """The forms of a page: where each leads, how, and the names of its fields with what stands in the hidden ones."""

    def __init__(self, page):
        super().__init__()
        self.forms = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "form":
            self.forms.append((facts.get("method", "get").lower(), facts.get("action") or "", {}, set()))
        elif self.forms and facts.get("name") and tag in {"input", "select", "textarea", "button"}:
            _method, _action, fields, files = self.forms[-1]
            fields[facts["name"]] = facts.get("value") or ""
            if facts.get("type") == "file":
                files.add(facts["name"])


def patterns(resolver=None, before=""):
    """Each address of the product as text, with something in the place of every argument."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, here)
        elif isinstance(entry, URLPattern):
            yield here


def filled(pattern, value=None):
    """`buurten/<area:code>/` with an argument."""
    parts = []
    for part in pattern.replace("^", "").replace("$", "").split("<"):
        kind, closed, rest = part.partition(">")
        parts.append(f"{value or ARGUMENTS.get(kind.partition(':')[0], 'x')}{rest}" if closed else part)
    return "/" + "".join(parts)


def administrator(*duties):
    person = Person.objects.create(name="Iedereen")
    for duty in duties:
        DutyHeld.objects.create(person=person, duty=duty, from_on=datetime.date(2020, 1, 1), given_at=timezone.now())
    return person


def somebody(kind):
    client = Client(raise_request_exception=False)
    if kind != "visitor":
        client.force_login(administrator(*(list(Duty) if kind == "all duties" else [])))
        session = client.session
        session["second_factor"] = timezone.now().isoformat()
        session.save()
    return client


@pytest.fixture
def things():
    """Something to decide on."""
    report = moderation.report(thing="page:/", area=None, reason="rude", text="x", doubts=(), by=None, at=timezone.now())
    destruction.propose(
        {("report", "report decided"): [report.pk]}, on=timezone.localdate(), by=Person.objects.create(system="x"), at=timezone.now()
    )
    return {"uuid": str(report.uuid)}


@pytest.fixture(autouse=True)
def a_city(settings):
    settings.CITY_NAME, settings.CITY_CODE, settings.ALLOWED_HOSTS = "Utrecht", "GM0344", ["testserver"]


def times(things: int) -> int:
    """How often to try each of so many things: some 400 tries in all, however the product grows, and each at least once."""
    return max(1, 400 // max(things, 1))


def pages(things):
    """Addresses to try; those that belong to a report also with a report that is there."""
    found = []
    for pattern in dict.fromkeys(patterns()):
        found.append(filled(pattern))
        if "meldingen/<uuid" in pattern:
            found.append(filled(pattern, things["uuid"]))
        if pattern.endswith("melden/"):
            found.append(filled(pattern) + "?wat=page:/")
    return [address for address in found if "demo" not in address]


@pytest.mark.parametrize("kind", ["visitor", "signed in", "all duties"])
def test_no_form_answers_500_whatever_is_sent(kind, things):
    client, forms = somebody(kind), {}
    for address in pages(things):
        answer = client.get(address)
        assert answer.status_code < 500, f"GET {address}"
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            for method, action, fields, files in Forms(answer.content.decode()).forms:
                forms[(method, action or address, *fields)] = (fields, files)
    assert forms, "no form was found at all"
    chance, tried = random.Random(SEED), 0
    for _again in range(times(len(forms))):
        for (method, address, *_names), (fields, files) in forms.items():
            Allowance.objects.all().delete()  # or the limits would answer instead of the forms
            sent = {name: sendable(hostile(chance)) if chance.random() < 0.75 else kept for name, kept in fields.items()}
            for name in files if chance.random() < 0.5 else ():
                sent[name] = SimpleUploadedFile("\r\n../a.svg", chance.randbytes(200), "image/svg+xml")
            answer = getattr(client, method)(address, sent)
            assert answer.status_code < 500, (method, address, sent)
            tried += 1
    print(f"{kind}: {len(forms)} forms, {tried} times sent")  # noqa: T201


def test_no_address_answers_500_whatever_is_asked_of_it(things):
    client, chance = somebody("all duties"), random.Random(SEED)
    addresses = pages(things)
    for _again in range(times(len(addresses))):
        for address in addresses:
            query = {name: sendable(hostile(chance))[:2000] for name in chance.sample(QUERY, chance.randint(0, 3))}
            for method in (client.get, client.post, client.put, client.delete, client.head, client.options):
                if method in (client.get, client.post) or chance.random() < 0.1:
                    answer = method(address.partition("?")[0], query)
                    assert answer.status_code < 500, (method.__name__, address, query)
    assert connection.connection is not None


PARTS = ("%00", "%0d%0aX: 1", "%ed%a0%80", "..%2f..%2fetc", "%F0%9F%98%80" * 20, "x" * 5000, "-1", "9" * 50)


def test_no_address_with_a_hostile_part_answers_500():
    """Two of them in turn for each address: all eight meet every kind of argument, and each view meets some."""
    client, turn = somebody("all duties"), itertools.cycle(PARTS)
    for pattern in dict.fromkeys(patterns()):
        for part in itertools.islice(turn, 2) if "<" in pattern else ():
            assert client.get(filled(pattern, part)).status_code < 500, (pattern, part)
