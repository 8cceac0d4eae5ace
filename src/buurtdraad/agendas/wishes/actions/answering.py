"""Moving wishes on, and telling everybody who gave or follows them: once for many, to each with their own words."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.access import duty_here
from buurtdraad.agendas.wishes.actions.once import one_at_a_time
from buurtdraad.agendas.wishes.actions.showing import tell_record
from buurtdraad.agendas.wishes.models import Answer, Answered, Giver, Rating, Step, Supporter, Wish
from buurtdraad.agendas.wishes.queries.ratings import rating_path
from buurtdraad.agendas.wishes.states import MOVES, TOLD_WHY, Helped, Showing, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import announce, tell
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Kind as About

QUOTED_LETTERS = 300


class NotAnswered(Refused):
    """These wishes cannot be answered so."""


@dataclass(frozen=True)
class Listener:
    """Somebody who hears an answer: the own words where they gave the wish."""

    contact: Contact
    words: str = ""


@transaction.atomic
def answer(
    wishes: Collection[Wish],
    *,
    text: str,
    stage: Stage | None,
    by: Person,
    at: datetime.datetime,
    mark: str | None = None,
    why_late: str = "",
) -> Answer:
    """Answer these wishes once: each goes to `stage` (None: it stays where it is) and everybody who gave or follows one is told.

    `why_late`: why it took longer than was promised, which only staff read.

    A wish that was joined to another is answered with that one. One form sent twice (`mark`) is one answer.
    Raises `NotAnswered` when there is none, and `WrongStage`
    when one of them cannot go there; then nothing changed.
    """
    one_at_a_time(mark)
    if mark and (sent := Answer.objects.filter(mark=mark).first()):
        return sent
    heads = Wish.objects.filter(pk__in=[wish.pk for wish in wishes]).values_list(Coalesce("head_id", "pk"), flat=True)
    found = list(Wish.objects.select_for_update(of=("self",)).select_related("area").filter(pk__in=heads).order_by("pk"))
    if not found:
        raise NotAnswered(_("Choose at least one wish."))
    made = Answer.objects.create(text=text, by=by.uuid, at=at, mark=mark or None, why_late=why_late)
    for wish in found:
        if stage and stage != wish.stage:
            go(wish, stage, why=text, by=by, at=at)
        told = tell_all(wish, made, by=by, at=at)
        Answered.objects.create(answer=made, wish=wish, stage=wish.stage, told=told)
        Wish.objects.filter(Q(pk=wish.pk) | Q(head=wish), answered_at__isnull=True).update(answered_at=at)
        payload = {"answer": str(made.uuid), "stage": wish.stage, "told": told}
        tell_record("wish.answered", wish, by=by, duty=duty_here(by, wish), at=at, payload=payload)
    return made


@transaction.atomic
def move_to(wish: Wish, stage: Stage, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Move a wish on with a reason, without a message to anybody. Raises `WrongStage`; `NotAnswered` for what only `answer` tells."""
    if stage in TOLD_WHY:
        raise NotAnswered(_("Tell the people who gave this wish why. Write them an answer."))
    go(wish, stage, why=why, by=by, at=at)
    tell_record("wish.moved", wish, by=by, duty=duty_here(by, wish), at=at, payload={"stage": stage})


