"""The name of the city, for the frame of every page."""

from django.http import HttpRequest

from buurtdraad.places.queries import city_name_when_shown
from buurtdraad.ui.context import city


def of_the_city(request: HttpRequest) -> dict:
    """How the city is called and reached; its name comes from the loaded municipality when no setting gives it."""
    return {"city": city() | {"name": city_name_when_shown()}}
