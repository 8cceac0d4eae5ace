"""The programme and its promises as they stand."""

from buurtdraad.challenges.queries.programme import Programme, ambitions, choices, programme, rows_of_all
from buurtdraad.challenges.queries.promises import AmbitionPromises, Promised, by_ambition, due, found, promised, rows_of_promises

__all__ = [
    "AmbitionPromises",
    "Programme",
    "Promised",
    "ambitions",
    "by_ambition",
    "choices",
    "due",
    "found",
    "programme",
    "promised",
    "rows_of_all",
    "rows_of_promises",
]
