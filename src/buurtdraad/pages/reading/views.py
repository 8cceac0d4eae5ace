"""`/werk/lezen/reacties/` and `/werk/lezen/fotos/`: what waits until somebody looks at it, the oldest first."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.asking import me
from buurtdraad.agendas.comments import access
from buurtdraad.agendas.comments.actions import hide_comment, show_comment
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.comments.queries import comment_by, to_read
from buurtdraad.agendas.wishes.access import READER, areas_to_read, duty_here, may_read
from buurtdraad.agendas.wishes.actions.pictures import remove_picture, show_picture
from buurtdraad.agendas.wishes.forms.work import KeepForm
from buurtdraad.agendas.wishes.queries.pictures import picture_by, to_look_at
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.pages.reading.queries import PAGES, waiting_to_read
from buurtdraad.places.queries import last_name

LISTED, UNPROCESSABLE = 20, 422
NAMES = (gettext_lazy("Wishes"), gettext_lazy("Reactions"), gettext_lazy("Pictures"))


def frame(request: HttpRequest, reach: Reach, here: str) -> dict:
    """What both pages share: the other lists, with how much waits in each. Who looked stands on record."""
    record_look(room="agendas", thing=here, by=me(request).uuid, at=timezone.now())
    numbers = [waiting.number for waiting in waiting_to_read(reach)]
    return {"lists": list(zip(PAGES, NAMES, numbers, strict=True)), "here": here}


def chosen(request: HttpRequest) -> UUID:
    """The public id that a form names. Raises `Http404` for what is none."""
    try:
        return UUID(request.POST.get("which", ""))
    except ValueError:
        raise Http404 from None


@never_cache
@allow(READER)
@require_http_methods(["GET", "HEAD", "POST"])
def read_comments(request: HttpRequest) -> HttpResponse:
    """Reactions that wait: each is shown, or kept off the site with the reason."""
    if request.method != "POST":
        return comments_page(request)
    comment = comment_by(chosen(request))
    if comment is None:
        raise Http404
    require(access.may_decide(request.user, comment))
    keep = KeepForm(request.POST, auto_id=f"id_{comment.uuid}_%s")
    try:
        if request.POST.get("deed") == "show":
            facts = {"was": request.POST.get("was", ""), "duty": access.duty_here(me(request), comment)}
            show_comment(comment, **facts, by=me(request), at=timezone.now())
            notices.success(request, _("The reaction is on the site."))
            return redirect("pages:read_comments")
        if request.POST.get("deed") == "hide" and keep.is_valid():
            facts = {"was": request.POST.get("was", ""), "duty": access.duty_here(me(request), comment), "why": keep.cleaned_data["why"]}
            hide_comment(comment, **facts, by=me(request), at=timezone.now())
            notices.success(request, _("The reaction is not on the site."))
            return redirect("pages:read_comments")
    except Refused as refused:
        return comments_page(request, refused=str(refused), status=UNPROCESSABLE)
    return comments_page(request, sent=(comment, keep), status=UNPROCESSABLE)


def comments_page(
    request: HttpRequest, *, sent: tuple[Comment, KeepForm] | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    reach = areas_to_read(me(request))
    found = to_read(reach).annotate(place=last_name("wish__area"))[:LISTED]
    forms = {sent[0].pk: sent[1]} if sent else {}
    rows = [(one, forms.get(one.pk) or KeepForm(auto_id=f"id_{one.uuid}_%s")) for one in found]
    context = frame(request, reach, "pages:read_comments") | {"rows": rows, "refused": refused}
    return render(request, "pages/read_comments.html", context, status=status)


@never_cache
@allow(READER)
@require_http_methods(["GET", "HEAD", "POST"])
def read_pictures(request: HttpRequest) -> HttpResponse:
    """Pictures that nobody looked at yet: each is shown, or destroyed."""
    if request.method == "POST":
        decide_picture(request)
        return redirect("pages:read_pictures")
    reach = areas_to_read(me(request))
    pictures = to_look_at(reach).annotate(place=last_name("wish__area"))[:LISTED]
    return render(request, "pages/read_pictures.html", frame(request, reach, "pages:read_pictures") | {"pictures": pictures})


def decide_picture(request: HttpRequest) -> None:
    """What somebody decided meanwhile stays so: a second time changes nothing."""
    found, shows = picture_by(chosen(request)), request.POST.get("deed") == "show"
    if found is None or not (shows or request.POST.get("deed") == "remove"):
        raise Http404
    require(may_read(request.user, found.wish))
    deed = show_picture if shows else remove_picture
    deed(found, by=me(request), duty=duty_here(request.user, found.wish), at=timezone.now())
    notices.success(request, _("The picture is on the site.") if shows else _("The picture is destroyed."))
