"""The tables of the fund."""

from buurtdraad.fund.models.after import (
    Account,
    AccountPicture,
    ChangeAsked,
    Objection,
    ObjectionNotice,
    Receipt,
    Recovery,
    Settlement,
    Spent,
)
from buurtdraad.fund.models.application import Application, ApplicationDocument, CostLine, Ease, IncomeLine, Payee, Step
from buurtdraad.fund.models.deciding import Decision, Draw, Letter, Proposal
from buurtdraad.fund.models.handling import (
    Advice,
    ClockEvent,
    DefaultNotice,
    InterestDeclaration,
    Note,
    Outage,
    PenaltyRate,
    Question,
    View,
)
from buurtdraad.fund.models.older import OlderDecision
from buurtdraad.fund.models.outbox import CaseMessage
from buurtdraad.fund.models.rounds import Criterion, Round, RoundEntry, Score
from buurtdraad.fund.models.scheme import Band, Mandate, NotPaid, PriceCap, Scheme, SchemeRules, TextBlock, WrongDoor

__all__ = [
    "Account",
    "AccountPicture",
    "Advice",
    "Application",
    "ApplicationDocument",
    "Band",
    "CaseMessage",
    "ChangeAsked",
    "ClockEvent",
    "CostLine",
    "Criterion",
    "Decision",
    "DefaultNotice",
    "Draw",
    "Ease",
    "IncomeLine",
    "InterestDeclaration",
    "Letter",
    "Mandate",
    "NotPaid",
    "Note",
    "Objection",
    "ObjectionNotice",
    "OlderDecision",
    "Outage",
    "Payee",
    "PenaltyRate",
    "PriceCap",
    "Proposal",
    "Question",
    "Receipt",
    "Recovery",
    "Round",
    "RoundEntry",
    "Scheme",
    "SchemeRules",
    "Score",
    "Settlement",
    "Spent",
    "Step",
    "TextBlock",
    "View",
    "WrongDoor",
]
