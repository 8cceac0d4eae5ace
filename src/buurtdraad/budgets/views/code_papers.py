"""Letters and slips with codes, as PDF in Dutch. They are made while somebody waits, given out once, and kept nowhere.

A process of its own makes them and is gone then: a thousand letters need some hundred MB, and no code stays in the memory of others.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.agendas.meetings.queries.calendars import host
from buurtdraad.agendas.meetings.views.documents import drawn
from buurtdraad.budgets.actions.codes import Letter
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.secrecy import reference_words
from buurtdraad.places.queries import city_name
from buurtdraad.ui import pdf

DUTCH = "nl"


def letters_paper(round_: BudgetRound, letters: Sequence[Letter], *, organisations: bool = False) -> HttpResponse:
    """One letter a page."""
    with override(DUTCH):
        return given_once(
            pdf.render_alone("budgets/code_letters.typ", letter_facts(round_, letters, organisations=organisations)), "brieven"
        )


def slips_paper(round_: BudgetRound, letters: Sequence[Letter]) -> HttpResponse:
    """Eight slips on a sheet, to cut."""
    with override(DUTCH):
        return given_once(pdf.render_alone("budgets/code_slips.typ", slip_facts(round_, letters)), "briefjes")


def given_once(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def common_facts(round_: BudgetRound, letters: Sequence[Letter]) -> dict[str, Any]:
    """What letters and slips both say. The picture holds the address only: a code never stands in an address."""
    path = reverse("budgets:vote_in", args=[round_.slug])
    short = host() + reverse("budgets:vote")
    return {
        "title": _("Your code to vote"),
        "letters": [
            {"to": list(one.to), "code": one.code, "reference": reference_words(one.reference)} for one in letters
        ],
        "code_word": _("Your code"),
        "reference_word": _("Number of this letter"),
        "short": short,
        "qr": drawn(settings.SITE_URL + path),
        "alt": _("Picture of the address %(short)s") % {"short": short},
        "city": city_name(),
        "demo": settings.DEMO,
    }  # fmt: skip


def days_of(round_: BudgetRound) -> dict[str, str]:
    """From when until when people vote, as a letter says it."""
    sheet = round_.sheet
    return {
        "first": date_format(localtime(sheet.vote_from), "j F Y") if sheet.vote_from else "",
        "last": date_format(localtime(sheet.vote_until), "j F Y, H:i") if sheet.vote_until else "",
    }


def letter_facts(round_: BudgetRound, letters: Sequence[Letter], *, organisations: bool) -> dict[str, Any]:
    """All that a letter says."""
    facts, days = common_facts(round_, letters), days_of(round_)
    intro = (
        _("Your organisation may vote once: %(round)s. Which plans get money?")
        if organisations
        else _("You may vote: %(round)s. Which plans get money? You choose.")
    )
    phone = settings.CITY_PHONE
    return facts | {
        "intro": f"{intro % {'round': round_.name}} {_('You can vote from %(first)s until %(last)s.') % days}",
        "steps": [
            _("Go to %(short)s, or point your telephone at the picture.") % {"short": facts["short"]},
            _("Type your code."),
            _("Choose your plans, look again, and send your vote."),
        ],
        "change": _("Do you want to change your vote? Type your code again. You can do that until the last day."),
        "secret": _("This code is a secret. Nobody can see what you voted. Give it to nobody."),
        "help": " ".join(
            part
            for part in (
                _("Would you rather vote on paper, or do you want help?"),
                _("Call %(phone)s.") % {"phone": phone} if phone else "",
                _("Walk in: %(place)s") % {"place": settings.CITY_WALK_IN} if settings.CITY_WALK_IN else "",
            )
            if part
        ),
        "lost": _("Is your code hard to read? Call us and say this number. Never say your code."),
    }


def slip_facts(round_: BudgetRound, letters: Sequence[Letter]) -> dict[str, Any]:
    """All that a slip says."""
    facts, days = common_facts(round_, letters), days_of(round_)
    return facts | {
        "title": round_.name,
        "go": _("Go to %(short)s and type your code.") % {"short": facts["short"]},
        "until": _("You can vote until %(last)s.") % days,
        "help": _("Help? Call %(phone)s.") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
    }
