"""Samples of the addresses of partners, the method and placements, for `tests.access`: each by the addresses that name them."""

import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.method.actions import runs as method
from buurtdraad.method.actions.lessons import learn
from buurtdraad.method.actions.pulse import open_pulse
from buurtdraad.method.actions.versions import draft_next, load_first
from buurtdraad.method.models import ExitCheck, MethodStep, MethodVersion, Run, RunStep, StepTemplate
from buurtdraad.method.states import VersionStage
from buurtdraad.partners import actions as partners
from buurtdraad.partners.actions import add_contact as add_contact_here
from buurtdraad.partners.actions import say
from buurtdraad.partners.models import Organisation, Representative
from buurtdraad.partners.states import Says
from buurtdraad.placements import actions as trainings
from buurtdraad.placements.actions import hosts as placing
from buurtdraad.placements.actions import offering, shifts
from buurtdraad.placements.actions.hosts import HostFacts
from buurtdraad.placements.actions.lessons import Told, mark_of, read_lesson, share
from buurtdraad.placements.models import Host, Placement, Shift
from buurtdraad.placements.states import Theme
from buurtdraad.places.models import Area

type People = dict[str, Person]
PLACE = "BU03440241"
SIGNED_IN = "signed in"
HOUR = datetime.timedelta(hours=1)
# No file is kept where this runs.
NO_FILE = UUID(int=1)


def near_samples(people: People, partner: Organisation, voice: Representative, at: datetime.datetime) -> dict[str, Any]:
    """All of them; the run begins with the method that is in use."""
    return {
        **of_confirming(people, partner, voice, at),
        **of_accords(people, partner, at),
        **of_face(people, partner, at),
        **of_method(people, at),
        **of_run(people, at),
        **of_lessons(people, at),
        **of_placement(people, partner, at),
        **of_lesson(people, partner, at),
        **of_training(people, at),
    }


def of_confirming(people: People, partner: Organisation, voice: Representative, at: datetime.datetime) -> dict[str, Any]:
    """Somebody who speaks for a partner and is stuck."""
    facts = {
        "thing": "agreement:1",
        "title": "Two benches",
        "area": Area.objects.get(code=PLACE),
        "says": Says.STUCK,
        "words": "No trees",
    }
    said = say(partner, **facts, through=voice, by=None, at=at)
    mine = {
        f"pages:{name}": voice.uuid
        for name in ("confirm_mine", "confirm_mine_meetings", "confirm_mine_people", "ask_partner_again", "stop_partner_link")
    }
    return mine | {"pages:answer_partner": said.uuid}


def of_accords(people: People, partner: Organisation, at: datetime.datetime) -> dict[str, Any]:
    """An agreement between partners that counts with a draft beside it, an offer and a double, by the addresses that name them."""
    by, today, area = people["area_adviser"], timezone.localdate(at), Area.objects.get(code=PLACE)
    other = partners.add_organisation(name="School", kind="school", areas=[area], from_on=today, by=by, at=at)
    double = partners.add_organisation(name="Schools", kind="school", areas=[area], from_on=today, by=by, at=at)
    partners.join(double, into=other, by=by, at=at)
    offer = partners.add_offer(other, what="A room", areas=[area], from_on=today, by=by, at=at)
    version = partners.make_accord(partners.AccordText("Accord", "A good place"), areas=[area], by=by, at=at)
    signatures = [partners.sign(version, one, on=today, by=by, at=at) for one in (partner, other)]
    partners.put_in_force(version, on=today, by=by, at=at)
    draft = partners.draft_next(version.accord, by=by, at=at)
    drafted = partners.sign(draft, partner, on=today, by=by, at=at)
    accord = version.accord.uuid
    names = (
        "accord", "accord_pdf", "accord_version", "accord_version_pdf", "accord_document", "work_accord", "draft_accord",
        "change_accord", "drop_accord", "accord_in_force", "end_accord", "add_paper", "drop_paper", "work_paper", "sign_accord",
    )  # fmt: skip
    return {f"partners:{name}": {"uuid": accord, "number": 1} for name in names} | {
        "partners:change_signature": {"uuid": accord, "pk": drafted.pk}, "partners:unsign": {"uuid": accord, "pk": drafted.pk},
        "pages:leave_accord": {"uuid": accord, "pk": signatures[0].pk}, "pages:partner_agreements": partner.uuid,
        "partners:join_organisation": partner.uuid, "partners:part_organisation": double.uuid,
        "partners:add_offer": partner.uuid, "partners:change_offer": offer.uuid, "partners:end_offer": offer.uuid,
    }  # fmt: skip


