"""`/werk/budgetten/<slug>/codes/`: how many codes there are, and making letters and slips. Codes go out as a PDF, once."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets.access import MAKER, TYPIST, may_give_codes, may_help, visible_rounds
from buurtdraad.budgets.actions import codes as actions
from buurtdraad.budgets.actions import replacing
from buurtdraad.budgets.forms.codes import LettersForm, OneLetterForm, ReplaceForm, SlipsForm
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries import codes as queries
from buurtdraad.budgets.states import WITH_CODES, Channel
from buurtdraad.budgets.views.code_papers import letters_paper, slips_paper
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.asking import deed_page, done, form_page
from buurtdraad.ui.numbers import as_text


def round_of_codes(request: HttpRequest, slug: str, may: Callable[..., bool] = may_give_codes) -> BudgetRound:
    """A round of which somebody makes codes, or else helps people with theirs."""
    found = get_object_or_404(visible_rounds(me(request)).select_related("area", "sheet"), slug=slug)
    require(may(me(request), found))
    return found


def back_to(round_: BudgetRound) -> dict[str, str]:
    return {"back": reverse("budgets:codes", args=[round_.slug]), "to": _("Back to the codes"), "about": round_.name}


def back_to_round(round_: BudgetRound) -> dict[str, str]:
    return {"back": reverse("budgets:work_round", args=[round_.slug]), "to": round_.name}


@allow(MAKER)
@never_cache
@require_safe
def codes(request: HttpRequest, slug: str) -> HttpResponse:
    """Numbers only: whose a code is nobody knows."""
    round_ = round_of_codes(request, slug)
    channels, given = round_.sheet.channels, queries.given_out(round_)
    context = {
        "round": round_,
        "caption": _("Codes by the way in which people got them"),
        "head": [_("How"), _("Given"), _("Voted")],
        "rows": [
            (one.channel.label, as_text(one.number), _("too few to show") if one.voted is None else as_text(one.voted)) for one in given
        ],
        "batches": queries.batches_of(round_),
        "open": round_.stage in WITH_CODES,
        "by_post": Channel.POST in channels,
        "by_slip": bool({Channel.MEETING, Channel.HELP, Channel.PAPER} & set(channels)),
    }
    return render(request, "budgets/codes.html", context)


@allow(MAKER)
@never_cache
@require_form
@sensitive_post_parameters()
def make_letters(request: HttpRequest, slug: str) -> HttpResponse:
    """A letter for everybody on a list. The list is read and thrown away."""
    round_, at = round_of_codes(request, slug), timezone.now()
    form = LettersForm(posted(request), request.FILES or None, round_=round_, on=timezone.localdate(at))
    if form.is_valid():
        facts = {"area": form.chosen, "name": form.cleaned_data["name"], "organisations": form.organisations, "by": me(request), "at": at}

        def deed() -> HttpResponse:
            _batch, letters = actions.make_letters(round_, form.to, **facts)
            return letters_paper(round_, letters, organisations=form.organisations)

        if paper := paper_of(form, deed):
            return paper
    lead = _(
        "You get one file with all letters, once. Print it and throw the file away."
        " We keep no name and no code. Is the file lost? Then drop this pile and make it again."
    )
    return form_page(
        request, form, title=_("Make letters with codes"), lead=lead, send=_("Make the letters"), multipart=True, **back_to(round_)
    )  # fmt: skip


@allow(MAKER)
@never_cache
@require_form
def make_slips(request: HttpRequest, slug: str) -> HttpResponse:
    """Slips for a meeting, a help point, or ballots on paper."""
    round_, at = round_of_codes(request, slug), timezone.now()
    form = SlipsForm(posted(request), round_=round_)
    if form.is_valid():
        given = form.cleaned_data
        facts = {"channel": given["channel"], "area": form.chosen, "name": given["name"], "number": given["number"]}

        def deed() -> HttpResponse:
            _batch, letters = actions.make_batch(round_, **facts, by=me(request), at=at)
            return slips_paper(round_, letters)

        if paper := paper_of(form, deed):
            return paper
    lead = _("You get one file with all slips, once. Give one slip to each person who may vote, and cross them off your list.")
    return form_page(request, form, title=_("Make slips with codes"), lead=lead, send=_("Make the slips"), **back_to(round_))


@allow(TYPIST)
@never_cache
@require_form
@sensitive_post_parameters()
def one_letter(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody got no letter: because the register keeps them secret, or because it was lost."""
    round_, at = round_of_codes(request, slug, may_help), timezone.now()
    form = OneLetterForm(posted(request), round_=round_, on=timezone.localdate(at))
    if form.is_valid():
        paper = paper_of(
            form,
            lambda: letters_paper(
                round_, [replacing.letter_for(round_, form.addressee, area=form.chosen, by=me(request), at=at)]
            ),
        )  # fmt: skip
        if paper:
            return paper
    lead = _("Did this person have a letter that nobody used? Then its code works no more. We do not keep what you type here.")
    return form_page(request, form, title=_("A letter for one person"), lead=lead, send=_("Make the letter"), **back_to_round(round_))


@allow(TYPIST)
@never_cache
@require_form
def replace_code(request: HttpRequest, slug: str) -> HttpResponse:
    """A new code for a letter that cannot be read, or that others saw."""
    round_, at = round_of_codes(request, slug, may_help), timezone.now()
    form = ReplaceForm(posted(request))
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        if paper := paper_of(form, lambda: letters_paper(round_, [replacing.replace(round_, reference, by=me(request), at=at)])):
            return paper
    lead = _("The old code works no more. Did it vote already? Then it stays, and the same code can change the vote.")
    also = (reverse("budgets:one_letter", args=[slug]), _("There is no letter at all"))
    return form_page(request, form, title=_("Replace a code"), lead=lead, also=also, send=_("Make a new letter"), **back_to_round(round_))


@allow(MAKER)
@never_cache
@require_form
def drop_batch(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """The codes of a pile are worth nothing any more."""
    round_ = round_of_codes(request, slug)
    batch = get_object_or_404(round_.batches, uuid=uuid)
    if request.method == "POST":
        back = reverse("budgets:codes", args=[slug])
        return deed_page(
            request, back, lambda: actions.drop_batch(batch, by=me(request), at=timezone.now()), _("These codes work no more.")
        )
    lead = _("All codes of this pile stop working. Do this when the file or the letters are lost. It cannot be undone.")
    title = _("Drop '%(name)s'") % {"name": batch.name}
    return form_page(request, None, title=title, lead=lead, send=_("Drop this pile"), **back_to(round_))


def paper_of(form: BaseForm, deed: Callable[[], HttpResponse]) -> HttpResponse | None:
    """The paper of a deed, or None with what a rule said on the form. Paper that cannot be made takes its codes back."""
    made: list[HttpResponse] = []

    def both() -> None:
        with transaction.atomic():
            made.append(deed())

    return made[0] if done(form, both) else None
