"""`/werk/werkwijze/`: staff read the method with its documents; the programme manager writes the next version of it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads.serving import attachment
from buurtdraad.method import access
from buurtdraad.method.actions import checks, documents
from buurtdraad.method.actions import versions as actions
from buurtdraad.method.forms.versions import ChangeStepForm, CheckForm, InUseForm, StepForm, TemplateForm, VersionForm
from buurtdraad.method.models import ExitCheck, MethodStep, MethodVersion, StepTemplate
from buurtdraad.method.queries import versions as queries
from buurtdraad.method.queries.lessons import news_from_lessons, proposed_for
from buurtdraad.method.states import VersionStage
from buurtdraad.method.views.asking import done
from buurtdraad.method.views.out_of_date import OutOfDate, told_when_out_of_date
from buurtdraad.method.views.versions import step_in_words, title_of

DRAFT = VersionStage.DRAFT


# --- reading ----------------------------------------------------------------------------------------


@allow(access.STAFF_MEMBER)
@require_safe
def work_versions(request: HttpRequest) -> HttpResponse:
    """All versions, the newest first."""
    found = queries.versions()
    draft = next((one for one in found if one.stage == DRAFT), None)
    context = {"versions": found, "draft": draft, "may_edit": access.may_edit(request.user)}
    return render(request, "method/work_versions.html", context)


@allow(access.STAFF_MEMBER)
@require_safe
def work_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version; a draft beside what is in use, with all that can be changed in it."""
    version = queries.whole(number=number)
    if version is None:
        raise Http404
    is_draft = version.stage == DRAFT
    before = queries.before(version)
    changes = queries.difference(before, version) if before else []
    by_step = {change.step.pk: change for change in changes}
    lessons = list(proposed_for(version)) if version.stage == DRAFT else []
    steps = list(version.steps.all())
    keys = {step.key for step in steps}
    context = {
        "version": version,
        "title": title_of(version),
        "is_draft": is_draft,
        "may_write": is_draft and access.may_edit(request.user),
        "before": before,
        "steps": [
            step_in_words(step) | {"change": by_step.get(step.pk), "lessons": [lesson for lesson in lessons if lesson.step_key == step.key]}
            for step in steps
        ],
        "gone": [change.step for change in changes if change.how == "gone"],
        "changes": changes,
        "lessons": [lesson for lesson in lessons if lesson.step_key not in keys],
    }
    return render(request, "method/work_version.html", context)


