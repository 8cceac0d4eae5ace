"""Fields that are needed in some cases only."""

from django.forms import BaseForm


def needed_sometimes(form: BaseForm, *names: str) -> None:
    """Of these fields the page does not say that they may be skipped: the form itself asks for them when they are needed."""
    for name in names:
        if name in form.fields:
            form.fields[name].sometimes_needed = True  # type: ignore[attr-defined]
