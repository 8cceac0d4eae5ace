"""`/werk/fonds/evaluatie/`: how the fund worked in five years, to read, as a table and as a document to publish (Awb 4:24)."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.fund import access
from buurtdraad.fund.queries import evaluating as queries
from buurtdraad.fund.queries.rules import our_scheme
from buurtdraad.lib.access import allow
from buurtdraad.places.queries import city_name
from buurtdraad.ui import pdf
from buurtdraad.ui.csv import Cell, csv_response
from buurtdraad.ui.euros import euros
from buurtdraad.ui.numbers import as_text

A_YEAR = re.compile(r"20[0-9]{2}")


@allow(access.FUND_STAFF)
@never_cache
@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    """The numbers by year, each with how it was counted."""
    found = asked_for(request)
    context = {
        "found": found,
        "head": head(found),
        "parts": [(title, [((line.name, ""), *line.texts) for line in lines], lines) for title, lines in found.parts],
        "area_head": area_head(),
        "areas": [((one.name, ""), *area_texts(one)) for one in found.areas],
        "before": found.years[-1] - 1,
        "crumbs": [(_("Requests for money"), reverse("fund:worklist"))],
    }
    return render(request, "fund/evaluation.html", context)


@allow(access.FUND_STAFF)
@never_cache
@require_safe
def evaluation_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers, one row for each."""
    found = asked_for(request)
    rows: list[list[Cell]] = [[title, line.name, line.how, *line.values, line.total] for title, lines in found.parts for line in lines]
    empty: list[Cell] = [None] * len(found.years)
    for one in found.areas:
        for name, value in zip(area_head()[1:], (one.received, one.granted, one.amount, one.inhabitants, one.a_head), strict=True):
            rows.append([one.name, name, area_how(), *empty, value])
    return csv_response(file_name(found), [_("Part"), _("What"), _("How it was counted"), *map(str, found.years), _("Together")], rows)


@allow(access.FUND_STAFF)
@never_cache
@require_safe
def evaluation_pdf(request: HttpRequest) -> HttpResponse:
    """The same numbers as a document that can be published."""
    found = asked_for(request)
    facts = {
        "city": str(city_name()), "title": title_of(found), "demo": settings.DEMO,
        "lead": _("Counted on %(day)s.") % {"day": date_format(found.made_on, "j F Y")} + " " + counted_by(),
        "head": head(found),
        "parts": [
            {"title": title, "rows": [{"name": line.name, "how": line.how, "cells": line.texts} for line in lines]}
            for title, lines in found.parts
        ],
        "area_title": _("By part of the city"), "area_how": area_how(), "area_head": area_head(),
        "areas": [[one.name, *area_texts(one)] for one in found.areas],
    }  # fmt: skip
    response = HttpResponse(pdf.render("fund/evaluation.typ", facts), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(found)}.pdf"'
    return response


def asked_for(request: HttpRequest) -> queries.Evaluation:
    """The five years until and with the year in the address, or this year. 404 while no fund is loaded."""
    scheme, today = our_scheme(), timezone.localdate()
    if scheme is None:
        raise Http404
    asked = request.GET.get("tot", "")
    year = int(asked) if A_YEAR.fullmatch(asked) else today.year
    return queries.evaluation(scheme, year, today=today)


def title_of(found: queries.Evaluation) -> str:
    facts = {"fund": found.scheme.name, "first": found.years[0], "last": found.years[-1]}
    return _("How '%(fund)s' worked from %(first)s until and with %(last)s") % facts


def file_name(found: queries.Evaluation) -> str:
    return f"evaluatie-{found.scheme.slug}-{found.years[0]}-{found.years[-1]}"


def counted_by() -> str:
    return _("A request is counted in the year in which it came in.")


def head(found: queries.Evaluation) -> list[str]:
    return [_("What"), *map(str, found.years), _("Together")]


def area_head() -> list[str]:
    return [_("Area"), _("Received"), _("Plans with money"), _("Euros granted"), _("Inhabitants"), _("Euros for each inhabitant")]


def area_texts(one: queries.AreaLine) -> list[str]:
    return [as_text(one.received), as_text(one.granted), euros(one.amount), as_text(one.inhabitants), euros(one.a_head)]


def area_how() -> str:
    return _("By the area of the plan, over all years. Inhabitants: the last number of Statistics Netherlands.")
