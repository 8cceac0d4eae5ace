"""Voting: type the code, choose, look again, done. The code travels in what forms send and nowhere else; no page is kept by a browser.

Every step is one address, and every step asks again who holds the code. Only the number of casts a day is written down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.budgets import ballots
from buurtdraad.budgets.actions.casting import Closed, UnknownCode, WrongMarks, cast_vote
from buurtdraad.budgets.ballots import Marks
from buurtdraad.budgets.forms.casting import CodeForm, ReceiptForm, marks_in
from buurtdraad.budgets.helping import is_help
from buurtdraad.budgets.keys import NoKey
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries import casting
from buurtdraad.budgets.queries.casting import BallotSheet, Voter
from buurtdraad.budgets.queries.casting_words import all_words
from buurtdraad.budgets.queries.receipts import counted_with
from buurtdraad.budgets.states import RESULT, Channel
from buurtdraad.budgets.views import ballot_page as shown
from buurtdraad.budgets.views.guessing import count_guess, refuse_guesser
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.ui.asking import UNPROCESSABLE, said

MOST_PARTS, LONGEST_MARK = 50, 200  # on one form


@dataclass(frozen=True)
class Booth:
    """Somebody in the polling booth: the round, who holds the code, and the moment by the clock of the database."""

    request: HttpRequest
    round: BudgetRound
    voter: Voter
    code: str
    help: str = ""  # the mark of the help point, where somebody helps

    @property
    def here(self) -> str:
        return reverse("budgets:vote_in", args=[self.round.slug])

    @property
    def facts(self) -> dict[str, Any]:
        """What every page of theirs carries on."""
        return {"round": self.round, "code": self.code, "help": self.help, "here": self.here}

    def sheet(self) -> BallotSheet:
        """What they choose from."""
        return casting.ballot_sheet(self.round).of(self.voter.register.area.code)


@allow(EVERYBODY)
@require_form
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def vote(request: HttpRequest) -> HttpResponse:
    """Where everybody begins: a code says itself in which round it votes."""
    rounds = casting.open_rounds()
    if not rounds:
        return render(request, "budgets/vote_none.html", {}, status=UNPROCESSABLE if request.method == "POST" else 200)
    form = CodeForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return code_page(request, form, rounds)
    refuse_guesser(request)
    found = casting.round_of_code(form.cleaned_data["code"], rounds)
    if found is None:
        return unknown_code(request, form, rounds)
    round_, voter = found
    return begin(Booth(request, round_, voter, form.cleaned_data["code"]))


@allow(EVERYBODY)
@require_form
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def vote_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Voting in one round, step after step."""
    round_ = casting.round_to_vote(slug)
    if round_ is None:
        raise Http404
    if not casting.is_open(round_, round_.now):  # type: ignore[attr-defined]
        return not_now(request, round_)
    if request.method == "POST" and request.POST.get("step") == "count" and request.htmx:  # type: ignore[attr-defined]
        return basket(request, round_)
    form = CodeForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return code_page(request, form, [round_])
    return with_code(request, round_, form)


@sensitive_variables()
def with_code(request: HttpRequest, round_: BudgetRound, form: CodeForm) -> HttpResponse:
    """A step, for who holds a code of this round."""
    refuse_guesser(request)
    if request.POST.get("step") == "cast":
        return confirm(request, round_, form)
    try:
        voter = casting.voter_of(round_, form.cleaned_data["code"])
    except NoKey as refusal:
        return said(request, _("Vote"), str(refusal), status=503)
    if voter is None:
        return unknown_code(request, form, [round_])
    booth = Booth(request, round_, voter, form.cleaned_data["code"], request.POST.get("help", "")[:LONGEST_MARK])
    return STEPS.get(request.POST.get("step", ""), begin)(booth)


# --- the steps, each with the code in hand --------------------------------------------------------


@sensitive_variables()
def begin(booth: Booth) -> HttpResponse:
    """The ballot, with what this code chose before."""
    sheet = booth.sheet()
    before = casting.marks_of(booth.voter.ids) if booth.voter.register.used else None
    marks = ballots.still_there(sheet.budgets, before or {})
    return choose_page(booth, sheet, marks, gone=shown.gone_words(sheet, before or {}), again=before is not None)


@sensitive_variables()
def change(booth: Booth) -> HttpResponse:
    """The ballot as it was filled in: back from looking again."""
    sheet = booth.sheet()
    return choose_page(booth, sheet, marks_in(booth.request.POST, sheet.rules, sheet.budgets))


@sensitive_variables()
def add_up(booth: Booth) -> HttpResponse:
    """The ballot as it was filled in, added up without a script. What is too much is said at the top; too few is not wrong yet."""
    sheet = booth.sheet()
    marks = marks_in(booth.request.POST, sheet.rules, sheet.budgets)
    problems = [one for one in ballots.problems(sheet.rules, sheet.budgets, marks) if one.kind != ballots.TOO_FEW]
    return choose_page(booth, sheet, marks, errors=all_words(problems, sheet.rules, sheet.titles))


