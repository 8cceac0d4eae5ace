"""Samples of the addresses of handling requests for money, for `tests.access`: each by the addresses that name them."""

import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import Application, Band, DefaultNotice, InterestDeclaration, Question, Scheme, SchemeRules, View
from buurtdraad.fund.states import Accounting, Interest, Stage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.places.models import Area

PLACE = "BU03440241"
OF_FILE = (
    "file", "declare", "take", "let_go", "give_to", "complete", "refer", "add_note", "lines", "ask_question", "give_advice",
    "declare_to_advise", "ask_advice", "ask_view", "more_time", "default_notice", "reject_default",
)  # fmt: skip


def handling_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """An application of nobody in particular that is looked at: who handles and who decides have nothing to do with it."""
    today = timezone.localdate(at)
    made = application_in_hand(at)
    for duty in (Duty.FUND_HANDLER, Duty.FUND_DECIDER):
        InterestDeclaration.objects.create(application=made, person=people[duty.value].uuid, says=Interest.NONE, at=at)
    by = people[Duty.FUND_HANDLER.value].uuid
    asked = {"application": made, "asked_by": by, "asked_at": at}
    question = Question.objects.create(**asked, text="Who comes?", answer_by=today)
    view = View.objects.create(**asked, about="We think not", give_by=today)
    DefaultNotice.objects.create(application=made, received_on=today, noted_by=by, noted_at=at)
    return {f"fund:{name}": made.uuid for name in OF_FILE} | {
        "fund:file_document": {"uuid": made.uuid, "paper": UUID(int=1)},
        "fund:note_answer": {"uuid": made.uuid, "question": question.uuid},
        "fund:answer": {"uuid": made.uuid, "question": question.uuid},
        "fund:note_view": {"uuid": made.uuid, "view": view.uuid},
        "fund:waive_view": {"uuid": made.uuid, "view": view.uuid},
        "fund:react": {"uuid": made.uuid, "view": view.uuid},
    }


def application_in_hand(at: datetime.datetime) -> Application:
    today = timezone.localdate(at)
    scheme = Scheme.objects.create(slug="handling", name="Handling", municipality="City")
    facts = {"source": "Made up", "most": 35000, "decides": "somebody", "made_at": at}
    rules = SchemeRules.objects.create(scheme=scheme, from_on=today, **facts)
    Band.objects.create(rules=rules, up_to=35000, accounting=Accounting.LIGHT)
    plan = Initiative.objects.create(slug="handled", title="Benches", area=Area.objects.get(code=PLACE), theme="green", made_at=at)
    return Application.objects.create(
        initiative=plan, rules=rules, stage=Stage.ASSESSING, number="F-2020-9999", asked=500, made_at=at, saved_at=at, submitted_at=at,
        received_on=today, complete_on=today,
    )  # fmt: skip
