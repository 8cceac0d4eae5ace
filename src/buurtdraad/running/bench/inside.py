"""What only a process with Django in it can see; run by `bench` in a process of its own, on the database of the copy."""

import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.agendas.meetings import actions as meetings
from buurtdraad.agendas.meetings.actions import Plan
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish
from buurtdraad.agendas.meetings.queries.room import sticker_result
from buurtdraad.agendas.wishes.actions import choose
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.reports.actions.preparing import prepare
from buurtdraad.running.bench import samples
from buurtdraad.running.bench.actions import viewers
from buurtdraad.running.bench.actions.ballots import analyse, lost_or_doubled, make_voters
from buurtdraad.running.bench.actions.growing import Size, grow
from buurtdraad.running.bench.actions.reporting import report_to_council
from buurtdraad.running.bench.actions.requests import handler_session, make_requests, queries_of
from buurtdraad.running.bench.actions.week import make_week, waiting
from buurtdraad.running.bench.actions.wishes import make_wishes

POINTS = 2_000


def areas(_: Sequence[str]) -> dict:
    """Codes of the neighbourhoods of the city (of all, when the city has none)."""
    codes = Area.objects.filter(kind=Kind.NEIGHBOURHOOD).order_by("code").values_list("code", flat=True)
    own = codes.filter(code__startswith=places.city_code().replace("GM", "BU"))
    return {"codes": list(own or codes)}


def queries(paths: Sequence[str]) -> dict:
    """The most queries that one of these pages asks, for somebody unknown and for somebody signed in (None: nobody to sign in)."""
    person = get_user_model()._default_manager.filter(is_active=True, system__isnull=True).first()
    signed_in = Client()
    if person is not None:
        signed_in.force_login(person)
    return {
        "unknown": most_queries(Client(), paths),
        "signed_in": most_queries(signed_in, paths) if person else None,
        "session": signed_in.cookies[settings.SESSION_COOKIE_NAME].value if person else None,
    }


def most_queries(client: Client, paths: Sequence[str]) -> int:
    """The most queries that one of these pages asks, once the templates are loaded."""
    counts = []
    for path in [paths[0], *paths]:
        with CaptureQueriesContext(connection) as captured:
            client.get(path, headers={"host": "localhost"})
        counts.append(len(captured))
    return max(counts[1:])


def points(_: Sequence[str]) -> dict:
    """CPU of one point to its neighbourhood (milliseconds), once the index is made, and among how many polygons."""
    area_at = places.area_at
    drawn = AreaYear.objects.filter(area__kind=Kind.NEIGHBOURHOOD, boundary__isnull=False, latitude__isnull=False)
    known = [(here.latitude or 0, here.longitude or 0) for here in drawn.only("latitude", "longitude").order_by("area__code")[:POINTS]]
    area_at(*known[0])
    began = time.process_time()
    found = sum(area_at(latitude, longitude) is not None for latitude, longitude in known)
    return {"ms": (time.process_time() - began) * 1000 / len(known), "polygons": drawn.count(), "asked": len(known), "found": found}


def queries_each(paths: Sequence[str]) -> dict:
    """The queries of each of these pages for somebody unknown, by address."""
    return {path: most_queries(Client(), [path]) for path in paths}


def wishes(numbers: Sequence[str]) -> dict:
    """Bring the copy to so many wishes."""
    return {"new": make_wishes(int(numbers[0]), city=places.city_code())}


def meeting(_: Sequence[str]) -> dict:
    """A meeting that is going on, with wishes to put stickers on, in an area that reads nothing first."""
    by, at = system_person("bench"), timezone.now()
    area = Area.objects.filter(kind=Kind.NEIGHBOURHOOD).order_by("code")[0]
    choose(area, answer_within=21, read_first=False, comments=False, by=by, duty="", at=at)
    plan = Plan(area=area, title="Bench", starts_at=at, ends_at=at + timedelta(hours=2), place="Bench")
    made = meetings.make(plan, by=by, at=at)
    meetings.announce(made, by=by, at=at)
    meetings.set_voting(made, True, by=by, at=at)
    given = [meetings.give_wish(made, f"Een boom {letter}", Theme.GREEN, at=at).pk for letter in "abcdefghijklmnopqrst"]
    return {"code": made.code, "wishes": given}


def meeting_kept(code: Sequence[str]) -> dict:
    """What is there of a meeting after the evening."""
    made = Meeting.objects.get(code=code[0])
    result = sticker_result(made)
    return {"wishes": MeetingWish.objects.filter(meeting=made).count(), "stickers": result.stickers, "people": result.people}


def fund(numbers: Sequence[str]) -> dict:
    """Bring the copy to so many requests for money."""
    return {"new": make_requests(int(numbers[0]))}


def fund_pages(paths: Sequence[str]) -> dict:
    """A session of who handles requests, and the queries of each of these pages for them."""
    session = handler_session()
    return {"session": session, "queries": {path: queries_of(session, path) for path in paths}}


def ballots(numbers: Sequence[str]) -> dict:
    """A round in which people vote, and so many codes of it."""
    codes = make_voters(int(numbers[0]))
    analyse()
    return {"codes": codes}


def ballots_kept(files: Sequence[str]) -> dict:
    """Whether the ballots that were answered are there."""
    return lost_or_doubled(Path(files[0]))


def grow_city(share: Sequence[str]) -> dict:
    """Grow the demo to this share of a large city; seconds."""
    return grow(Size().part(float(share[0])), say=lambda words: print(words, file=sys.stderr, flush=True))  # noqa: T201


def coherence(_: Sequence[str]) -> dict:
    """What the worker makes every hour."""
    return asdict(prepare(timezone.now()))


def every_page(only: Sequence[str]) -> dict:
    """A sample of every page (whose pattern holds a text), and the pages without one."""
    logging.disable(logging.ERROR)
    found = samples.find(*only)
    return {"samples": found.samples, "without": found.without}


def sessions(_: Sequence[str]) -> dict:
    """The key of a session for each of the cast."""
    return viewers.sessions()


def page_queries(files: Sequence[str]) -> dict:
    """The queries of each sample of a file, in their order (None: it did not answer), and sessions to ask them with."""
    logging.disable(logging.ERROR)
    asked = [samples.Sample(*one) for one in json.loads(Path(files[0]).read_text())]
    eyes = {viewer: viewers.client(viewer) for viewer in {one.viewer for one in asked}}
    return {"queries": [samples.queries(eyes[one.viewer], one.path) for one in asked], "sessions": viewers.sessions()}


def week(numbers: Sequence[str]) -> dict:
    """Work for the background, of so many wishes and a week of tasks."""
    return {"waiting": make_week(int(numbers[0]))}


PARTS: dict[str, Callable[[Sequence[str]], dict]] = {
    "areas": areas,
    "grow": grow_city,
    "coherence": coherence,
    "report": lambda _: report_to_council(),
    "samples": every_page,
    "sessions": sessions,
    "page_queries": page_queries,
    "week": week,
    "waiting": lambda _: waiting(),
    "queries": queries,
    "points": points,
    "queries_each": queries_each,
    "wishes": wishes,
    "fund": fund,
    "fund_pages": fund_pages,
    "ballots": ballots,
    "ballots_kept": ballots_kept,
    "meeting": meeting,
    "meeting_kept": meeting_kept,
}
