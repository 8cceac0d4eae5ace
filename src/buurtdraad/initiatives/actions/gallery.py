"""Pictures of an initiative and of its updates: kept, looked at by somebody, shown or destroyed."""

import datetime
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.actions.records import let_see, write_down
from buurtdraad.initiatives.models import Initiative, InitiativePicture, Update
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.uploads.keeping import forget, kept_copy, kept_picture
from buurtdraad.lib.uploads.models import People, PictureUpload
from buurtdraad.lib.uploads.pictures import CleanPicture


@dataclass(frozen=True)
class Shown:
    """A picture as somebody gives it, with words for who cannot see it, and whether people in it agree."""

    picture: CleanPicture
    alt: str
    people: str
    agreed_with: str = ""


def add_picture(
    initiative: Initiative, given: Shown, *, update: Update | None = None, by: Person | None, at: datetime.datetime
) -> InitiativePicture:
    """Keep a picture of it, or of an update; nobody sees it before somebody looked at it."""
    with kept_picture(given.picture) as key, transaction.atomic():
        made = InitiativePicture.objects.create(
            initiative=initiative, update=update, key=key, given_by=by.uuid if by else None, given_at=at, alt=given.alt,
            width=given.picture.width, height=given.picture.height, people=given.people, agreed_with=given.agreed_with,
            agreed_at=at if given.people == People.AGREED else None,
        )  # fmt: skip
        write_down("initiative.picture_added", initiative, by=by, at=at, public=False, payload={"picture": str(made.uuid)})
    return made


def take_over_picture(
    initiative: Initiative, picture: PictureUpload, *, by: Person | None, at: datetime.datetime
) -> InitiativePicture | None:
    """A copy of a picture of something else that somebody looked at, with its words and its consent; None where its files are gone."""
    names = ("given_by", "given_at", "alt", "width", "height", "people", "agreed_with", "agreed_at")
    facts = {name: getattr(picture, name) for name in names}
    try:
        with kept_copy(picture.key) as key, transaction.atomic():
            made = InitiativePicture.objects.create(initiative=initiative, key=key, showing=Showing.SHOWN, **facts)
            write_down("initiative.picture_added", initiative, by=by, at=at, payload={"picture": str(made.uuid)})
    except FileNotFoundError:
        return None
    return made


@transaction.atomic
def show_picture(picture: InitiativePicture, *, by: Person, at: datetime.datetime) -> None:
    """Everybody sees this picture once its initiative is on the site. Raises `WrongStage`."""
    let_see(picture, Showing.SHOWN)
    write_down("initiative.picture_shown", picture.initiative, by=by, at=at, payload={"picture": str(picture.uuid)})


@transaction.atomic
def remove_picture(picture: InitiativePicture, *, by: Person | None, at: datetime.datetime) -> None:
    """Destroy a picture and its files. A second time changes nothing."""
    if InitiativePicture.objects.filter(pk=picture.pk).delete()[0]:
        transaction.on_commit(partial(forget, picture.key))
        write_down("initiative.picture_removed", picture.initiative, by=by, at=at, payload={"picture": str(picture.uuid)})
