"""What the product says no to: a sentence fit for the person who reads it."""


class Refused(Exception):  # noqa: N818 (a refusal is an answer, not a programming error)
    """The base of every refusal of a rule. A view puts `str(refusal)` on the form.

    Define each one beside the function that raises it, so that reader and rule meet.
    """
