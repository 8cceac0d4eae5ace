"""The neighbourhoods that somebody can choose from."""

from buurtdraad.accounts.access import Reach
from buurtdraad.places import queries as places


def neighbourhoods(reach: Reach | None = None) -> list[tuple[str, str]]:
    """Code and name of the neighbourhoods of the city (in this reach), by name. Two queries at most."""
    city = places.city_code()
    found = places.neighbourhoods_of(city) if city else []
    return sorted(((one.code, one.name) for one in found if reach is None or one.code in reach), key=lambda pair: pair[1])
