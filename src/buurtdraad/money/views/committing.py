"""One promise: what it is for, what was paid of it, and setting it free, owing of it or writing down that somebody paid back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.plain import one_plain_line
from buurtdraad.money.access import KEEPER, LOOKER, PAYER, may_keep, may_pay
from buurtdraad.money.actions.committing import commit, release
from buurtdraad.money.actions.paying import owe, paid_back
from buurtdraad.money.forms.committing import CommitForm
from buurtdraad.money.forms.pots import MoveForm, OweForm
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.queries.payments import under_way
from buurtdraad.money.queries.works import area_for, works_for
from buurtdraad.money.states import Kind
from buurtdraad.ui.asking import done, form_page

LONGEST_WORDS = 100


def promise_here(uuid) -> Commitment:
    found = Commitment.objects.select_related("pot__area", "area", "initiative", "agreement", "work", "reservation")
    return get_object_or_404(found, uuid=uuid)


def path_of(promise: Commitment) -> str:
    return reverse("money:promise", args=[promise.uuid])


def by_hand(promise: Commitment) -> bool:
    """Whether finance itself pays of it: of a grant the fund says what is owed."""
    return promise.kind != Kind.GRANT


@never_cache
@allow(LOOKER)
@require_safe
def promise(request: HttpRequest, uuid) -> HttpResponse:
    found = promise_here(uuid)
    waiting = under_way(found)
    context = {
        "promise": found,
        "waiting": waiting,
        "left": found.amount - found.paid - waiting,
        "entries": list(found.entries.all()),
        "payments": list(found.payments.all()),
        "keeps": may_keep(me(request), found.pot.area),
        "pays": may_pay(me(request)) and by_hand(found),
    }
    return render(request, "money/promise.html", context)


@never_cache
@allow(KEEPER)
@require_form
def set_free(request: HttpRequest, uuid) -> HttpResponse:
    found = promise_here(uuid)
    require(may_keep(me(request), found.pot.area))
    return moved(request, found, release, _("Set money free again"))


@never_cache
@allow(PAYER)
@require_form
def give_back(request: HttpRequest, uuid) -> HttpResponse:
    found = promise_here(uuid)
    if not by_hand(found):
        raise Http404
    return moved(request, found, paid_back, _("Somebody paid money back"))


@never_cache
@allow(KEEPER)
@require_form
def commit_to_work(request: HttpRequest, uuid) -> HttpResponse:
    """Money of a pot for a project of the municipality; `?q=` offers those with these words in their name."""
    pot = get_object_or_404(Pot.objects.select_related("area"), uuid=uuid)
    require(may_keep(me(request), pot.area))
    q = one_plain_line(request.GET.get("q", ""))[:LONGEST_WORDS]
    form = CommitForm(posted(request), works=works_for(pot), words=q)
    back = reverse("money:pot", args=[pot.uuid])
    if request.method == "POST" and form.is_valid():
        work, given = form.cleaned_data["work"], form.cleaned_data
        facts = {"amount": given["amount"], "words": given["words"], "by": me(request), "at": timezone.now()}
        if done(form, lambda: commit(pot, work=work, kind=Kind.WORK, area=area_for(pot, work), **facts)):
            messages.success(request, _("The money is committed to: %(work)s") % {"work": work.title})
            return redirect(back)
    facts = {"title": _("Commit money to a project"), "about": str(pot), "back": back, "q": q, "searches": q or form.more}
    return form_page(request, form, template="money/commit_to_work.html", **facts)


def moved(request: HttpRequest, promise: Commitment, deed, title: str) -> HttpResponse:
    form = MoveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: deed(promise, given["amount"], why=given["why"], by=me(request), at=timezone.now())):
            messages.success(request, _("This is written in the ledger."))
            return redirect(path_of(promise))
    return form_page(request, form, title=title, about=str(promise.pot), back=path_of(promise))


@never_cache
@allow(PAYER)
@require_form
def owe_bill(request: HttpRequest, uuid) -> HttpResponse:
    """A bill for an agreement comes among what is to be paid."""
    found = promise_here(uuid)
    if not by_hand(found):
        raise Http404
    form = OweForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: owe(found, **given, card=False, by=me(request), at=timezone.now())):
            messages.success(request, _("This stands among what is to be paid."))
            return redirect(path_of(found))
    return form_page(request, form, title=_("Pay a bill"), about=str(found.pot), back=path_of(found))
