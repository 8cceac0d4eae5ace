"""Asking whether somebody may do a thing, and stating for each address who may use it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect


def require(allowed: bool) -> None:
    """Stop with 403 when the answer of a `may_...` is no."""
    if not allowed:
        raise PermissionDenied


@dataclass(frozen=True)
class Rule:
    """Who may use an address: a short name, a sentence for `docs/access.md`, and the question itself.

    `first` gives the address of what a signed-in person has to do before the rule can hold; empty: nothing helps.
    """

    name: str
    says: str
    holds: Callable[[HttpRequest], bool]
    first: Callable[[HttpRequest], str] = lambda request: ""


EVERYBODY = Rule("everybody", "Everybody, without an account.", lambda request: True)


def allow(rule: Rule) -> Callable[[Callable], Callable]:
    """State the rule of a view, and keep it: who is unknown is asked to sign in, who is known and may not gets 403.

    What is not for everybody is kept by no browser and no proxy. A view that states no rule fails `tests/test_access.py`.
    """

    def stated(view: Callable) -> Callable:
        if rule is EVERYBODY:
            view.access_rule = rule  # type: ignore[attr-defined]
            return view

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if rule.holds(request):
                response = view(request, *args, **kwargs)
                response.headers.setdefault("Cache-Control", "private, no-store")
                return response
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if before := rule.first(request):
                return HttpResponseRedirect(before)
            raise PermissionDenied

        guarded.access_rule = rule  # type: ignore[attr-defined]
        return guarded

    return stated


def rule_of(view: Callable) -> Rule | None:
    """The rule that a view states, None when it states none."""
    return getattr(view, "access_rule", None)
