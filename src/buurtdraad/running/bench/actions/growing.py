"""The demo city grown to a large one of 400,000 inhabitants, the same each time. Only on a copy that is made to be measured."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from buurtdraad.accounts.models import Person, Report
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish
from buurtdraad.agendas.meetings.rules import CODE_LENGTH, LETTERS
from buurtdraad.agendas.models import Wish
from buurtdraad.audit.actions import seal
from buurtdraad.fund.models import Application, Decision
from buurtdraad.initiatives.models import Initiative, InitiativeAgreement, InitiativeTopic
from buurtdraad.messages.models import Contact, Message
from buurtdraad.money.models import Entry, Payment
from buurtdraad.places import queries as places
from buurtdraad.reports.actions.preparing import prepare
from buurtdraad.running.bench.actions import copying
from buurtdraad.running.bench.actions.copying import Tree, run
from buurtdraad.running.bench.actions.elections import hold_elections
from buurtdraad.running.bench.actions.wishes import make_wishes
from buurtdraad.works.models import Work
from buurtdraad.works.states import Stage as WorkStage


@dataclass(frozen=True)
class Size:
    """How many of each there are in a city of 400,000; `part` of it for a smaller one."""

    wishes: int = 100_000
    meetings: int = 5_000
    initiatives: int = 10_000
    applications: int = 20_000
    works: int = 20_000
    rounds: int = 5
    ballots: int = 100_000
    neighbours: int = 60_000
    messages: int = 100_000
    reports: int = 2_000

    def part(self, share: float) -> "Size":
        """A city so many times as large, never without one of each; as many rounds as there are."""
        least = {"rounds": self.rounds, "neighbours": 500}
        return Size(**{name: max(least.get(name, 20), round(number * share)) for name, number in vars(self).items() if name != "rounds"})


def room_code(n: str) -> str:
    """SQL of a code for the room of meeting `n`, that no other has."""
    size = len(LETTERS)
    return " || ".join(f"substr('{LETTERS}', 1 + (({n} * 7919 + 104729) / {size**place} % {size})::int, 1)" for place in range(CODE_LENGTH))


MEETINGS = Tree(Meeting, ended="stage IN ('held', 'closed', 'cancelled')", days=60, alter={"meeting.code": room_code("c.n")}, without=())
# Agendas are not copied, so no copy hangs on one of their topics or agreements: each would get thousands, which no city has.
INITIATIVES = Tree(
    Initiative, ended="stage IN ('done', 'stopped')", days=-30, without=(InitiativeTopic, InitiativeAgreement)
)  # fmt: skip
A_WISH = """(SELECT made FROM bench_copy_agendas_wish WHERE n =
    1 + (t.id * 7919 + c.n * 104729) % (SELECT count(*) FROM bench_copy_agendas_wish))"""
APPLICATIONS = Tree(
    Application,
    ended="stage IN ('granted', 'partly', 'refused', 'closed', 'determined')",
    days=-20,
    alter={
        # Years before those of the demo, whose numbers go on.
        "application.number": "'F-' || 2016 + c.n % 9 || '-' || lpad(c.n::text, 5, '0')",
        "payment.listed": "CASE WHEN t.stage = 'ordered' THEN t.listed_id END",
    },
    owns=[(Decision, "commitment")],
    also=[(Entry, "commitment"), (Payment, "commitment")],
)
WORKS = Tree(
    Work, ended=f"stage IN ('{WorkStage.DONE}', '{WorkStage.STOPPED}')", days=-60,
    alter={
        "work.external": "CASE WHEN t.external = '' THEN '' ELSE left(t.external, 30) || '-' || c.n END",
        "workanswers.wish": A_WISH, "workanswers.topic": "NULL::bigint", "workanswers.agreement": "NULL::bigint",
    },
)  # fmt: skip
MESSAGES = Tree(Message, ended="ended_at IS NOT NULL", alter={"message.mail": "NULL"})
REPORTS = Tree(Report, ended="decided_at IS NOT NULL")

PERSONS = """
INSERT INTO accounts_person (password, uuid, name, email, is_active, created_at)
SELECT '!', md5('buur' || n)::uuid, 'Buur ' || n, 'buur-' || n || '@example.org', true, now() - n * interval '17 minutes'
FROM generate_series(1, %(count)s::bigint / 3) AS n
"""
CONTACTS = """
INSERT INTO buurt_messages_contact (uuid, person_id, name, way, language, created_at)
SELECT md5('contact' || n)::uuid, person.id, 'Buur ' || n, CASE WHEN person.id IS NULL THEN 'none' ELSE 'email' END, 'nl', now()
FROM generate_series(1, %(count)s::bigint) AS n LEFT JOIN accounts_person AS person ON person.email = 'buur-' || n || '@example.org'
"""
# The ledger goes on: what was promised was first put in.
PUT_IN = """
WITH more AS (
    SELECT pot_id, sum(amount) AS amount, sum(paid) AS paid FROM money_commitment WHERE id > %(before)s GROUP BY pot_id
), put AS (
    INSERT INTO money_entry (pot_id, kind, amount, why, at) SELECT pot_id, 'put_in', amount, '', now() FROM more WHERE amount > 0
)
UPDATE money_pot SET amount = money_pot.amount + more.amount, committed = money_pot.committed + more.amount,
    paid = money_pot.paid + more.paid FROM more WHERE more.pot_id = money_pot.id
