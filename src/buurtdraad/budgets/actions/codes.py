"""Making codes: a batch of letters or slips, or one for one person. They are given to the caller once, and kept nowhere."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.budgets import keys
from buurtdraad.budgets.access import duty_of
from buurtdraad.budgets.models import BudgetRound, Claim, CodeBatch, Register
from buurtdraad.budgets.queries.codes import where_people_vote
from buurtdraad.budgets.secrecy import claim_of, grouped, ids_of, new_code, new_reference
from buurtdraad.budgets.sources.addresses import Addressee
from buurtdraad.budgets.states import BY_HAND, WITH_CODES, AgeBand, Channel
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reading import folded
from buurtdraad.places.models import Area

# The kinds of a claim of who got a letter. An organisation is one, wherever it has its doors.
POSTED, PASSED = "post", "organisation"
MOST_CODES = 5000


class NoCodesNow(Refused):
    """Codes are made from the moment that the rules are known until the vote is over."""


class NotThisWay(Refused):
    """The rules of the round do not say that people vote so, or codes of it are not handed out."""


class NameTaken(Refused):
    """Two piles of one round have one name."""


class HasLetter(Refused):
    """Somebody on the list has a code already."""


class Voted(Refused):
    """With a code of it somebody voted, so it stays."""


@dataclass(frozen=True)
class Letter:
    """A code that was made just now, as people read it, with the number of its letter and where wanted whose it is. Keep it nowhere."""

    code: str
    reference: str
    to: tuple[str, ...] = ()


@transaction.atomic
def make_batch(
    round_: BudgetRound, *, channel: str, area: Area, name: str, number: int, by: Person, at: datetime.datetime
) -> tuple[CodeBatch, list[Letter]]:
    """So many codes that are nobody's yet: slips for a meeting, paper ballots, a help point. The codes are known to the caller only.

    Raises `NoCodesNow`, `NotThisWay`, `NameTaken` and `keys.NoKey`.
    """
    if not 1 <= number <= MOST_CODES:
        raise NotThisWay(_("Make at most %(most)s codes at once.") % {"most": MOST_CODES})
    batch = make(round_, channel=channel, area=area, name=name, number=number, by=by, at=at)
    key = key_for(round_)
    letters = write(round_, key, [()] * number, [""] * number, channel=channel, area=area, batch=batch)
    return batch, letters


@transaction.atomic
def make_letters(
    round_: BudgetRound, to: Sequence[Addressee], *, area: Area, name: str, organisations: bool = False, by: Person, at: datetime.datetime
) -> tuple[CodeBatch, list[Letter]]:
    """A letter for each of these people or organisations, in their order; of whom it is, a keyed hash stays, so that nobody gets two.

    Raises as `make_batch`, and `HasLetter`, which says who.
    """
    if organisations and not round_.sheet.vote_organisations:
        raise NotThisWay(_("In this round organisations do not vote."))
    batch = make(round_, channel=Channel.POST, area=area, name=name, number=len(to), by=by, at=at)
    key = key_for(round_)
    claims = [claim_of(key, PASSED, folded(one.name)) if organisations else claim_of(key, POSTED, one.mark) for one in to]
    if twice := set(map(bytes, round_.claims.filter(claim_id__in=claims).values_list("claim_id", flat=True))):
        raise HasLetter(has_letter([one.name for one, claim in zip(to, claims, strict=True) if claim in twice]))
    bands = ["" if organisations else one.age_band for one in to]
    letters = write(round_, key, [tuple(one.lines) for one in to], bands, channel=Channel.POST, area=area, batch=batch)
    held = sorted(zip(claims, letters, strict=True), key=lambda pair: pair[0])
    try:
        with transaction.atomic():
            Claim.objects.bulk_create(
                Claim(claim_id=claim, round=round_, reference=letter.reference) for claim, letter in held
            )  # fmt: skip
    except IntegrityError:
        raise HasLetter(_("Somebody made letters for these people just now.")) from None
    return batch, letters


@transaction.atomic
def drop_batch(batch: CodeBatch, *, by: Person, at: datetime.datetime) -> None:
    """The codes of a pile that got lost or came out wrong are worth nothing from now on. Raises `Voted` and `NoCodesNow`."""
    round_ = batch.round
    check_stage(round_)
    # The rows are held: a vote with one of these codes comes before, or finds that the code is gone.
    rows = list(Register.objects.select_for_update().filter(batch=batch).values_list("reference", "used"))
    if any(used for _reference, used in rows):
        raise Voted(_("Somebody voted with one of these codes already. They stay."))
    Claim.objects.filter(round=round_, reference__in=[reference for reference, _used in rows]).delete()
    Register.objects.filter(batch=batch).delete()
    CodeBatch.objects.filter(pk=batch.pk).delete()
    write_down("budget_round.codes_dropped", round_, by=by, at=at, payload={"number": len(rows)})


# --- what making them has in common ------------------------------------------------------------


def key_for(round_: BudgetRound) -> bytes:
    """The key of a round, made with its first code. Never a second one: raises `keys.NoKey` where the first is gone."""
    return keys.key_of(round_) if round_.register.exists() else keys.make_key(round_)


def check_stage(round_: BudgetRound) -> None:
    """Raises `NoCodesNow`."""
    if BudgetRound.objects.only("stage").get(pk=round_.pk).stage not in WITH_CODES:
        raise NoCodesNow(_("Codes are made when the rules are known, and until the vote is over."))


def check(round_: BudgetRound, channel: str, area: Area) -> None:
    """Raises `NoCodesNow` and `NotThisWay`."""
    check_stage(round_)
    if channel not in BY_HAND or channel not in round_.sheet.channels:
        raise NotThisWay(_("The rules of this round do not say that people vote in this way."))
    if area.pk not in {one.pk for one, _name in where_people_vote(round_)} | {round_.area_id}:
        raise NotThisWay(_("People of this neighbourhood do not vote in this round."))


def make(round_: BudgetRound, *, channel: str, area: Area, name: str, number: int, by: Person, at: datetime.datetime) -> CodeBatch:
    check(round_, channel, area)
    try:
        with transaction.atomic():
            batch = CodeBatch.objects.create(round=round_, channel=channel, area=area, name=name, number=number, by=by.uuid, at=at)
    except IntegrityError:
        raise NameTaken(_("There is a pile with this name already.")) from None
    write_down("budget_round.codes_made", round_, by=by, at=at, payload={"number": number, "channel": channel})
    return batch


def write(
    round_: BudgetRound, key: bytes, to: Sequence[tuple[str, ...]], bands: Sequence[str], *,
    channel: str, area: Area, batch: CodeBatch | None,
) -> list[Letter]:  # fmt: skip
    """A new line of the register for each, in the order of their hashes: how the rows lie tells nothing of who is whose."""
    fresh = [(new_code(), new_reference(), lines) for lines in to]
    rows = [
        Register(
            register_id=ids_of(key, code).register_id, round=round_, channel=channel, area=area,
            age_band=AgeBand(band), reference=reference, batch=batch,
        )
        for (code, reference, _lines), band in zip(fresh, bands, strict=True)
    ]  # fmt: skip
    Register.objects.bulk_create(sorted(rows, key=lambda row: bytes(row.register_id)), batch_size=1000)
    return [Letter(grouped(code), reference, lines) for code, reference, lines in fresh]


def has_letter(names: list[str]) -> str:
    """Who got a code before, in words for who made the list."""
    return ngettext(
        "No letter was made. This person has a code already: %(names)s.",
        "No letter was made. %(number)s people have a code already: %(names)s.",
        len(names),
    ) % {"number": len(names), "names": ", ".join(names[:10]) + ("…" if len(names) > 10 else "")}


def write_down(verb: str, round_: BudgetRound, *, by: Person | None, at: datetime.datetime, channel: str = "web", payload: dict) -> None:
    """One line in the record: numbers, and never a code or whose it is."""
    record(
        verb, room="budgets", thing=round_.thing, by=by.uuid if by else None, duty=duty_of(by) if by else "",
        at=at, channel="" if by else channel, payload=payload,
    )  # fmt: skip
