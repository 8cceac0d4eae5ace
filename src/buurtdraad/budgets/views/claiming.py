"""`/budgetten/<slug>/stemcode/`: how one gets a code, asking for one by e-mail, and getting it: shown once, and mailed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.budgets.actions import claiming
from buurtdraad.budgets.actions.codes import Letter
from buurtdraad.budgets.forms.claiming import AskCodeForm, DeclareForm
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.states import Channel, RoundStage
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE, done, said


def round_with_codes(slug: str) -> BudgetRound:
    """A round that was announced; 404 for any other."""
    found = BudgetRound.objects.public().select_related("area", "sheet").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@never_cache
@allow(EVERYBODY)
@require_form
@sensitive_post_parameters("email")
def ask_code(request: HttpRequest, slug: str) -> HttpResponse:
    """All ways to a code, with the form where the rules have e-mail."""
    round_ = round_with_codes(slug)
    by_mail = Channel.EMAIL in round_.sheet.channels and is_open(round_)
    if request.method == "POST":
        limited_address("voting code asked", request)
    form = AskCodeForm(posted(request), round_=round_) if by_mail else None
    if form and form.is_valid():
        email, declared = form.cleaned_data["email"], form.declared
        if done(form, lambda: claiming.mail_link(request, round_, email, declared, at=timezone.now())):
            says = _("We sent you a mail. Press the button in it, then you see your code. No mail? Look in your spam, or call us.")
            return said(request, _("Look in your mail"), says)
    context = {
        "round": round_,
        "form": form,
        "open": is_open(round_),
        "by_post": Channel.POST in round_.sheet.channels,
        "by_broker": Channel.BROKER in round_.sheet.channels and is_open(round_) and bool(claiming.brokers()),
    }
    return render(request, "budgets/ask_code.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def is_open(round_: BudgetRound) -> bool:
    """Whether people vote now."""
    until = round_.sheet.vote_until
    return round_.stage == RoundStage.VOTING and (until is None or timezone.now() < until)


@never_cache
@allow(EVERYBODY)
@require_form
@sensitive_variables("letter")
def get_code(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The link of the mail: opening changes nothing, the button makes the code."""
    round_, at = round_with_codes(slug), timezone.now()
    try:
        if request.method == "POST":
            letter, address = claiming.claim_by_mail(round_, token, at=at)
            return code_page(request, round_, letter, mailed=claiming.mail_code(address, round_, letter, at=at))
        claiming.asked(round_, token, at=at)
    except BadLink as problem:
        again = reverse("budgets:claim", args=[slug])
        return said(request, _("This link does not work"), str(problem), status=410, back=again, go=_("Ask for a code again"))
    except Refused as refusal:
        return refused(request, round_, refusal)
    return render(request, "budgets/get_code.html", {"round": round_})


@allow(SIGNED_IN)
@never_cache
@require_form
@sensitive_variables("letter")
def broker_code(request: HttpRequest, slug: str) -> HttpResponse:
    """A code for who signed in by a broker: shown once."""
    round_, at = round_with_codes(slug), timezone.now()
    form = DeclareForm(posted(request), round_=round_)
    if form.is_valid():
        try:
            return code_page(request, round_, claiming.claim_by_broker(round_, me(request), form.declared, at=at), mailed=None)
        except Refused as refusal:
            return refused(request, round_, refusal)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "budgets/broker_code.html", {"round": round_, "form": form}, status=status)


def code_page(request: HttpRequest, round_: BudgetRound, letter: Letter, *, mailed: bool | None) -> HttpResponse:
    """The code, once. `mailed` is whether it went out by mail too; None where it was not tried."""
    return render(request, "budgets/your_code.html", {"round": round_, "code": letter.code, "mailed": mailed})


def refused(request: HttpRequest, round_: BudgetRound, refusal: Refused) -> HttpResponse:
    """Why there is no code."""
    return said(
        request, _("You get no new code"), str(refusal), status=409, back=reverse("budgets:vote_in", args=[round_.slug]), go=_("Vote")
    )  # fmt: skip
