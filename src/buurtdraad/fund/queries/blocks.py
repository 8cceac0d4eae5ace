"""Standard questions and sentences of a scheme, to start a text from."""

from buurtdraad.fund.models import Scheme, TextBlock


def blocks_of(scheme: Scheme, used_for: TextBlock.For) -> list[TextBlock]:
    """Those in use for one kind of text, by title. One query."""
    return list(TextBlock.objects.filter(scheme=scheme, used_for=used_for, ended_at=None))
