"""The link with which somebody says whether an answer helped, without an account."""

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from buurtdraad.agendas.wishes.models import Answer, Rating, Wish
from buurtdraad.messages.emails import address
from buurtdraad.messages.models import Contact

RATING = "agendas.rating"


def rating_path(answer: Answer, contact: Contact, wish: Wish, *, whole: bool = False) -> str:
    """Where this contact rates this answer: a path of ours, or the whole address in their language."""
    token = signing.dumps([answer.uuid.hex, contact.uuid.hex, wish.reference], salt=RATING, compress=False)
    with override("nl"):
        path = reverse("agendas:rate", args=[token])
    return address(path, contact.language) if whole else path


def rated_by(token: str) -> tuple[Answer, Contact, Wish] | None:
    """What a rating link is about; None for one that we did not make, or of what is gone."""
    try:
        answer, contact, reference = signing.loads(token, salt=RATING)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = (
        Answer.objects.filter(uuid=answer).first(),
        Contact.objects.select_related("person").filter(uuid=contact).first(),
        Wish.objects.select_related("area").filter(reference=reference).first(),
    )
    return found if all(found) else None  # type: ignore[return-value] # mypy does not see that all are there


def rating_of(answer: Answer, contact: Contact) -> Rating | None:
    """What this contact said of this answer before."""
    return Rating.objects.filter(answer=answer, contact=contact).first()