def of_face(people: People, partner: Organisation, at: datetime.datetime) -> dict[str, Any]:
    """Somebody who works here: their own page is of who is signed in and has no duty."""
    today = timezone.localdate(at)
    facts = {"organisation": partner, "helps_with": "Plans", "on_site": True, "agreed_on": today, "from_on": today}
    here = {"areas": [Area.objects.get(code=PLACE)], "by": system_person("access_table"), "at": at}
    one = add_contact_here(first_name="Linda", person=people[SIGNED_IN], **facts, **here)
    names = ("my_face", "work_contact", "change_contact", "end_contact", "contact_face", "remove_face")
    return {f"partners:{name}": one.uuid for name in names} | {"partners:works_here": PLACE}


def of_method(people: People, at: datetime.datetime) -> dict[str, Any]:
    """A method in use and the draft of the next, by the addresses that name them, a step, a check or a document."""
    by = people["programme_manager"]
    step = load_first(by=by, at=at).steps.first()
    draft = draft_next(by=by, at=at)
    mine = draft.steps.get(key=step.key)
    document = StepTemplate.objects.create(key="c" * 32, given_at=at, name="brief.pdf", kind="pdf", bytes=1, title="Brief")
    document.steps.add(mine)
    of_draft = ("work_version", "change_version", "put_in_use", "throw_away", "add_step")
    of_step = ("change_step", "move_step", "take_out_step", "add_check", "add_template")
    return (
        {f"method:{name}": draft.number for name in of_draft}
        | {f"method:{name}": mine.pk for name in of_step}
        | {f"method:{name}": mine.checks.first().pk for name in ("change_check", "take_out_check")}
        | {"method:take_out_template": document.uuid, "method:template": NO_FILE}
        | {"method:version": 1, "method:put_back_step": step.pk}
    )


def of_run(people: People, at: datetime.datetime) -> dict[str, Any]:
    """A run of the working method with one step and one exit check, by the addresses that name them."""
    today = timezone.localdate(at)
    version = MethodVersion.objects.create(number=90, stage="followed", name="Method", in_use_on=today, made_at=at)
    step = MethodStep.objects.create(version=version, number=1, key="signal", name="Signal", purpose="To hear what there is")
    check = ExitCheck.objects.create(step=step, number=1, key="heard", text="We heard it")
    run = method.start(Area.objects.get(code=PLACE), version=version, by=people["area_adviser"], at=at)
    return {"check_pk": check.pk, "step_pk": RunStep.objects.get(run=run).pk, "kind": "besluit"}


def of_lessons(people: People, at: datetime.datetime) -> dict[str, Any]:
    """A run with an older version than the one in use, a lesson of it, and a pulse that goes on."""
    by, area = people[Duty.PROGRAMME_MANAGER.value], Area.objects.get(code=PLACE)
    facts = {"in_use_on": timezone.localdate(at), "made_at": at}
    for number, stage in ((98, VersionStage.FOLLOWED), (99, VersionStage.IN_USE)):
        if not MethodVersion.objects.filter(stage=VersionStage.IN_USE).exists():
            MethodVersion.objects.create(number=number, stage=stage, name="De werkwijze", **facts)
    older = MethodVersion.objects.order_by("number").first()
    run = Run.objects.filter(area=area).first() or Run.objects.create(area=area, version=older, started_on=facts["in_use_on"])
    lesson = learn(run, happened="Er kwamen weinig mensen", next_time="Twee avonden", by=by, at=at)
    open_pulse(2026, opens_on=facts["in_use_on"], closes_on=facts["in_use_on"], by=by, at=at)
    deeds = ("", "_change", "_remove", "_propose", "_decline", "_reopen")
    return {f"method:work_lesson{deed}": lesson.uuid for deed in deeds} | {"year": 2026}


