"""Rules that must be simpler: for who organises all of them, for who sees to one that one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.placements.access import ORGANISER
from buurtdraad.placements.actions import simplifying as actions
from buurtdraad.placements.forms.lessons import OwnerForm, RuleForm
from buurtdraad.placements.models import SimplerRule
from buurtdraad.placements.queries import lessons as queries
from buurtdraad.placements.states import RuleStage
from buurtdraad.placements.views.reading import crumbs
from buurtdraad.ui.asking import form_page


def rule_here(uuid: UUID) -> SimplerRule:
    related = ("lesson__area", "owner")
    return get_object_or_404(SimplerRule.objects.filter(queries.SEEN).select_related(*related), uuid=uuid)


@never_cache
@allow(ORGANISER)
@require_safe
def work_rules(request: HttpRequest) -> HttpResponse:
    """All rules: without somebody who sees to them, under way with what is late, and ended."""
    today = timezone.localdate()
    context = {
        "rules": [(rule, queries.late(rule, today)) for rule in queries.rules_to_see_to()],
        "ended": list(queries.rules_ended()),
        "crumbs": crumbs(),
    }
    return render(request, "placements/work_rules.html", context)


@never_cache
@allow(ORGANISER)
@require_form
def give_rule(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who sees to a rule, and by when; or somebody else, or another date."""
    rule = rule_here(uuid)
    email = rule.owner.email if rule.owner else ""
    form = OwnerForm(posted(request), initial={"owner_name": rule.owner_name, "email": email, "due_on": rule.due_on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.give_rule(
                rule, owner=form.owner, owner_name=given["owner_name"], due_on=given["due_on"], by=me(request), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is kept."))
            return redirect("placements:work_rules")
    back = reverse("placements:work_rules")
    return form_page(request, form, title=_("Who sees to this rule?"), about=rule.rule, lead=rule.proposal, back=back, send=_("Save"))


@never_cache
@allow(ORGANISER)
@require_form
def work_rule(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What came of a rule, for who organises."""
    return came_of(request, rule_here(uuid), then=reverse("placements:work_rules"))


@never_cache
@allow(SIGNED_IN)
@require_form
def rule(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What came of a rule, for who sees to it; of another's rule there is no page."""
    return came_of(
        request, get_object_or_404(SimplerRule.objects.filter(owner=me(request)).select_related("lesson__area"), uuid=uuid), then=""
    )


def came_of(request: HttpRequest, found: SimplerRule, *, then: str) -> HttpResponse:
    here = request.path
    if found.stage in (RuleStage.DONE, RuleStage.NOT_DONE):
        return render(request, "placements/rule.html", {"rule": found, "back": then or reverse("pages:mine")})
    form = RuleForm(posted(request), rule=found)
    if request.method == "POST" and form.is_valid():
        today, given = timezone.localdate(), form.cleaned_data
        try:
            actions.move_rule(found, RuleStage(given["stage"]), what_came=given["what_came"], on=today, by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is kept."))
            return redirect(then or here)
    return form_page(
        request, form, title=_("What came of this rule?"), about=found.rule, lead=found.proposal, day=found.due_on,
        back=then or reverse("pages:mine"), send=_("Save"),
    )  # fmt: skip


@allow(ORGANISER)
@require_POST
def open_rule_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What would not happen is looked at again."""
    try:
        actions.open_again(rule_here(uuid), by=me(request), at=timezone.now())
    except Refused:
        messages.error(request, _("This rule cannot be opened again."))
    return redirect("placements:work_rules")
