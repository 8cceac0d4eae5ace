"""How Django's forms come out: label, description, error, input, in that order; the errors together on top."""

from django.forms.renderers import DjangoTemplates


class PageRenderer(DjangoTemplates):
    """The form renderer of the product (`FORM_RENDERER`): `{{ form }}` and `{{ field.as_field_group }}` are enough."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
