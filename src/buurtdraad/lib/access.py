"""Asking whether somebody may do a thing."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Stop with 403 when the answer of a `may_...` is no."""
    if not allowed:
        raise PermissionDenied
