"""`/werk/budgetten/<slug>/papier/`: paper ballots, typed by keyboard, one after another. The code is in what the form sends only."""

import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets import ballots
from buurtdraad.budgets.access import TYPIST, may_type_paper, visible_rounds
from buurtdraad.budgets.actions import paper as actions
from buurtdraad.budgets.actions.casting import AlreadyVoted, Closed, UnknownCode, takes_votes
from buurtdraad.budgets.actions.paper import Outcome
from buurtdraad.budgets.forms.paper import AsideForm, PaperForm
from buurtdraad.budgets.keys import NoKey
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries import casting
from buurtdraad.budgets.queries import paper as queries
from buurtdraad.budgets.queries.casting_words import all_words
from buurtdraad.budgets.states import AsideReason, Channel, RoundStage
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.asking import UNPROCESSABLE, deed_page


def round_on_paper(request: HttpRequest, slug: str) -> BudgetRound:
    """A round that takes paper, of who may type it."""
    found = queries.paper_round(visible_rounds(me(request)), slug)
    if found is None:
        raise Http404
    require(may_type_paper(me(request), found))
    if Channel.PAPER not in found.sheet.channels or found.stage != RoundStage.VOTING:
        raise Http404
    return found


def moment(round_: BudgetRound) -> datetime.datetime:
    return round_.now  # type: ignore[attr-defined]


@allow(TYPIST)
@never_cache
@require_form
@sensitive_post_parameters()
@sensitive_variables()
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Type one ballot after another; beside it what is done and what waits."""
    round_ = round_on_paper(request, slug)
    sheet = casting.ballot_sheet(round_, in_full=False)
    form = PaperForm(posted(request), sheet=sheet, initial={"pile": request.GET.get("stapel", "")[:40]})
    if request.method != "POST" or not form.is_valid():
        return page(request, round_, form)
    code, pile = form.cleaned_data["code"], form.cleaned_data["pile"]
    deed = actions.decide if request.POST.get("step") == "decide" else actions.type_ballot
    facts = {} if deed is actions.decide else {"pile": pile}
    try:
        outcome = deed(round_, code, form.marks, **facts, by=me(request), at=moment(round_))
    except UnknownCode:
        return aside_page(request, round_, form, AsideReason.UNKNOWN)
    except AlreadyVoted:
        return aside_page(request, round_, form, AsideReason.USED)
    except (Closed, NoKey) as refusal:
        form.add_error(None, str(refusal))
        return page(request, round_, form)
    if outcome == Outcome.UNDECIDED:
        return page(request, round_, form, undecided=True)
    say(request, outcome)
    if outcome in {Outcome.ONCE, Outcome.AGAIN, Outcome.DIFFERENT}:
        warn(request, round_, form)
    return redirect(f"{reverse('budgets:paper', args=[slug])}?{urlencode({'stapel': pile})}")


def page(request: HttpRequest, round_: BudgetRound, form: PaperForm, *, undecided: bool = False) -> HttpResponse:
    """The form with the piles beside it."""
    context = {
        "round": round_, "form": form, "undecided": undecided, "piles": queries.piles(round_, me(request)),
        "counted": queries.counted_on_paper(round_), "reasons": [(AsideReason.UNREADABLE, AsideReason.UNREADABLE.label),
        (AsideReason.INVALID, AsideReason.INVALID.label), (AsideReason.LATE, AsideReason.LATE.label)],
        "over": not takes_votes(round_, Channel.PAPER, moment(round_)),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors or undecided else 200
    return render(request, "budgets/paper.html", context, status=status)


@sensitive_variables()
def aside_page(request: HttpRequest, round_: BudgetRound, form: PaperForm, reason: AsideReason) -> HttpResponse:
    """This ballot cannot count: look once more, or lay it apart."""
    facts = {"round": round_, "code": form.cleaned_data["code"], "pile": form.cleaned_data["pile"], "reason": reason}
    return render(request, "budgets/paper_aside.html", facts, status=UNPROCESSABLE)


def say(request: HttpRequest, outcome: Outcome) -> None:
    """What became of it, and what to do with the paper."""
    words = {
        Outcome.ONCE: _("Saved. Somebody else types this ballot too."),
        Outcome.AGAIN: _("You typed this ballot before. Now it says what you typed last."),
        Outcome.COUNTED: _("Two people typed the same. This ballot counts."),
        Outcome.DIFFERENT: _("This is not the same as what the other person typed. Put it with the ballots for a third person."),
        Outcome.INVALID: _("Two people typed the same, and it is against the rules. It is set aside. Put it with those."),
    }
    tell = messages.success if outcome in (Outcome.ONCE, Outcome.AGAIN, Outcome.COUNTED) else messages.warning
    tell(request, words[outcome])


def warn(request: HttpRequest, round_: BudgetRound, form: PaperForm) -> None:
    """What was typed is against the rules: a mistake in typing can be mended at once."""
    sheet = form.sheet
    chosen = {part: found for part, found in form.marks.items() if found}
    if problems := ballots.problems(sheet.rules, sheet.printed, chosen):
        words = " ".join(all_words(problems, sheet.rules, sheet.titles))
        messages.warning(
            request,
            _("Look again: %(words)s Does it stand like that on the paper? Then leave it so. This ballot does not count.")
            % {"words": words},
        )


@allow(TYPIST)
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def set_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """Lay a ballot apart, or take one back that was laid apart by mistake."""
    round_ = round_on_paper(request, slug)
    form = AsideForm(request.POST)
    back = reverse("budgets:paper", args=[slug])
    if not form.is_valid():
        messages.error(request, _("Say of which pile it is, and why it does not count."))
        return redirect(back)
    facts = {"pile": " ".join(form.cleaned_data["pile"].split()), "reason": form.cleaned_data["reason"], "by": me(request)}
    back = f"{back}?{urlencode({'stapel': facts['pile']})}"
    if request.POST.get("deed") == "back":
        return deed_page(request, back, lambda: actions.take_back_aside(round_, **facts, at=timezone.now()), _("Taken back. Type it now."))
    code = form.cleaned_data["code"]
    return deed_page(request, back, lambda: actions.set_aside(round_, **facts, code=code, at=timezone.now()), _("Set aside and counted."))
