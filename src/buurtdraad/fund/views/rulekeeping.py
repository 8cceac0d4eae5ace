"""`/werk/fonds/regels/`: the versions of the rules of our fund, and a new one. Rules that hold never change."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import rules as actions
from buurtdraad.fund.forms.rules import RulesForm
from buurtdraad.fund.models import SchemeRules
from buurtdraad.fund.queries import rulebook
from buurtdraad.fund.queries.rules import our_scheme
from buurtdraad.fund.views.keeping import ours
from buurtdraad.fund.views.rules import holds
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE


@never_cache
@allow(access.KEEPER)
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """All versions, the newest first: to come, now, and before."""
    today, scheme = timezone.localdate(), our_scheme()
    context = {
        "scheme": scheme,
        "versions": [
            (version, holds(version, today), version.from_on > today) for version in (rulebook.versions_of(scheme) if scheme else ())
        ],
        "may_keep": access.may_keep_rules(request.user),
    }
    return render(request, "fund/work_rules.html", context)


@never_cache
@allow(access.KEEPER)
@require_form
def version_new(request: HttpRequest) -> HttpResponse:
    """New rules, which begin like the newest that are there."""
    require(access.may_keep_rules(request.user))
    scheme = ours()
    like = next(iter(rulebook.versions_of(scheme)), None)
    form = RulesForm(posted(request), like=like)
    if form.is_valid():
        try:
            actions.make_version(scheme, form.facts, from_on=form.cleaned_data["from_on"], by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new rules are kept. Everybody can read them."))
            return redirect("fund:work_rules")
    return page(request, form, _("New rules"))


@never_cache
@allow(access.KEEPER)
@require_form
def version_change(request: HttpRequest, day: str) -> HttpResponse:
    """Change rules that do not hold yet."""
    require(access.may_keep_rules(request.user))
    version = version_of(day)
    form = RulesForm(posted(request), like=version, begun=True)
    if form.is_valid():
        try:
            actions.change_version(version, form.facts, by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is kept."))
            return redirect("fund:work_rules")
    return page(request, form, _("Change the rules that come"))


@never_cache
@allow(access.KEEPER)
@require_POST
def version_drop(request: HttpRequest, day: str) -> HttpResponse:
    """Rules that do not hold yet do not come."""
    require(access.may_keep_rules(request.user))
    try:
        actions.drop_version(version_of(day), by=me(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("These rules do not come. The rules before them go on."))
    return redirect("fund:work_rules")


def version_of(day: str) -> SchemeRules:
    """The version of our scheme that begins on this day (as in an address); 404 when there is none."""
    try:
        from_on = datetime.date.fromisoformat(day)
    except ValueError:
        from_on = datetime.date.min
    return get_object_or_404(SchemeRules.objects.select_related("scheme"), scheme=ours(), from_on=from_on)


def page(request: HttpRequest, form: RulesForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": reverse("fund:work_rules")}
    return render(request, "fund/work_rules_form.html", context, status=UNPROCESSABLE if form.errors else 200)
