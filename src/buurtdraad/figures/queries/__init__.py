"""What is true now about figures, for a page. Every function says how many queries it takes."""

from buurtdraad.figures.queries.indicator import AreaFigure, IndicatorPage, as_rows, indicator_page, indicators_shown
from buurtdraad.figures.queries.place import Place, place_of
from buurtdraad.figures.queries.profile import Compared, KeyFigure, profile
from buurtdraad.figures.queries.standouts import StandOut, standouts

__all__ = [
    "AreaFigure",
    "Compared",
    "IndicatorPage",
    "KeyFigure",
    "Place",
    "StandOut",
    "as_rows",
    "indicator_page",
    "indicators_shown",
    "place_of",
    "profile",
    "standouts",
]
