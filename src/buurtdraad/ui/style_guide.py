"""`/huisstijl/`: every component, chart and map, with made-up figures, so that builders and cities see what there is."""

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.ui import charts, csv, maps, pdf
from buurtdraad.ui.numbers import as_text

YEARS = (2016, 2018, 2020, 2022, 2024, 2026)
OWN = (6.4, 6.4, 6.5, None, 6.6, 6.8)
CITY = (7.0, 7.0, 7.1, 7.1, 7.2, 7.2)


class SampleForm(forms.Form):
    """One of each kind of field."""

    plan = forms.CharField(label=gettext_lazy("What is your plan called?"), max_length=80)
    what = forms.CharField(
        label=gettext_lazy("What are you going to do?"),
        help_text=gettext_lazy("Write it in your own words. A few sentences are enough. Mistakes in the language do not matter."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.ChoiceField(label=gettext_lazy("In which neighbourhood is it?"), choices=[("1", "Pijlsweerd"), ("2", "Ondiep")])
    who = forms.MultipleChoiceField(
        label=gettext_lazy("Who is it for?"),
        choices=[("1", gettext_lazy("Children")), ("2", gettext_lazy("Older people"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    talk = forms.ChoiceField(
        label=gettext_lazy("May we call you?"), choices=[("ja", gettext_lazy("Yes")), ("nee", gettext_lazy("No"))], widget=forms.RadioSelect
    )
    read = forms.BooleanField(label=gettext_lazy("I have read the rules"))


@allow(EVERYBODY)
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The page with everything on it."""
    pages = Paginator(range(230), 10)
    return render(request, "ui/style_guide.html", facts() | drawings() | {"page": pages.page(4)})


def facts() -> dict:
    return {
        "crumbs": [(_("Neighbourhoods"), "#"), ("Noordwest", "#")],
        "steps": [_("Told"), _("Looked at"), _("Chosen"), _("Busy"), _("Done")],
        "form": SampleForm({"plan": "Moestuin", "place": "1", "who": ["2"]}),
        "empty_form": SampleForm(),
        "head": [_("Year"), "Pijlsweerd", _("Whole city")],
        "rows": [(year, as_text(a, 1), as_text(b, 1)) for year, a, b in zip(YEARS, OWN, CITY, strict=True)],
        "icons": ICONS,
    }


ICONS = (
    "arrow", "book", "calendar", "check", "clock", "document", "download", "group", "heart", "home", "language", "leaf", "letter", "map",
    "menu", "money", "person", "phone", "pin", "search", "shield", "speak", "talk", "thumb", "warning", "wheelchair",
)  # fmt: skip


def drawings() -> dict:
    sentence = _("Residents give the neighbourhood a 6.8. That is more than in 2016.")
    return {
        "sparkline": charts.sparkline(OWN, beside=CITY, sentence=sentence),
        "line": charts.line(YEARS, OWN, label="Pijlsweerd", beside=CITY, beside_label=_("Whole city"), sentence=sentence, decimals=1),
        "one_point": charts.line([2026], [6.8], label="Pijlsweerd", sentence=sentence, decimals=1),
        "no_point": charts.line([], [], label="Pijlsweerd", sentence=sentence),
        "bar": charts.bar([("Pijlsweerd", 34.0), (_("Whole city"), 27.0), ("Ondiep", None)], own="Pijlsweerd", unit="%", sentence=sentence),
        "meter": charts.meter(0.61, sentence=_("61 percent of the money is divided.")),
        "map": maps.area_map(
            sample_shapes(),
            title=_("Mark of residents per neighbourhood"),
            current="B2",
            schematic=True,
            classes=[(1, _("below 6.8")), (2, _("6.8 to 7.1")), (3, _("7.1 to 7.4")), (4, _("7.4 and more"))],
        ),
        "empty_map": maps.area_map([maps.Shape("B9", "Terwijde", "#")], title=_("Map without boundaries")),
    }


def sample_shapes() -> list[maps.Shape]:
    """Six made-up blocks; one without a figure and one without a boundary."""
    names = ("Pijlsweerd", "Ondiep", "Zuilen", "Kanaleneiland", "Parkwijk", "Terwijde")
    values = (6.6, 6.8, 7.2, 7.5, 7.0, None)
    shapes = []
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        x, y = 2000 * (i % 3), 1500 * (i // 3)
        outline = f"M{x} {y + 100}L{x + 1800} {y}L{x + 2000} {y + 1400}L{x + 200} {y + 1500}Z"
        level = sum(value >= start for start in (0, 6.8, 7.1, 7.4)) if value else 0
        shapes.append(maps.Shape(f"B{i + 1}", name, f"#{i}", outline, level, as_text(value, 1) if value else _("no figure")))
    return [*shapes, maps.Shape("B7", "Leidsche Rijn", "#7", "", 0, _("no figure"))]


@allow(EVERYBODY)
@require_safe
def sample_pdf(request: HttpRequest) -> HttpResponse:
    """A letter as it leaves the house."""
    letter = {
        "title": _("An example of a letter"),
        "city": settings.CITY_NAME or "Voorbeeldstad",
        "demo": True,
        "to": ["Mevrouw A. Voorbeeld", "Molenplein 4"],
        "date": "1 december 2026",
        "paragraphs": [_("This is how a letter looks."), "#import *hostile* [markup] $x$ stays text"],
        "signature": [_("With kind regards,"), settings.CITY_NAME or "Voorbeeldstad"],
    }
    response = HttpResponse(pdf.render("ui/letter.typ", letter), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="voorbeeld.pdf"'
    return response


@allow(EVERYBODY)
@require_safe
def sample_csv(request: HttpRequest) -> HttpResponse:
    """A table as it is downloaded."""
    return csv.csv_response("voorbeeld", [_("Year"), "Pijlsweerd", _("Whole city")], zip(YEARS, OWN, CITY, strict=True))
