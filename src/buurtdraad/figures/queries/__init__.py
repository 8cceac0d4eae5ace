"""What is true now about figures, for a page. Every function says how many queries it takes."""

from buurtdraad.figures.queries.indicator import AreaFigure, IndicatorPage, as_rows, indicator_page, indicators_shown
from buurtdraad.figures.queries.profile import Compared, KeyFigure, profile
from buurtdraad.figures.queries.standouts import StandOut, standouts

__all__ = [
    "AreaFigure",
    "Compared",
    "IndicatorPage",
    "KeyFigure",
    "StandOut",
    "as_rows",
    "indicator_page",
    "indicators_shown",
    "profile",
    "standouts",
]
