"""Letters: reading one as PDF, and sending the one of a decision."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.actions.sending import SENT_HERE
from buurtdraad.fund.forms.deciding import SendForm
from buurtdraad.fund.models import Decision, Letter
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui import pdf
from buurtdraad.ui.asking import UNPROCESSABLE


@allow(EVERYBODY)
@never_cache
@require_safe
def letter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A letter as PDF, for who asked and for the staff. Who asked does not see the letter of a decision before it went out."""
    seen = access.visible_applications(request.user, request.session)
    found = get_object_or_404(Letter.objects.select_related("application", "decision"), uuid=uuid, application__in=seen)
    if not access.may_see_file(request.user, found.application) and not is_for_who_asked(found):
        raise Http404
    with override("nl"):
        paper = pdf.render("fund/letter.typ", found.facts)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="brief-{found.application}-{found.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def is_for_who_asked(letter: Letter) -> bool:
    """Whether who asked reads it: what was decided only once it went out, and no answer to somebody else who objected."""
    objection = getattr(letter, "objection", None)
    if objection and objection.by_other:
        return False
    return bool(letter.sent_on) or not (letter.decision or letter.about in SENT_HERE)


@allow(access.FUND_STAFF)
@never_cache
@require_form
def send_letter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read the letter of a decision, and say how and when it goes out: from then the decision counts."""
    seen = access.visible_applications(request.user)
    related = ("application__initiative__area", "application__contact__person", "letter")
    decision = get_object_or_404(Decision.objects.select_related(*related), uuid=uuid, application__in=seen)
    application, today = decision.application, timezone.localdate()
    require(access.may_send(request.user, application))
    form = SendForm(posted(request), application=application, today=today)
    if form.is_valid():
        try:
            make_known(decision, **form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The decision was made known. From now on it counts."))
            return redirect("fund:file", application.uuid)
    context = {
        "decision": decision,
        "application": application,
        "form": form,
        "back": reverse("fund:file", args=[application.uuid]),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "fund/send_letter.html", context, status=status)
