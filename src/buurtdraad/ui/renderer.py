"""How Django's forms come out: label, description, error, input, in that order; the errors together on top."""

from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_noop

# Sentences of Django itself that our catalogues say more plainly.
PLAINER = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
)


class PageRenderer(DjangoTemplates):
    """The form renderer of the product (`FORM_RENDERER`): `{{ form }}` and `{{ field.as_field_group }}` are enough."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
