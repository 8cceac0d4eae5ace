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
    gettext_noop("Enter a valid time."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("- Select an option -"),
)


class PageRenderer(DjangoTemplates):
    """The form renderer of the product (`FORM_RENDERER`): `{{ form }}` and `{{ field.as_field_group }}` are enough."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
