"""The requests for money of a person, what waits for them, to see and to take along."""

import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import Account, Application, Decision, Objection, Question, View
from buurtdraad.fund.queries.left import in_words
from buurtdraad.fund.queries.told import told_of, with_told
from buurtdraad.fund.states import DECIDED, IN_HAND, OVER, Stage
from buurtdraad.ui.rows import Row, Words

# Keys to persons of which `personal_data` gives the rows.
GIVEN = frozenset({"fund.Application.contact"})
# The time to decide runs.
RUNNING = IN_HAND - {Stage.WAITING}


def applications_of(person: Person) -> QuerySet[Application]:
    """What somebody asked, the last one first."""
    return with_told(Application.objects.filter(contact__person=person).select_related("initiative").order_by("-made_at", "-id"))


def application_row(application: Application) -> Row:
    """With the step, and while we work on it how many days we have left."""
    page = reverse("fund:application", args=[application.uuid])
    told = told_of(application)
    state: Words = told.label
    if application.stage in RUNNING and application.decide_by:
        state = f"{told.label}, {in_words((application.decide_by - timezone.localdate()).days)}"
    return Row(application.initiative.title, page, state, application.submitted_at or application.made_at)


def waiting_rows(person: Person) -> list[Row]:
    """What only who asked can do: answer a question, react before a decision, show what was done. Three queries."""
    mine = {"application__contact__person": person}
    asked = Question.objects.filter(**mine, answered_at=None, lapsed_at=None).exclude(application__stage__in=sorted(DECIDED | OVER))
    views = View.objects.filter(**mine, given_at=None, waived_at=None)
    accounts = Account.objects.filter(**mine, given_at=None, application__stage=Stage.REPORT_DUE)
    return [
        *(waiting_row(_("Answer our question about '%(plan)s'"), "fund:answer", one, one.answer_by) for one in with_plan(asked)),
        *(
            waiting_row(_("Tell us what you think before we decide on '%(plan)s'"), "fund:react", one, one.give_by)
            for one in with_plan(views)
        ),
        *(waiting_row(_("Show us what you did with '%(plan)s'"), "fund:account", one, one.due_on) for one in with_plan(accounts)),
    ]


def with_plan(found: QuerySet) -> QuerySet:
    return found.select_related("application__initiative").order_by("pk")


def waiting_row(words: str, page: str, thing: Question | View | Account, last: datetime.date) -> Row:
    keys = [thing.application.uuid] if isinstance(thing, Account) else [thing.application.uuid, thing.uuid]
    until = _("not later than %(day)s") % {"day": date_format(last, "j F Y")}
    return Row(words % {"plan": thing.application.initiative.title}, reverse(page, args=keys), until)


def personal_data(person: Person) -> dict:
    """All that the fund has of a person; nothing for who never asked."""
    found = (
        applications_of(person)
        .select_related("payee", "account")
        .prefetch_related("costs", "incomes", "questions", "views", "changes", "documents", "decisions__objections")
    )
    rows = [of_one(one) for one in found]
    return {"aanvragen": rows} if rows else {}


def of_one(one: Application) -> dict:
    payee, account = getattr(one, "payee", None), getattr(one, "account", None)
    return {
        "openbaar nummer": one.uuid,
        "nummer": one.number or "",
        "plan": one.initiative.title,
        "naam": one.applicant_name,
        "adres": one.applicant_address,
        "telefoon": one.phone,
        "organisatie": one.organisation_name,
        "volwassene": one.adult_name,
        "telefoon van de volwassene": one.adult_phone,
        "rekening": {"naam": payee.holder, "nummer": payee.iban, "kaart": payee.card} if payee else {},
        "gevraagd": one.asked,
        "kosten": [{"wat": each.label, "bedrag": each.amount} for each in one.costs.all()],
        "wie betaalt": [{"wat": each.label, "bedrag": each.amount, "uren": each.hours} for each in one.incomes.all()],
        "documenten": [each.name for each in one.documents.all()],
        "vragen": [{"vraag": each.text, "antwoord": each.answer} for each in one.questions.all()],
        "reacties": [{"waarover": each.about, "reactie": each.words} for each in one.views.all()],
        "wijzigingen": [{"vraag": each.words, "antwoord": each.answer} for each in one.changes.all()],
        "besluiten": [of_decision(each) for each in one.decisions.all() if each.known_on],
        "wat u deed": {"gedaan": account.done, "mensen": account.people, "geleerd": account.learned} if account else {},
        "stand": told_of(one).label,
        "verstuurd op": one.submitted_at,
    }


def of_decision(decision: Decision) -> dict:
    return {
        "besluit": decision.get_outcome_display(),
        "bedrag": decision.amount,
        "waarom": decision.words,
        "bekend op": decision.known_on,
        "bezwaar": [of_objection(each) for each in decision.objections.all() if not each.by_other],
    }


def of_objection(objection: Objection) -> dict:
    return {"gekregen op": objection.received_on, "tekst": objection.words, "antwoord": objection.answer}
