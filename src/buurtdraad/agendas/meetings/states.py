"""What a meeting can be, what it offers, its steps, and those of who signs up."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    STREET = "street", _("Talk in the street")
    WALK_IN = "walk_in", _("Walk-in")
    EVENING = "evening", _("Neighbourhood evening")
    TABLE = "table", _("Talk about one subject")
    WALK = "walk", _("Walk through the neighbourhood")
    ONLINE = "online", _("Online meeting")


class Offer(models.TextChoices):
    """What makes that everybody can come."""

    WHEELCHAIR = "wheelchair", _("Wheelchairs can get in")
    TOILET = "toilet", _("Toilet for wheelchairs")
    RING_LINE = "ring_line", _("Ring line for hearing aids")
    QUIET = "quiet", _("A quiet room")
    INTERPRETER = "interpreter", _("An interpreter")
    FOOD = "food", _("Something to eat")
    CHILD_CARE = "child_care", _("Child care")


class Stage(models.TextChoices):
    DRAFT = "draft", _("not on the site yet")
    ANNOUNCED = "announced", _("announced")
    CANCELLED = "cancelled", _("will not happen")
    HELD = "held", _("has been")
    CLOSED = "closed", _("rounded off")


MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.DRAFT: (Stage.ANNOUNCED, Stage.CANCELLED),
    Stage.ANNOUNCED: (Stage.CANCELLED, Stage.HELD, Stage.CLOSED),
    Stage.HELD: (Stage.CLOSED,),
    Stage.CANCELLED: (),
    Stage.CLOSED: (),
}
# What everybody may see.
PUBLIC = (Stage.ANNOUNCED, Stage.CANCELLED, Stage.HELD, Stage.CLOSED)


class Seat(models.TextChoices):
    """How it stands with somebody who signed up."""

    SIGNED = "signed", _("comes")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("does not come")
    CAME = "came", _("was there")


SEAT_MOVES: dict[str, tuple[Seat, ...]] = {
    Seat.SIGNED: (Seat.CANCELLED, Seat.CAME),
    # Who waits and comes all the same is let in.
    Seat.WAITING: (Seat.SIGNED, Seat.CANCELLED, Seat.CAME),
    Seat.CANCELLED: (Seat.CAME,),
    # A wrong tick on the list.
    Seat.CAME: (Seat.SIGNED,),
}
TAKES_A_PLACE = (Seat.SIGNED, Seat.CAME)


class Band(models.TextChoices):
    """How many people came: a band, for nobody is counted by name."""

    FEW = "0-10", _("0 to 10 people")
    SOME = "11-25", _("11 to 25 people")
    MANY = "26-50", _("26 to 50 people")
    FULL = "51-100", _("51 to 100 people")
    CROWD = "100+", _("more than 100 people")


class Age(models.TextChoices):
    CHILDREN = "0-11", _("children")
    YOUNG = "12-26", _("young people")
    ADULTS = "27-64", _("adults")
    OLDER = "65+", _("65 and older")