@sensitive_variables()
def look(booth: Booth) -> HttpResponse:
    """Look once more, before it counts. For a blank ballot it asks whether that is meant."""
    sheet = booth.sheet()
    marks = marks_in(booth.request.POST, sheet.rules, sheet.budgets)
    if problems := ballots.problems(sheet.rules, sheet.budgets, marks):
        return choose_page(booth, sheet, marks, errors=all_words(problems, sheet.rules, sheet.titles))
    chosen, blank = shown.chosen_rows(sheet, marks), ballots.is_blank(marks)
    context = booth.facts | {"hidden": shown.hidden(sheet, marks), "chosen": chosen, "blank": blank}
    return render(booth.request, "budgets/vote_look.html", context)


STEPS: dict[str, Callable[[Booth], HttpResponse]] = {"count": add_up, "change": change, "look": look}


@sensitive_variables()
def confirm(request: HttpRequest, round_: BudgetRound, form: CodeForm) -> HttpResponse:
    """It counts, and here is the receipt. What was chosen does not stand beside it: together they would prove a vote to others."""
    sent, code = request.POST, form.cleaned_data["code"]
    marks = marks_in(sent, casting.rules_of_ballot(round_.sheet), sent.getlist("parts")[:MOST_PARTS])
    marks = {part: found for part, found in marks.items() if found}
    help_mark = sent.get("help", "")[:LONGEST_MARK]
    channel = channel_of(round_, help_mark)
    try:
        done = cast_vote(round_, code, marks, channel=channel, at=round_.now)  # type: ignore[attr-defined]
    except WrongMarks as wrong:
        voter = casting.voter_of(round_, code)
        assert voter, "whose marks are wrong holds a code"
        booth = Booth(request, round_, voter, code, help_mark)
        return choose_page(booth, booth.sheet(), marks, errors=wrong.words)
    except Closed:
        return not_now(request, round_)
    except UnknownCode:
        return unknown_code(request, form, [round_])
    except NoKey as refusal:
        return said(request, _("Vote"), str(refusal), status=503)
    context = {"round": round_, "receipt": done.receipt, "changed": done.changed, "blank": not marks, "helped": channel}
    return render(request, "budgets/vote_done.html", context)


def channel_of(round_: BudgetRound, help_mark: str) -> str:
    """How somebody votes, where that is not how they got their code."""
    return Channel.HELP if help_mark and is_help(round_, help_mark) else ""


# --- the pages ------------------------------------------------------------------------------------


def code_page(request: HttpRequest, form: CodeForm, rounds: list[BudgetRound]) -> HttpResponse:
    """Type the code. With more than one round at once it says for which ones."""
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "budgets/vote_code.html", {"form": form, "rounds": rounds, "round": rounds[0]}, status=status)


def unknown_code(request: HttpRequest, form: CodeForm, rounds: list[BudgetRound]) -> HttpResponse:
    """Type it again; it is counted as a guess."""
    count_guess(request)
    form.add_error("code", str(UnknownCode()))
    return code_page(request, form, rounds)


@sensitive_variables()
def choose_page(
    booth: Booth, sheet: BallotSheet, marks: Marks, *, errors: list[str] | None = None, gone: str = "", again: bool = False
) -> HttpResponse:
    """Choose plans; what was chosen stands below."""
    context = booth.facts | {
        "ballot": sheet.rules.kind, "errors": errors, "gone": gone,
        "parts": shown.parts_on_page(sheet, marks, start=int.from_bytes(booth.voter.ids.ballot_id[:4])),
        "settings": shown.settings_of(sheet.rules), "lines": shown.basket_lines(sheet, marks), "again": again,
    }  # fmt: skip
    return render(booth.request, "budgets/vote_choose.html", context, status=UNPROCESSABLE if errors else 200)


def basket(request: HttpRequest, round_: BudgetRound) -> HttpResponse:
    """Only the basket, for htmx: needs no code, and so gets none."""
    whole = casting.ballot_sheet(round_, in_full=False)
    asked = set(request.POST.getlist("parts"))
    sheet = BallotSheet(whole.rules, tuple(part for part in whole.parts if part.order in asked) or whole.parts)
    marks = marks_in(request.POST, sheet.rules, sheet.budgets)
    return render(request, "budgets/vote_basket.html", {"lines": shown.basket_lines(sheet, marks), "counted": True})


def not_now(request: HttpRequest, round_: BudgetRound) -> HttpResponse:
    """When one can vote, or that it is over."""
    sheet = round_.sheet
    ahead = bool(sheet.vote_from and round_.now < sheet.vote_from and not round_.closed_at)  # type: ignore[attr-defined]
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"round": round_, "sheet": sheet, "ahead": ahead, "known": round_.stage in RESULT}
    return render(request, "budgets/vote_not_now.html", context, status=status)


@allow(EVERYBODY)
@require_form
@never_cache
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether a receipt stands in the list of a round that was counted. It tells that a vote counts, never what it was."""
    round_ = BudgetRound.objects.public().filter(slug=slug).first()
    if round_ is None:
        raise Http404
    back, go = reverse("budgets:vote_in", args=[slug]), round_.name
    if round_.closed_at is None:
        return said(request, _("Look up your receipt"), _("You can do this when the votes are counted."), back=back, go=go)
    form = ReceiptForm(posted(request))
    found = counted_with(round_, form.cleaned_data["receipt"]) if request.method == "POST" and form.is_valid() else None
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "budgets/vote_receipt.html", {"form": form, "round": round_, "found": found}, status=status)
