"""`/werk/fonds/zaaksysteem/`: what did not arrive at the case system yet, why, and the button that tries again."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.asking import me
from buurtdraad.fund import access
from buurtdraad.fund.outbox import actions, queries, sources
from buurtdraad.lib.access import allow

ON_A_PAGE = 25


@never_cache
@allow(access.HANDLER)
@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: HttpRequest) -> HttpResponse:
    """GET lists them, what waits for a person first; POST tries one again (`one`), or all of them."""
    reach = access.where_to_see_to(me(request))
    if request.method == "POST":
        one = request.POST.get("one", "")
        pk = int(one) if one.isascii() and one.isdigit() and len(one) < 16 else None
        tried = 0 if one and pk is None else actions.try_again(reach, pk=pk, by=me(request), at=timezone.now())
        notices.success(
            request,
            ngettext("%(number)s request is tried again within a minute.", "%(number)s requests are tried again within a minute.", tried)
            % {"number": tried} if tried else _("There is nothing to try again."),
        )  # fmt: skip
        return redirect("fund:cases")
    page = Paginator(queries.not_there(reach), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "fund/cases.html", {"page": page, "is_on": sources.our_system() is not None, "crumbs": []})