"""
HAPPENED = """
INSERT INTO audit_event (at, actor, duty, channel, verb, room, thing, touches, payload)
SELECT event.at + c.days * interval '1 day', event.actor, event.duty, event.channel, event.verb, event.room,
    split_part(event.thing, ':', 1) || ':' || made.{key}, '{{}}', event.payload
FROM bench_copy_{table} AS c JOIN {table} AS made ON made.id = c.made JOIN {table} AS root ON root.id = c.root
    JOIN audit_event AS event ON event.thing = '{kind}:' || root.{key} ORDER BY c.n, event.id
"""
TOLD = """
INSERT INTO audit_event (at, duty, channel, verb, room, thing, touches, payload)
SELECT step.at, '', wish.channel, CASE WHEN step.stage = 'told' THEN 'wish.given' ELSE 'wish.step' END, 'agendas',
    'wish:' || wish.reference, '{}', '{}'
FROM agendas_step AS step JOIN agendas_wish AS wish ON wish.id = step.wish_id WHERE wish.reference LIKE 'BN-%' ORDER BY step.id
"""


def grow(size: Size, *, say: Callable[[str], None]) -> dict[str, float]:
    """Grow the city of the demo; seconds by what was made. The database has to be that of the demo as it was loaded."""
    took: dict[str, float] = {}
    for name, deed in (("rows", rows), ("seals", seals), ("coherence", overview)):
        began = time.monotonic()
        deed(size, say)
        took[name] = round(time.monotonic() - began, 1)
    return took


@transaction.atomic
def rows(size: Size, say: Callable[[str], None]) -> None:
    """Everything there is of the large city, at once or not at all."""
    say("neighbours")
    people(size.neighbours)
    say("wishes")
    make_wishes(size.wishes, city=places.city_code())
    run(TOLD)
    copying.begin()
    copying.number(Wish, "reference LIKE 'BN-%'")
    copying.number(Contact, "name LIKE 'Buur %'")
    known: list[type] = [Wish]
    before = copying.one("SELECT coalesce(max(id), 0) FROM money_commitment")
    for tree, count, kind, key in (
        (MEETINGS, size.meetings, "meeting", "id"),
        (WORKS, size.works, "work", "uuid"),
        (INITIATIVES, size.initiatives, "initiative", "uuid"),
        (APPLICATIONS, size.applications, "application", "uuid"),
        (MESSAGES, size.messages, "", ""),
        (REPORTS, size.reports, "report", "uuid"),
    ):
        say(str(tree.root._meta.verbose_name_plural))
        copying.copy(tree, count, known=known)
        known.append(tree.root)
        if kind:
            run(HAPPENED.format(table=copying.table(tree.root), kind=kind, key=key))
    run(PUT_IN, {"before": before})
    say("ballots")
    hold_elections(size.rounds, size.ballots)


def people(count: int) -> None:
    run(PERSONS, {"count": count})
    run(CONTACTS, {"count": count})
    run(f"ANALYZE {copying.table(Person)}, {copying.table(Contact)}")


def seals(_size: Size, say: Callable[[str], None]) -> None:
    """The record is sealed to its end, as it is a minute after each deed."""
    say("seals")
    while seal(at=timezone.now()):
        pass


def overview(_size: Size, say: Callable[[str], None]) -> None:
    """What the worker makes every hour."""
    say("coherence")
    prepare(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


__all__ = ["MeetingWish", "Size", "grow"]
