"""The tables of coherence and of reports."""

from buurtdraad.reports.models.coherence import Cell, Finding, FindingStep, MeasureValue, Prepared
from buurtdraad.reports.models.frozen import FrozenRow, FrozenText, Mention
from buurtdraad.reports.models.report import Erratum, Figure, Remark, Report, Section, Sentence
from buurtdraad.reports.models.standing import FigureToday, Standing

__all__ = [
    "Cell",
    "Erratum",
    "Figure",
    "FigureToday",
    "Finding",
    "FindingStep",
    "FrozenRow",
    "FrozenText",
    "MeasureValue",
    "Mention",
    "Prepared",
    "Remark",
    "Report",
    "Section",
    "Sentence",
    "Standing",
]