def of_placement(people: People, partner: Organisation, at: datetime.datetime) -> dict[str, Any]:
    """A host with a shift, and somebody with the duty employee who asked for a seat, by the addresses that name them."""
    by, area, today = people["programme_manager"], Area.objects.get(code=PLACE), timezone.localdate(at)
    facts = HostFacts(partner, area, "Kitchen", "Here 1", "Cooking", from_on=today, contact_email="host@example.org")
    host = placing.add_host(facts, by=by, at=at)
    when = {"starts_at": at + 48 * HOUR, "ends_at": at + 50 * HOUR}
    (shift,) = offering.offer(host, **when, seats=2, tasks="Cooking", by=by, at=at)
    black_out = host.black_outs.create(from_on=today, until_on=today)
    facts = {"department": "Traffic", "manager_email": "boss@example.org"}
    asked = shifts.sign_up(shift, person=people["employee"], **facts, at=at)
    of_host = ("work_host", "change_host", "end_host", "send_host_link", "host", "offer_shift", "block_days")
    return (
        {f"placements:{name}": host.uuid for name in of_host}
        | {f"placements:{name}": shift.uuid for name in ("shift", "sign_up")}
        | {f"placements:{name}": asked.uuid for name in ("placement", "cancel", "placement_calendar")}
        | {f"placements:{name}": {"token": host.uuid, "uuid": shift.uuid} for name in ("change_shift", "call_off_shift")}
        | {
            "placements:guest": {"token": host.uuid, "uuid": asked.uuid},
            "placements:free_days": {"token": host.uuid, "pk": black_out.pk},
        }
    )


def of_lesson(people: People, partner: Organisation, at: datetime.datetime) -> dict[str, Any]:
    """A colleague who was at a meal, and their lesson that is shared, by the addresses that name them."""
    colleague, area = people["employee"], Area.objects.get(code=PLACE)
    today = timezone.localdate(at)
    host = Host.objects.create(organisation=partner, area=area, name="Meal", address="Here", tasks="Cook", from_on=today)
    shift = Shift.objects.create(host=host, starts_at=at - 2 * HOUR, ends_at=at - HOUR, seats=1, tasks="Cook", stage="held", made_at=at)
    facts = {"department": "Green", "stage": "attended", "since": at, "over_at": at}
    placement = Placement.objects.create(shift=shift, person=colleague, **facts)
    lesson = share(placement, Told("Two forms is one too many", Theme.RULES, area, "Two forms", "One form"), by=colleague, at=at)
    read_lesson(lesson, yes=True, was=mark_of(lesson), by=people["programme_manager"], at=at)
    placements = ("look_back", "reflect", "remove_reflection", "lesson_new", "thank")
    lessons = ("lesson", "my_lesson", "change_lesson", "withdraw_lesson", "work_lesson", "take_off_lesson")
    lessons += ("lesson_to_wish", "lesson_to_topic", "lesson_to_step")
    return (
        {f"placements:{name}": placement.uuid for name in placements}
        | {f"placements:{name}": lesson.uuid for name in lessons}
        | {f"placements:{name}": lesson.rule.uuid for name in ("rule", "work_rule", "give_rule", "open_rule_again")}
    )


def of_training(people: People, at: datetime.datetime) -> dict[str, Any]:
    """A training with a session to come, by the addresses that name them."""
    by = people["programme_manager"]
    module = trainings.add_module(name="At the door", text="Listening", by=by, at=at)
    plan = trainings.Plan(at + HOUR, at + 2 * HOUR, "Town hall", 2)
    session = trainings.plan_session(module, plan, by=by, at=at)
    modules = ("work_module", "change_module", "end_module", "plan_session")
    sessions = ("training_session", "training_calendar", "work_session", "change_session", "call_off_session")
    by_name = {f"placements:{name}": module.uuid for name in modules}
    return by_name | {f"placements:{name}": session.uuid for name in sessions}
