"""The steps of the five-minute story that can be walked today. Each part of the product adds its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.running.demo.cast import BY_SLUG


@dataclass(frozen=True)
class Step:
    """A step: what to do, where (an URL name with its arguments) and through whose eyes (a slug of the cast, or anyone)."""

    title: str | Promise
    do: str | Promise
    url_name: str
    url_arguments: tuple[str, ...] = ()
    role: str = ""

    @property
    def name(self) -> str:
        """How who one looks as is called; empty for anyone."""
        return BY_SLUG[self.role].name if self.role else ""


STORY = (
    Step(
        _("What is going on in your neighbourhood?"),
        _("Type Geuzenwijk in the search field. You come to the page of that neighbourhood."),
        "pages:home",
    ),
    Step(
        _("One page for each neighbourhood"),
        _("Read one sentence and three figures, each with its source and year. Press Read aloud to hear the page."),
        "pages:area",
        ("BU03440241",),
    ),
    Step(
        _("The area of a neighbourhood agenda"),
        _("Zuilen-Oost is made of three neighbourhoods. It has a page of its own."),
        "pages:area",
        ("zuilen-oost",),
    ),
    Step(
        _("One figure on the map"),
        _("See one figure for all neighbourhoods, on a map and in a list."),
        "pages:indicator",
        ("corporatiewoningen",),
    ),
    Step(
        _("Somebody waits for a call"),
        _("Joris sees on his work page whom to call. Open the call about a bench and press Called: the phone number is gone."),
        "pages:work",
        role="joris",
    ),
)