@allow(access.STAFF_MEMBER)
@require_safe
def template(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A document to begin with, to be saved."""
    return attachment(get_object_or_404(StepTemplate, uuid=uuid))


# --- versions ---------------------------------------------------------------------------------------


@allow(access.EDITOR)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """The seven steps, in a city that has no method yet."""
    version = actions.load_first(by=me(request), at=timezone.now())
    messages.success(request, _("You have a method now. Change what does not fit your city in a next version."))
    return to_version(version)


@allow(access.EDITOR)
@require_POST
def draft_version(request: HttpRequest) -> HttpResponse:
    """The draft of the next version, or the one that is there."""
    return to_version(actions.draft_next(by=me(request), at=timezone.now()))


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def change_version(request: HttpRequest, number: int) -> HttpResponse:
    version = draft_here(number)
    form = VersionForm(posted(request), initial={name: getattr(version, name) for name in ("name", "text", "what_is_new")})
    return done_or_asked(request, version, form, deed=partial(actions.change_version, version), title=_("Name and purpose"))


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def put_in_use(request: HttpRequest, number: int) -> HttpResponse:
    """The difference once more, and a button: from then on this is the method."""
    version = draft_here(number)
    before = queries.before(version)
    form = InUseForm(posted(request), first=before is None, initial={"what_is_new": version.what_is_new or news_from_lessons(version)})
    running = queries.running()
    return done_or_asked(
        request, version, form, deed=partial(actions.put_in_use, version), says=_("This version is in use now."),
        title=_("Put version %(number)d in use") % {"number": number}, send=_("Put in use"),
        lead=_("From now on everybody sees these steps. You can no longer change this version: a better one comes beside it."),
        note=ngettext(
            "%(n)d neighbourhood works by an older version. It stays so until somebody moves it.",
            "%(n)d neighbourhoods work by an older version. They stay so until somebody moves them.",
            running,
        ) % {"n": running} if running else "",
        before=before, changes=queries.difference(before, queries.whole(pk=version.pk) or version) if before else [],
        shows_changes=before is not None,
    )  # fmt: skip


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def throw_away(request: HttpRequest, number: int) -> HttpResponse:
    version = draft_here(number)
    return done_or_asked(
        request, version, Form(posted(request)), deed=partial(actions.throw_away, version), to=reverse("method:work_versions"),
        says=_("The draft is gone."), title=_("Throw away this draft?"), send=_("Throw away"),
        lead=_("What you changed in it is gone. What is in use stays as it is. Lessons that were in it are open again."),
    )  # fmt: skip


# --- steps ------------------------------------------------------------------------------------------


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def add_step(request: HttpRequest, number: int) -> HttpResponse:
    version = draft_here(number)
    form = StepForm(posted(request))
    return done_or_asked(request, version, form, deed=partial(actions.add_step, version), title=_("Add a step"), send=_("Add"))


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def change_step(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_here(pk)
    form = ChangeStepForm(
        posted(request), initial={name: getattr(step, name) for name in StepForm.base_fields} | {"seen_then": actions.seen(step)}
    )
    title = _("Change: %(name)s") % {"name": step.name}
    return done_or_asked(
        request, step.version, form, deed=partial(actions.change_step, step), title=title, at=step,
        lessons=proposed_for(step.version).filter(step_key=step.key),
    )  # fmt: skip


@allow(access.EDITOR)
@told_when_out_of_date
@require_POST
def move_step(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up (`way` is "up") or down."""
    step = step_here(pk)
    return at_once(request, step.version, partial(actions.move_step, step, up=request.POST.get("way") == "up"), at=step)


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def take_out_step(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_here(pk)
    return done_or_asked(
        request, step.version, Form(posted(request)), deed=partial(actions.take_out, step), says=_("The step is taken out."),
        title=_("Take out: %(name)s") % {"name": step.name}, send=_("Take out"),
        lead=_("The step goes out of this draft. A step of the version before can be put back later."),
    )  # fmt: skip


@allow(access.EDITOR)
@told_when_out_of_date
@require_POST
def put_back_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step of an older version, into the draft of now."""
    old = get_object_or_404(MethodStep.objects.exclude(version__stage=DRAFT), pk=pk)
    draft = queries.draft()
    if draft is None:
        raise OutOfDate(_("There is no draft any more. Perhaps it was put in use or thrown away in another window."), queries.in_use())
    return at_once(request, draft, partial(actions.put_back, draft, old))


# --- what must be there, and documents ------------------------------------------------------------------


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def add_check(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_here(pk)
    title = _("What must be there to go on from: %(name)s") % {"name": step.name}
    form = CheckForm(posted(request))
    return done_or_asked(request, step.version, form, deed=partial(checks.add_check, step), title=title, send=_("Add"), at=step)


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def change_check(request: HttpRequest, pk: int) -> HttpResponse:
    check = check_here(pk)
    form = CheckForm(posted(request), initial={name: getattr(check, name) for name in CheckForm.base_fields})
    title = _("What must be there to go on from: %(name)s") % {"name": check.step.name}
    return done_or_asked(request, check.step.version, form, deed=partial(checks.change_check, check), title=title, at=check.step)


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def take_out_check(request: HttpRequest, pk: int) -> HttpResponse:
    check = check_here(pk)
    return done_or_asked(
        request, check.step.version, Form(posted(request)), deed=partial(checks.take_out_check, check), at=check.step,
        title=_("Take out: %(name)s") % {"name": check.text}, send=_("Take out"),
        lead=_("Nobody has to answer this any more to go on from the step."),
    )  # fmt: skip


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def add_template(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_here(pk)
    form = TemplateForm(posted(request), request.FILES if request.method == "POST" else None)
    title = _("A document to begin with: %(name)s") % {"name": step.name}
    return done_or_asked(
        request, step.version, form, deed=partial(documents.add_template, step), title=title, send=_("Add"), at=step, multipart=True
    )


@allow(access.EDITOR)
@told_when_out_of_date
@require_form
def take_out_template(request: HttpRequest, uuid: UUID) -> HttpResponse:
    template, step = template_here(uuid)
    return done_or_asked(
        request, step.version, Form(posted(request)), deed=partial(documents.take_out_template, template, step), at=step,
        title=_("Take out: %(name)s") % {"name": template.title}, send=_("Take out"),
        lead=_("The document goes out of this draft. Versions that have it keep it."),
    )  # fmt: skip


# --- what they share --------------------------------------------------------------------------------


def draft_here(number: int) -> MethodVersion:
    """The draft of the address. Raises `OutOfDate`; 404 for a version that never was."""
    return still_draft(get_object_or_404(MethodVersion, number=number))


def step_here(pk: int) -> MethodStep:
    """A step of the draft. Raises `OutOfDate`."""
    step = MethodStep.objects.select_related("version").filter(pk=pk).first()
    if step is None:
        raise OutOfDate(_("This step is not in the draft any more. Perhaps it was taken out in another window."), queries.draft())
    still_draft(step.version)
    return step


def check_here(pk: int) -> ExitCheck:
    """A check of a step of the draft. Raises `OutOfDate`."""
    check = ExitCheck.objects.select_related("step__version").filter(pk=pk).first()
    if check is None:
        raise OutOfDate(_("This is not in the draft any more. Perhaps it was taken out in another window."), queries.draft())
    still_draft(check.step.version)
    return check


def template_here(uuid: UUID) -> tuple[StepTemplate, MethodStep]:
    """A document, and the step of the draft that has it. Raises `OutOfDate`."""
    step = MethodStep.objects.filter(templates__uuid=uuid).select_related("version").order_by("-version__number").first()
    draft = queries.draft()
    if step is None or (draft and step.version != draft):
        raise OutOfDate(_("This is not in the draft any more. Perhaps it was taken out in another window."), draft)
    still_draft(step.version)
    return step.templates.get(uuid=uuid), step


def still_draft(version: MethodVersion) -> MethodVersion:
    """The version itself. Raises `OutOfDate` when it is in use, or was: nobody can write in it any more."""
    if version.stage != DRAFT:
        raise OutOfDate(_("Version %(number)d is in use already. What is in use does not change.") % {"number": version.number}, version)
    return version


def address_of(version: MethodVersion, at: MethodStep | None = None) -> str:
    """The page of a version, at one of its steps."""
    return reverse("method:work_version", args=[version.number]) + (f"#stap-{at.key}" if at else "")


def to_version(version: MethodVersion) -> HttpResponseRedirect:
    return HttpResponseRedirect(address_of(version))


def at_once(request: HttpRequest, version: MethodVersion, deed: Callable[..., object], at: MethodStep | None = None) -> HttpResponse:
    """Do it, say what would not go, and back to the version."""
    try:
        deed(by=me(request), at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return HttpResponseRedirect(address_of(version, at))


def done_or_asked(
    request: HttpRequest,
    version: MethodVersion,
    form: Form,
    *,
    deed: Callable[..., object],
    title: str,
    says: str = "",
    to: str = "",
    at: MethodStep | None = None,
    **words: object,
) -> HttpResponse:
    """Do it and go to the version, or to `to`; or ask, again where something was wrong."""
    back = address_of(version, at)
    if form.is_valid():
        facts = form.facts() if hasattr(form, "facts") else form.cleaned_data
        if done(form, lambda: deed(**facts, by=me(request), at=timezone.now())):
            messages.success(request, says or _("Saved."))
            return redirect(to or back)
    context = {"form": form, "version": version, "title": title, "back": back} | words
    return render(request, "method/write.html", context, status=422 if request.method == "POST" else 200)
