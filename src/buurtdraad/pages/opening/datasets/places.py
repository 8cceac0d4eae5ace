"""Areas and figures."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from buurtdraad.figures.models import Measurement, Missing
from buurtdraad.figures.queries.indicator import measurements_shown
from buurtdraad.pages.opening.columns import NOT_KNOWN, page_of
from buurtdraad.pages.opening.table import CC_BY, Column, Dataset
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.queries import city_code, last_name

AREA = _("Code of the area: of CBS, or our own name for a working area.")


def areas_of_the_city() -> QuerySet[AreaYear]:
    """The municipality, its districts and neighbourhoods, and its working areas, in every year that we know."""
    code = city_code()
    ours = Q(area__code=code) | Q(municipality__code=code) | Q(area__kind=Kind.WORKING_AREA)
    return AreaYear.objects.filter(ours).order_by("-year", "area__code")


def figures() -> QuerySet[Measurement]:
    return measurements_shown().order_by("area__code", "indicator__position", "year")


AREAS = Dataset(
    "gebieden",
    _("Areas"),
    _("The municipality, its districts and neighbourhoods, and the working areas in which we work together."),
    "REGI",
    (
        Column("code", AREA, "area__code"),
        page_of("pages:area", "area__code"),
        Column("year", _("The year in which the area was so. Code and year belong together.")),
        Column("name", _("The name of the area in that year.")),
        Column("kind", _("What kind of area it is."), "area__kind", values=Kind),
        Column("parent", _("The code of the area in which it lies."), "parent__code", empty=_("it lies in no other area")),
        Column("municipality", _("The code of the municipality."), "municipality__code"),
        Column("hectares", _("How much land it has."), "area_ha", unit=_("hectares"), empty=NOT_KNOWN),
        Column("longitude", _("A point inside the area."), unit=_("degrees (WGS84)"), empty=NOT_KNOWN),
        Column("latitude", _("A point inside the area."), unit=_("degrees (WGS84)"), empty=NOT_KNOWN),
        Column("schematic", _("Whether its border is a drawing of ours, and not the real one (1 or true).")),
        Column("source", _("Where its border comes from."), empty=NOT_KNOWN),
    ),
    areas_of_the_city,
    ("loaded_at",),
    shape="boundary",
    licence=CC_BY._replace(credit="CBS/Kadaster"),
)
FIGURES = Dataset(
    "cijfers",
    _("Figures"),
    _("Every figure of every area and year that stands on this website, with its source."),
    "SOCI",
    (
        Column("area", AREA, "area__code"),
        Column("area_name", _("The last name of the area."), last_name("area")),
        Column("indicator", _("Which figure it is, as in its address here."), "indicator__code"),
        page_of("pages:indicator", "indicator__code"),
        Column("name", _("The name of the figure, in Dutch."), "indicator__name"),
        Column("year", _("The year to which the figure belongs.")),
        Column("value", _("The figure itself. Zero is a value."), unit=_("see the column unit"), empty=_("see the column missing")),
        Column("missing", _("Why there is no figure."), values=Missing, empty=_("there is a figure")),
        Column("unit", _("In what it is counted, in Dutch."), "indicator__unit", empty=_("a number")),
        Column("source", _("Who made the figure."), "origin__source"),
        Column("source_table", _("The table of the source."), "origin__table", empty=NOT_KNOWN),
        Column("licence", _("Under which licence the source gives it."), "indicator__licence"),
    ),
    figures,
    ("origin__loaded_at",),
    licence=CC_BY,
)
