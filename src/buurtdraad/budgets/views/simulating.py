"""`/werk/budgetten/<round>/proberen/`: the same votes under two rules, before a rule is chosen. What is sent is counted and not kept."""

import datetime
import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets import access
from buurtdraad.budgets.forms.simulating import SimulateForm
from buurtdraad.budgets.queries.counted import election_of
from buurtdraad.budgets.queries.simulating import Comparison, compare, parts_to_try
from buurtdraad.budgets.tally.election import Election, WrongElection
from buurtdraad.budgets.tally.pabulib_lines import Malformed
from buurtdraad.budgets.views.pieces import crumbs_to, made_by_me
from buurtdraad.lib.access import allow
from buurtdraad.lib.limits import limited
from buurtdraad.ui.asking import UNPROCESSABLE
from buurtdraad.ui.euros import euros
from buurtdraad.ui.numbers import as_text

HOUR = datetime.timedelta(hours=1)
MOST_TRIES = 60  # an hour: a count takes seconds of a busy machine
MOST_BALLOTS = 200_000


@allow(access.MAKER)
@never_cache
@require_form
def simulate(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which votes and which two rules; then show both outcomes side by side."""
    found = made_by_me(request, slug)
    form = SimulateForm(posted(request), request.FILES or None, sheet=found.sheet)
    compared = None
    if request.method == "POST" and form.is_valid():
        limited("simulate a count", str(me(request).uuid), most=MOST_TRIES, within=HOUR)
        compared = counted(form)
    context = {
        "round": found,
        "form": form,
        "compared": compared,
        "tables": tables(compared) if compared else None,
        "any_rounds": parts_to_try().exists(),
        "crumbs": crumbs_to(found),
    }
    return render(request, "budgets/simulate.html", context, status=UNPROCESSABLE if form.errors else 200)


def counted(form: SimulateForm) -> Comparison | None:
    """The comparison; None with the reason on the form where the votes cannot be counted."""
    part, file = form.cleaned_data["part"], form.cleaned_data["file"]
    try:
        election = election_of(part) if part else election_in(file)
        if len(election.ballots) > MOST_BALLOTS:
            form.add_error("file", _("This file has too many votes to try here. At most %(number)s.") % {"number": as_text(MOST_BALLOTS)})
            return None
        return compare(election, form.rule("first"), form.rule("second"))
    except Malformed as wrong:
        form.add_error("file", unreadable(wrong.line))
    except WrongElection:
        form.add_error("file" if file else "part", _("These votes cannot be counted: a number in them is wrong or too large."))
    return None


def unreadable(line: int) -> str:
    """Where a file goes wrong; what exactly is for who makes such files, and `./run tally` says it."""
    if not line:
        return _("This file cannot be read. Is it a Pabulib file (.pb)? Choose another one.")
    return _("This file cannot be read: line %(line)s is wrong. Is it a Pabulib file (.pb)? Mend that line, or choose another file.") % {
        "line": line
    }


def election_in(file: UploadedFile) -> Election:
    """The election in a file that was sent. Raises `Malformed`."""
    from buurtdraad.budgets.tally.pabulib import read  # noqa: PLC0415 (numpy: only where a file is read)

    with tempfile.NamedTemporaryFile(suffix=".pb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        return read(kept.name).election


def tables(compared: Comparison) -> dict[str, Any]:
    """The two outcomes in numbers, and the plans that win under one of them."""
    first, second = compared.first, compared.second
    yes, no = _("yes"), _("no")
    return {
        "head": [_("What we look at"), first.name, second.name],
        "numbers": [
            (_("Plans that win"), as_text(len(first.winners)), as_text(len(second.winners))),
            (_("Spent"), euros(first.spent), euros(second.spent)),
            (_("Part of the budget"), percent(first.share_spent), percent(second.share_spent)),
            (_("Voters without any winning plan"), without(first), without(second)),
            (_("Winning plans for each voter"), as_text(first.wins, 2), as_text(second.wins, 2)),
        ],
        "plans_head": [_("Plan"), _("Costs"), _("Votes"), first.name, second.name],
        "plans": [
            (row.name, euros(row.cost), as_text(row.votes), yes if row.first else no, yes if row.second else no) for row in compared.rows
        ],
    }


def without(one) -> str:
    return f"{as_text(one.without)} ({percent(one.share_without)})"


def percent(share: float) -> str:
    return f"{as_text(share * 100, 1)}%"
