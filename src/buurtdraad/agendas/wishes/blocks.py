"""Short texts to start an answer from. A city that wants others changes them here and in the catalogues."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Block:
    key: str
    name: str | Promise
    text: str | Promise


BLOCKS = (
    Block("looking", _("We look into it"), _("Thank you for your wish. We look into it. You hear more from us within six weeks.")),
    Block("doing", _("We do it"), _("Thank you for your wish. We are going to do this. We begin in … .")),
    Block("visit", _("We come by"), _("Thank you for your wish. We would like to see it together with you. We call you for a day.")),
    Block("later", _("Not now"), _("Thank you for your wish. We cannot do this now, because … . We look at it again in … .")),
    Block("referred", _("Others do this"), _("Thank you for your wish. We passed it on to … . They answer you before … .")),
    Block("not_done", _("It will not happen"), _("Thank you for your wish. We cannot do this, because … . What can be done is … .")),
)


def block_text(key: str) -> str:
    """The text of a block in the language of the page; empty for one that there is not."""
    return next((str(block.text) for block in BLOCKS if block.key == key), "")
