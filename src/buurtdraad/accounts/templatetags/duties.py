"""`{% load duties %}`: what a person does here, as a part of a page."""

from django import template
from django.utils import timezone

from buurtdraad.accounts.queries import persons_duties

register = template.Library()


@register.inclusion_tag("accounts/duties_of_person.html", takes_context=True)
def my_duties(context: template.Context) -> dict:
    """The duties of who is signed in, now and later: `{% my_duties %}`."""
    return {"duties": persons_duties(context["request"].user, on=timezone.localdate())}
