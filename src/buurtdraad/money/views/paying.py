"""What is to be paid, for finance: one payment, payment lists with a second person, their files, and what was paid."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.queries.people import names_of
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.access import PAYER, duty_of
from buurtdraad.money.actions import listing, paying
from buurtdraad.money.actions.taking_in import COLUMNS, take_in
from buurtdraad.money.forms.pots import AccountForm, WhyForm
from buurtdraad.money.models import Payment, PaymentList
from buurtdraad.money.queries import payments as queries
from buurtdraad.money.queries.sepa import pain001, payable
from buurtdraad.money.states import ListStage, PaymentStage
from buurtdraad.ui.asking import deed_page, done, form_page
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.importing import TableImport, import_page

ON_A_PAGE = 50


@never_cache
@allow(PAYER)
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """What is due, page by page, what came back, and the last lists. No account stands here."""
    together = queries.due_together()
    pages = Paginator(queries.with_what_for(PaymentStage.DUE), ON_A_PAGE)
    pages.count = together.number
    page = pages.get_page(request.GET.get("page"))
    bounced = list(queries.with_what_for(PaymentStage.BOUNCED)[: ON_A_PAGE + 1])
    context = {
        "page": page,
        "due": list(page),
        "together": together,
        "bounced": bounced[:ON_A_PAGE],
        "more_bounced": len(bounced) > ON_A_PAGE,
        "lists": list(queries.lists()),
        "today": timezone.localdate(),
    }
    return render(request, "money/payments.html", context)


@allow(PAYER)
@require_POST
def make_list(request: HttpRequest) -> HttpResponse:
    """A list of what is ticked on the page; or of all pages, without what was shown on this one and is not ticked."""
    chosen, shown = (uuids_of(request.POST.getlist(name)) for name in ("payment", "shown"))
    seen, person, now = request.POST.get("all", ""), me(request), timezone.now()
    try:
        if seen:
            made = listing.make_list_of_all(seen, without=shown - chosen, by=person, at=now)
        else:
            made = listing.make_list(list(Payment.objects.filter(uuid__in=chosen)), by=person, at=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("money:payments")
    messages.success(request, _("The list is made. A colleague says yes to it."))
    return redirect("money:payment_list", made.uuid)


def uuids_of(texts: Iterable[str]) -> set[UUID]:
    """Those that are one; nonsense is as if it were not there."""
    found = set()
    for text in texts:
        with suppress(ValueError):
            found.add(UUID(text))
    return found


# --- one payment ----------------------------------------------------------------------------------


def payment_here(uuid) -> Payment:
    found = Payment.objects.select_related(
        "commitment__pot__area", "commitment__area", "commitment__initiative", "commitment__agreement", "commitment__work"
    )
    return get_object_or_404(found.select_related("listed"), uuid=uuid)


def look(request: HttpRequest, thing: str) -> None:
    """Accounts of people are seen: that is written down."""
    record_look(room="money", thing=thing, by=me(request).uuid, at=timezone.now(), duty=duty_of(me(request)))


@never_cache
@allow(PAYER)
@require_safe
def payment(request: HttpRequest, uuid) -> HttpResponse:
    found = payment_here(uuid)
    look(request, found.thing)
    with_finance = found.stage == PaymentStage.ORDERED and found.listed and found.listed.stage == ListStage.SENT
    context = {
        "payment": found,
        "may_cancel": found.stage in (PaymentStage.DUE, PaymentStage.BOUNCED),
        "may_go_again": found.stage == PaymentStage.BOUNCED,
        "may_bounce": with_finance or found.stage == PaymentStage.PAID,
    }
    return render(request, "money/payment.html", context)


@never_cache
@allow(PAYER)
@require_form
def cancel(request: HttpRequest, uuid) -> HttpResponse:
    found = payment_here(uuid)
    return with_reason(request, found, partial(paying.cancel, found, by=me(request), at=timezone.now()), _("Do not pay this"))


@never_cache
@allow(PAYER)
@require_form
def bounce(request: HttpRequest, uuid) -> HttpResponse:
    """The bank sent it back, written down by hand."""
    found = payment_here(uuid)
    if found.listed is None or found.listed.stage != ListStage.SENT:
        raise Http404
    return with_reason(request, found, partial(paying.bounce, found, by=me(request), at=timezone.now()), _("It came back"))


def with_reason(request: HttpRequest, payment: Payment, deed, title: str) -> HttpResponse:
    form, back = WhyForm(posted(request)), reverse("money:payment", args=[payment.uuid])
    if request.method == "POST" and form.is_valid() and done(form, lambda: deed(why=form.cleaned_data["why"])):
        messages.success(request, _("This is kept."))
        return redirect(back)
    return form_page(request, form, title=title, about=payment.reference, back=back)


@never_cache
@allow(PAYER)
@require_form
def pay_again(request: HttpRequest, uuid) -> HttpResponse:
    """What came back, to an account that was looked at again."""
    found = payment_here(uuid)
    if request.method != "POST":
        look(request, found.thing)
    form = AccountForm(posted(request), initial={"payee": found.payee, "iban": found.iban, "card": found.card})
    back = reverse("money:payment", args=[uuid])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: paying.owe_again(found, **given, by=me(request), at=timezone.now())):
            messages.success(request, _("This stands among what is to be paid."))
            return redirect(back)
    return form_page(request, form, title=_("Pay it again"), about=found.reference, back=back)


# --- lists ----------------------------------------------------------------------------------------


def list_here(uuid) -> PaymentList:
    return get_object_or_404(PaymentList, uuid=uuid)


def list_path(listed: PaymentList) -> str:
    return reverse("money:payment_list", args=[listed.uuid])


@never_cache
@allow(PAYER)
@require_safe
def payment_list(request: HttpRequest, uuid) -> HttpResponse:
    """What stands on a list, page by page, with the accounts: the second person looks at them."""
    found = list_here(uuid)
    whole = queries.whole_list(found)
    pages = Paginator(queries.on_list(found), ON_A_PAGE)
    pages.count = whole.number
    page = pages.get_page(request.GET.get("page"))
    look(request, found.thing)
    names = names_of([found.made_by, found.released_by])
    context = {
        "listed": found,
        "page": page,
        "rows": list(page),
        "whole": whole,
        "made_by": names.get(found.made_by, ""),
        "released_by": names.get(found.released_by, "") if found.released_by else "",
        "mine": found.made_by == me(request).uuid,
        "has_order": bool(settings.PAYING_IBAN and whole.payable),
    }
    return render(request, "money/payment_list.html", context)


@allow(PAYER)
@require_POST
def release_list(request: HttpRequest, uuid) -> HttpResponse:
    found = list_here(uuid)
    says = _("The list is released. It can go to finance.")
    return deed_page(request, list_path(found), lambda: listing.release_list(found, by=me(request), at=timezone.now()), says)


@allow(PAYER)
@require_POST
def send_list(request: HttpRequest, uuid) -> HttpResponse:
    found = list_here(uuid)
    says = _("The list is given to finance. Here are its files.")
    return deed_page(request, list_path(found), lambda: listing.send_list(found, by=me(request), at=timezone.now()), says)


@allow(PAYER)
@require_POST
def drop_list(request: HttpRequest, uuid) -> HttpResponse:
    found = list_here(uuid)
    says = _("The list is dropped. Its payments are to be paid again.")
    return deed_page(request, list_path(found), lambda: listing.drop_list(found, by=me(request), at=timezone.now()), says)


def sent_here(request: HttpRequest, uuid) -> PaymentList:
    """A list that was given to finance: of another there is no file."""
    found = get_object_or_404(PaymentList, uuid=uuid, stage=ListStage.SENT)
    look(request, found.thing)
    return found


@never_cache
@allow(PAYER)
@require_safe
def list_csv(request: HttpRequest, uuid) -> HttpResponse:
    """A list as a table. With a day and a state added it can be taken in again."""
    found = sent_here(request, uuid)
    head = (*(column.headings[0] for column in COLUMNS), _("In the name of"), "IBAN", _("On a card"), _("Last day"))
    rows = (
        (one.reference, one.amount, "", "", "", one.payee, one.iban, one.card, one.due_on.isoformat()) for one in queries.on_list(found)
    )
    return csv_response(f"betaallijst-{found.number}", head, rows)


@never_cache
@allow(PAYER)
@require_safe
def list_order(request: HttpRequest, uuid) -> HttpResponse:
    """A list as an order for the bank."""
    found = sent_here(request, uuid)
    rows = payable(queries.on_list(found))
    if not rows or not settings.PAYING_IBAN:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="betaallijst-{found.number}.xml"'}
    return HttpResponse(pain001(found, rows, on=timezone.localdate()), content_type="application/xml", headers=headers)


# --- what was paid --------------------------------------------------------------------------------


@never_cache
@allow(PAYER)
@require_form
def take_in_paid(request: HttpRequest) -> HttpResponse:
    """What finance paid, from a file."""
    asked = TableImport(
        title=_("Take in what was paid"),
        lead=_("With a file of finance you say what was paid, and what came back."),
        columns=COLUMNS,
        owner=f"payments:{me(request).uuid}",
        back=(_("To be paid"), reverse("money:payments")),
        template=reverse("money:paid_example"),
        run=lambda content, dry_run: take_in(content, by=me(request), at=timezone.now(), dry_run=dry_run),
    )
    return import_page(request, asked)


@never_cache
@allow(PAYER)
@require_safe
def paid_example(request: HttpRequest) -> HttpResponse:
    """What is with finance now, as an example to fill in. No names and no accounts."""
    rows = queries.with_what_for(PaymentStage.ORDERED).filter(listed__stage=ListStage.SENT)
    return csv_response("betaald", [column.headings[0] for column in COLUMNS], ((one.reference, one.amount, "", "", "") for one in rows))
