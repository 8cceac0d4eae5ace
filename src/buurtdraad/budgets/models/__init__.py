"""The tables of budgets."""

from buurtdraad.budgets.models.plans import BudgetPlan, Change, Check, Consent, Like, Maker, PlanPicture, Spot
from buurtdraad.budgets.models.result import Adoption, Counted, FrozenBallot, Winner
from buurtdraad.budgets.models.round import BudgetRound, Part, RoundMoney, RoundStep, RulesSheet
from buurtdraad.budgets.models.voting import Aside, Ballot, CastDay, Claim, CodeBatch, PaperEntry, Register

__all__ = [
    "Adoption",
    "Aside",
    "Ballot",
    "BudgetPlan",
    "BudgetRound",
    "CastDay",
    "Change",
    "Check",
    "Claim",
    "CodeBatch",
    "Consent",
    "Counted",
    "FrozenBallot",
    "Like",
    "Maker",
    "PaperEntry",
    "Part",
    "PlanPicture",
    "Register",
    "RoundMoney",
    "RoundStep",
    "RulesSheet",
    "Spot",
    "Winner",
]
