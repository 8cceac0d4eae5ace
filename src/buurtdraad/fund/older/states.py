"""How a request stands in an older system, and how people and programs write that."""

from django.db.models import TextChoices

from buurtdraad.lib.tables.reading import folded


class State(TextChoices):
    """How it stands in the older system."""

    RUNNING = "running"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NOT_PROCESSED = "not_processed"
    WITHDRAWN = "withdrawn"


# How people and programs write it; the first is how our own table does.
WORDS = {
    State.RUNNING: ("loopt", "in behandeling", "lopend", "open", "running"),
    State.GRANTED: ("toegekend", "verleend", "granted"),
    State.PARTLY: ("deels toegekend", "gedeeltelijk toegekend", "deels verleend", "gedeeltelijk verleend", "partly"),
    State.REFUSED: ("afgewezen", "geweigerd", "refused"),
    State.NOT_PROCESSED: ("buiten behandeling", "niet in behandeling", "not processed"),
    State.WITHDRAWN: ("ingetrokken", "withdrawn"),
}
STATES = {folded(word): state for state, words in WORDS.items() for word in words}
YES, NO = frozenset({State.GRANTED, State.PARTLY}), frozenset({State.REFUSED, State.NOT_PROCESSED})
DECIDED = YES | NO