@transaction.atomic
def move_all(wishes: Iterable[Wish], stage: Stage, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Move several wishes on with one reason; all or none. One that stands there already stays. Raises as `move_to` does."""
    for wish in wishes:
        if wish.stage != stage:
            move_to(wish, stage, why=why, by=by, at=at)


def go(wish: Wish, stage: Stage, *, why: str, by: Person | None, at: datetime.datetime) -> None:
    """To another step, with its reason. The database holds that what does not happen says why: so that is written first."""
    wish.why, told_at = why[:1000], at if stage in TOLD_WHY else None
    if told_at:
        Wish.objects.filter(pk=wish.pk, stage=wish.stage).update(why=wish.why, told_at=told_at)
    move(wish, stage, moves=MOVES)
    Wish.objects.filter(pk=wish.pk, stage=stage).update(why=wish.why, told_at=told_at)
    Step.objects.create(wish=wish, stage=stage, why=wish.why, by=by.uuid if by else None, at=at)


def tell_all(wish: Wish, made: Answer, *, by: Person, at: datetime.datetime) -> int:
    """Tell everybody who gave or follows a wish, or one that was joined to it; how many. Each is told once, the board once."""
    if wish.showing == Showing.SHOWN:
        with override("nl"):
            board = _("Wish %(reference)s: %(stage)s") % {"reference": f"{wish.reference} ({wish.title})", "stage": Stage(wish.stage).label}
        announce(wish.area, kind=About.WISH, board=board, link=public_path(wish), thing=thing_of(wish), by=by.uuid, at=at)
    return sum(tell_one(wish, made, listener, by=by, at=at) for listener in listeners(wish))


def listeners(wish: Wish) -> list[Listener]:
    """Everybody who hears of a wish: its givers with their own words, then its followers."""
    family = Q(wish=wish) | Q(wish__head=wish)
    heard: dict[int, Listener] = {}
    for giver in Giver.objects.filter(family, contact__isnull=False).select_related("contact__person").order_by("given_at", "pk"):
        heard.setdefault(giver.contact_id, Listener(giver.contact, giver.words))  # type: ignore[arg-type] # filtered above
    followers = Supporter.objects.filter(family, follows=True, contact__isnull=False).select_related("contact__person")
    for supporter in followers.order_by("since", "pk"):
        heard.setdefault(supporter.contact_id, Listener(supporter.contact))  # type: ignore[arg-type] # filtered above
    return list(heard.values())


def tell_one(wish: Wish, made: Answer, listener: Listener, *, by: Person | None, at: datetime.datetime) -> bool:
    """One message with the answer; whether there was anybody to tell."""
    with override(listener.contact.language):
        subject = _("Wish %(reference)s: %(stage)s") % {"reference": wish.reference, "stage": Stage(wish.stage).label}
        body = "\n\n".join(paragraphs(wish, made, listener))
    link = public_path(wish) if wish.showing == Showing.SHOWN else rating_path(made, listener.contact, wish)
    told = tell(
        listener.contact, kind=About.WISH, subject=subject, body=body, link=link, area=wish.area, thing=thing_of(wish),
        by=by.uuid if by else None, at=at,
    )  # fmt: skip
    return told is not None


def thing_of(wish: Wish) -> str:
    return f"wish:{wish.reference}"


def paragraphs(wish: Wish, made: Answer, listener: Listener) -> Iterable[str]:
    """The own words of who gave the wish, the answer, and where to say whether that helped."""
    if listener.words:
        words = " ".join(listener.words.split())
        yield _("You told us: “%(words)s”") % {"words": words if len(words) <= QUOTED_LETTERS else words[:QUOTED_LETTERS].rstrip() + "…"}
    else:
        yield _("You follow this wish: “%(words)s”") % {"words": wish.title}
    yield made.text
    yield _("Were you helped well? Tell us here: %(address)s") % {"address": rating_path(made, listener.contact, wish, whole=True)}


def public_path(wish: Wish) -> str:
    with override("nl"):
        return reverse("pages:wish", args=[wish.reference])


@transaction.atomic
def tell_late(wish: Wish, contact: Contact, *, at: datetime.datetime) -> None:
    """Who confirms an address after the answer went out hears it all the same."""
    head = wish.head or wish
    made = Answer.objects.filter(wishes=head).first()
    heard = next((one for one in listeners(head) if one.contact.pk == contact.pk), None)
    if made and heard:
        tell_one(head, made, heard, by=None, at=at)


@transaction.atomic
def rate(made: Answer, wish: Wish, contact: Contact, *, helped: Helped, words: str, at: datetime.datetime) -> Rating:
    """Whether an answer helped, of who got it; the last time counts."""
    rating, _made = Rating.objects.update_or_create(
        answer=made, contact=contact, defaults={"wish": wish, "helped": helped, "words": words, "at": at}
    )
    tell_record("wish.rated", wish, by=contact.person, at=at)
    return rating
