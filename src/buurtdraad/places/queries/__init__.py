"""What is true now of areas: facts for pages (`areas`), and which neighbourhood a point lies in (`points`)."""

from buurtdraad.places.queries.areas import (
    AreaPage,
    Drawn,
    ancestors,
    area_in,
    area_page,
    changes_of,
    children,
    inside,
    last_name,
    latest_year,
    names_of,
    neighbourhoods_of,
    search,
    search_key,
    touched_by,
    working_areas_of,
    working_areas_with,
    years_of,
)
from buurtdraad.places.queries.city import city, city_code, city_name
from buurtdraad.places.queries.overlaps import overlaps
from buurtdraad.places.queries.points import area_at, forget_points

__all__ = [
    "AreaPage",
    "Drawn",
    "ancestors",
    "area_at",
    "area_in",
    "area_page",
    "changes_of",
    "children",
    "city",
    "city_code",
    "city_name",
    "forget_points",
    "inside",
    "last_name",
    "latest_year",
    "names_of",
    "neighbourhoods_of",
    "overlaps",
    "search",
    "search_key",
    "touched_by",
    "working_areas_of",
    "working_areas_with",
    "years_of",
]
