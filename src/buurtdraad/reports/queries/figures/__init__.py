"""The numbers of a report: what each counts (`definitions`), the rows behind them, and counting them over a period."""

from buurtdraad.reports.queries.figures.counting import Counted, Counting, mark_of
from buurtdraad.reports.queries.figures.definitions import DEFINITIONS, Definition
from buurtdraad.reports.queries.figures.lists import LISTS, Listed
from buurtdraad.reports.queries.figures.rows import Period, Row

__all__ = ["DEFINITIONS", "LISTS", "Counted", "Counting", "Definition", "Listed", "Period", "Row", "mark_of"]
