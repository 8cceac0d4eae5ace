"""Columns that many datasets have, so that the same thing has the same name and the same meaning everywhere."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.lib.without_contacts import without_contacts
from buurtdraad.pages.opening.table import Column, page
from buurtdraad.places.queries import last_name

EUROS = _("euros")
MANY = _("a list: parted by | in CSV")
NOT_KNOWN = _("not known")
STILL_OPEN = _("it goes on until further notice")

LONGITUDE = Column("longitude", _("Where it is on the map, rounded to the street."), unit=_("degrees (WGS84)"), empty=NOT_KNOWN)
LATITUDE = replace(LONGITUDE, name="latitude")
POINT = (LONGITUDE, LATITUDE)
THEME = Column("theme", _("Which theme it belongs to."), values=Theme)


def area_of(path: str = "area") -> tuple[Column, Column]:
    """The code and the name of the area of a row."""
    return (
        Column("area", _("Code of the area: of CBS, or our own name for a working area."), f"{path}__code"),
        Column("area_name", _("The last name of the area."), last_name(path)),
    )


def page_of(name: str, of: object) -> Column:
    """The address of its page here."""
    return Column("url", _("Its page on this website."), of, shown=page(name))


def text(name: str, means: object, of: object = "", *, empty: object = "") -> Column:
    """Words that people wrote."""
    return Column(name, means, of, empty=empty, shown=lambda told: without_contacts(told) if told else told)  # type: ignore[arg-type]


def many(name: str, means: object, of: object) -> Column:
    """A list in one cell."""
    return Column(name, means, of, unit=MANY)  # type: ignore[arg-type]
