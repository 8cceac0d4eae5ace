"""Works to which money of a pot can go."""

from buurtdraad.money.models import Pot
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.works.models import Work
from buurtdraad.works.models.sheets import WorkQuerySet
from buurtdraad.works.queries.works import in_areas


def codes_of(pot: Pot) -> set[str] | None:
    """The areas for which a pot is: its own and what lies in it; None for the whole city."""
    return None if pot.area.code == places.city_code() else {pot.area.code} | places.inside([pot.area.code])[pot.area.code]


def works_for(pot: Pot) -> WorkQuerySet:
    """The projects that go on in the area of a pot, by title."""
    return in_areas(codes_of(pot), public=False).open().projects().order_by("title", "pk")


def area_for(pot: Pot, work: Work) -> Area:
    """Where money of a pot for a work goes: the first area of the work that the pot is for, else that of the pot."""
    codes = codes_of(pot)
    areas = (one.area for one in work.work_areas.select_related("area"))
    return next((area for area in areas if codes is None or area.code in codes), pot.area)
